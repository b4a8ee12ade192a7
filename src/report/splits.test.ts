import { describe, expect, test } from 'vitest';
import { type SyntheticOptions, syntheticInput } from '../../test/synthetic-run.ts';
import { benchmarkRoles, substituteSentences, substitutesOf } from './benchmark-roles.ts';
import { buildReport } from './build-report.ts';
import type { ReportInput } from './report-input.ts';
import { reportJson } from './report-json.ts';
import { reportMarkdown } from './report-markdown.ts';
import { summariseReport } from './summarise-report.ts';

const input = (options: SyntheticOptions) => syntheticInput({ variants: true, ...options });

/** The same run with the benchmarks that `keep` accepts. */
function only(all: ReportInput, keep: (name: string) => boolean): ReportInput {
  const evaluation = {
    ...all.facts.evaluation,
    benchmarks: all.facts.evaluation.benchmarks.filter(keep),
  };
  return { ...all, facts: { ...all.facts, evaluation } };
}

const whole = input({ limit: 120 });
const report = buildReport(whole);

describe('domains', () => {
  test('are made of primary benchmarks: variants change nothing in them', () => {
    const without = buildReport(only(whole, (name) => !name.includes('@')));
    expect(report.domainScores).toEqual(without.domainScores);
    expect(report.domainComparisons).toEqual(without.domainComparisons);
    expect(report.transfer).toEqual(without.transfer);
    expect(report.forgetting).toEqual(without.forgetting);
    expect(report.format).toEqual(without.format);
    expect(report.scores.length).toBeGreaterThan(without.scores.length);
    expect(report.substitutes).toEqual([]);
  });

  test('a task without its test items is taken by its fresh ones, and the report says so', () => {
    const fresh = buildReport(only(whole, (name) => name !== 'proc/deduction'));
    const domain = fresh.domainScores.find((row) => row.domain === 'logical' && row.arm === 'base');
    expect(domain?.benchmarks).toContain('proc/deduction@fresh');
    expect(fresh.substitutes).toEqual([{ task: 'proc/deduction', taken: 'proc/deduction@fresh' }]);
    expect(fresh.conclusions.mayNot).toContain(
      'Anything about the items of proc/deduction itself: they were not evaluated, and proc/deduction@fresh counts in its domain instead.',
    );
    const perturbed = fresh.overfitting.gaps.find((row) => row.split === 'perturbed');
    expect(perturbed?.tasks).toEqual(['proc/arithmetic', 'proc/deduction']);
  });

  test('training problems never stand for a task; a variant of any benchmark is one', () => {
    const info = { title: '', domain: 'logical' as const, chance: 0, metric: 'acc' };
    const roles = benchmarkRoles([
      { ...info, name: 'a@train', variantOf: 'a', generated: { split: 'train' } },
      { ...info, name: 'a@perturbed', variantOf: 'a', generated: { split: 'perturbed' } },
      { ...info, name: 'gsm8k' },
      { ...info, name: 'gsm_other', variantOf: 'gsm8k' },
      { ...info, name: 'b@harder', variantOf: 'b', generated: { split: 'harder' } },
    ]);
    expect([...roles.values()].map((role) => role.inDomain)).toEqual([false, false, true, false, true]);
    expect(roles.get('gsm_other')).toEqual({ task: 'gsm8k', split: 'variant', inDomain: false });
    expect(substituteSentences(substitutesOf(roles))).toEqual([
      'Anything about ability in a: only problems made from training problems were evaluated, so it counts in no domain.',
      'Anything about the items of b itself: they were not evaluated, and b@harder counts in its domain instead.',
    ]);
  });
});

