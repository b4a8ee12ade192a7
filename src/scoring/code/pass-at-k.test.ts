import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passAtK } from './pass-at-k.ts';

/** The share of all subsets of size k that hold a correct sample, by counting them. */
function byCounting(n: number, c: number, k: number): number {
  let subsets = 0;
  let passed = 0;
  for (let mask = 0; mask < 1 << n; mask++) {
    const members = [...Array(n).keys()].filter((i) => mask & (1 << i));
    if (members.length !== k) continue;
    subsets += 1;
    if (members.some((i) => i < c)) passed += 1;
  }
  return passed / subsets;
}

describe('passAtK', () => {
  it('equals the share of subsets with a correct sample', () => {
    const numbers = fc
      .integer({ min: 1, max: 9 })
      .chain((n) => fc.tuple(fc.constant(n), fc.integer({ min: 0, max: n }), fc.integer({ min: 1, max: n })));
    fc.assert(
      fc.property(numbers, ([n, c, k]) => {
        expect(passAtK(n, c, k)).toBeCloseTo(byCounting(n, c, k), 12);
      }),
    );
  });

  it('is the share of correct samples for k = 1', () => {
    expect(passAtK(200, 37, 1)).toBeCloseTo(37 / 200, 12);
    expect([passAtK(1, 0, 1), passAtK(1, 1, 1)]).toEqual([0, 1]);
  });

  it('refuses numbers that contradict each other', () => {
    for (const [n, c, k] of [
      [1, 0, 2],
      [3, 4, 1],
      [3, 1, 0],
      [3, -1, 1],
      [2.5, 1, 1],
    ] as const) {
      expect(() => passAtK(n, c, k)).toThrow(RangeError);
    }
  });
});
