import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clusteredStandardError } from './clusters.ts';
import { proportionInterval } from './proportion-interval.ts';
import { wilsonInterval } from './wilson.ts';

/** Scores and clusters whose statistics were computed once with numpy from the formula over all pairs. */
const SCORES = [1, 0, 1, 1, 0, 0, 1, 0, 1, 1, 1, 0];
const CLUSTERS = ['a', 'a', 'a', 'b', 'b', 'c', 'd', 'd', 'e', 'e', 'e', 'e'];

// scipy 1.17.1: binomtest(k, n).proportion_ci(0.95, 'wilson')
test.each([
  [0, 24, 0, 0.1379762046749802],
  [24, 24, 0.8620237953250198, 1],
  [7, 24, 0.14914648196960867, 0.49167693664496637],
  [50, 100, 0.4038315303659956, 0.5961684696340044],
  [1, 1319, 0.00013384465011300785, 0.004281997310193977],
])('Wilson: %d of %d', (k, n, low, high) => {
  const interval = wilsonInterval(k, n);
  expect(interval.low).toBeCloseTo(low, 12);
  expect(interval.high).toBeCloseTo(high, 12);
});

describe('proportionInterval', () => {
  test('independent 0/1 scores: CLT standard error with n - 1, interval by Wilson', () => {
    const { value, stderr, low, high, method } = proportionInterval(SCORES);
    expect(value).toBeCloseTo(7 / 12, 14);
    expect(stderr).toBeCloseTo(0.1486470975026408, 12);
    expect(method).toBe('wilson');
    expect([low, high]).toEqual(Object.values(wilsonInterval(7, 12)));
  });

  test('related items: clustered standard error, t interval with C - 1', () => {
    const estimate = proportionInterval(SCORES, CLUSTERS);
    expect(estimate.stderr).toBeCloseTo(0.08852464433320806, 12);
    expect(estimate).toMatchObject({ clusters: 5, n: 12, method: 'clustered-t' });
    expect(estimate.high - estimate.value).toBeCloseTo(2.7764451051977934 * 0.08852464433320806, 10);
  });

  test('other scores: a score interval that needs no cutting', () => {
    const estimate = proportionInterval([0.5, 1, 0.25, 0, 0.75, 1]);
    expect(estimate.method).toBe('score');
    expect(estimate.low).toBeGreaterThan(0.15);
    expect(estimate.high).toBeGreaterThan(0.8);
    expect(estimate.high).toBeLessThan(1);
    expect(estimate.stderr).toBeCloseTo(1 / 6, 12);
  });

  test('all items right in every cluster does not mean certainty', () => {
    const estimate = proportionInterval([1, 1, 1, 1, 1, 1], ['a', 'a', 'b', 'b', 'c', 'c']);
    expect(estimate.method).toBe('clusters-as-items');
    expect(estimate.low).toBeCloseTo(wilsonInterval(3, 3).low, 12);
  });

  test('one item has no standard error, and one cluster speaks for itself', () => {
    expect(proportionInterval([1]).stderr).toBeNull();
    expect(proportionInterval([1, 0, 1], ['a', 'a', 'a'])).toMatchObject({ method: 'wilson', clusters: 1 });
  });

  test('nothing that is no score passes', () => {
    expect(() => proportionInterval([])).toThrow(/no values/);
    expect(() => proportionInterval([Number.NaN])).toThrow(/outside 0 to 1/);
    expect(() => proportionInterval([1.01])).toThrow(/outside 0 to 1/);
    expect(() => proportionInterval([1, 0], ['a'])).toThrow(/cluster names/);
  });

  test('singleton clusters change nothing, and the interval always holds the value', () => {
    const scores = fc.array(fc.constantFrom(0, 0.5, 1), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(scores, fc.integer({ min: 1, max: 9 }), (values, modulus) => {
        const plain = proportionInterval(values);
        expect(
          proportionInterval(
            values,
            values.map((_, i) => `c${i}`),
          ),
        ).toEqual(plain);
        const clustered = proportionInterval(
          values,
          values.map((_, i) => `c${i % modulus}`),
        );
        for (const { value, low, high } of [plain, clustered]) {
          expect(low).toBeLessThanOrEqual(value + 1e-12);
          expect(high).toBeGreaterThanOrEqual(value - 1e-12);
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test('doubling every item as a cluster of two leaves the standard error as it was', () => {
    const single = clusteredStandardError(
      SCORES,
      SCORES.map((_, i) => `${i}`),
    );
    const doubled = clusteredStandardError(
      SCORES.flatMap((s) => [s, s]),
      SCORES.flatMap((_, i) => [`${i}`, `${i}`]),
    );
    expect(doubled).toBeCloseTo(single as number, 12);
  });
});
