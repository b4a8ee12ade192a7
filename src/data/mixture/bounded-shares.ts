/** Weights to shares within bounds. */
import { sumOf } from '../sum-of.ts';

export interface ShareBounds {
  readonly least: number;
  readonly most: number;
}

/**
 * Shares that sum to 1, in proportion to the weights except where a bound holds: clamp(scale * weight, least, most)
 * with the one scale that makes the sum 1. So what a floor takes is taken from all others in proportion, and what a cap
 * frees is given to all others in proportion. A weight of 0 gets its floor and nothing else. Undefined when no scale
 * does it: the floors sum to more than 1, or the caps leave something that no source may take.
 */
export function boundedShares(
  weights: readonly number[],
  bounds: readonly ShareBounds[],
): readonly number[] | undefined {
  const sharesAt = (scale: number): number[] =>
    weights.map((weight, index) => {
      const { least, most } = bounds[index]!;
      return weight === 0 ? least : Math.min(most, Math.max(least, scale * weight));
    });
  // The sum grows with the scale in straight lines, which bend where a source reaches a bound.
  const bends = weights
    .flatMap((weight, index) =>
      weight === 0 ? [] : [bounds[index]!.least / weight, bounds[index]!.most / weight],
    )
    .sort((a, b) => a - b);
  if (sumOf(sharesAt(0)) > 1 + SLACK) return undefined;
  const last = bends.at(-1) ?? 0;
  if (sumOf(sharesAt(last)) < 1 - SLACK) return undefined;
  const upper = bends.findIndex((bend) => sumOf(sharesAt(bend)) >= 1 - SLACK);
  const low = sharesAt(upper > 0 ? bends[upper - 1]! : 0);
  const high = sharesAt(bends[upper] ?? 0);
  const [below, above] = [sumOf(low), sumOf(high)];
  const way = above > below ? Math.min(1, Math.max(0, (1 - below) / (above - below))) : 0;
  const shares = low.map((share, index) => share + way * (high[index]! - share));
  const whole = sumOf(shares);
  return shares.map((share) => share / whole);
}

/** Bounds such as 0.1 + 0.2 + 0.7 must not fail for the last bit. */
const SLACK = 1e-9;
