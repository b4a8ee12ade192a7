/** What the report says about training data: marks, transfer, known problems, floors, and both directions of change. */
import { describe, expect, test } from 'vitest';
import { syntheticInput } from '../../test/synthetic-run.ts';
import type { RunFacts } from '../study/run-facts.ts';
import { buildReport } from './build-report.ts';
import type { ReportInput } from './report-input.ts';
import { reportMarkdown } from './report-markdown.ts';
import { summariseReport } from './summarise-report.ts';

const withFacts = (input: ReportInput, change: Partial<RunFacts>): ReportInput => ({
  ...input,
  facts: { ...input.facts, ...change },
});
/** Two arms, and `general` made of what a study would make it of. */
function run(general: readonly { name: string; domain: 'code' | 'logical' | 'scientific' }[]): ReportInput {
  const input = syntheticInput({ limit: 60, variants: true });
  const { facts } = input;
  return withFacts(input, {
    arms: facts.arms.filter(({ name }) => ['base', 'general-only', 'math-only'].includes(name)),
    sources: {
      math: facts.sources?.['math'] as NonNullable<RunFacts['sources']>[string],
      general: {
        title: 'procedural train, seed 0, 400 rows',
        domains: [...new Set(general.map(({ domain }) => domain))],
        tasks: general,
      },
    },
  });
}
const input = run([
  { name: 'program_output', domain: 'code' },
  { name: 'unit_conversion', domain: 'scientific' },
]);
const report = buildReport(input);
const rowOf = (arm: string, domain: string) =>
  report.domainComparisons.find((row) => row.arm === arm && row.domain === domain);

describe('trained here', () => {
  test('is known for every arm and domain, and decides what is transfer', () => {
    expect(rowOf('math-only', 'mathematical')).toMatchObject({ trained: 'yes', role: 'source' });
    expect(rowOf('math-only', 'logical')).toMatchObject({ trained: 'yes', role: 'source' });
    expect(rowOf('math-only', 'code')).toMatchObject({ trained: 'no', role: 'transfer' });
    expect(rowOf('general-only', 'mathematical')).toMatchObject({ trained: 'no', role: 'transfer' });
    expect(rowOf('general-only', 'code')).toMatchObject({ trained: 'yes', role: 'source' });
    expect(rowOf('general-only', 'guards')).toMatchObject({ trained: 'no', role: 'guards' });
    const transfer = report.transfer.find((row) => row.arm === 'math-only');
    expect(transfer?.domains).toEqual(['scientific', 'commonsense', 'symbolic', 'code']);
    expect(transfer?.trainedDomains).toEqual(['mathematical', 'logical']);
    const mean = (transfer?.domains ?? []).reduce(
      (sum, domain) => sum + (rowOf('math-only', domain)?.difference.value ?? 0) / 4,
      0,
    );
    expect(transfer?.difference?.value).toBeCloseTo(mean, 12);
    expect(transfer?.p).toBeGreaterThan(0);
    expect(transfer?.adjustedP).toBeGreaterThanOrEqual(transfer?.p ?? 1);
    // An index relates to a gain in mathematics: an arm that saw none has nothing to relate to.
    expect(report.transfer.find((row) => row.arm === 'general-only')?.index.refused).toMatch(
      /not trained on mathematics/,
    );
  });

  test('a gain there is learned and not carried over, in every text', () => {
    expect(rowOf('math-only', 'mathematical')?.verdict).toBe('gain');
    const printed = summariseReport(report);
    expect(printed).toContain('Learned where trained: math-only in mathematical');
    expect(printed.slice(printed.indexOf('Carried over'), printed.indexOf('Learned'))).not.toContain(
      'mathematical',
    );
    expect(report.answer).not.toContain('mathematical');
    expect(reportMarkdown(report)).toMatch(
      /\| mathematical \| math-only \| trained here \| .* \| gain \(learned\)/,
    );
    expect(reportMarkdown(report)).toContain(
      '| general-only | general | procedural train, seed 0, 400 rows: code (program_output); scientific (unit_conversion) | 6,000 | 48 |',
    );
  });

  test('an arm that was trained in all domains has no transfer, and says why', () => {
    const all = buildReport(
      withFacts(input, {
        sources: {
          math: {
            title: 'x',
            domains: [...new Set(report.domainScores.map((row) => row.domain))],
            tasks: [],
          },
        },
      }),
    );
    expect(all.transfer.find((row) => row.arm === 'math-only')).toMatchObject({
      difference: null,
      p: null,
      verdict: 'none',
      because: 'It was trained in every reasoning domain that was evaluated.',
      domains: [],
    });
    const { sources: _, ...rest } = input.facts;
    const benchmarks = rest.evaluation.benchmarks.filter(
      (name) => input.benchmarks.get(name)?.domain === 'mathematical',
    );
    const only = buildReport({
      ...input,
      facts: { ...rest, evaluation: { ...rest.evaluation, benchmarks } },
    });
    expect(only.transfer.find((row) => row.arm === 'math-only')?.because).toMatch(
      /is not known, and no other/,
    );
  });

  test('a run of an earlier version says unknown, not no', () => {
    const { sources: _, ...rest } = input.facts;
    const arms = rest.arms.map((arm) => ({
      ...arm,
      runs: arm.runs.map(({ trainedItems: _items, examplesBySource: _examples, ...one }) => one),
    }));
    const old = buildReport({ ...input, facts: { ...rest, arms } });
    expect(new Set(old.domainComparisons.map(({ trained }) => trained))).toEqual(new Set(['unknown']));
    expect(old.seenItems.every(({ perSeed }) => perSeed === null)).toBe(true);
    // Perturbed items are harder by themselves: without knowing what was seen they show nothing.
    const perturbed = old.overfitting.gaps.filter(({ split }) => split === 'perturbed');
    expect(new Set(perturbed.map(({ seen }) => seen))).toEqual(new Set(['not known']));
    expect(reportMarkdown(old)).toContain('cannot be told');
  });

  test('a base model that saw every task in pretraining is said to have', () => {
    const names = ['proc/arithmetic', 'proc/deduction'];
    const model = {
      ...input.facts.model,
      pretrainedOn: names.map((name) => ({ name: name.slice(5), domain: 'logical' as const })),
    };
    const benchmarks = input.facts.evaluation.benchmarks.filter((name) => name.startsWith('proc/'));
    const own = buildReport(
      withFacts(input, { model, evaluation: { ...input.facts.evaluation, benchmarks } }),
    );
    const said =
      'The base model saw problems of 2 procedural tasks in its pretraining, all 2 tasks evaluated here among them';
    expect(reportMarkdown(own)).toContain(said);
    expect(summariseReport(own)).toContain(said);
    expect(reportMarkdown(report)).not.toContain('in its pretraining');
  });
});

