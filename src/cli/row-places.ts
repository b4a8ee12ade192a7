/** Where rows of many files came from, by their number among all of them. */
import type { SourceRow } from '../data/sources/row.ts';

/** Runs of rows that stand one behind the other in one file: a number a run, not a row. */
export class RowPlaces {
  readonly #starts: { readonly number: number; readonly place: number; readonly first: SourceRow }[] = [];
  #place = -1;
  #rows = 0;
  #last: SourceRow | undefined;

  /** The rows that follow are those of the next source. */
  next(): void {
    this.#place++;
    this.#last = undefined;
  }

  /** The row's number among all, from 0. */
  add(row: SourceRow): number {
    const last = this.#last;
    if (last === undefined || row.file !== last.file || row.row !== last.row + 1) {
      const { file, row: at } = row;
      this.#starts.push({ number: this.#rows, place: this.#place, first: { values: {}, file, row: at } });
    }
    this.#last = { values: {}, file: row.file, row: row.row };
    return this.#rows++;
  }

  /** The source (from 0), the file and the number in it of a row that was added. */
  at(number: number): { readonly place: number; readonly file: string; readonly row: number } {
    const run = this.#starts[this.#starts.findLastIndex((start) => start.number <= number)]!;
    return { place: run.place, file: run.first.file, row: run.first.row + number - run.number };
  }
}
