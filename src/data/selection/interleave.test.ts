import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { meanShare, momentOf, shareBetween, wholeCourse } from '../mixture/course.ts';
import { interleave, type Moments } from './interleave.ts';
import { randomBits } from './random.ts';

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const learns = (most: number, length: { minLength: number; maxLength: number }) =>
  fc.array(fc.integer({ min: 1, max: most }), length);

/** The order as pairs of a list and the supervised tokens of its example. */
const merge = (all: readonly number[][], moment?: Moments) => {
  const { lists, item } = interleave(all, moment);
  return Array.from(lists, (list, place) => ({
    list,
    item: item(place),
    learns: all[list]![item(place)]!,
  }));
};

test('evenly spread: each source keeps its order and is never far from its share', () => {
  fc.assert(
    fc.property(
      fc.array(learns(50, { minLength: 0, maxLength: 120 }), { minLength: 1, maxLength: 4 }),
      (lists) => {
        const merged = merge(lists);
        for (const [list, own] of lists.entries())
          expect(merged.filter((entry) => entry.list === list).map((entry) => entry.item)).toEqual([
            ...own.keys(),
          ]);
        const totals = lists.map(sum);
        const taken = lists.map(() => 0);
        const used = totals.filter((total) => total > 0).length;
        for (const { list, learns } of merged) {
          taken[list]! += learns;
          for (const [index, total] of totals.entries()) {
            const off = taken[index]! - (total / sum(totals)) * sum(taken);
            expect(Math.abs(off)).toBeLessThanOrEqual((Math.max(1, used - 1) * 50) / 2 + 1e-6);
          }
        }
      },
    ),
  );
});

/** Lists whose sums follow the shares: rows of a source until its part of `tokens` is met, the last one cut. */
function lists(shares: readonly number[], tokens: number, next: () => number): number[][] {
  return shares.map((share) => {
    const rows: number[] = [];
    let left = Math.round(share * tokens);
    while (left > 0) {
      const row = Math.min(left, next());
      rows.push(row);
      left -= row;
    }
    return rows;
  });
}

/** Shares of up to six sources, the smallest of some per cent, that sum to 1. */
const shares = fc
  .array(fc.integer({ min: 1, max: 30 }), { minLength: 2, maxLength: 6 })
  .map((all) => all.map((one) => one / sum(all)));

describe('at any beginning of at least 50,000 tokens', () => {
  test('a mixture is within 1 % of the tokens asked for, with rows of up to 400 supervised tokens', () => {
    fc.assert(
      fc.property(shares, fc.integer({ min: 1, max: 400 }), fc.nat(), (mix, most, seed) => {
        const random = randomBits(seed, 'rows');
        const all = lists(mix, 120_000, () => 1 + (random() % most));
        const given = mix.map(() => 0);
        let worst = 0;
        for (const { list, learns } of merge(all)) {
          given[list]! += learns;
          const tokens = sum(given);
          if (tokens < 50_000) continue;
          for (const [index, share] of mix.entries())
            worst = Math.max(worst, Math.abs(given[index]! / tokens - share));
        }
        expect(worst).toBeLessThanOrEqual(0.01);
      }),
      { numRuns: 30 },
    );
  });

  test('so is a course: up, down and in steps', () => {
    const point = fc.tuple(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 4 }), fc.nat(), (points, seed) => {
        const random = randomBits(seed, 'rows');
        const course = wholeCourse(
          points.sort(([a], [b]) => a - b).map(([at, share]) => ({ at, shares: { a: share, b: 1 - share } })),
        );
        const names = ['a', 'b'];
        const moments = names.map((name) => momentOf(course, name));
        const all = lists(
          names.map((name) => meanShare(course, name)),
          120_000,
          () => 1 + (random() % 400),
        );
        const whole = sum(all.flat());
        const given = [0, 0];
        let worst = 0;
        for (const { list, learns } of merge(all, (list, part) => moments[list]!(part))) {
          given[list]! += learns;
          const tokens = sum(given);
          if (tokens < 50_000) continue;
          const asked = shareBetween(course, 'a', 0, tokens / whole);
          worst = Math.max(worst, Math.abs(given[0]! / tokens - asked));
        }
        expect(worst).toBeLessThanOrEqual(0.01);
      }),
      { numRuns: 30 },
    );
  });
});

test('two knots at moments that cannot be told apart are a step', () => {
  const knots = [0, 5e-324].map((at, index) => ({ at, shares: { a: index, b: 1 - index } }));
  const moment = momentOf(wholeCourse(knots), 'a');
  for (const part of [0, 0.25, 1]) expect(moment(part)).toBeCloseTo(part, 12);
});

test('a step is a border: nothing of the second stage comes before the last of the first', () => {
  const course = [
    { at: 0, shares: { general: 0, math: 1 } },
    { at: 0.5, shares: { general: 0, math: 1 } },
    { at: 0.5, shares: { general: 1, math: 0 } },
    { at: 1, shares: { general: 1, math: 0 } },
  ];
  const rows = (count: number) => Array.from({ length: count }, () => 10);
  const moments = ['general', 'math'].map((name) => momentOf(course, name));
  const { lists, borders } = interleave([rows(30), rows(30)], (list, part) => moments[list]!(part), [0.5, 1]);
  expect(lists.join('')).toBe('1'.repeat(30) + '0'.repeat(30));
  expect(borders).toEqual([30, 60]);
});

test('the order is that of the moments, equal ones in the order of the lists', () => {
  const moments = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(fc.array(moments, { minLength: 1, maxLength: 4 }), fc.array(fc.nat(8)), (all, marks) => {
      const rising = all.map((own) => own.sort((a, b) => a - b));
      const sorted = marks.sort((a, b) => a - b);
      // Of n examples with one token each the middle of number i is at (i + 1/2) / n.
      const { lists, item, borders } = interleave(
        rising.map((own) => own.map(() => 1)),
        (list, part) => rising[list]![Math.floor(part * rising[list]!.length)]!,
        sorted,
      );
      const expected = rising
        .flatMap((own, list) => own.map((at, item) => ({ list, item, at })))
        .sort((a, b) => a.at - b.at || a.list - b.list);
      expect(Array.from(lists, (list, place) => [list, item(place)])).toEqual(
        expected.map(({ list, item }) => [list, item]),
      );
      for (const [index, mark] of sorted.entries()) {
        const first = expected.findIndex(({ at }) => at >= mark);
        expect(borders[index]).toBe(first < 0 ? expected.length : first);
      }
    }),
  );
});
