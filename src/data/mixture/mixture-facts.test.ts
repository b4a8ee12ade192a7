import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { byteLevelTokenizer } from '../../../test/support/tiny-tokenizer.ts';
import { takeParts } from '../prepare-stage.ts';
import { placeExamples, type Schedule } from '../selection/schedule.ts';
import { LONG_BEGINNING } from '../selection/steady-order.ts';
import type { Taken } from '../selection/taken.ts';
import type { Course } from './course.ts';
import { mixtureFacts } from './mixture-facts.ts';

const { tokenizer } = byteLevelTokenizer(['<|im_start|>', '<|im_end|>']);
const TOKENS = { one: 60_000, two: 20_000 };
let folder: string;
let taken: Taken[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-facts-'));
  for (const [name, length] of [
    ['one', 700],
    ['two', 300],
  ] as const) {
    const lines = Array.from({ length: 100 }, (_, at) =>
      JSON.stringify({ question: `q${at}`, answer: 'z'.repeat(length + ((at * 37) % 200)) }),
    );
    await writeFile(join(folder, `${name}.jsonl`), lines.join('\n'));
  }
  taken = await takeParts(
    {
      sources: { one: { file: 'one.jsonl' }, two: { file: 'two.jsonl' } },
      parts: Object.entries(TOKENS).map(([source, tokens]) => ({ source, from: 0, tokens })),
      seed: 1,
      rowLength: 1024,
      batches: { rowsPerStep: 1 },
      baseFolder: folder,
    },
    { tokenizer, chatTemplate: undefined },
  );
});
afterAll(async () => {
  for (const { source } of taken) source.close();
  await rm(folder, { recursive: true, force: true });
});

/** The greatest distance, counted plainly. `asked`: the share of the first source in a beginning of so many tokens. */
function furthestOf({ lists, learns }: Schedule, asked: (tokens: number) => number): number {
  let furthest = 0;
  const given = [0, 0];
  for (const [place, list] of lists.entries()) {
    given[list]! += learns[place]!;
    const tokens = given[0]! + given[1]!;
    if (tokens >= LONG_BEGINNING) furthest = Math.max(furthest, Math.abs(given[0]! / tokens - asked(tokens)));
  }
  return furthest;
}

test('the furthest distance from the shares asked for, in an order that keeps them and in one that does not', () => {
  const mixed = placeExamples(taken, undefined);
  // All of the first source, then all of the second.
  const places = [...mixed.lists.keys()].sort((a, b) => mixed.lists[a]! - mixed.lists[b]! || a - b);
  const apart: Schedule = {
    ...mixed,
    lists: mixed.lists.map((_, place) => mixed.lists[places[place]!]!),
    learns: mixed.learns.map((_, place) => mixed.learns[places[place]!]!),
  };
  for (const examples of [mixed, apart]) {
    const { furthest } = mixtureFacts(taken, examples, undefined);
    expect(furthest).toBeCloseTo(
      furthestOf(examples, () => 0.75),
      9,
    );
  }
  expect(mixtureFacts(taken, mixed, undefined).furthest).toBeLessThan(0.01);
  // All of the first source comes first: 60,000 tokens of it alone.
  expect(mixtureFacts(taken, apart, undefined).furthest).toBeCloseTo(0.25, 9);
});

test('what a course asks for of a beginning is what it has given by then, not what it gives in all', () => {
  // From all of the first source to half of it: its mean is 0.75, and its share of a beginning t is 1 - t / 4.
  const course: Course = [
    { at: 0, shares: { one: 1, two: 0 } },
    { at: 1, shares: { one: 0.5, two: 0.5 } },
  ];
  const examples = placeExamples(taken, course);
  const { furthest, stretches } = mixtureFacts(taken, examples, course);
  expect(furthest).toBeCloseTo(
    furthestOf(examples, (tokens) => 1 - tokens / 80_000 / 4),
    9,
  );
  expect(furthest).toBeLessThan(0.01);
  expect(stretches.map(({ asked }) => asked['one'])).toEqual(
    Array.from({ length: 10 }, (_, at) => expect.closeTo(0.975 - at * 0.05, 9)),
  );
  for (const { shares, asked } of stretches)
    expect(Math.abs(shares['one']! - asked['one']!)).toBeLessThan(0.1);
});
