/** How the shares of sources change along a run: straight lines between knots. */

/** Shares at one moment, 0 to 1, by source; they sum to 1. */
export interface Knot {
  /** Share of the run done, 0 to 1. Two knots at one moment are a step. */
  readonly at: number;
  readonly shares: Readonly<Record<string, number>>;
}

/** From 0 to 1, in order. */
export type Course = readonly Knot[];

/** The knots with those at 0 and 1 that the first and the last one stand for. */
export function wholeCourse(knots: readonly Knot[]): Course {
  const first = knots[0]!;
  const last = knots.at(-1)!;
  return [
    ...(first.at > 0 ? [{ ...first, at: 0 }] : []),
    ...knots,
    ...(last.at < 1 ? [{ ...last, at: 1 }] : []),
  ];
}

/** A piece of a source's course. `before`: what the source has had when it begins, as a share of the whole run. */
interface Piece {
  readonly from: number;
  readonly length: number;
  readonly start: number;
  readonly end: number;
  readonly before: number;
}

function pieces(course: Course, source: string): { readonly list: readonly Piece[]; readonly whole: number } {
  const list: Piece[] = [];
  let before = 0;
  for (const [index, knot] of course.slice(0, -1).entries()) {
    const next = course[index + 1]!;
    const length = next.at - knot.at;
    // Nearer than two moments can be told apart, knots are a step: a slope there would overflow.
    if (length <= Number.EPSILON) continue;
    const [start, end] = [knot.shares[source] ?? 0, next.shares[source] ?? 0];
    list.push({ from: knot.at, length, start, end, before });
    before += (length * (start + end)) / 2;
  }
  return { list, whole: before };
}

/** Share of the whole run that a source has, 0 to 1: the mean of its course. */
export function meanShare(course: Course, source: string): number {
  return pieces(course, source).whole;
}

/** Share of the tokens between two moments that a source has, 0 to 1. */
export function shareBetween(course: Course, source: string, from: number, to: number): number {
  const { list } = pieces(course, source);
  return (given(list, to) - given(list, from)) / (to - from);
}

/** What a source has had at a moment, as a share of the whole run. */
function given(list: readonly Piece[], at: number): number {
  const piece = list.findLast(({ from }) => from <= at) ?? list[0]!;
  const within = Math.min(Math.max(at - piece.from, 0), piece.length);
  const slope = (piece.end - piece.start) / piece.length;
  return piece.before + within * (piece.start + (slope * within) / 2);
}

/**
 * The moment of the run, 0 to 1, at which a source has given the share `part` (0 to 1) of all that it gives. Only
 * operations that IEEE 754 rounds exactly, so that every machine finds the same number.
 */
export function momentOf(course: Course, source: string): (part: number) => number {
  const { list, whole } = pieces(course, source);
  return (part) => {
    const amount = part * whole;
    const piece = list.findLast(({ before, start, end }) => before <= amount && start + end > 0) ?? list[0]!;
    const { from, length, start, end, before } = piece;
    const slope = (end - start) / length;
    const rest = Math.max(0, amount - before);
    // The root of slope / 2 x^2 + start x = rest in the form that does not cancel; it holds for a slope of 0 too.
    const root = Math.sqrt(Math.max(0, start * start + 2 * slope * rest));
    const within = rest === 0 ? 0 : (2 * rest) / (start + root);
    return from + Math.min(within, length);
  };
}
