import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proportionInterval } from './proportion-interval.ts';
import { weightedProportion } from './weighted-proportion.ts';

describe('a weighted share', () => {
  it('is the pooled share of what the weights count', () => {
    // Three prompts with 1, 2 and 3 instructions, of which 1, 1 and 0 were followed: 2 of 6.
    const found = weightedProportion([1, 0.5, 0], [1, 2, 3], ['a', 'b', 'c']);
    expect(found.value).toBeCloseTo(1 / 3, 12);
    // Residuals 1/3, 1/6, -1/2: sqrt(3/2 · 7/18) / 3.
    expect(found.stderr).toBeCloseTo(Math.sqrt((3 / 2) * (7 / 18)) / 3, 12);
  });

  it('with equal weights is the ordinary one', () => {
    const values = [1, 0, 0.5, 1];
    expect(weightedProportion(values, [2, 2, 2, 2], ['a', 'b', 'c', 'd'])).toEqual(
      proportionInterval(values, ['a', 'b', 'c', 'd']),
    );
  });

  it('claims no certainty where all score alike', () => {
    const found = weightedProportion([1, 1, 1], [1, 2, 3], ['a', 'b', 'c']);
    expect(found).toMatchObject({ value: 1, stderr: 0, high: 1 });
    expect(found.low).toBeLessThan(0.5);
  });

  it('lies in its interval, which lies in 0 to 1', () => {
    const item = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 5 }));
    fc.assert(
      fc.property(fc.array(item, { minLength: 2, maxLength: 30 }), (items) => {
        const { value, low, high } = weightedProportion(
          items.map(([score]) => score),
          items.map(([, weight]) => weight),
          items.map((_, i) => String(i)),
        );
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(value).toBeGreaterThanOrEqual(low - 1e-9);
        expect(value).toBeLessThanOrEqual(high + 1e-9);
      }),
    );
  });

  it('refuses weights that are none', () => {
    expect(() => weightedProportion([1, 0], [1, 0], ['a', 'b'])).toThrow(RangeError);
    expect(() => weightedProportion([1, 0], [1], ['a', 'b'])).toThrow(RangeError);
  });
});
