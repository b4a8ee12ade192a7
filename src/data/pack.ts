/**
 * Packing: examples side by side in rows of a fixed length. Best-fit decreasing (Johnson 1974): longest first, each
 * into the fullest row that still has room. No example is cut, none is left out. Packing happens inside consecutive
 * windows of the schedule, so that an example moves by at most two windows and the order of a schedule (mathematics
 * first, general data later) survives.
 */

/** Row lengths are multiples of this: odd lengths cost matrix products more than they save. */
const GRAIN = 8;

/** The least row length that holds so many tokens. */
export const rowLengthFor = (tokens: number): number => Math.ceil(tokens / GRAIN) * GRAIN;

/** Indexes of examples, in the schedule's order, for each row. */
export type Bins = number[][];

/** Packs the examples `indexes` of the given lengths into as few rows as best-fit decreasing finds. */
export function packBestFit(indexes: readonly number[], lengths: ArrayLike<number>, rowLength: number): Bins {
  const bins: Bins = [];
  /** Rows by the room that is left in them. */
  const byRoom: number[][] = Array.from({ length: rowLength + 1 }, () => []);
  const decreasing = [...indexes].sort((a, b) => lengths[b]! - lengths[a]! || a - b);
  for (const index of decreasing) {
    const length = lengths[index]!;
    if (length > rowLength) throw new RangeError(`an example of ${length} tokens in rows of ${rowLength}`);
    let room = length;
    while (room <= rowLength && byRoom[room]!.length === 0) room++;
    const bin = room <= rowLength ? byRoom[room]!.pop()! : bins.push([]) - 1;
    bins[bin]!.push(index);
    byRoom[Math.min(room, rowLength) - length]!.push(bin);
  }
  return inOrder(bins);
}

/**
 * Packs a schedule, window by window. Rows that are less than `full` filled go back into the next window, where
 * new examples fill them up; a window holds the examples of about `windowRows` rows.
 */
export function packSchedule(
  lengths: ArrayLike<number>,
  rowLength: number,
  { windowRows = 64, full = 0.98 }: { readonly windowRows?: number; readonly full?: number } = {},
): Bins {
  const rows: Bins = [];
  let waiting: number[] = [];
  let next = 0;
  while (next < lengths.length) {
    let tokens = 0;
    const fresh = next;
    const window = waiting;
    while (next < lengths.length && tokens < windowRows * rowLength) {
      window.push(next);
      tokens += lengths[next]!;
      next++;
    }
    waiting = [];
    for (const bin of packBestFit(window, lengths, rowLength)) {
      const filled = bin.reduce((sum, index) => sum + lengths[index]!, 0);
      // An example may be passed on once: what waited before must be placed now.
      const mayWait = next < lengths.length && bin.every((index) => index >= fresh);
      if (mayWait && filled < full * rowLength) waiting.push(...bin);
      else rows.push(bin);
    }
  }
  return rows;
}

/**
 * Divides a schedule into exactly `steps` consecutive runs of nearly equal supervised tokens; every run has at least
 * one example. Returns the index of each run's first example, and the number of examples at the end. Throws
 * RangeError when there are fewer examples than steps.
 */
export function divideSchedule(learns: ArrayLike<number>, steps: number): number[] {
  const count = learns.length;
  if (count < steps) throw new RangeError(`${count} examples for ${steps} steps`);
  let total = 0;
  for (let index = 0; index < count; index++) total += learns[index]!;
  const starts = [0];
  let sum = 0;
  let index = 0;
  for (let step = 1; step < steps; step++) {
    const target = (total * step) / steps;
    do sum += learns[index++]!;
    while (
      // An example belongs to the run that holds the greater part of it; each later run keeps one at least.
      index < count - (steps - step) &&
      sum + learns[index]! / 2 <= target
    );
    starts.push(index);
  }
  return [...starts, count];
}

/** Rows in the order of their first examples, examples in the schedule's order. */
function inOrder(bins: Bins): Bins {
  for (const bin of bins) bin.sort((a, b) => a - b);
  return bins.sort((a, b) => a[0]! - b[0]!);
}