describe('overfitting', () => {
  test('the arm that knows the training items is found, and no other', () => {
    const verdicts = Object.fromEntries(report.overfitting.arms.map((row) => [row.arm, row.verdict]));
    expect(verdicts).toEqual({
      'general-only': 'cannot tell',
      'math-only': 'overfit',
      'two-stage': 'cannot tell',
      mixed: 'cannot tell',
    });
    const row = report.overfitting.gaps.find((gap) => gap.arm === 'math-only' && gap.split === 'train');
    expect(row).toMatchObject({
      verdict: 'more',
      needed: null,
      tasks: ['proc/arithmetic', 'proc/deduction'],
    });
    // What general-only learned from holds no problem of ours, so perturbed and training items say nothing about it.
    expect(report.overfitting.gaps).toHaveLength(4 * 4 - 2);
    expect(report.overfitting.untold).toEqual(
      ['perturbed', 'train'].map((split) => ({
        arm: 'general-only',
        split,
        because: 'It saw the training problems of 0 of 240 items, and a task counts from 10 on.',
      })),
    );
    const seen = report.overfitting.gaps.filter((row) => row.split === 'perturbed').map((row) => row.seen);
    expect(seen).toEqual(['seen items', 'not known', 'seen items']);
  });

  test('a gap is what the samples say', () => {
    const mean = (arm: string, benchmark: string, onlySeen = true) => {
      const all = whole.samples.get(`evaluations/${arm}-0`)?.get(benchmark) ?? [];
      // The arm `mixed` saw the training problems behind two items of five.
      const isSeen = (index: number) => !/@(perturbed|train)$/.test(benchmark) || index % 5 < 2;
      const rows = all.filter(({ index }) => onlySeen === false || isSeen(index));
      return rows.reduce((sum, sample) => sum + sample.value, 0) / rows.length;
    };
    const change = (arm: string, split: string) =>
      ['proc/arithmetic', 'proc/deduction'].reduce(
        (sum, task) => sum + (mean(arm, `${task}${split}`) - mean('base', `${task}${split}`)) / 2,
        0,
      );
    for (const split of ['fresh', 'perturbed', 'train', 'harder']) {
      const row = report.overfitting.gaps.find((gap) => gap.arm === 'mixed' && gap.split === split);
      expect(row?.onTest.value).toBeCloseTo(change('mixed', ''), 12);
      expect(row?.onSplit.value).toBeCloseTo(change('mixed', `@${split}`), 12);
      expect(row?.gap.value).toBeCloseTo(change('mixed', `@${split}`) - change('mixed', ''), 12);
    }
    const fit = report.overfitting.fitGaps.find((row) => row.arm === 'base');
    expect(fit?.gap.value).toBeCloseTo(
      (mean('base', 'proc/arithmetic@train', false) -
        mean('base', 'proc/arithmetic') +
        mean('base', 'proc/deduction@train', false) -
        mean('base', 'proc/deduction')) /
        2,
      12,
    );
  });

  test('where nothing was memorised, nothing is found', () => {
    const clean = buildReport(input({ limit: 300, strength: 0, memorised: 0 }));
    expect(clean.overfitting.arms.filter((row) => row.verdict === 'overfit')).toEqual([]);
  });

  test('what it would take is more than there is', () => {
    for (const row of report.overfitting.gaps.filter((gap) => gap.verdict === 'cannot tell')) {
      expect(row.needed?.items ?? Number.POSITIVE_INFINITY).toBeGreaterThan(row.gap.n);
      expect(row.needed?.seeds).toBeNull();
    }
  });

  test('without test items to hold it against, or without variants, there is no section', () => {
    const plain = buildReport(only(whole, (name) => !name.includes('@')));
    expect(plain.overfitting).toEqual({ gaps: [], untold: [], arms: [], fitGaps: [] });
    expect(reportMarkdown(plain)).not.toContain('## Overfitting');
    const harder = buildReport(only(whole, (name) => !name.includes('@') || name.endsWith('@harder')));
    expect(harder.overfitting.arms).toEqual([]);
    expect(reportMarkdown(harder)).toContain('## Overfitting');
  });
});

describe('difficulty', () => {
  test('levels rise, harder is the last, and every item counts at one level', () => {
    const base = report.difficulty.filter((row) => row.arm === 'base' && row.domain === 'mathematical');
    expect(base.map((row) => row.level)).toEqual(['1', '2', '3', '4', 'harder']);
    expect(base.map((row) => row.score.n)).toEqual([30, 30, 30, 30, 120]);
    const rows = whole.samples.get('evaluations/base-0')?.get('proc/arithmetic') ?? [];
    const second = rows.filter((sample) => sample.problem?.level === 2);
    expect(base[1]?.score.value).toBeCloseTo(
      second.reduce((sum, sample) => sum + sample.value, 0) / second.length,
      12,
    );
  });

  test('is left out where no sample says its level', () => {
    const plain = buildReport(only(whole, (name) => !name.startsWith('proc/')));
    expect(plain.difficulty).toEqual([]);
    expect(reportMarkdown(plain)).not.toContain('## Score by difficulty');
  });
});

