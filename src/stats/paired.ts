import { clusteredStandardError } from './clusters.ts';
import { CONFIDENCE, type Estimate } from './interval.ts';
import { correlation, mean, standardError } from './moments.ts';
import { studentQuantile } from './student-t.ts';
import { tangoInterval } from './tango.ts';

/** A difference of two scores on the same items, with how alike the two were. */
export interface PairedEstimate extends Estimate {
  /** Pearson's correlation of the two lists of scores; null when one of them does not vary. */
  readonly correlation: number | null;
}

/**
 * Mean difference `arm - base` of scores on the same items, in the same order.
 *
 * The standard error comes from the item-level differences (Var = Var_A + Var_B - 2 Cov), clustered when cluster
 * names repeat. The interval:
 * - independent pairs of 0/1 scores: Tango's score interval;
 * - other independent pairs: t interval with n - 1 degrees of freedom;
 * - related items: t interval on the clustered standard error with C - 1 degrees of freedom;
 * - no variation in the differences to estimate from: Tango's interval, with the clusters as items where items are
 *   related, because agreement on few items does not prove equality;
 * - one single cluster: as if independent; it then speaks of this cluster's items only.
 *
 * @throws RangeError on empty or unequally long lists, or scores outside [0, 1].
 */
export function pairedDifference(
  base: readonly number[],
  arm: readonly number[],
  clusters?: readonly string[],
  level: number = CONFIDENCE,
): PairedEstimate {
  if (base.length !== arm.length)
    throw new RangeError(`${base.length} scores of the base and ${arm.length} of the arm`);
  for (const score of [...base, ...arm])
    if (!(score >= 0 && score <= 1)) throw new RangeError(`a score of ${score} is outside 0 to 1`);
  const differences = arm.map((score, i) => score - (base[i] as number));
  const value = mean(differences);
  const n = differences.length;
  if (clusters && clusters.length !== n)
    throw new RangeError(`${n} pairs and ${clusters.length} cluster names`);
  const count = clusters ? new Set(clusters).size : n;
  const shared = { value, n, clusters: count, correlation: correlation(base, arm) };
  if (clusters && count < n && count > 1) {
    const stderr = clusteredStandardError(differences, clusters) as number;
    if (stderr < 1e-12)
      return { ...shared, stderr: 0, ...agreement(value, count, level), method: 'clusters-as-items' };
    return { ...shared, stderr, ...around(value, stderr, count - 1, level), method: 'clustered-t' };
  }
  const stderr = standardError(differences);
  if (differences.every((d) => d === 0 || d === 1 || d === -1)) {
    const gained = differences.filter((d) => d === 1).length;
    const lost = differences.filter((d) => d === -1).length;
    return { ...shared, stderr, ...tangoInterval(gained, lost, n, level), method: 'tango' };
  }
  if (stderr === null || stderr < 1e-12)
    return { ...shared, stderr, ...agreement(value, n, level), method: 'tango' };
  return { ...shared, stderr, ...around(value, stderr, n - 1, level), method: 't' };
}

/** The interval when all differences are the same number: Tango's, as if `value` of the pairs had changed. */
function agreement(value: number, pairs: number, level: number): { low: number; high: number } {
  const changed = Math.abs(value) * pairs;
  return tangoInterval(value > 0 ? changed : 0, value < 0 ? changed : 0, pairs, level);
}

function around(value: number, stderr: number, df: number, level: number): { low: number; high: number } {
  const half = studentQuantile(0.5 + level / 2, df) * stderr;
  return { low: Math.max(-1, value - half), high: Math.min(1, value + half) };
}
