import { describe, expect, it } from 'vitest';
import { findBenchmark } from '../benchmarks/select.ts';
import type { Outcome, Sample } from '../scoring/score.ts';
import { progressLine } from './progress-view.ts';
import { summarise } from './results.ts';
import { showResults } from './show-results.ts';

const sample = (index: number, outcome: Outcome, value: number, cluster = String(index)): Sample => ({
  benchmark: 'gsm8k',
  id: String(index),
  index,
  cluster,
  prompt_sha256: '',
  kind: 'generate',
  output: '',
  choices: [],
  answer: null,
  gold: '1',
  value,
  outcome,
  why: '',
  readings:
    outcome === 'error'
      ? { compatible: {}, corrected: {} }
      : {
          compatible: {
            exact_match: 0,
            'exact_match,strict-match': 0,
            'exact_match,flexible-extract': value,
          },
          corrected: { exact_match: value },
        },
  tokens: { prompt: 1, completion: 1 },
});

const TEN = [...Array(10).keys()].map((i) => sample(i, i < 4 ? 'correct' : 'wrong', i < 4 ? 1 : 0));

describe('summarise', () => {
  it('gives mean, n - 1 standard error and Wilson interval of independent items', () => {
    const { n, metrics, outcomes } = summarise({ metric: 'exact_match' }, TEN);
    expect(n).toBe(10);
    expect(outcomes).toMatchObject({ correct: 4, wrong: 6, error: 0 });
    const { value, stderr, low, high } = metrics['exact_match']!;
    expect(value).toBeCloseTo(0.4, 12);
    // sqrt(0.4 * 0.6 / 9); Wilson for 4 of 10 as in statsmodels' proportion_confint(4, 10, method='wilson').
    expect(stderr).toBeCloseTo(0.163299, 6);
    expect(low).toBeCloseTo(0.16818, 5);
    expect(high).toBeCloseTo(0.68733, 5);
    expect(Object.keys(metrics)).toEqual([
      'exact_match',
      'exact_match,strict-match',
      'exact_match,flexible-extract',
    ]);
  });

  it('clusters related items', () => {
    const pairs = TEN.map((one, i) => ({ ...one, cluster: String(Math.floor(i / 2)) }));
    const { stderr } = summarise({ metric: 'exact_match' }, pairs).metrics['exact_match']!;
    // Five clusters of two; sums 2, 2, 0, 0, 0 about a mean of 0.8: sqrt(5/4 * (2 * 1.44 + 3 * 0.64)) / 10.
    expect(stderr).toBeCloseTo(Math.sqrt(1.25 * 4.8) / 10, 12);
  });

  it('takes the answers to an item for one value, so that pass@1 and the headline are one', () => {
    // 1 of 4 right, 1 of 1, 0 of 2: a mean over the items of 5 / 12, not 2 / 7 over the answers.
    const drawn = [[1, 0, 0, 0], [1], [0, 0]].flatMap((values, item) =>
      values.map((value, draw) => ({
        ...sample(item, value === 1 ? 'correct' : 'wrong', value),
        ...{ id: `${item}#${draw}`, item: String(item) },
      })),
    );
    const { metrics } = summarise({ metric: 'exact_match' }, drawn);
    const { value, stderr, low, high } = metrics['exact_match']!;
    expect(value).toBeCloseTo(5 / 12, 12);
    // That of the three means 1/4, 1 and 0 (n - 1).
    expect(stderr).toBeCloseTo(Math.sqrt(((1 / 6) ** 2 + (7 / 12) ** 2 + (5 / 12) ** 2) / 2 / 3), 12);
    const pass = metrics['pass@1']!;
    for (const [one, other] of [
      [pass.value, value],
      [pass.stderr, stderr],
      [pass.low, low],
      [pass.high, high],
    ])
      expect(one).toBeCloseTo(other!, 12);
    const program = summarise({ metric: 'pass@1' }, drawn).metrics['pass@1']!;
    expect(program.value).toBeCloseTo(5 / 12, 12);
  });

  it('leaves items that the engine could not answer out of the scores, not out of the counts', () => {
    const { n, metrics, outcomes } = summarise({ metric: 'exact_match' }, [...TEN, sample(10, 'error', 0)]);
    expect([n, outcomes.error, metrics['exact_match']!.value]).toEqual([11, 1, 0.4]);
    expect(summarise({ metric: 'exact_match' }, [sample(0, 'error', 0)]).metrics).toEqual({});
  });
});

