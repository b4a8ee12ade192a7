/** From a stage's examples to packed rows and optimizer steps. */
import { UserError } from '../errors.ts';
import { evenOrder } from './even-order.ts';
import type { Course } from './mixture/course.ts';
import { type Bins, divideSchedule, packBestFit, packSchedule, rowLengthFor, WINDOW_ROWS } from './pack.ts';
import type { PlacedExample } from './packed-file.ts';
import type { StageSpec } from './stage.ts';
import { steadyOrder } from './steady-order.ts';

export interface BatchPlan {
  /** Tokens of the longest row, to which all are filled up on disk. */
  readonly rowLength: number;
  /** Examples of each row, as indexes into the schedule. */
  readonly rows: Bins;
  /** Index of the first row of each step, and the number of rows at the end. */
  readonly starts: readonly number[];
}

/** What the plan needs to know of an example. */
export type Planned = Pick<PlacedExample, 'learns' | 'list' | 'at'> &
  Partial<Pick<PlacedExample, 'epoch'>> & { readonly ids: ArrayLike<number> };

/**
 * `examples`: in the schedule's order; `width`: the model's. Throws UserError when there are too few for the steps.
 */
export function planBatches(
  examples: readonly Planned[],
  { rowLength, batches, course }: Pick<StageSpec, 'rowLength' | 'batches' | 'course'>,
  width: number = WIDTH,
): BatchPlan {
  const lengths = examples.map((example) => example.ids.length);
  if ('steps' in batches)
    return planSteps(examples, lengths, { longest: rowLength, costly: WIDTHS * width }, batches.steps);
  const sources = examples.reduce((most, { list }) => Math.max(most, list + 1), 0);
  const addTo = (given: number[], bin: readonly number[]): number[] => {
    for (const index of bin) given[examples[index]!.list]! += examples[index]!.learns;
    return given;
  };
  const amounts = (bin: readonly number[]): number[] =>
    addTo(
      Array.from({ length: sources }, () => 0),
      bin,
    );
  const packed = packSchedule(lengths, rowLength, {
    windowRows: course ? courseWindow(lengths, rowLength) : WINDOW_ROWS,
    borders: stepsOf(course).map((at) => examples.findIndex((example) => example.at >= at)),
    arrange: (bins) => evenOrder(bins.map(amounts)).map((index) => bins[index]!),
  });
  const epochAt = (index: number) => examples[index]!.epoch ?? 0;
  const mayPass = (later: number, earlier: number): boolean =>
    packed[later]!.every((one) =>
      packed[earlier]!.every(
        (other) => examples[one]!.list !== examples[other]!.list || epochAt(one) <= epochAt(other),
      ),
    );
  const order = (items: number) =>
    steadyOrder({ items, sources, mayPass, addTo: (given, row) => addTo(given, packed[row]!) });
  const rows = course ? packed : order(packed.length).map((row) => packed[row]!);
  const starts: number[] = [];
  for (let row = 0; row < rows.length; row += batches.rowsPerStep) starts.push(row);
  return { rowLength: shortest(rows, lengths, rowLength), rows, starts: [...starts, rows.length] };
}

/** A window blurs a course: of one that changes it holds at most this share, but no fewer rows than pack well. */
const COURSE_SHARE = 0.02;
const LEAST_WINDOW = 8;

function courseWindow(lengths: readonly number[], rowLength: number): number {
  const rows = lengths.reduce((sum, length) => sum + length, 0) / rowLength;
  return Math.min(WINDOW_ROWS, Math.max(LEAST_WINDOW, Math.floor(COURSE_SHARE * rows)));
}

/** The moments at which shares change at once. */
function stepsOf(course: Course = []): number[] {
  return course.slice(1).flatMap(({ at }, index) => (at === course[index]!.at ? [at] : []));
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
function planSteps(
  examples: readonly { readonly learns: number }[],
  lengths: readonly number[],
  shape: RowShape,
  steps: number,
): BatchPlan {
  if (examples.length < steps) {
    throw new UserError(
      `${steps} optimizer steps are planned, but the data has ${examples.length} examples.`,
      {
        remedy: `Ask for at most ${examples.length} steps, or raise the budget of supervised tokens.`,
      },
    );
  }
  const borders = divideSchedule(
    examples.map((example) => example.learns),
    steps,
  );
  const starts = [0];
  const rows: Bins = [];
  for (let step = 0; step < steps; step++) {
    const run = Array.from({ length: borders[step + 1]! - borders[step]! }, (_, at) => borders[step]! + at);
    rows.push(...cheapestRows(run, lengths, shape));
    starts.push(rows.length);
  }
  return { rowLength: shortest(rows, lengths, shape.longest), rows, starts };
}

/** A step's examples in rows of the cheapest length. */
function cheapestRows(run: readonly number[], lengths: readonly number[], shape: RowShape): Bins {
  const longest = run.reduce((most, index) => Math.max(most, lengths[index]!), 0);
  let best: { bins: Bins; cost: number } | undefined;
  for (const candidate of candidates(longest, shape.longest)) {
    const bins = packBestFit(run, lengths, candidate);
    const length = shortest(bins, lengths, candidate);
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
    const own = rows.slice(starts[step]!, starts[step + 1]!);
    places += own.length * shortest(own, lengths, rowLength);
  }
  return places;
}

/** The fullest row's tokens, rounded up: longer rows would be padding only. */
function shortest(rows: Bins, lengths: ArrayLike<number>, rowLength: number): number {
  let most = 0;
  for (const row of rows)
    most = Math.max(
      most,
      row.reduce((sum, index) => sum + lengths[index]!, 0),
    );
  return Math.min(rowLength, rowLengthFor(most));
}
