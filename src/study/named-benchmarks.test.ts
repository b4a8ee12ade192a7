import { expect, it } from 'vitest';
import { GROUPS } from '../benchmarks/groups.ts';
import { UserError } from '../errors.ts';
import { parseStudyText } from './read-study.ts';

const text = (benchmarks: string, more = '') =>
  `name: demo\narms: [base]\nevaluation: { benchmarks: [${benchmarks}]${more} }\n`;

it('a study may name groups and other names, and is pointed into where it does', () => {
  const file = parseStudyText('my.yaml', text('MATH-500, mmlu_mathematics, mmlu_anatomy'));
  expect(file.study.evaluation.benchmarks).toEqual([
    'minerva_math500',
    ...GROUPS['mmlu_mathematics']!,
    'mmlu_anatomy',
  ]);
  expect(file.placeOfBenchmark('minerva_math500')).toEqual(['evaluation', 'benchmarks', 0]);
  expect(file.placeOfBenchmark('mmlu_high_school_statistics')).toEqual(['evaluation', 'benchmarks', 1]);
});

it("a group's limit is that of its members, unless they have their own", () => {
  const limits = ', limits: { mmlu_mathematics: 20, mmlu_high_school_statistics: 50, mathematical: 9 }';
  const { limits: given } = parseStudyText('my.yaml', text('mmlu_mathematics', limits)).study.evaluation;
  expect(given).toEqual({
    mmlu_abstract_algebra: 20,
    mmlu_college_mathematics: 20,
    mmlu_elementary_mathematics: 20,
    mmlu_high_school_mathematics: 20,
    mmlu_high_school_statistics: 50,
    mathematical: 9,
  });
});

it('an unknown one is met with what it may mean', () => {
  const read = () => parseStudyText('my.yaml', text('gsm_sym, mmlu, mmlu'));
  expect(read).toThrow(UserError);
  expect(read).toThrow('did you mean gsm_symbolic or gsm_symbolic_p1 or gsm_symbolic_p2?');
  expect(read).toThrow('mmlu is there twice');
});
