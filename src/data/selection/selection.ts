/**
 * The examples that a stage takes of a source, in their order: a few numbers of each, twelve bytes in all. The tokens
 * are the source's to keep (`example-store.ts`), so that a selection of any size fits into memory.
 */

import type { Example, LoadedSource } from '../load-source.ts';
import { Growing } from '../overlap/growing.ts';
import { countExample, noStageCounts, type StageCounts } from '../render/example-answers.ts';
import { sumOf } from '../sum-of.ts';
import { supervisedShare } from './supervised-share.ts';

/** An example of which only some supervised tokens count, because a part begins or ends inside it. */
export interface SharedExample {
  readonly row: number;
  readonly supervised: number;
  readonly of: number;
}

/** Rows of a source by what became of them; a row counts once, however often it is used. */
export interface RowFates {
  /** Used at least once. */
  readonly used: number;
  /** Looked at, but before the part: earlier stages have used them. */
  readonly passedOver: number;
  /** The part was full before. */
  readonly notReached: number;
}

export interface Selection {
  /** Examples taken. */
  readonly size: number;
  /** Rows taken: one of several examples is one, one that is taken in two epochs two. */
  readonly rows: number;
  /** Of each example its tokens and its supervised tokens. */
  readonly lengths: Uint32Array;
  readonly learns: Uint32Array;
  /** What became of the rows that nothing was found against when they were read: all of them are one of the three, or left out when looked at. */
  readonly fates: RowFates;
  /** Over the examples taken, each as often as it is used. */
  readonly counts: Readonly<StageCounts>;
  /** Supervised tokens taken. */
  readonly supervisedTokens: number;
  readonly tokens: number;
  /** Epochs begun. */
  readonly epochs: number;
  readonly shared: readonly SharedExample[];
  /** The row of an example in its source, from 1. */
  row(item: number): number;
  /** Whether the example before it is of another row, or of the same one in another epoch. */
  beginsRow(item: number): boolean;
  /** The epoch of an example, from 0. */
  epoch(item: number): number;
  /** An example with its tokens; of a shared one what counts. */
  example(item: number): Example;
}

const NOT_REACHED = 0;
const LEFT_OUT = 1;
const PASSED_OVER = 2;
const USED = 3;

function fatesOf(fates: Uint8Array): RowFates {
  const rows = [0, 0, 0, 0];
  for (const fate of fates) rows[fate]!++;
  return { used: rows[USED]!, passedOver: rows[PASSED_OVER]!, notReached: rows[NOT_REACHED]! };
}

export class SelectionBuilder {
  readonly #source: Pick<LoadedSource, 'examples' | 'rowOf'>;
  readonly #indexes: Growing<Uint32Array>;
  readonly #lengths: Growing<Uint32Array>;
  readonly #learns: Growing<Uint32Array>;
  /** Which of the examples of its row one is, from 0; left out while every row has one. */
  #which: Growing<Uint32Array> | undefined;
  #rows = 0;
  /** Of each epoch its first example. */
  readonly #epochs: number[] = [];
  readonly #shares = new Map<number, readonly [first: number, last: number]>();
  readonly #shared: SharedExample[] = [];
  readonly #counts = noStageCounts();
  /** Of each row what became of it. */
  readonly #fates: Uint8Array;

  constructor(source: Pick<LoadedSource, 'examples' | 'rowOf' | 'size'>) {
    this.#source = source;
    // Room for a whole epoch: growing would copy, and memory that is never written to takes up nothing.
    this.#fates = new Uint8Array(source.size);
    const column = () => new Growing(new Uint32Array(source.size));
    this.#indexes = column();
    this.#lengths = column();
    this.#learns = column();
  }

  get size(): number {
    return this.#indexes.length;
  }

  beginEpoch(): void {
    this.#epochs.push(this.size);
  }

  /** A row was looked at. `examples`: how many it has; one without any is left out. */
  look(index: number, examples: number): void {
    if (this.#fates[index] === NOT_REACHED) this.#fates[index] = examples > 0 ? PASSED_OVER : LEFT_OUT;
  }

  /** The supervised tokens `first` to `last` of the example number `which` of a conversation. */
  add(index: number, which: number, example: Example, [first, last]: readonly [number, number]): void {
    const share = supervisedShare(example, first, last);
    if (this.size === this.#epochs.at(-1) || this.#indexes.array[this.size - 1] !== index) this.#rows++;
    if (which > 0 && this.#which === undefined) {
      this.#which = new Growing(new Uint32Array(0));
      this.#which.pushAll(new Uint32Array(this.size));
    }
    this.#which?.push(which);
    this.#fates[index] = USED;
    countExample(example, example.ids.length, share.supervised, this.#counts);
    if (share !== example) {
      this.#shares.set(this.size, [first, last]);
      this.#shared.push({ row: example.row, supervised: last - first, of: example.learns });
    }
    this.#indexes.push(index);
    this.#lengths.push(share.ids.length);
    this.#learns.push(share.learns);
  }

  build(): Selection {
    const whole = (column: Growing<Uint32Array>) => column.array.subarray(0, column.length);
    const [indexes, lengths, learns] = [whole(this.#indexes), whole(this.#lengths), whole(this.#learns)];
    const which = this.#which && whole(this.#which);
    const epochs = new Set(this.#epochs);
    return {
      size: this.size,
      rows: this.#rows,
      fates: fatesOf(this.#fates),
      counts: this.#counts,
      ...{ lengths, learns },
      supervisedTokens: sumOf(learns),
      tokens: sumOf(lengths),
      epochs: this.#epochs.length,
      shared: this.#shared,
      row: (item) => this.#source.rowOf(indexes[item]!),
      beginsRow: (item) => epochs.has(item) || indexes[item - 1] !== indexes[item],
      epoch: (item) => this.#epochs.findLastIndex((first) => first <= item),
      example: (item) => {
        const example = this.#source.examples(indexes[item]!)[which?.[item] ?? 0]!;
        const share = this.#shares.get(item);
        return share ? supervisedShare(example, ...share) : example;
      },
    };
  }
}
