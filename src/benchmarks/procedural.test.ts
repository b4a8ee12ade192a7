/** What every procedural task promises as a benchmark. */
import { describe, expect, it } from 'vitest';
import { drawBalanced } from '../procedural/balanced.ts';
import { GENERATORS } from '../procedural/index.ts';
import { askedLayout, completionOf } from '../procedural/layout.ts';
import { pathsOf } from '../procedural/problem.ts';
import { problemId } from '../procedural/problem-id.ts';
import { drawProblem, SPLITS } from '../procedural/split.ts';
import { DEFAULT_SEED } from '../procedural/training-rows.ts';
import type { GenerateItem } from './benchmark.ts';
import { PROCEDURAL_BENCHMARKS, proceduralName } from './procedural.ts';
import { findBenchmark, selectBenchmarks } from './select.ts';
import { SUITES } from './suites.ts';

const FEW = 24;

describe.each(Object.values(GENERATORS))('proc/$name', (generator) => {
  const benchmarkOf = (split: (typeof SPLITS)[number]) =>
    PROCEDURAL_BENCHMARKS[proceduralName(generator.name, split)]!;

  it('has different items with the levels in turn, and no item of another split', () => {
    const ids = new Set<string>();
    for (const split of SPLITS) {
      const items = benchmarkOf(split).make(FEW);
      expect(items.map((item) => item.index)).toEqual(Array.from({ length: FEW }, (_, i) => i));
      expect(benchmarkOf(split).make(7)).toEqual(items.slice(0, 7));
      const { levels } = generator;
      const turn = split === 'harder' ? [levels.at(-1)! + 1] : levels;
      expect(items.map((item) => item.problem?.level)).toEqual(items.map((_, i) => turn[i % turn.length]));
      for (const { id, problem, kind, cluster } of items) {
        expect(ids).not.toContain(id);
        ids.add(id);
        expect(kind).toBe(askedLayout(generator) === 'direct' ? 'choice' : 'generate');
        expect(problem).toMatchObject({ split, depth: expect.any(Number) });
        expect(problem?.surface).toMatch(new RegExp(`^${generator.name}/\\d+$`));
        expect(cluster).toBe(problem?.parent ?? id);
        expect(problem?.parent !== null).toBe(split === 'perturbed');
      }
    }
  });

  it('perturbs what the training data of the same seed begin with', () => {
    const trained = new Set<string>();
    for (let index = 0; index < 10 * FEW; index++) {
      const { key } = drawProblem(generator, { split: 'train', seed: DEFAULT_SEED, index });
      trained.add(problemId(generator.name, key));
    }
    for (const { problem } of benchmarkOf('perturbed').make(FEW)) expect(trained).toContain(problem?.parent);
  });

  if (askedLayout(generator) === 'worked')
    it('judges the worked solution right, wrong turns wrong, silence as no answer', async () => {
      const benchmark = benchmarkOf('test');
      const items = benchmark.make(FEW) as readonly GenerateItem[];
      const problems = drawBalanced(generator, { split: 'test', seed: DEFAULT_SEED }, FEW);
      for (const [i, item] of items.entries()) {
        const problem = problems[i]!;
        const judge = (text: string, ending?: 'length') =>
          benchmark.score!(text, item, ending ? { ending } : {});
        const worked = completionOf(problem, 'worked');
        expect(item.maxTokens).toBeGreaterThan(worked.length / 2);
        expect(await judge(worked)).toMatchObject({ value: 1, outcome: 'correct', answer: problem.answer });
        for (const path of pathsOf(problem.tree).filter(({ right }) => !right)) {
          const said = `${path.texts.join(' ')}\nAnswer: ${path.answer}`;
          expect(await judge(said)).toMatchObject({ value: 0, outcome: 'wrong', answer: path.answer });
        }
        expect(await judge('')).toMatchObject({ value: 0, outcome: 'no_answer', answer: null });
        expect(await judge(problem.solution, 'length')).toMatchObject({ outcome: 'no_answer', answer: null });
      }
    });

  if (askedLayout(generator) === 'direct')
    it('weighs every choice after the same prompt, and the gold one is the answer', () => {
      const problems = drawBalanced(generator, { split: 'test', seed: DEFAULT_SEED }, FEW);
      for (const [i, item] of benchmarkOf('test').make(FEW).entries()) {
        if (item.kind !== 'choice') throw new Error('kind');
        expect(item.choices[item.gold]).toBe(problems[i]!.answer);
        expect(item.pairs.map(({ continuation }) => continuation)).toEqual(
          item.choices.map((text) => ` ${text}`),
        );
        expect(new Set(item.pairs.map(({ context }) => context)).size).toBe(1);
      }
    });
});

describe('procedural benchmarks', () => {
  it('have 500 items, however many are asked for', () => {
    const all = findBenchmark('proc/arithmetic');
    if (!('make' in all)) throw new Error('it is made');
    expect(all.make(10_000)).toHaveLength(500);
    expect(all.size).toBe(500);
  });

  it('are put and judged as the layout says', () => {
    const [item] = PROCEDURAL_BENCHMARKS['proc/arithmetic@perturbed']!.make(1);
    expect(item).toMatchInlineSnapshot(`
      {
        "cluster": "b2f3872c13d52729",
        "gold": "91",
        "id": "5a83f9f8c80bb382",
        "index": 0,
        "kind": "generate",
        "maxTokens": 95,
        "messages": [
          {
            "content": "Xena lost 11 combs. Add 16 and 75.",
            "role": "user",
          },
        ],
        "problem": {
          "depth": 3,
          "level": 1,
          "parent": "b2f3872c13d52729",
          "split": "perturbed",
          "surface": "arithmetic/2",
        },
        "prompt": "Question: Xena lost 11 combs. Add 16 and 75.
      Solution:",
        "stop": [
          "

      ",
          "Question:",
        ],
      }
    `);
  });

  it('have every task once in their suite and in their domain; other splits are found by name alone', () => {
    const names = Object.keys(GENERATORS).map((name) => `proc/${name}`);
    expect(SUITES['procedural']!.names).toEqual(names);
    expect(names).toEqual(expect.arrayContaining([...SUITES['procedural-small']!.names]));
    const logical = selectBenchmarks({ domain: 'logical' }).map((one) => one.name);
    expect(logical).toContain('proc/deduction');
    expect(logical).not.toContain('proc/deduction@fresh');
    expect(findBenchmark('proc/deduction@harder').title).toBe(
      'Deduction over invented kinds, one level beyond training',
    );
    expect(() => findBenchmark('proc/deducton')).toThrow('There is no benchmark named "proc/deducton".');
  });
});
