/**
 * The examples that a stage takes of a source, in their order: a few numbers of each, twelve bytes in all. The tokens
 * are the source's to keep (`example-store.ts`), so that a selection of any size fits into memory.
 */
import type { Example, LoadedSource } from './load-source.ts';
import { Growing } from './overlap/growing.ts';
import { sumOf } from './sum-of.ts';
import { supervisedShare } from './supervised-share.ts';

/** An example of which only some supervised tokens count, because a part begins or ends inside it. */
export interface SharedExample {
  readonly row: number;
  readonly supervised: number;
  readonly of: number;
}

export interface Selection {
  /** Examples taken. */
  readonly size: number;
  /** Rows taken: one of several examples is one, one that is taken in two epochs two. */
  readonly rows: number;
  /** Of each example its tokens and its supervised tokens. */
  readonly lengths: Uint32Array;
  readonly learns: Uint32Array;
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

  constructor(source: Pick<LoadedSource, 'examples' | 'rowOf' | 'size'>) {
    this.#source = source;
    // Room for a whole epoch: growing would copy, and memory that is never written to takes up nothing.
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

  /** The supervised tokens `first` to `last` of the example number `which` of a conversation. */
  add(index: number, which: number, example: Example, [first, last]: readonly [number, number]): void {
    const share = supervisedShare(example, first, last);
    if (this.size === this.#epochs.at(-1) || this.#indexes.array[this.size - 1] !== index) this.#rows++;
    if (which > 0 && this.#which === undefined) {
      this.#which = new Growing(new Uint32Array(0));
      this.#which.pushAll(new Uint32Array(this.size));
    }
    this.#which?.push(which);
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
