import { expect, it } from 'vitest';
import { UserError } from '../errors.ts';
import type { Generator } from './generator.ts';
import { drawDistinct, drawProblem } from './split.ts';

/** A task with a given number of different problems at every level. */
const task = (size: number): Generator<readonly [number, number]> => ({
  name: 'small',
  title: 'Small',
  domain: 'mathematical',
  abilities: ['arithmetic'],
  why: 'The smallest task there is.',
  kind: 'generate',
  chance: 0,
  levels: [1, 2],
  templates: 3,
  sample: (random, level) => [random.below(size), level],
  perturb: ([, level], random) => [random.below(size), level],
  aside: () => 'It rains.',
  pose: ([n], { aside }) => ({
    question: `${aside ?? ''} Say ${n}.`.trim(),
    answer: String(n),
    steps: [{ text: `I say ${n}.` }],
  }),
  resolve: ([n]) => String(n),
});

it('gives a longer list that begins with the shorter one, and never a problem twice', () => {
  const request = { split: 'test', seed: 0 } as const;
  const long = drawDistinct(task(400), request, 60);
  expect(long.slice(0, 20)).toEqual(drawDistinct(task(400), request, 20));
  expect(new Set(long.map((problem) => problem.key)).size).toBe(60);
});

it('says how many problems there are when more are asked for', () => {
  expect(() => drawDistinct(task(100), { split: 'fresh', seed: 0 }, 200)).toThrow(UserError);
  expect(() => drawDistinct(task(100), { split: 'fresh', seed: 0 }, 200)).toThrow(
    /^small has only about \d+ different problems in fresh, not 200\./,
  );
});

it('names the fault of a level that holds nothing of a split', () => {
  expect(() => {
    for (const split of ['train', 'test', 'fresh'] as const)
      drawProblem(task(1), { split, seed: 0, index: 0 });
  }).toThrow(/small, level 1: 2000 draws and none belongs to .*too few different cores/);
});

it('tells problems by the templates that are asked for', () => {
  const surfaces = Array.from(
    { length: 50 },
    (_, index) => drawProblem(task(400), { split: 'train', seed: 0, index, templates: [0, 2] }).surface,
  );
  expect([...new Set(surfaces)].sort()).toEqual(['small/0', 'small/2']);
});

it('refuses a level that is not trained', () => {
  expect(() => drawProblem(task(400), { split: 'test', seed: 0, index: 0, level: 9 })).toThrow(
    'small has the levels 1, 2, not 9',
  );
});
