/**
 * MinHash (Broder 1997, "On the resemblance and containment of documents"): a text's set of shingles (neighbouring
 * words) as a short list of minima, in which two lists agree at a place with the probability of the sets' Jaccard
 * similarity. Bands of places find the pairs worth comparing (Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets",
 * section 3.4): a pair of similarity s meets in one of b bands of r places with the probability 1 - (1 - s^r)^b.
 */
import { randomStream } from '../../stats/random.ts';
import { mix } from './normalise.ts';

/** How many bands of how many places each. */
export interface Banding {
  readonly bands: number;
  readonly places: number;
}

/** The share of pairs of this similarity that meet in a band. */
export function bandRecall({ bands, places }: Banding, similarity: number): number {
  return 1 - (1 - similarity ** places) ** bands;
}

/** Minima of one text at most: more make every text slower and find little more. */
const MOST_MINIMA = 128;

/**
 * The longest bands (fewest pairs to compare in vain) that let pairs of similarity `threshold` meet with at least the
 * probability `recall`, with at most 128 minima. Both between 0 and 1.
 */
export function chooseBanding(threshold: number, recall: number): Banding {
  const needed = (places: number): number =>
    Math.max(1, Math.ceil(Math.log1p(-recall) / Math.log1p(-(threshold ** places)) - 1e-9));
  let places = 1;
  while (needed(places + 1) * (places + 1) <= MOST_MINIMA) places++;
  return { bands: needed(places), places };
}

/** Different hashes of all runs of `width` neighbouring words, in ascending order; a shorter text is one run. */
export function shinglesOf(hashes: Uint32Array, width: number): Uint32Array {
  const wide = Math.min(width, hashes.length);
  const all = new Uint32Array(hashes.length - wide + Number(wide > 0));
  for (let i = 0; i < all.length; i++) {
    let hash = hashes[i]!;
    for (let k = 1; k < wide; k++) hash = mix(Math.imul(hash, 0x9e3779b1) ^ hashes[i + k]!);
    all[i] = hash;
  }
  all.sort();
  let kept = 0;
  for (let i = 0; i < all.length; i++) if (i === 0 || all[i] !== all[i - 1]) all[kept++] = all[i]!;
  return all.slice(0, kept);
}

/** Jaccard similarity of two ascending lists without repeats: 0 to 1; of two empty ones 1. */
export function jaccard(a: Uint32Array, b: Uint32Array): number {
  let both = 0;
  eachShared(a, b, () => both++);
  const either = a.length + b.length - both;
  return either === 0 ? 1 : both / either;
}

/** Calls `see` with every number that stands in both of two ascending lists without repeats. */
export function eachShared(a: Uint32Array, b: Uint32Array, see: (value: number) => void): void {
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const left = a[i]!;
    const right = b[j]!;
    if (left === right) see(left);
    if (left <= right) i++;
    if (right <= left) j++;
  }
}

/** Gives texts their minima and the keys of their bands. */
export class Sketcher {
  readonly banding: Banding;
  readonly #multipliers: Uint32Array;
  readonly #offsets: Uint32Array;

  constructor(banding: Banding) {
    this.banding = banding;
    const minima = banding.bands * banding.places;
    const random = randomStream('minhash');
    // Odd multipliers make a permutation of all 32-bit numbers of each.
    this.#multipliers = Uint32Array.from({ length: minima }, () => random.bits() | 1);
    this.#offsets = Uint32Array.from({ length: minima }, () => random.bits());
  }

  /** The least of the shingles under each permutation. All are 2^32 - 1 where there is no shingle. */
  minima(shingles: Uint32Array): Uint32Array {
    const least = new Uint32Array(this.#multipliers.length).fill(0xffffffff);
    for (let k = 0; k < least.length; k++) {
      const multiplier = this.#multipliers[k]!;
      const offset = this.#offsets[k]!;
      let best = 0xffffffff;
      for (let i = 0; i < shingles.length; i++) {
        const turned = Math.imul(shingles[i]! ^ offset, multiplier);
        const value = (turned ^ (turned >>> 15)) >>> 0;
        if (value < best) best = value;
      }
      least[k] = best;
    }
    return least;
  }

  /** One 32-bit key a band: texts that share one are to be compared. */
  bandKeys(minima: Uint32Array): Uint32Array {
    const { bands, places } = this.banding;
    return Uint32Array.from({ length: bands }, (_, band) => {
      let key = mix(band + 1);
      for (let place = 0; place < places; place++) key = mix(key ^ minima[band * places + place]!);
      return key;
    });
  }
}