describe('what people see', () => {
  it('has scores, intervals, chance and every outcome that occurred', () => {
    const samples = [...TEN, sample(10, 'truncated', 0), sample(11, 'error', 0)];
    const results = {
      model: 'tiny',
      settings: { fingerprint: '', limit: null, chat_template: false },
      benchmarks: { gsm8k: summarise({ metric: 'exact_match' }, samples) },
      asked: [],
    };
    expect(showResults(results)).toMatchInlineSnapshot(`
      "benchmark  items  metric       score  95 % interval               harness  chance  outcomes
      gsm8k         12  exact_match   36.4  15.2 to 64.6   ! 0.0 (strict-match)     0.0  4 correct, 6 wrong, 1 truncated, 1 error

      In percent.
      score: the headline, answers read as a careful person reads them.
      harness: the same answers as lm-evaluation-harness reads them (or the benchmark's own code, where it has no such task),
      to compare with published numbers. equal: the same number; !: outside the interval; -: it has no such reading.

      Apart by more than the interval (!): gsm8k. What was read where: \`readings\` and \`why\` in the samples."
    `);
  });

  it("has no harness reading for a benchmark of the user's own", () => {
    const own = {
      title: 'Mine',
      domain: 'guards',
      kind: 'generate',
      metric: 'exact_match',
      chance: 0,
    } as const;
    const value = (of: number) => ({ value: of, stderr: 0.1, low: 0.4, high: 0.6 });
    const shown = showResults(
      {
        model: 'tiny',
        settings: { fingerprint: '', limit: null, chat_template: false },
        benchmarks: {
          mine: {
            n: 4,
            metrics: { exact_match: value(0.5), 'exact_match,none': value(0.1) },
            outcomes: { correct: 2, wrong: 2, no_answer: 0, truncated: 0, timeout: 0, error: 0 },
            own: { ...own, sha256: '0' },
          },
        },
        asked: [],
      },
      [{ ...findBenchmark('gsm8k'), name: 'mine' }],
    );
    expect(shown.split('\n')[1]).toMatch(/^mine +4 +exact_match +50\.0 +40\.0 to 60\.0 +- +0\.0 +2 correct/);
    expect(shown).not.toContain('Apart by more');
  });

  it('has the harness reading beside the headline, and says when they are equal or far apart', () => {
    const read = (gsm8k: number, filter = 'none') => ({
      n: 4,
      metrics: {
        exact_match: { value: 0.5, stderr: 0.1, low: 0.3, high: 0.7 },
        [`exact_match,${filter}`]: { value: gsm8k, stderr: 0.1, low: 0, high: 1 },
        'exact_match,other': { value: 0.25, stderr: 0.1, low: 0, high: 1 },
      },
      outcomes: { correct: 2, wrong: 2, no_answer: 0, truncated: 0, timeout: 0, error: 0 },
    });
    const shown = showResults({
      model: 'tiny',
      settings: { fingerprint: '', limit: null, chat_template: false },
      benchmarks: {
        gsm8k: read(0.5, 'strict-match'),
        svamp: read(0.6),
        folio: { ...read(0.1), cut_prompts: 3 },
        'proc/arithmetic': { ...read(0), metrics: {} },
      },
      asked: [],
    });
    expect(shown).toMatchInlineSnapshot(`
      "benchmark        items  metric       score  95 % interval               harness  chance  cut prompts  outcomes
      gsm8k                4  exact_match   50.0  30.0 to 70.0   equal (strict-match)     0.0            0  2 correct, 2 wrong
      svamp                4  exact_match   50.0  30.0 to 70.0                   60.0     0.0            0  2 correct, 2 wrong
      folio                4  exact_match   50.0  30.0 to 70.0                 ! 10.0    33.3            3  2 correct, 2 wrong
      proc/arithmetic      4  exact_match      -  -                                 -     0.0            0  2 correct, 2 wrong

      In percent.
      score: the headline, answers read as a careful person reads them.
      harness: the same answers as lm-evaluation-harness reads them (or the benchmark's own code, where it has no such task),
      to compare with published numbers. equal: the same number; !: outside the interval; -: it has no such reading.

      Apart by more than the interval (!): folio. What was read where: \`readings\` and \`why\` in the samples.

      Cut prompts lost their beginning, because the model's context is too short: their scores are those of other prompts.

      The harness's other readings and metrics of the same answers, in percent as well:
        gsm8k: exact_match,other 25.0
        svamp: exact_match,other 25.0
        folio: exact_match,other 25.0"
    `);
  });

  it('has the speed and the time left, without what was restored', () => {
    const progress = {
      done: 96,
      total: 300,
      unit: 'items',
      note: '4 benchmarks, now arc_challenge',
    } as const;
    expect(progressLine(progress, { at: 1000, done: 36 }, 11_000)).toMatchInlineSnapshot(
      `"96 of 300 items  6.00 items/s  34 s left  4 benchmarks, now arc_challenge"`,
    );
    expect(
      progressLine({ ...progress, done: 64, ahead: 32 }, { at: 1000, done: 36 }, 11_000),
    ).toMatchInlineSnapshot(
      `"64 of 300 items (32 more in work)  6.00 items/s  34 s left  4 benchmarks, now arc_challenge"`,
    );
    expect(progressLine({ ...progress, done: 36 }, { at: 1000, done: 36 }, 11_000)).toMatchInlineSnapshot(
      `"36 of 300 items  4 benchmarks, now arc_challenge"`,
    );
    expect(progressLine({ ...progress, done: 300 }, { at: 0, done: 0 }, 60_000)).toMatchInlineSnapshot(
      `"300 of 300 items  5.00 items/s  4 benchmarks, now arc_challenge"`,
    );
  });
});
