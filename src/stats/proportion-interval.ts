import { boundedScoreInterval } from './bounded-score.ts';
import { clusteredStandardError } from './clusters.ts';
import { CONFIDENCE, type Estimate } from './interval.ts';
import { mean, standardError } from './moments.ts';
import { studentQuantile } from './student-t.ts';
import { wilsonInterval } from './wilson.ts';

/**
 * Mean score of a benchmark with its standard error and interval.
 *
 * `values` are scores from 0 to 1. `clusters` names, item by item, what makes items related (same passage, same
 * template); without it, or when no name repeats, the items count as independent.
 * - independent 0/1 scores: Wilson's interval, CLT standard error (n - 1);
 * - independent other scores (averages over seeds): the score interval of `boundedScoreInterval`, which equals
 *   Wilson's where all seeds agree;
 * - related items: clustered standard error, t interval with C - 1 degrees of freedom;
 * - related items that all score alike: Wilson's interval with the clusters as items, because an estimated variance
 *   of 0 would claim certainty;
 * - one single cluster: as if independent; the interval then speaks of this cluster's items only.
 *
 * @throws RangeError on no values, a value outside [0, 1], or a cluster list of another length.
 */
export function proportionInterval(
  values: readonly number[],
  clusters?: readonly string[],
  level: number = CONFIDENCE,
): Estimate {
  for (const value of values)
    if (!(value >= 0 && value <= 1)) throw new RangeError(`a score of ${value} is outside 0 to 1`);
  const value = mean(values);
  const n = values.length;
  if (clusters && clusters.length !== n)
    throw new RangeError(`${n} values and ${clusters.length} cluster names`);
  const count = clusters ? new Set(clusters).size : n;
  if (clusters && count < n && count > 1) {
    const stderr = clusteredStandardError(values, clusters) as number;
    if (stderr < 1e-12)
      return {
        value,
        stderr: 0,
        ...wilsonInterval(value * count, count, level),
        n,
        clusters: count,
        method: 'clusters-as-items',
      };
    return {
      value,
      stderr,
      ...around(value, stderr, count - 1, level),
      n,
      clusters: count,
      method: 'clustered-t',
    };
  }
  const stderr = standardError(values);
  if (values.every((score) => score === 0 || score === 1))
    return { value, stderr, ...wilsonInterval(value * n, n, level), n, clusters: count, method: 'wilson' };
  const interval = boundedScoreInterval(values, { low: 0, high: 1 }, level);
  return { value, stderr, ...interval, n, clusters: count, method: 'score' };
}

/** The t interval of a share, cut at 0 and 1, beyond which no share can lie. */
function around(value: number, stderr: number, df: number, level: number): { low: number; high: number } {
  const half = studentQuantile(0.5 + level / 2, df) * stderr;
  return { low: Math.max(0, value - half), high: Math.min(1, value + half) };
}
