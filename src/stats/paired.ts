import { boundedScoreInterval } from './bounded-score.ts';
import { clusteredStandardError } from './clusters.ts';
import { CONFIDENCE, type Estimate } from './interval.ts';
import { correlation, mean, standardError } from './moments.ts';
import { normalQuantile } from './normal.ts';
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
 * - other independent pairs (scores averaged over seeds): the score interval of `boundedScoreInterval`, which equals
 *   Tango's where all seeds agree;
 * - related items: t interval on the clustered standard error with C - 1 degrees of freedom;
 * - related items whose differences are all alike: Tango's interval with the clusters as items, because agreement on
 *   few items does not prove equality;
 * - one single cluster: as if independent; it then speaks of this cluster's items only.
 * Where seeds disagree and where items are related, no end is nearer to the difference than it would be if no pair (no
 * cluster) had changed, z² / (n + z²): a change cannot make one surer than none.
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
      return {
        ...shared,
        stderr: 0,
        ...atLeastUnchanged(value, count, agreement(value, count, level), level),
        method: 'clusters-as-items',
      };
    const around = tInterval(value, stderr, count - 1, level);
    return { ...shared, stderr, ...atLeastUnchanged(value, count, around, level), method: 'clustered-t' };
  }
  const stderr = standardError(differences);
  if (differences.every((d) => d === 0 || d === 1 || d === -1)) {
    const gained = differences.filter((d) => d === 1).length;
    const lost = differences.filter((d) => d === -1).length;
    return { ...shared, stderr, ...tangoInterval(gained, lost, n, level), method: 'tango' };
  }
  const interval = boundedScoreInterval(differences, { low: -1, high: 1 }, level);
  return { ...shared, stderr, ...atLeastUnchanged(value, n, interval, level), method: 'score' };
}

interface Ends {
  readonly low: number;
  readonly high: number;
}

/** Tango's interval as if `value` of the clusters had changed, for clusters that all changed alike. */
function agreement(value: number, clusters: number, level: number): Ends {
  const changed = Math.abs(value) * clusters;
  return tangoInterval(value > 0 ? changed : 0, value < 0 ? changed : 0, clusters, level);
}

/** Moves ends out to the half width that Tango's interval has for n pairs without a change. */
function atLeastUnchanged(value: number, n: number, { low, high }: Ends, level: number): Ends {
  const square = normalQuantile(0.5 + level / 2) ** 2;
  const half = square / (n + square);
  return { low: Math.max(-1, Math.min(low, value - half)), high: Math.min(1, Math.max(high, value + half)) };
}

function tInterval(value: number, stderr: number, df: number, level: number): Ends {
  const half = studentQuantile(0.5 + level / 2, df) * stderr;
  return { low: value - half, high: value + half };
}
