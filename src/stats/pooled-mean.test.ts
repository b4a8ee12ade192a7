import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standardError } from './moments.ts';
import { pooledMean } from './pooled-mean.ts';

describe('the mean of a group', () => {
  it('weighs by size, with the standard error of lm-evaluation-harness', () => {
    // Python: pooled_sample_stderr([0.05, 0.02, 0.03], [100, 400, 250]) and aggregate_subtask_metrics of the means.
    const parts = [
      { n: 100, value: 0.5, stderr: 0.05 },
      { n: 400, value: 0.8, stderr: 0.02 },
      { n: 250, value: 0.66, stderr: 0.03 },
    ];
    const { value, stderr, low, high } = pooledMean(parts);
    expect(value).toBeCloseTo(0.7133333333333334, 14);
    expect(stderr).toBeCloseTo(0.016066295051443986, 14);
    expect(low).toBeLessThan(value - 1.95 * stderr!);
    expect(high).toBeGreaterThan(value + 1.95 * stderr!);
  });

  it('of one part is that part', () => {
    const { value, stderr } = pooledMean([{ n: 10, value: 0.3, stderr: 0.15 }]);
    expect(value).toBeCloseTo(0.3, 14);
    expect(stderr).toBeCloseTo(0.15, 14);
  });

  it('is the mean over all items, and stays within 0 and 1', () => {
    const scores = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.array(scores, { minLength: 1, maxLength: 6 }), (lists) => {
        const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
        const parts = lists.map((list) => ({
          n: list.length,
          value: mean(list),
          stderr: standardError(list),
        }));
        const { value, low, high } = pooledMean(parts);
        expect(value).toBeCloseTo(mean(lists.flat()), 12);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(value + 1e-12);
        expect(high).toBeGreaterThanOrEqual(value - 1e-12);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('has no standard error where no part has two items, and refuses nothing at all', () => {
    const one = { n: 1, value: 1, stderr: null };
    expect(pooledMean([one, one])).toMatchObject({ value: 1, stderr: null });
    expect(() => pooledMean([])).toThrow(RangeError);
    expect(() => pooledMean([{ n: 0, value: 0, stderr: null }])).toThrow(RangeError);
  });
});
