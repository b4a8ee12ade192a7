import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALIAS_NOTES, ALIASES } from './aliases.table.ts';
import { GROUPS, OWN_GROUPS } from './groups.ts';
import { BENCHMARKS } from './index.ts';
import { ALL_NAMES, membersOf, nameNote, offeredTo, otherNames, plainName } from './names.ts';

describe('names', () => {
  it('of benchmarks, groups and others stand for benchmarks, however they are spelt', () => {
    for (const [typed, meant] of [
      ['gsm8k', ['gsm8k']],
      ['GSM8K', ['gsm8k']],
      ['MATH-500', ['minerva_math500']],
      ['math_500', ['minerva_math500']],
      ['math500', ['minerva_math500']],
      ['gpqa', ['gpqa_diamond_zeroshot']],
      ['HumanEval+', ['humaneval_plus']],
      ['mbpp+', ['mbpp_plus']],
      ['ARC-Challenge', ['arc_challenge']],
      ['arc', ['arc_easy', 'arc_challenge']],
      ['aime', ['aime24', 'aime25']],
      ['cruxeval', ['cruxeval_output', 'cruxeval_input']],
      ['minerva_math', ['minerva_math']],
      ['hendrycks_math', ['hendrycks_math']],
      ['mmlu-pro', GROUPS['mmlu_pro']],
      ['bbh', GROUPS['bbh']],
      ['bbh_cot_fewshot', GROUPS['bbh']],
      ['MMLU@5shot', GROUPS['mmlu@5shot']],
      ['proc/arithmetic', ['proc/arithmetic']],
      ['nothing', null],
    ] as const)
      expect(membersOf(typed), typed).toEqual(meant);
  });

  it('are no two things', () => {
    for (const name of [...Object.keys(GROUPS), ...Object.keys(ALIASES)])
      expect(BENCHMARKS[name], name).toBeUndefined();
    for (const name of Object.keys(ALIASES)) {
      expect(GROUPS[name], name).toBeUndefined();
      expect(plainName(name), name).toBe(name);
      for (const member of membersOf(name)!) expect(BENCHMARKS[member], name).toBeDefined();
    }
    expect(Object.keys(ALIASES)).toEqual(expect.arrayContaining(Object.keys(ALIAS_NOTES)));
    expect(Object.keys(GROUPS)).toEqual(expect.arrayContaining([...OWN_GROUPS]));
    expect(new Set(ALL_NAMES).size).toBe(ALL_NAMES.length);
  });

  it('have one plain spelling, which is its own', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const plain = plainName(name);
        expect(plainName(plain)).toBe(plain);
        expect(plain).not.toMatch(/[A-Z\s+-]/);
      }),
    );
  });

  it('that were taken for others are told', () => {
    expect(nameNote('gsm8k')).toBeNull();
    expect(nameNote('mmlu')).toBeNull();
    expect(nameNote('nothing')).toBeNull();
    expect(nameNote('MATH-500')).toBe('MATH-500: minerva_math500 here.');
    expect(nameNote('GSM8K')).toBe('GSM8K: gsm8k here.');
    expect(nameNote('asdiv')).toBe(
      'asdiv: asdiv_cot_llama here (lm-evaluation-harness weighs the answer by log-likelihood under this name).',
    );
    expect(otherNames('gpqa_diamond_zeroshot')).toEqual(['gpqa', 'gpqa_diamond']);
  });

  it('of variants are offered to who types their sign', () => {
    expect(offeredTo('mmlu_anat').some((name) => name.includes('@'))).toBe(false);
    expect(offeredTo('mmlu_anatomy@5')).toContain('mmlu_anatomy@5shot');
  });
});