describe('two arms', () => {
  test('two-stage and mixed are held against each other directly', () => {
    const [pair] = report.pairs;
    expect(report.pairs).toHaveLength(1);
    expect(pair).toMatchObject({ first: 'two-stage', second: 'mixed', sameExamples: false, seeds: [0] });
    const code = pair?.domains.find((row) => row.domain === 'code');
    const of = (arm: string) => whole.samples.get(`evaluations/${arm}-0`)?.get('humaneval') ?? [];
    const sum = (arm: string) => of(arm).reduce((total, sample) => total + sample.value, 0);
    expect(code?.difference.value).toBeCloseTo((sum('mixed') - sum('two-stage')) / 120, 12);
    expect(code?.test).toBe('mcnemar');
    const mean = (pair?.domains ?? []).reduce((total, row) => total + row.difference.value, 0) / 7;
    expect(pair?.overall?.difference.value).toBeCloseTo(mean, 12);
  });

  test('arms with the same start and the same data by source saw the same examples', () => {
    const arms = whole.facts.arms.map((arm) => ({ ...arm, from: null }));
    const same = buildReport({ ...whole, facts: { ...whole.facts, arms } });
    expect(same.pairs.map((pair) => [pair.first, pair.second, pair.sameExamples])).toEqual([
      ['two-stage', 'mixed', true],
    ]);
  });

  test('several seeds widen the interval, and can be what is missing', () => {
    const three = buildReport(input({ limit: 60, seeds: [0, 1, 2] }));
    const [pair] = three.pairs;
    expect(pair?.seeds).toEqual([0, 1, 2]);
    for (const row of pair?.domains ?? []) {
      expect(row.test).toBe('items-and-seeds');
      expect(row.difference.method).toBe('items-and-seeds');
      expect(row.seedSpread).toBeGreaterThan(0);
    }
    expect(pair?.domains.some((row) => (row.needed?.seeds ?? 0) > 3)).toBe(true);
    expect(three.overfitting.gaps[0]?.seedSpread).toBeGreaterThan(0);
  });
});

test('report.md of a run with variants', async () => {
  await expect(reportMarkdown(report)).toMatchFileSnapshot('../../test/golden/report-splits.md');
  expect(reportJson(report)).not.toMatch(/NaN|Infinity/);
});

test('the printed lines', () => {
  const printed = summariseReport(report);
  expect(printed.slice(printed.indexOf('Carried over'))).toMatchInlineSnapshot(`
    "Carried over: mixed in scientific (+10.8); whether it was trained there is unknown.
    Learned where trained: math-only in mathematical (+20.8), two-stage in mathematical (+15.0), mixed in mathematical (+15.8) and mixed in logical (+14.7).
    Forgotten: math-only on the guards (−17.9), two-stage on the guards (−9.6), mixed on the guards (−5.8) and math-only in commonsense (−7.5); kept by general-only.
    Before any correction single guards fell: mmlu_high_school_geography for math-only (−16.7) and two-stage (−10.8); mmlu_high_school_psychology for math-only (−19.2), two-stage (−8.3) and mixed (−9.2). That is no finding, but worth more items.
    Cannot tell: mathematical (general-only); logical (general-only, math-only, two-stage); scientific (general-only, math-only, two-stage); commonsense (general-only, two-stage, mixed); symbolic (all arms); code (all arms).
    Overfit: math-only; cannot tell for general-only, two-stage and mixed.
    Told apart: two-stage and mixed: mixed better in logical (+13.1 points), mixed better in symbolic (+11.7 points) and mixed better overall (+6.0 points); cannot tell, and what would: mathematical about 400 items (now 240), scientific about 610 items (now 120), commonsense about 460 items (now 240), code about 310 items (now 120) and guards about 530 items (now 240).
    20 benchmarks, 2,400 items for each arm; one training seed: the noise of training is unknown
    Held equal: every matched arm saw 6,000 supervised tokens (largest difference 0.4 %) in 24 steps."
  `);
});
