/**
 * Packed rows as lists of example numbers, behind each other in one array: millions of small arrays would cost more than
 * their content.
 */
import { Growing } from '../overlap/growing.ts';

export class RowList {
  readonly #members: Growing<Uint32Array>;
  readonly #ends = new Growing(new Uint32Array(0));

  /** `members`: how many there will be in all, where that is known. */
  constructor(members = 0) {
    this.#members = new Growing(new Uint32Array(members));
  }

  get length(): number {
    return this.#ends.length;
  }

  push(members: ArrayLike<number>): void {
    this.#members.pushAll(members);
    this.#ends.push(this.#members.length);
  }

  /** The members of a row, good until the next `push`. */
  row(index: number): Uint32Array {
    const ends = this.#ends.array;
    return this.#members.array.subarray(index === 0 ? 0 : ends[index - 1], ends[index]);
  }

  *[Symbol.iterator](): Generator<Uint32Array> {
    for (let index = 0; index < this.length; index++) yield this.row(index);
  }
}
