/**
 * Packing: examples side by side in rows of a fixed length. Best-fit decreasing (Johnson 1974): longest first, each
 * into the fullest row that still has room. No example is cut, none is left out. Packing happens inside consecutive
 * windows of the schedule, so that an example moves by less than a window and the order of a schedule (mathematics
 * first, general data later) survives.
 */
import { RowList } from './row-list.ts';

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
 * Packs a schedule, window by window: a window holds the examples of about `windowRows` rows and no example from beyond
 * one of the `borders` (indexes of examples in rising order). `arrange` gives the rows of a window their order.
 */
export function packSchedule(
  lengths: ArrayLike<number>,
  rowLength: number,
  options: {
    readonly windowRows?: number;
    readonly borders?: readonly number[];
    readonly arrange?: (rows: Bins) => Bins;
  } = {},
): RowList {
  const { windowRows = WINDOW_ROWS, borders = [], arrange = (rows) => rows } = options;
  const rows = new RowList(lengths.length);
  let next = 0;
  while (next < lengths.length) {
    const border = Math.min(lengths.length, borders.find((index) => index > next) ?? lengths.length);
    const window: number[] = [];
    let tokens = 0;
    while (next < border && tokens < windowRows * rowLength) {
      window.push(next);
      tokens += lengths[next]!;
      next++;
    }
    for (const row of arrange(packBestFit(window, lengths, rowLength))) rows.push(row);
  }
  return rows;
}

/** Rows of a window. Alpaca and GSM8K at 1,024 tokens become 98.6 % full with it; 97.2 % with 32, 94.5 % with 16. */
export const WINDOW_ROWS = 64;

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
