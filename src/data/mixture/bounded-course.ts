/** Straight lines between weights, with bounds that hold at every moment. */
import { boundedShares, type ShareBounds } from './bounded-shares.ts';

/** Weights at a moment, those of a source at its place; they sum to 1. */
export interface WeightPoint {
  readonly at: number;
  readonly weights: readonly number[];
}

export interface SharePoint {
  readonly at: number;
  readonly shares: readonly number[];
}

/** How far a line between two points may be off the shares, 0 to 1. */
const EXACT = 1e-6;
/** Moments nearer than this are not told apart: where a bound begins or ends to hold, lines bend. */
const NEAREST = 2 ** -30;
/** Places between two points at which the line is held against the shares, in eighths of the way. */
const LOOKS = [1, 2, 3, 4, 5, 6, 7].map((eighth) => eighth / 8);

/**
 * The shares of a schedule: at every moment those that `boundedShares` makes of the weights there, and the weights
 * follow straight lines between their points. So a floor holds where the line of the weights is below it and nowhere
 * else. What others give or get in proportion bends a little: enough points are put between for straight lines to be
 * within a millionth of it, and the bounds hold on them exactly, for shares between two vectors within bounds are
 * within them. Only operations that IEEE 754 rounds exactly. Undefined as `boundedShares`.
 */
export function boundedCourse(
  points: readonly WeightPoint[],
  bounds: readonly ShareBounds[],
): readonly SharePoint[] | undefined {
  const ends: SharePoint[] = [];
  for (const { at, weights } of points) {
    const shares = boundedShares(weights, bounds);
    if (shares === undefined) return undefined;
    ends.push({ at, shares });
  }
  return ends.flatMap((end, index) => {
    const [before, start] = [points[index - 1], ends[index - 1]];
    if (before === undefined || start === undefined) return [end];
    const sharesAt = (at: number): readonly number[] | undefined =>
      boundedShares(between(before, points[index]!, at), bounds);
    return [...bends(start, end, sharesAt), end];
  });
}

/** The weights at a moment between two points. */
function between(from: WeightPoint, to: WeightPoint, at: number): number[] {
  const way = (at - from.at) / (to.at - from.at);
  return from.weights.map((weight, source) => weight + way * (to.weights[source]! - weight));
}

/** The points that lines need between two others. */
function bends(
  from: SharePoint,
  to: SharePoint,
  sharesAt: (at: number) => readonly number[] | undefined,
): SharePoint[] {
  const length = to.at - from.at;
  if (length <= NEAREST) return [];
  const straight = LOOKS.every((way) => {
    const shares = sharesAt(from.at + way * length);
    return shares?.every((share, source) => {
      const start = from.shares[source]!;
      return Math.abs(share - (start + way * (to.shares[source]! - start))) <= EXACT;
    });
  });
  if (straight) return [];
  const at = from.at + length / 2;
  const middle = { at, shares: sharesAt(at) ?? from.shares };
  return [...bends(from, middle, sharesAt), middle, ...bends(middle, to, sharesAt)];
}
