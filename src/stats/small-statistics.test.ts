import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chanceCorrected, chanceCorrectedGain } from './chance.ts';
import { holmAdjust } from './holm.ts';
import { correlation } from './moments.ts';
import { detectableDifference, detectableFromInterval } from './power.ts';
import { poolSeeds } from './seeds.ts';
import { countTransitions } from './transitions.ts';

describe('Holm', () => {
  test("agrees with R's p.adjust(c(0.01, 0.04, 0.03, 0.005), 'holm')", () => {
    const adjusted = holmAdjust([0.01, 0.04, 0.03, 0.005]);
    [0.03, 0.06, 0.06, 0.02].forEach((p, i) => {
      expect(adjusted[i]).toBeCloseTo(p, 12);
    });
  });

  test('never below the raw value, never above Bonferroni, and in the same order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }), (ps) => {
        const adjusted = holmAdjust(ps);
        ps.forEach((p, i) => {
          expect(adjusted[i]).toBeGreaterThanOrEqual(p);
          expect(adjusted[i]).toBeLessThanOrEqual(Math.min(1, p * ps.length) + 1e-12);
          ps.forEach((other, j) => {
            if (p < other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j] as number);
          });
        });
      }),
    );
  });
});

test('transitions add up to the number of items, and gained - lost is the difference', () => {
  const counts = countTransitions([1, 1, 0, 0, 1], [1, 0, 1, 0, 1]);
  expect(counts).toEqual({ rightToRight: 2, rightToWrong: 1, wrongToRight: 1, wrongToWrong: 1 });
});

test('chance-corrected: a guesser has 0, a perfect model 1, and the gain is scaled alike', () => {
  expect(chanceCorrected(0.25, 0.25)).toBe(0);
  expect(chanceCorrected(1, 0.25)).toBe(1);
  expect(chanceCorrectedGain(0.15, 0.25)).toBeCloseTo(0.2, 12);
  expect(() => chanceCorrected(0.5, 1)).toThrow(RangeError);
});

test('detectable difference: 2.8016 standard errors at 80 % power (1.9600 + 0.8416)', () => {
  expect(detectableDifference(0.05)).toBeCloseTo(0.05 * 2.8015852181129683, 12);
});

test('at a family’s level: 3.8650 standard errors for 20 comparisons (z of 1 - 0.05/40 is 3.0233, plus 0.8416)', () => {
  const interval = { low: -0.05 * 1.959963984540054, high: 0.05 * 1.959963984540054 };
  expect(detectableFromInterval(interval)).toBeCloseTo(0.05 * 2.8015852181129683, 12);
  expect(detectableFromInterval(interval, { comparisons: 20 })).toBeCloseTo(
    0.05 * (3.0233414397391 + 0.8416212335729),
    8,
  );
  expect(detectableFromInterval({ low: -1, high: 1 }, { comparisons: 20 })).toBe(1);
});

test('seeds are pooled item by item; one seed leaves the training noise unknown', () => {
  expect(poolSeeds([[1, 0, 1]])).toEqual({ items: [1, 0, 1], perSeed: [2 / 3], spread: null });
  const two = poolSeeds([
    [1, 0],
    [1, 1],
  ]);
  expect(two.items).toEqual([1, 0.5]);
  expect(two.spread).toBeCloseTo(Math.SQRT1_2 / 2, 12);
  expect(() => poolSeeds([[1], [1, 0]])).toThrow(/one seed has 1 items, another 2/);
});

test('correlation is null where one side does not vary', () => {
  expect(correlation([1, 1, 1], [0, 1, 0])).toBeNull();
  expect(correlation([0, 1, 0, 1], [0, 1, 0, 1])).toBeCloseTo(1, 12);
});
