/**
 * A cheap look at how many elements two sets do not share, before they are compared element by element: the bitmap
 * filter of Sandes, Teodoro and Melo 2020 ("Bitmap filter: speeding up exact set similarity joins with bitwise
 * operations", arXiv 1711.07295). A bit tells whether an even or an odd number of elements falls on it, so every bit in
 * which two sets differ takes an element that one of them lacks.
 */
import { Growing } from './growing.ts';

/** Bits for an element: with fewer, differences hide behind each other. */
const BITS = 4;

/** Words of the parity of a set of `size` elements: a power of two. */
export function parityWords(size: number): number {
  return 2 ** Math.max(0, Math.ceil(Math.log2((BITS * size) / 32)));
}

/** The parity of a set of well mixed 32-bit numbers; the lowest bit of each may say something and is passed over. */
export function parityOf(set: Uint32Array): Uint32Array {
  const parity = new Uint32Array(set.length === 0 ? 1 : parityWords(set.length));
  for (const value of set) parity[(value >>> 6) & (parity.length - 1)]! ^= 1 << ((value >>> 1) & 31);
  return parity;
}

/** The parities of many sets, in flat memory. */
export class Parities {
  readonly #words = new Growing(new Uint32Array(0));
  /** Where those of each set begin, and where the last ones end. */
  readonly #starts = new Growing(new Uint32Array(1));

  constructor() {
    this.#starts.push(0);
  }

  /** Sets are numbered from 0. */
  add(parity: Uint32Array): void {
    this.#words.pushAll(parity);
    this.#starts.push(this.#words.length);
  }

  /** Whether a set can differ from one that was added in as few as `limit` elements: never false where it does. */
  mayDifferInFew(set: number, parity: Uint32Array, limit: number): boolean {
    const words = this.#words.array;
    const start = this.#starts.array[set]!;
    const there = this.#starts.array[set + 1]! - start;
    const here = parity.length;
    const both = Math.min(here, there);
    let different = 0;
    for (let i = 0; i < both; i++) {
      let word = 0;
      // The parity of more words folded is that of fewer.
      for (let k = i; k < here; k += both) word ^= parity[k]!;
      for (let k = i; k < there; k += both) word ^= words[start + k]!;
      different += ones(word);
      if (different > limit) return false;
    }
    return true;
  }
}

/** How many bits of a word are set (Warren, "Hacker's Delight", section 5-1). */
function ones(word: number): number {
  let n = word - ((word >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
