import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findBenchmark } from '../benchmarks/select.ts';
import { openModel } from '../engine/open-engine.ts';
import type { Outcome, Sample } from '../scoring/score.ts';
import { type Draws, itemPasses, passSteps } from './draws.ts';
import { evaluate } from './evaluate.ts';
import { showResults } from './show-results.ts';

const DRAWS: Draws = { count: 3, sampling: { temperature: 2, seed: 1 } };
const arithmetic = [findBenchmark('proc/arithmetic')];

async function asked(draws: Draws | undefined, out: string, limit = 4, benchmarks = arithmetic) {
  const session = await openModel({ ref: 'builtin:seedling' });
  try {
    const results = await evaluate(session, benchmarks, { limit, out, ...(draws ? { draws } : {}) });
    const file = join(out, 'samples', 'proc/arithmetic.jsonl');
    const samples = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Sample);
    return { results, samples };
  } finally {
    await session.close();
  }
}

const folder = (): string => mkdtempSync(join(tmpdir(), 'carryover-draws-'));

describe('several answers to an item', () => {
  it('are drawn one by one, are told apart, and share their cluster', async () => {
    const { samples, results } = await asked(DRAWS, folder());
    expect(samples.map(({ id, item }) => id.slice(item!.length))).toEqual(
      Array.from({ length: 4 }, () => ['#1', '#2', '#3']).flat(),
    );
    expect(new Set(samples.map(({ cluster }) => cluster)).size).toBe(4);
    const outputs = samples.slice(0, 3).map(({ output }) => output);
    expect(new Set(outputs).size).toBeGreaterThan(1);
    expect(results.settings).toMatchObject({ samples: 3, sampling: DRAWS.sampling });
    const summary = results.benchmarks['proc/arithmetic']!;
    expect(summary).toMatchObject({ n: 12, answers_per_item: 3 });
    const right = [0, 1, 2, 3].map(
      (index) => samples.filter((one) => one.index === index && one.outcome === 'correct').length,
    );
    expect(summary.metrics['pass@3']!.value).toBeCloseTo(right.filter((count) => count > 0).length / 4, 12);
    expect(summary.metrics['exact_match']!.value).toBeCloseTo(right.reduce((a, b) => a + b) / 12, 12);
    expect(showResults(results)).toMatch(/4 x 3[\s\S]*At least one of k drawn answers correct:[\s\S]*pass@2/);
  });

  it('are the same bytes again, others with another seed, and no greedy ones', async () => {
    const first = await asked(DRAWS, folder());
    const again = await asked(DRAWS, folder());
    const other = await asked({ ...DRAWS, sampling: { temperature: 1, seed: 2 } }, folder());
    const greedy = await asked(undefined, folder());
    expect(again.samples).toEqual(first.samples);
    const texts = ({ samples }: typeof first) => samples.map(({ output }) => output).join('\n');
    expect(texts(other)).not.toBe(texts(first));
    expect(greedy.samples).toHaveLength(4);
    expect(greedy.samples[0]).not.toHaveProperty('item');
    expect(greedy.results.settings).not.toHaveProperty('samples');
  });

  it('are the same whatever is asked beside', async () => {
    const others = ['proc/word_problems', 'proc/arithmetic', 'proc/fact_lists'].map(findBenchmark);
    const outputs = ({ samples }: Awaited<ReturnType<typeof asked>>) => samples.map(({ output }) => output);
    const beside = outputs(await asked(DRAWS, folder(), 4, others));
    expect(beside).toEqual(outputs(await asked(DRAWS, folder())));
  });

  it('are refused without a temperature, and where the model writes nothing', async () => {
    const session = await openModel({ ref: 'builtin:seedling' });
    const likelihood = [findBenchmark('arc_easy')];
    const without = evaluate(session, arithmetic, { draws: { count: 2, sampling: { temperature: 0 } } });
    await expect(without).rejects.toThrow('2 answers without a temperature would be 2 times the same');
    await expect(evaluate(session, likelihood, { draws: DRAWS })).rejects.toThrow(
      'No answers can be drawn in arc_easy: it is scored by the log-probabilities of the given choices, and nothing is written',
    );
    await session.close();
  });
});

describe('pass@k', () => {
  it('is reported in steps of 1, 2, 5 and for the number itself', () => {
    expect([1, 2, 3, 10, 200].map((count) => passSteps(count).join())).toEqual([
      '1',
      '1,2',
      '1,2,3',
      '1,2,5,10',
      '1,2,5,10,20,50,100,200',
    ]);
  });

  it('leaves out items with an answer that could not be judged', () => {
    const answer = (item: string, draw: number, outcome: Outcome) => ({
      ...{ id: `${item}#${draw}`, item, outcome, cluster: item },
    });
    const passes = itemPasses([
      answer('a', 1, 'correct'),
      answer('a', 2, 'wrong'),
      answer('b', 1, 'error'),
      answer('b', 2, 'correct'),
      answer('c', 1, 'no_answer'),
      answer('c', 2, 'timeout'),
    ]);
    expect(passes.map(({ cluster, rates }) => [cluster, ...rates.values()])).toEqual([
      ['a', 0.5, 1],
      ['c', 0, 0],
    ]);
  });

  it('goes up to the least number of answers that an item has', () => {
    const answers = (item: string, outcomes: readonly Outcome[]) =>
      outcomes.map((outcome, draw) => ({ id: `${item}#${draw}`, item, outcome, cluster: item }));
    const passes = itemPasses([
      ...answers('a', ['correct', 'wrong', 'wrong', 'wrong']),
      ...answers('b', ['wrong', 'wrong', 'correct']),
    ]);
    expect(passes.map(({ rates }) => [...rates])).toEqual([
      [
        [1, 0.25],
        [2, 0.5],
        [3, 0.75],
      ],
      [
        [1, expect.closeTo(1 / 3, 12)],
        [2, expect.closeTo(2 / 3, 12)],
        [3, 1],
      ],
    ]);
  });
});