test('items seen in training are counted for every arm', () => {
  const seen = report.seenItems.filter((row) => row.benchmark === 'proc/arithmetic@perturbed');
  expect(seen).toEqual([
    { arm: 'general-only', benchmark: 'proc/arithmetic@perturbed', items: 60, perSeed: [0], everySeed: 0 },
    { arm: 'math-only', benchmark: 'proc/arithmetic@perturbed', items: 60, perSeed: [60], everySeed: 60 },
  ]);
});

describe('floors', () => {
  /** The same run in which guessing on perturbed items is as good as the base. */
  const floored = (chance: number) => {
    const benchmarks = new Map(input.benchmarks);
    for (const [name, info] of benchmarks)
      if (name.endsWith('@perturbed')) benchmarks.set(name, { ...info, chance });
    return buildReport({ ...input, benchmarks });
  };

  test('variants at the level of guessing mark the gap and stand in the list', () => {
    const gap = floored(0.9).overfitting.gaps.find((row) => row.split === 'perturbed');
    expect(gap?.floor).toEqual(
      expect.arrayContaining(['proc/arithmetic@perturbed', 'proc/deduction@perturbed']),
    );
    expect(floored(0.9).conclusions.mayNot.join(' ')).toMatch(
      /proc\/arithmetic@perturbed.* \(floor effect\)/,
    );
    const free = report.overfitting.gaps.find((row) => row.split === 'train');
    expect(free?.floor).not.toContain('proc/arithmetic@train');
  });

  test('a smaller change where the base guesses is no sign of overfitting', () => {
    // The arm gets everything right on test items and stays with the base on perturbed ones.
    const samples = new Map([...input.samples].map(([folder, own]) => [folder, new Map(own)]));
    const own = samples.get('evaluations/math-only-0');
    for (const task of ['proc/arithmetic', 'proc/deduction']) {
      own?.set(
        task,
        (own.get(task) ?? []).map((sample) => ({ ...sample, value: 1, outcome: 'correct' as const })),
      );
      own?.set(`${task}@perturbed`, input.samples.get('evaluations/base-0')?.get(`${task}@perturbed`) ?? []);
    }
    const verdict = (chance: number) => {
      const benchmarks = new Map(input.benchmarks);
      for (const [name, info] of benchmarks)
        if (name.endsWith('@perturbed')) benchmarks.set(name, { ...info, chance });
      return buildReport({ ...input, benchmarks, samples }).overfitting.gaps.find(
        (row) => row.arm === 'math-only' && row.split === 'perturbed',
      )?.verdict;
    };
    expect(verdict(0)).toBe('less');
    expect(verdict(0.7)).toBe('cannot tell');
  });
});

test('items that changed are counted in both directions, domain by domain', () => {
  const row = report.forgetting.find(({ arm }) => arm === 'math-only');
  const of = (arm: string) => input.samples.get(`evaluations/${arm}-0`)?.get('humaneval') ?? [];
  const [base, arm] = [of('base'), of('math-only')];
  const code = row?.byDomain.find(({ domain }) => domain === 'code');
  expect(code).toEqual({
    domain: 'code',
    rightToWrong: base.filter(({ value }, i) => value === 1 && arm[i]?.value === 0).length,
    baseRight: base.filter(({ value }) => value === 1).length,
    wrongToRight: base.filter(({ value }, i) => value === 0 && arm[i]?.value === 1).length,
    baseWrong: base.filter(({ value }) => value === 0).length,
  });
  expect(row?.rightToWrong).toBe(row?.byDomain.reduce((sum, one) => sum + one.rightToWrong, 0));
});

test('where a domain cannot tell, the report says what would', () => {
  for (const row of report.domainComparisons) {
    if (row.verdict !== 'cannot tell') expect(row.needed).toBeNull();
    else if (row.needed?.items) expect(row.needed.items).toBeGreaterThan(row.difference.n);
  }
  expect(report.domainComparisons.some((row) => row.needed !== null)).toBe(true);
});
