/** The examples of all parts of a stage in the order of the stage, as numbers of their selections. */

import type { Example } from '../load-source.ts';
import { type Course, momentOf } from '../mixture/course.ts';
import { interleave } from './interleave.ts';
import type { Chosen } from './taken.ts';

export interface Schedule {
  /** Examples. */
  readonly length: number;
  /** Of each example the index of its source, and its number in the selection there. */
  readonly lists: Uint16Array;
  item(place: number): number;
  /** Of an example its epoch, from 0. */
  epoch(place: number): number;
  /** Of each example its tokens and its supervised tokens. */
  readonly lengths: Uint32Array;
  readonly learns: Uint32Array;
  readonly tokens: number;
  readonly supervisedTokens: number;
  /** The first examples that are due when shares change at once: rows do not reach over them. */
  readonly borders: readonly number[];
}

/** `taken`: sorted by the sources' names; `course`: left out, every source is spread evenly. */
export function placeExamples(taken: readonly Chosen[], course: Course | undefined): Schedule {
  const selections = taken.map(({ selection }) => selection);
  const moments = course && taken.map(({ source }) => momentOf(course, source.name));
  const epochOf = (list: number, one: number): number => selections[list]!.epoch(one);
  const { lists, item, borders, length } = interleave(
    selections.map(({ learns }) => learns),
    moments && ((list, part) => moments[list]!(part)),
    stepsOf(course),
    epochOf,
  );
  // The order of a single source is its own.
  const column = (of: 'lengths' | 'learns'): Uint32Array =>
    selections.length === 1
      ? selections[0]![of]
      : new Uint32Array(length).map((_, place) => selections[lists[place]!]![of][item(place)]!);
  return {
    ...{ length, lists, item, borders },
    epoch: (place) => epochOf(lists[place]!, item(place)),
    lengths: column('lengths'),
    learns: column('learns'),
    tokens: selections.reduce((sum, { tokens }) => sum + tokens, 0),
    supervisedTokens: selections.reduce((sum, { supervisedTokens }) => sum + supervisedTokens, 0),
  };
}

/** The moments at which shares change at once. */
function stepsOf(course: Course = []): number[] {
  return course.slice(1).flatMap(({ at }, index) => (at === course[index]!.at ? [at] : []));
}

/** An example of the schedule with its tokens. */
export function exampleAt(taken: readonly Chosen[], { lists, item }: Schedule, index: number): Example {
  return taken[lists[index]!]!.selection.example(item(index));
}
