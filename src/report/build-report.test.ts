import { describe, expect, test } from 'vitest';
import { type SyntheticOptions, syntheticInput } from '../../test/synthetic-run.ts';
import type { Sample } from '../scoring/score.ts';
import { buildReport } from './build-report.ts';
import type { ReportInput } from './report-input.ts';
import { reportJson } from './report-json.ts';
import { reportMarkdown } from './report-markdown.ts';
import { summariseReport } from './summarise-report.ts';

const build = (options?: SyntheticOptions) => buildReport(syntheticInput(options));

/** The same input with the samples of one file changed. */
function withSamples(
  input: ReportInput,
  folder: string,
  benchmark: string,
  change: (samples: readonly Sample[]) => readonly Sample[],
): ReportInput {
  const samples = new Map([...input.samples].map(([key, value]) => [key, new Map(value)]));
  const own = samples.get(folder);
  own?.set(benchmark, change(own.get(benchmark) ?? []));
  return { ...input, samples };
}

describe('a study of five arms, ten benchmarks and 100 items each', () => {
  const report = build({ limit: 100 });

  test('report.md', async () => {
    await expect(reportMarkdown(report)).toMatchFileSnapshot('../../test/golden/report.md');
  });

  test('the terminal summary', () => {
    expect(summariseReport(report)).toMatchInlineSnapshot(`
      "Reasoning improved in domains that are not known to be trained: mixed in logical (+12.0 points) and mixed in scientific (+13.0 points). Taught mathematics, math-only differs from the base model in the 5 domains that it was not trained on, on average, by −1.1 points (95 % interval −4.0 to +1.8): no difference shown, where one of 4.1 points would have been found four times in five. Taught mathematics, two-stage differs from the base model in the 5 domains that it is not known to have been trained on, on average, by −0.9 points (95 % interval −3.7 to +1.8): no difference shown, where one of 3.9 points would have been found four times in five. Taught mathematics, mixed differs from the base model in the 5 domains that it is not known to have been trained on, on average, by +6.7 points (95 % interval +4.2 to +9.7): a gain. 18 of 20 comparisons of single domains cannot tell.

      Difference to the base model in points (95 % interval over items)
                    general-only              math-only                   two-stage                  mixed
      mathematical  −2.0 (−9.6 to +5.4) ? ~   +20.0 (+13.3 to +28.9) ▲ *  +10.0 (+2.4 to +18.5) ▲ *  +14.0 (+8.5 to +22.1) ▲ *
      logical       −0.5 (−6.9 to +6.0) ? ~   +1.0 (−5.1 to +7.3) ?       +0.5 (−5.2 to +6.6) ? ~    +12.0 (+6.1 to +18.6) ▲ ~
      scientific    +3.0 (−4.0 to +10.5) ? ~  +4.0 (−3.7 to +12.1) ?      +3.0 (−4.5 to +10.9) ? ~   +13.0 (+6.4 to +21.3) ▲ ~
      commonsense   +2.0 (−3.7 to +7.8) ? ~   −7.5 (−13.4 to −2.2) ▽      −4.0 (−9.4 to +1.0) ? ~    −0.5 (−5.7 to +4.7) ? ~
      symbolic      −2.0 (−9.2 to +4.8) ? ~   −4.0 (−11.3 to +2.6) ?      −5.0 (−12.1 to +1.1) ? ~   +7.0 (+1.4 to +14.2) △ ~
      code          +1.0 (−3.7 to +6.1) ? ~   +1.0 (−3.7 to +6.1) ?       +1.0 (−3.7 to +6.1) ? ~    +2.0 (−2.8 to +7.6) ? ~
      guards        −0.5 (−5.9 to +4.9) ? ~   −18.0 (−24.3 to −12.8) ▼    −9.5 (−15.2 to −4.7) ▼ ~   −5.5 (−11.0 to −0.4) ▽ ~

      ▲ gain   ▼ loss   △ ▽ not after correction for all comparisons   = no difference shown   ? cannot tell
      * trained here   ~ unknown whether trained here

      Carried over: mixed in logical (+12.0) and mixed in scientific (+13.0); whether it was trained there is unknown.
      Learned where trained: math-only in mathematical (+20.0), two-stage in mathematical (+10.0) and mixed in mathematical (+14.0).
      Forgotten: math-only on the guards (−18.0) and two-stage on the guards (−9.5); cannot tell on the guards for general-only and mixed.
      Before any correction single guards fell: mmlu_high_school_geography for math-only (−15.0) and two-stage (−10.0); mmlu_high_school_psychology for math-only (−21.0), two-stage (−9.0) and mixed (−10.0). That is no finding, but worth more items.
      Cannot tell: mathematical (general-only); logical (general-only, math-only, two-stage); scientific (general-only, math-only, two-stage); commonsense (all arms); symbolic (all arms); code (all arms).
      Told apart: two-stage and mixed: mixed better in logical (+11.5 points), mixed better in symbolic (+12.0 points) and mixed better overall (+6.6 points); cannot tell, and what would: mathematical about 460 items (now 100), scientific about 560 items (now 100), commonsense about 490 items (now 200), code about 330 items (now 100) and guards about 510 items (now 200).
      10 benchmarks, 1,000 items for each arm; one training seed: the noise of training is unknown
      Held equal: every matched arm saw 6,000 supervised tokens (largest difference 0.4 %) in 24 steps."
    `);
  });

  test('every arm but the base is compared on every benchmark and in every domain', () => {
    expect(report.scores).toHaveLength(5 * 10);
    expect(report.comparisons).toHaveLength(4 * 10);
    expect(report.domainComparisons).toHaveLength(4 * 7);
    expect(report.domainComparisons.filter((row) => row.family === 'transfer')).toHaveLength(20);
  });

  test('a comparison is what a hand count of the samples says', () => {
    const input = syntheticInput({ limit: 100 });
    const of = (arm: string) => input.samples.get(`evaluations/${arm}-0`)?.get('gsm8k') ?? [];
    const [base, arm] = [of('base'), of('math-only')];
    const won = arm.filter((s, i) => s.value === 1 && base[i]?.value === 0).length;
    const lost = arm.filter((s, i) => s.value === 0 && base[i]?.value === 1).length;
    const row = report.comparisons.find((c) => c.benchmark === 'gsm8k' && c.arm === 'math-only');
    expect(row?.transitions).toMatchObject({ wrongToRight: won, rightToWrong: lost });
    expect(row?.difference.value).toBeCloseTo((won - lost) / 100, 12);
    expect(row?.test).toBe('mcnemar');
    expect(row?.steps).toEqual(['evaluate:base-0', 'evaluate:math-only-0']);
  });

  test('the bootstrap agrees with the combined interval', () => {
    for (const row of report.domainComparisons) {
      if (!row.bootstrap) continue;
      // The interval is the wider one where few clusters changed: it never gets surer than if none had.
      expect(Math.abs(row.bootstrap.low - row.difference.low)).toBeLessThan(0.025);
      expect(Math.abs(row.bootstrap.high - row.difference.high)).toBeLessThan(0.025);
    }
  });

  test('what could be shown is larger with the correction, and the same where nothing is to correct', () => {
    for (const row of report.domainComparisons)
      expect(row.detectableCorrected).toBeGreaterThan(row.detectable);
    const input = syntheticInput({ limit: 100 });
    const arms = input.facts.arms.filter(({ name }) => name === 'base' || name === 'mixed');
    const one = buildReport({ ...input, facts: { ...input.facts, arms } });
    const rows = one.domainComparisons.filter(({ family }) => family !== 'transfer');
    expect(rows.map((row) => row.detectableCorrected)).toEqual(rows.map((row) => row.detectable));
  });

  test('equal work gives equal bytes, whatever the order of the samples in their files', () => {
    const input = syntheticInput({ limit: 100 });
    const shuffled = withSamples(input, 'evaluations/mixed-0', 'gsm8k', (s) => [...s].reverse());
    expect(reportJson(buildReport(shuffled))).toBe(reportJson(report));
    expect(reportJson(report)).not.toMatch(/NaN|Infinity/);
  });
});

