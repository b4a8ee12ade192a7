/** From a stage's examples to packed rows and optimizer steps. */
import { UserError } from '../../errors.ts';
import type { Schedule } from '../selection/schedule.ts';
import { steadyOrder } from '../selection/steady-order.ts';
import type { StageSpec } from '../stage.ts';
import { sumOf } from '../sum-of.ts';
import { evenOrder } from './even-order.ts';
import { type Bins, divideSchedule, packBestFit, packSchedule, rowLengthFor, WINDOW_ROWS } from './pack.ts';
import { RowList } from './row-list.ts';

export interface BatchPlan {
  /** Tokens of the longest row, to which all are filled up on disk. */
  readonly rowLength: number;
  /** Examples of each row, as indexes into the schedule. */
  readonly rows: RowList;
  /** Index of the first row of each step, and the number of rows at the end. */
  readonly starts: readonly number[];
}

/** What the plan needs to know of the examples, in the schedule's order. */
export interface Planned extends Pick<Schedule, 'borders'> {
  readonly lists: ArrayLike<number>;
  readonly lengths: ArrayLike<number>;
  readonly learns: ArrayLike<number>;
  /** Of an example its epoch, from 0; left out, all are of one. */
  readonly epoch?: (index: number) => number;
}

/** `width`: the model's. Throws UserError when there are too few examples for the steps. */
export function planBatches(
  examples: Planned,
  { rowLength, batches, course }: Pick<StageSpec, 'rowLength' | 'batches' | 'course'>,
  width: number = WIDTH,
): BatchPlan {
  const { lists, lengths, learns, borders } = examples;
  if ('steps' in batches)
    return planSteps(examples, { longest: rowLength, costly: WIDTHS * width }, batches.steps);
  let sources = 0;
  for (let index = 0; index < lists.length; index++) sources = Math.max(sources, lists[index]! + 1);
  const addTo = (given: number[], bin: Iterable<number>): number[] => {
    for (const index of bin) given[lists[index]!]! += learns[index]!;
    return given;
  };
  const amounts = (bin: readonly number[]): number[] =>
    addTo(
      Array.from({ length: sources }, () => 0),
      bin,
    );
  const packed = packSchedule(lengths, rowLength, {
    windowRows: course ? courseWindow(lengths, rowLength) : WINDOW_ROWS,
    borders,
    arrange: (bins) => evenOrder(bins.map(amounts)).map((index) => bins[index]!),
  });
  const rows = course ? packed : steadyRows(packed, examples, { sources, addTo });
  const starts: number[] = [];
  for (let row = 0; row < rows.length; row += batches.rowsPerStep) starts.push(row);
  return {
    rowLength: shortest(rows, 0, rows.length, lengths, rowLength),
    rows,
    starts: [...starts, rows.length],
  };
}

/** Packed rows in an order that keeps the shares better where their own does not hold them (`steadyOrder`). */
function steadyRows(
  packed: RowList,
  { lists, epoch = () => 0 }: Planned,
  { sources, addTo }: { sources: number; addTo: (given: number[], bin: Iterable<number>) => void },
): RowList {
  const mayPass = (later: number, earlier: number): boolean =>
    packed
      .row(later)
      .every((one) =>
        packed.row(earlier).every((other) => lists[one] !== lists[other] || epoch(one) <= epoch(other)),
      );
  const order = steadyOrder({
    ...{ items: packed.length, sources, mayPass },
    addTo: (given, row) => addTo(given, packed.row(row)),
  });
  const rows = new RowList(lists.length);
  for (const row of order) rows.push(packed.row(row));
  return rows;
}

/** A window blurs a course: of one that changes it holds at most this share, but no fewer rows than pack well. */
const COURSE_SHARE = 0.02;
const LEAST_WINDOW = 8;

function courseWindow(lengths: ArrayLike<number>, rowLength: number): number {
  const rows = sumOf(lengths) / rowLength;
  return Math.min(WINDOW_ROWS, Math.max(LEAST_WINDOW, Math.floor(COURSE_SHARE * rows)));
}

