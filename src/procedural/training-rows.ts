/**
 * Rows to train on, in the `messages` format, each a pure function of the request and its number. Tasks take turns;
 * within a task the rows are its problems 0, 1, 2, ... of the seed, whose levels take turns. `carryover procedural
 * export` writes them and a study's source reads them: the same request gives the same bytes.
 */
import type { ChatMessage } from '../engine/engine.ts';
import { UserError } from '../errors.ts';
import type { Generator } from './generator.ts';
import { askedLayout, type Layout, messagesOf } from './layout.ts';
import { problemId } from './problem-id.ts';
import { drawProblem, harderLevel, type Split } from './split.ts';

/**
 * `both`: every second round through the levels is `direct`, so that either way of asking is learned. `asked`: as the
 * benchmark of the task asks, `direct` where choices are weighed and `worked` elsewhere.
 */
export type RowLayout = Layout | 'both' | 'asked';
export const ROW_LAYOUTS: readonly RowLayout[] = ['both', 'asked', 'worked', 'direct'];

/** The default of training data and evaluations alike: see `src/benchmarks/procedural.ts`. */
export const DEFAULT_SEED = 0;

export interface RowsRequest {
  readonly tasks: readonly Generator[];
  readonly split: Split;
  readonly seed: number;
  /** Only these levels; every trained one when left out. */
  readonly levels?: readonly number[] | undefined;
  readonly layout: RowLayout;
  /** In all, over all tasks. */
  readonly rows: number;
}

/** A line of an exported file: the messages are trained, the rest says where they come from. */
export interface TrainingRow {
  readonly messages: readonly ChatMessage[];
  /** As in samples, where `problem.parent` names the training problem of a perturbed one. */
  readonly id: string;
  readonly task: string;
  readonly split: Split;
  readonly seed: number;
  readonly index: number;
  readonly level: number;
  readonly depth: number;
  readonly surface: string;
  readonly layout: Layout;
}

/** Throws UserError before the first row when a level is none of a task's. */
export function* trainingRows(request: RowsRequest): IterableIterator<TrainingRow> {
  const { tasks, split, seed, rows } = request;
  const courses = tasks.map((task) => courseOf(task, request));
  for (let row = 0; row < rows; row++) {
    const turn = row % tasks.length;
    const task = tasks[turn]!;
    const { index, round } = placeIn(courses[turn]!, Math.floor(row / tasks.length));
    const problem = drawProblem(task, { split, seed, index });
    const layout = layoutOf(request.layout, task, round);
    const { level, depth, surface } = problem;
    const { messages } = messagesOf(problem, layout);
    const id = problemId(task.name, problem.key);
    yield { messages, id, task: task.name, split, seed, index, level, depth, surface, layout };
  }
}

function layoutOf(layout: RowLayout, task: Generator, round: number): Layout {
  if (layout === 'both') return round % 2 === 0 ? 'worked' : 'direct';
  return layout === 'asked' ? askedLayout(task) : layout;
}

/** A request in words, for receipts. */
export function rowsTitle({ tasks, split, seed, levels, layout, rows }: RowsRequest): string {
  const names = tasks.map((task) => task.name).join(', ');
  const of = levels === undefined ? '' : `, level ${levels.join(' and ')}`;
  return `procedural ${split}: ${names}${of}; layout ${layout}, seed ${seed}, ${rows} rows`;
}

/** Which of a task's problems are rows: in every `period` of them those at `offsets`. */
interface Course {
  readonly period: number;
  readonly offsets: readonly number[];
}

function courseOf(task: Generator, { split, levels }: RowsRequest): Course {
  const own = split === 'harder' ? [harderLevel(task)] : task.levels;
  const unknown = levels?.find((level) => !own.includes(level));
  if (unknown !== undefined) {
    const beyond = unknown === harderLevel(task) ? ' The level beyond them is the split harder.' : '';
    throw new UserError(`${task.name} has no level ${unknown} in the split ${split}.`, {
      remedy: `Its levels there: ${own.join(', ')}.${beyond}`,
    });
  }
  const offsets = own.flatMap((level, at) => (levels === undefined || levels.includes(level) ? [at] : []));
  return { period: own.length, offsets };
}

function placeIn({ period, offsets }: Course, nth: number): { index: number; round: number } {
  const round = Math.floor(nth / offsets.length);
  return { index: round * period + offsets[nth % offsets.length]!, round };
}