describe('verdicts', () => {
  test('24 items cannot tell, and the report says so instead of "no difference"', () => {
    const small = build({ limit: 24 });
    const verdicts = new Set(
      small.domainComparisons.filter((row) => row.family === 'transfer').map((row) => row.verdict),
    );
    expect(verdicts).toEqual(new Set(['cannot tell']));
    expect(small.answer).toMatch(/cannot tell/);
    expect(small.conclusions.mayNot.join(' ')).toMatch(/one training seed/);
    expect(small.conclusions.mayNot.join(' ')).toMatch(/at most 24 items/);
    expect(small.conclusions.mayNot.join(' ')).toMatch(/two-stage .* equal compute/);
  });

  test('many items find the effects and show the absence of others', () => {
    const large = build({ limit: 1200 });
    const verdict = (domain: string, arm: string) =>
      large.domainComparisons.find((row) => row.domain === domain && row.arm === arm)?.verdict;
    expect(verdict('mathematical', 'math-only')).toBe('gain');
    expect(verdict('logical', 'mixed')).toBe('gain');
    expect(verdict('commonsense', 'math-only')).toBe('loss');
    expect(verdict('code', 'general-only')).toBe('no difference shown');
    const forgetting = (arm: string) => large.forgetting.find((row) => row.arm === arm)?.verdict;
    expect(forgetting('math-only')).toBe('lost');
    expect(forgetting('general-only')).toBe('kept');
  });

  test('a base model that guesses on the guards has nothing to lose, so nothing counts as kept', () => {
    const input = syntheticInput({ limit: 400, strength: 0 });
    const benchmarks = new Map(input.benchmarks);
    const clear = buildReport(input);
    expect(clear.forgetting.map((row) => row.verdict)).toContain('kept');
    for (const [name, info] of input.benchmarks)
      if (info.domain === 'guards') benchmarks.set(name, { ...info, chance: 0.6 });
    const floor = buildReport({ ...input, benchmarks });
    expect(new Set(floor.forgetting.map((row) => row.verdict))).toEqual(new Set(['cannot tell']));
    expect(floor.conclusions.may.join(' ')).not.toMatch(/forgot no more/);
    expect(floor.conclusions.mayNot.join(' ')).toMatch(/forgot nothing: the base model cannot be told from/);
  });

  test('without any effect, false claims stay rare', () => {
    const claims = build({ limit: 300, strength: 0 }).domainComparisons.filter(
      (row) => row.verdict === 'gain' || row.verdict === 'loss',
    );
    expect(claims).toEqual([]);
  });
});