/**
 * Looking at a row of so many times the model's width costs a token as much as the matrices: about 24 width^2
 * operations a layer there (Kaplan et al. 2020, arXiv 2001.08361, section 2.1), and for each token that is looked at two
 * products of 2 width, its score and its share.
 */
const WIDTHS = 6;
/** The width of a model that is not known: that of a small one. */
const WIDTH = 512;

interface RowShape {
  /** Tokens that a row may have. */
  readonly longest: number;
  /** The length at which a token costs twice what it costs in a short row. */
  readonly costly: number;
}

/**
 * A fixed number of steps: each packs its own run of the schedule into rows of a length of its own, the one that is
 * cheapest to compute. With few rows to a step the padding depends much on their length, and longer rows cost more.
 */
function planSteps({ lengths, learns }: Planned, shape: RowShape, steps: number): BatchPlan {
  const count = lengths.length;
  if (count < steps) {
    throw new UserError(`${steps} optimizer steps are planned, but the data has ${count} examples.`, {
      remedy: `Ask for at most ${count} steps, or raise the budget of supervised tokens.`,
    });
  }
  const borders = divideSchedule(learns, steps);
  const starts = [0];
  const rows = new RowList(count);
  for (let step = 0; step < steps; step++) {
    const run = Array.from({ length: borders[step + 1]! - borders[step]! }, (_, at) => borders[step]! + at);
    for (const row of cheapestRows(run, lengths, shape)) rows.push(row);
    starts.push(rows.length);
  }
  return { rowLength: shortest(rows, 0, rows.length, lengths, shape.longest), rows, starts };
}

/** A step's examples in rows of the cheapest length. */
function cheapestRows(run: readonly number[], lengths: ArrayLike<number>, shape: RowShape): Bins {
  const longest = run.reduce((most, index) => Math.max(most, lengths[index]!), 0);
  let best: { bins: Bins; cost: number } | undefined;
  for (const candidate of candidates(longest, shape.longest)) {
    const bins = packBestFit(run, lengths, candidate);
    const length = Math.min(candidate, rowLengthFor(fullest(bins, lengths)));
    const cost = bins.length * length * (1 + length / shape.costly);
    if (best === undefined || cost < best.cost) best = { bins, cost };
  }
  return best!.bins;
}

/** At most sixteen row lengths from the longest example to the length asked for. */
function candidates(longest: number, rowLength: number): number[] {
  const found = new Set<number>();
  for (let part = 0; part <= 15; part++) {
    const length = longest + ((rowLength - longest) * part) / 15;
    found.add(Math.min(rowLength, rowLengthFor(length)));
  }
  return [...found];
}

/** Tokens that a plan computes, padding included: a step's rows are as long as the fullest of them. */
export function plannedPlaces({ rows, starts, rowLength }: BatchPlan, lengths: ArrayLike<number>): number {
  let places = 0;
  for (let step = 0; step + 1 < starts.length; step++) {
    const [from, to] = [starts[step]!, starts[step + 1]!];
    places += (to - from) * shortest(rows, from, to, lengths, rowLength);
  }
  return places;
}

/** The length of the fullest of the rows `from` to `to`, rounded up: longer rows would be padding only. */
function shortest(
  rows: RowList,
  from: number,
  to: number,
  lengths: ArrayLike<number>,
  rowLength: number,
): number {
  let most = 0;
  for (let index = from; index < to; index++) most = Math.max(most, fullest([rows.row(index)], lengths));
  return Math.min(rowLength, rowLengthFor(most));
}

/** Tokens of the fullest row. */
function fullest(rows: readonly ArrayLike<number>[], lengths: ArrayLike<number>): number {
  let most = 0;
  for (const row of rows) {
    let tokens = 0;
    for (let member = 0; member < row.length; member++) tokens += lengths[row[member]!]!;
    most = Math.max(most, tokens);
  }
  return most;
}
