import { CONFIDENCE } from './interval.ts';
import { studentQuantile } from './student-t.ts';
import { wilsonInterval } from './wilson.ts';

/** The mean score of one part: `n` items, `value` from 0 to 1, its standard error or null for a single item. */
export interface Part {
  readonly n: number;
  readonly value: number;
  readonly stderr: number | null;
}

/**
 * Mean over the items of several parts, each part weighted by its size, with the standard error that
 * lm-evaluation-harness 0.4.13 gives groups (`pooled_sample_stderr`, api/metrics.py): with N items in k parts
 *
 *   sqrt( sum_i (n_i - 1) n_i se_i^2 / (N - k) / N )
 *
 * The spread between the parts is not in it: they are the whole group and no sample of one. The interval is Student's
 * t with N - k degrees of freedom, cut at 0 and 1; where there is no standard error or it is 0, Wilson's for N
 * independent items.
 *
 * @throws RangeError on no parts, or a part without items.
 */
export function pooledMean(
  parts: readonly Part[],
  level: number = CONFIDENCE,
): { value: number; stderr: number | null; low: number; high: number } {
  if (parts.length === 0 || parts.some(({ n }) => n < 1))
    throw new RangeError('a group needs parts with items');
  const sum = (of: (part: Part) => number): number => parts.reduce((total, part) => total + of(part), 0);
  const total = sum(({ n }) => n);
  const value = sum(({ n, value }) => n * value) / total;
  const df = total - parts.length;
  const known = df > 0 && parts.every(({ n, stderr }) => n === 1 || stderr !== null);
  const stderr = known
    ? Math.sqrt(sum(({ n, stderr }) => (n - 1) * n * (stderr ?? 0) ** 2) / df / total)
    : null;
  if (stderr === null || stderr < 1e-12)
    return { value, stderr, ...wilsonInterval(value * total, total, level) };
  const half = studentQuantile(0.5 + level / 2, df) * stderr;
  return { value, stderr, low: Math.max(0, value - half), high: Math.min(1, value + half) };
}
