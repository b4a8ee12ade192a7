import { type ClusterSums, clusterSums } from './clusters.ts';
import { CONFIDENCE } from './interval.ts';
import type { RandomStream } from './random.ts';

/** Item-level values of one benchmark: here the paired differences. */
export interface Stratum {
  readonly values: readonly number[];
  readonly clusters: readonly string[];
}

/**
 * Draws the macro-average (unweighted mean of the strata's means) of resampled data: inside each stratum whole
 * clusters are drawn with replacement, so that pairs and related items stay together (paired cluster bootstrap;
 * Davison and Hinkley, Bootstrap Methods, 1997, section 3.8).
 * Returns `replicates` values in the order drawn; the same stream gives the same values.
 */
export function bootstrapMacroAverages(
  strata: readonly Stratum[],
  random: RandomStream,
  replicates = 2000,
): Float64Array {
  const groups: ClusterSums[] = strata.map(({ values, clusters }) => clusterSums(values, clusters));
  const drawn = new Float64Array(replicates);
  for (let r = 0; r < replicates; r++) {
    let total = 0;
    for (const { sums, sizes } of groups) total += resampledMean(sums, sizes, random);
    drawn[r] = total / groups.length;
  }
  return drawn;
}

function resampledMean(sums: readonly number[], sizes: readonly number[], random: RandomStream): number {
  let sum = 0;
  let size = 0;
  for (let i = 0; i < sums.length; i++) {
    const at = random.below(sums.length);
    sum += sums[at] as number;
    size += sizes[at] as number;
  }
  return sum / size;
}

/** The percentile interval of drawn values: linear interpolation between order statistics (type 7 of Hyndman and Fan). */
export function percentileInterval(
  drawn: Float64Array,
  level: number = CONFIDENCE,
): { readonly low: number; readonly high: number } {
  if (drawn.length === 0) throw new RangeError('percentiles of no values');
  const sorted = Float64Array.from(drawn).sort();
  const at = (p: number) => {
    const place = p * (sorted.length - 1);
    const below = Math.floor(place);
    const low = sorted[below] as number;
    return low + (place - below) * ((sorted[Math.min(below + 1, sorted.length - 1)] as number) - low);
  };
  return { low: at((1 - level) / 2), high: at((1 + level) / 2) };
}