describe('several training seeds', () => {
  const report = build({ limit: 50, seeds: [0, 1, 2] });

  test('counts that add the seeds say so wherever they are printed', () => {
    const markdown = reportMarkdown(report);
    expect(markdown).toContain('has c right, counts of 3 seeds added together.');
    expect(markdown).toContain('from right to wrong, counts of 3 seeds added together.');
    expect(reportMarkdown(build({ limit: 24 }))).not.toContain('added together');
  });

  test('items are averaged over the seeds, and the spread of the seeds stands by itself', () => {
    const row = report.comparisons.find((c) => c.benchmark === 'gsm8k' && c.arm === 'mixed');
    expect(row?.perSeed).toHaveLength(3);
    expect(row?.seedSpread).toBeGreaterThan(0);
    expect(row?.test).toBe('sign-flip');
    const mean = (row?.perSeed ?? []).reduce((a, b) => a + b, 0) / 3;
    expect(row?.difference.value).toBeCloseTo(mean, 12);
    expect(report.conclusions.mayNot.join(' ')).not.toMatch(/one training seed/);
  });
});

describe('samples that do not fit together are named, never dropped', () => {
  const input = syntheticInput();

  test.each([
    [
      'missing',
      (s: readonly Sample[]) => s.slice(1),
      'Sample "arc_challenge-0" of the base model is missing.',
    ],
    [
      'extra',
      (s: readonly Sample[]) => [...s, { ...(s[0] as Sample), id: 'new' }],
      'Sample "new" is one that the base model did not answer.',
    ],
    ['twice', (s: readonly Sample[]) => [...s, s[3] as Sample], 'Sample "arc_challenge-3" is there twice.'],
    ['empty', () => [], 'The file holds no samples.'],
  ])('an id is %s', (_, change, message) => {
    const broken = withSamples(input, 'evaluations/mixed-0', 'arc_challenge', change);
    expect(() => buildReport(broken)).toThrow(message);
  });

  test('an outage is left out with its count, and never becomes a wrong answer', () => {
    const outage = withSamples(input, 'evaluations/mixed-0', 'arc_challenge', (samples) =>
      samples.map((s, i) => (i < 4 ? { ...s, outcome: 'error' as const, value: 0 } : s)),
    );
    const report = buildReport(outage);
    const row = report.comparisons.find((c) => c.benchmark === 'arc_challenge' && c.arm === 'mixed');
    expect(row).toMatchObject({ unscored: 4, difference: { n: 20 } });
    expect(report.conclusions.mayNot.join(' ')).toMatch(/4 items of arc_challenge for mixed: .* not counted/);
  });

  test('an outage is no answer that could not be read either', () => {
    const outage = withSamples(input, 'evaluations/mixed-0', 'gsm8k', (samples) =>
      samples.map((s, i) => (i < 4 ? { ...s, outcome: 'error' as const, value: 0 } : s)),
    );
    const format = (of: ReportInput) => buildReport(of).format.find((row) => row.arm === 'mixed');
    const [whole, without] = [format(input), format(outage)];
    const lost = (input.samples.get('evaluations/mixed-0')?.get('gsm8k') ?? [])
      .slice(0, 4)
      .filter(({ outcome }) => outcome === 'correct' || outcome === 'wrong').length;
    const items = whole?.items ?? 0;
    expect(without?.items).toBe(items - 4);
    expect(without?.readable?.value).toBeCloseTo(
      ((whole?.readable?.value ?? 0) * items - lost) / (items - 4),
      12,
    );
    expect(without?.difference?.n).toBe(items - 4);
  });

  test('a program that ran too long was read: it changes the score, not the share of readable answers', () => {
    const input = syntheticInput({ limit: 24 });
    const slow = withSamples(input, 'evaluations/mixed-0', 'humaneval', (samples) =>
      samples.map((sample) => ({ ...sample, outcome: 'timeout', value: 0 })),
    );
    const quick = withSamples(input, 'evaluations/mixed-0', 'humaneval', (samples) =>
      samples.map((sample) => ({ ...sample, outcome: 'wrong', value: 0 })),
    );
    const of = (one: ReportInput) => buildReport(one).format.find((row) => row.arm === 'mixed');
    expect(of(slow)?.outcomes.timeout).toBe(24);
    expect(of(slow)?.readable).toEqual(of(quick)?.readable);
  });

  test('all in error is an error, and so is a study without a base', () => {
    const outage = withSamples(input, 'evaluations/mixed-0', 'gsm8k', (samples) =>
      samples.map((s) => ({ ...s, outcome: 'error' as const })),
    );
    expect(() => buildReport(outage)).toThrow(/Every item of "gsm8k" ended in an error for "mixed"/);
    const arms = input.facts.arms.filter((arm) => arm.name !== 'base');
    expect(() => buildReport({ ...input, facts: { ...input.facts, arms } })).toThrow(/nothing to compare/);
  });
});

test('studies with little in them still make a report', () => {
  const input = syntheticInput({ limit: 1 });
  const { facts } = input;
  const baseOnly = buildReport({ ...input, facts: { ...facts, arms: facts.arms.slice(0, 1) } });
  expect(baseOnly.answer).toMatch(/^Only the base model was evaluated/);
  const evaluation = { ...facts.evaluation, benchmarks: ['gsm8k'] };
  const mathOnly = buildReport({ ...input, facts: { ...facts, evaluation } });
  expect(mathOnly.answer).toMatch(/^No arm was evaluated in a domain that it was not trained on/);
  expect(mathOnly.forgetting[0]?.verdict).toBe('no guards');
  expect(mathOnly.scores[0]?.score).toMatchObject({ n: 1, stderr: null });
  for (const report of [baseOnly, mathOnly]) {
    expect(reportMarkdown(report)).toContain('## Scores');
    expect(() => reportJson(report)).not.toThrow();
  }
});

test('a number that is none cannot hide in the file', () => {
  expect(() => reportJson({ score: Number.NaN })).toThrow('the report holds NaN under "score"');
});
