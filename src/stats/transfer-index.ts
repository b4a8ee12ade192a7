import { bootstrapMacroAverages, percentileInterval, type Stratum } from './bootstrap.ts';
import type { RandomStream } from './random.ts';

/** A benchmark's part in the index: item-level differences and the base model's mean score. */
export interface TransferPart extends Stratum {
  /** Mean score of the base model, 0 to 1. */
  readonly baseScore: number;
}

export type TransferIndex =
  | { readonly value: number; readonly low: number; readonly high: number; readonly refused: null }
  | { readonly value: null; readonly low: null; readonly high: null; readonly refused: string };

const refuse = (refused: string): TransferIndex => ({ value: null, low: null, high: null, refused });

/**
 * Transferability Index (Huan et al., arXiv 2507.00432): 100 · ΔR_other / ΔR_math, where ΔR is the mean over
 * benchmarks of (R_arm - R_base) / R_base. Positive: the gain in mathematics came with a gain elsewhere; negative:
 * it was paid for. A ratio with an uncertain denominator means nothing, so it is refused (with the reason) when the
 * 95 % interval of ΔR_math contains 0, and when a base score is 0. The interval is a paired cluster bootstrap of the
 * ratio; replicates whose denominator changes sign make it refuse as well.
 */
export function transferIndex(
  math: readonly TransferPart[],
  other: readonly TransferPart[],
  random: RandomStream,
  replicates = 2000,
): TransferIndex {
  if (math.length === 0 || other.length === 0)
    return refuse('There is no benchmark on one of the two sides of the ratio.');
  if ([...math, ...other].some((part) => part.baseScore <= 0))
    return refuse('The base model scores 0 on a benchmark, so a relative gain does not exist.');
  const below = bootstrapMacroAverages(math.map(relative), random, replicates);
  const { low, high } = percentileInterval(below);
  if (low <= 0 && high >= 0)
    return refuse(
      'The interval of the mean relative gain in mathematics (its points divided by the base score, so that low scores weigh most) contains 0, and a ratio to it means nothing.',
    );
  const point = average(math.map(relative));
  if (below.some((gain) => Math.sign(gain) !== Math.sign(point)))
    return refuse('Resampled gains in mathematics change sign, so a ratio to them means nothing.');
  const above = bootstrapMacroAverages(other.map(relative), random, replicates);
  const interval = percentileInterval(above.map((gain, i) => (100 * gain) / (below[i] as number)));
  return { value: (100 * average(other.map(relative))) / point, ...interval, refused: null };
}

function relative(part: TransferPart): Stratum {
  return { values: part.values.map((d) => d / part.baseScore), clusters: part.clusters };
}

function average(strata: readonly Stratum[]): number {
  const means = strata.map(({ values }) => values.reduce((sum, v) => sum + v, 0) / values.length);
  return means.reduce((sum, v) => sum + v, 0) / means.length;
}
