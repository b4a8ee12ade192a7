/** Where each of many pieces that follow each other begins, in four bytes a piece. */

/** Lengths of one block of memory: growing by blocks never copies what is there. */
const BLOCK = 1 << 16;
/** Pieces between two begins that are kept; the others are added up from there. */
const EVERY = 64;

/** Pieces may be up to 4 GiB long, and there may be as many bytes as a number counts exactly. */
export class PiecePlaces {
  readonly #lengths: Uint32Array[] = [];
  readonly #begins: number[] = [];
  /** Pieces. */
  size = 0;
  /** Bytes of all pieces. */
  bytes = 0;

  push(length: number): void {
    if (this.size % BLOCK === 0) this.#lengths.push(new Uint32Array(BLOCK));
    if (this.size % EVERY === 0) this.#begins.push(this.bytes);
    this.#lengths.at(-1)![this.size % BLOCK] = length;
    this.size++;
    this.bytes += length;
  }

  /** First byte and length of a piece. Throws RangeError for a number that is none. */
  at(index: number): { readonly start: number; readonly length: number } {
    if (!(index >= 0 && index < this.size)) throw new RangeError(`piece ${index} of ${this.size}`);
    const block = this.#lengths[Math.floor(index / BLOCK)]!;
    const within = index % BLOCK;
    let start = this.#begins[Math.floor(index / EVERY)]!;
    for (let before = within - (within % EVERY); before < within; before++) start += block[before]!;
    return { start, length: block[within]! };
  }
}
