/** From a stage's examples to packed rows and optimizer steps. */
import { UserError } from '../errors.ts';
import { type Bins, divideSchedule, packBestFit, packSchedule } from './pack.ts';
import type { StageSpec } from './stage.ts';

export interface BatchPlan {
  /** Tokens of each packed row. */
  readonly rowLength: number;
  /** Examples of each row, as indexes into the schedule. */
  readonly rows: Bins;
  /** Index of the first row of each step, and the number of rows at the end. */
  readonly starts: readonly number[];
}

/** Row lengths are multiples of this: odd lengths cost matrix products more than they save. */
const GRAIN = 8;

/** `examples`: lengths and supervised tokens in the schedule's order. Throws UserError when there are too few for the steps. */
export function planBatches(
  examples: readonly { readonly ids: ArrayLike<number>; readonly learns: number }[],
  { rowLength, batches }: Pick<StageSpec, 'rowLength' | 'batches'>,
): BatchPlan {
  const lengths = examples.map((example) => example.ids.length);
  if ('steps' in batches) return planSteps(examples, lengths, rowLength, batches.steps);
  const rows = packSchedule(lengths, rowLength);
  const starts: number[] = [];
  for (let row = 0; row < rows.length; row += batches.rowsPerStep) starts.push(row);
  return { rowLength: shortest(rows, lengths, rowLength), rows, starts: [...starts, rows.length] };
}

/**
 * A fixed number of steps: each packs its own run of the schedule. With few rows to a step the padding depends much
 * on the row length, so the length with the fewest places in all is taken.
 */
function planSteps(
  examples: readonly { readonly learns: number }[],
  lengths: readonly number[],
  rowLength: number,
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
  const runs = Array.from({ length: steps }, (_, step) =>
    Array.from({ length: borders[step + 1]! - borders[step]! }, (_, index) => borders[step]! + index),
  );
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  let best: { rowLength: number; bins: Bins[]; places: number } | undefined;
  for (const candidate of candidates(longest, rowLength)) {
    const bins = runs.map((run) => packBestFit(run, lengths, candidate));
    const used = shortest(bins.flat(), lengths, candidate);
    const places = used * bins.reduce((sum, step) => sum + step.length, 0);
    if (best === undefined || places < best.places) best = { rowLength: used, bins, places };
  }
  const starts = [0];
  for (const bins of best!.bins) starts.push(starts.at(-1)! + bins.length);
  return { rowLength: best!.rowLength, rows: best!.bins.flat(), starts };
}

/** At most sixteen row lengths from the longest example to the length asked for. */
function candidates(longest: number, rowLength: number): number[] {
  const found = new Set<number>();
  for (let part = 0; part <= 15; part++) {
    const length = longest + ((rowLength - longest) * part) / 15;
    found.add(Math.min(rowLength, Math.ceil(length / GRAIN) * GRAIN));
  }
  return [...found];
}

/** The fullest row's tokens, rounded up: longer rows would be padding only. */
function shortest(rows: Bins, lengths: ArrayLike<number>, rowLength: number): number {
  let most = 0;
  for (const row of rows)
    most = Math.max(
      most,
      row.reduce((sum, index) => sum + lengths[index]!, 0),
    );
  return Math.min(rowLength, Math.ceil(most / GRAIN) * GRAIN);
}
