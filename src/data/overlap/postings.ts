/** A table from 32-bit keys to lists of numbers, in flat memory: about 20 bytes an entry. */
import { Growing } from './growing.ts';

export class Postings {
  readonly #keys = new Growing(new Uint32Array(0));
  readonly #values = new Growing(new Int32Array(0));
  /** The entry added before in the same bucket, or -1. */
  readonly #before = new Growing(new Int32Array(0));
  #buckets = new Int32Array(1024).fill(-1);

  get size(): number {
    return this.#keys.length;
  }

  /** `key`: 32 bits, well mixed, for its lowest bits choose the bucket. `value`: a whole number from 0 to 2^31 - 1. */
  add(key: number, value: number): void {
    if (this.size >= this.#buckets.length) this.#widen();
    const bucket = key & (this.#buckets.length - 1);
    this.#keys.push(key);
    this.#values.push(value);
    this.#before.push(this.#buckets[bucket]!);
    this.#buckets[bucket] = this.size - 1;
  }

  /** Calls `see` with every value of the key, the latest first, until it returns true. Returns whether one did. */
  some(key: number, see: (value: number) => boolean): boolean {
    const keys = this.#keys.array;
    const values = this.#values.array;
    const before = this.#before.array;
    const wanted = key >>> 0;
    for (let at = this.#buckets[key & (this.#buckets.length - 1)]!; at >= 0; at = before[at]!) {
      if (keys[at] === wanted && see(values[at]!)) return true;
    }
    return false;
  }

  #widen(): void {
    this.#buckets = new Int32Array(2 * this.#buckets.length).fill(-1);
    const keys = this.#keys.array;
    const before = this.#before.array;
    const mask = this.#buckets.length - 1;
    for (let at = 0; at < this.size; at++) {
      const bucket = keys[at]! & mask;
      before[at] = this.#buckets[bucket]!;
      this.#buckets[bucket] = at;
    }
  }
}
