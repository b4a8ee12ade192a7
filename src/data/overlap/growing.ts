/** Arrays of numbers that grow by doubling: an index of millions of entries as plain memory, not as objects. */

/** A growing `Uint32Array` or `Int32Array`. Elements from `length` on are no part of it. */
export class Growing<A extends Uint32Array | Int32Array | Uint8Array> {
  #array: A;
  length = 0;

  /** `empty`: an array of the wanted kind; its length is the first capacity. */
  constructor(empty: A) {
    this.#array = empty;
  }

  /** The memory itself, good until the next `push`. */
  get array(): A {
    return this.#array;
  }

  push(value: number): void {
    this.#reserve(1);
    this.#array[this.length++] = value;
  }

  pushAll(values: ArrayLike<number>): void {
    this.#reserve(values.length);
    this.#array.set(values, this.length);
    this.length += values.length;
  }

  #reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.#array.length) return;
    const kind = this.#array.constructor as new (length: number) => A;
    const larger = new kind(Math.max(needed, 2 * this.#array.length, 1024));
    larger.set(this.#array.subarray(0, this.length));
    this.#array = larger;
  }
}
