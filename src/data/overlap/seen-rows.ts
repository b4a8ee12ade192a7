/** Rows of several sources one after another, of which each is kept where it first stands. */
import { Deduplicator, type Duplicate } from './deduplicator.ts';
import type { Turn } from './row-turns.ts';

/** Where the row stands that another one repeats. */
export interface Repeat extends Omit<Duplicate, 'of'> {
  /** Number of the source, from 0 in the order in which they began. */
  readonly source: number;
  /** Number of the row in it, as it was given to `find`. */
  readonly row: number;
}

export class SeenRows {
  readonly #seen: Deduplicator;
  /** What is added to the rows of each source, so that one number tells source and row. */
  readonly #starts: number[] = [];
  #last = 0;

  constructor(options: ConstructorParameters<typeof Deduplicator>[0]) {
    this.#seen = new Deduplicator(options);
  }

  /** The rows that follow are those of another source. */
  begin(): void {
    this.#starts.push(this.#last);
  }

  /** As `Deduplicator.find`. `row`: its number in its source, 1 or more. */
  find(turns: readonly Turn[], row: number): Repeat | undefined {
    const number = this.#starts.at(-1)! + row;
    this.#last = Math.max(this.#last, number);
    const same = this.#seen.find(turns, number);
    if (!same) return undefined;
    const { of, ...how } = same;
    const source = this.#starts.findLastIndex((start) => start < of);
    return { ...how, source, row: of - this.#starts[source]! };
  }
}
