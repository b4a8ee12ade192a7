/**
 * Rows that say the same as an earlier one. The first of them is kept. Exact: equal in their normal form. Near: the runs
 * of three words that they have are nearly the same, and so are their numbers: a problem with other numbers is another
 * problem, however much of its text it shares.
 */
import { sha256 } from '../../platform/files.ts';
import { Growing } from './growing.ts';
import { hashWord, mix, normalise, wordsOf } from './normalise.ts';
import { Parities, parityOf } from './parity.ts';
import { Postings } from './postings.ts';
import type { Turn } from './row-turns.ts';
import { chooseBanding, jaccard, Sketcher, shinglesOf } from './sketch.ts';

export interface Duplicate {
  readonly kind: 'exact' | 'near';
  /** Number of the kept row that this one repeats, as it was given to `find`. */
  readonly of: number;
  /** Share of the runs of three words that both have, 0 to 1; 1 for exact duplicates. */
  readonly similarity: number;
}

/** Least similarity of near duplicates: Lee et al. 2022, arXiv 2107.06499, section 4.2. */
export const NEAR_SIMILARITY = 0.8;
/** The share of pairs at the least similarity that are found; more of those that are more similar. */
const RECALL = 0.95;
const WIDTH = 3;
/** Words of a digest: 128 bits, so that two of a billion rows are taken for each other with a chance below 1e-20. */
const DIGEST_WORDS = 4;

export class Deduplicator {
  readonly #least: number | undefined;
  readonly #digests = new Growing(new Uint32Array(0));
  readonly #rows = new Growing(new Uint32Array(0));
  readonly #byDigest = new Postings();
  readonly #numbers = new Growing(new Uint32Array(0));
  readonly #shingles = new Growing(new Uint32Array(0));
  readonly #ends = new Growing(new Uint32Array(0));
  readonly #parities = new Parities();
  /** For each kept row the last call of `find` that looked at it. */
  readonly #looked = new Growing(new Uint32Array(0));
  #call = 0;
  readonly #sketcher: Sketcher;
  readonly #bands = new Postings();

  /** `near`: the least similarity of near duplicates, above 0 and up to 1; left out: exact ones alone. */
  constructor({ near }: { readonly near?: number | undefined } = {}) {
    this.#least = near;
    this.#sketcher = new Sketcher(chooseBanding(Math.min(near ?? NEAR_SIMILARITY, 0.99), RECALL));
  }

  /**
   * The kept row that this one repeats, or undefined. Then it is kept itself, under the number `row`, and later ones are
   * compared with it.
   */
  find(turns: readonly Turn[], row: number): Duplicate | undefined {
    const digest = digestOf(turns);
    const same = this.#sameAs(digest);
    if (same !== undefined) return { kind: 'exact', of: this.#rows.array[same]!, similarity: 1 };
    if (this.#least === undefined) {
      this.#keep(digest, row);
      return undefined;
    }
    const text = turns.map((turn) => turn.text).join('\n');
    const words = wordsOf(text);
    const shingles = shinglesOf(words.hashes, WIDTH);
    const numbers = numbersOf(words.text);
    const parity = parityOf(shingles);
    // Rows with other numbers never meet: a thousand of one template would be compared with each other for nothing.
    const keys = this.#keysOf(shingles).map((key) => mix(key ^ numbers));
    const near = this.#nearest({ shingles, parity, numbers, keys }, this.#least);
    if (near) return near;
    const kept = this.#keep(digest, row);
    this.#numbers.push(numbers);
    this.#shingles.pushAll(shingles);
    this.#ends.push(this.#shingles.length);
    this.#parities.add(parity);
    this.#looked.push(0);
    for (const key of keys) this.#bands.add(key, kept);
    return undefined;
  }

  #keep(digest: Uint32Array, row: number): number {
    const kept = this.#rows.length;
    this.#rows.push(row);
    this.#digests.pushAll(digest);
    this.#byDigest.add(digest[0]!, kept);
    return kept;
  }

  #sameAs(digest: Uint32Array): number | undefined {
    const digests = this.#digests.array;
    let found: number | undefined;
    this.#byDigest.some(digest[0]!, (kept) => {
      if (digest.every((word, i) => digests[DIGEST_WORDS * kept + i] === word)) found = kept;
      return found !== undefined;
    });
    return found;
  }

  #keysOf(shingles: Uint32Array): Uint32Array {
    return shingles.length === 0 ? shingles : this.#sketcher.bandKeys(this.#sketcher.minima(shingles));
  }

  /** The most similar kept row with the same numbers; of equally similar ones the first. */
  #nearest({ shingles, parity, numbers, keys }: Looked, least: number): Duplicate | undefined {
    const call = ++this.#call;
    let best: { kept: number; similarity: number } | undefined;
    for (const key of keys) {
      this.#bands.some(key, (kept) => {
        if (this.#looked.array[kept] === call || this.#numbers.array[kept] !== numbers) return false;
        this.#looked.array[kept] = call;
        const start = kept === 0 ? 0 : this.#ends.array[kept - 1]!;
        const end = this.#ends.array[kept]!;
        const both = shingles.length + end - start;
        // What sets of these sizes share at the least similarity, and so how much of both may stand in one alone.
        const alone = both - 2 * Math.ceil((least / (1 + least)) * both - 1e-9);
        if (!this.#parities.mayDifferInFew(kept, parity, alone)) return false;
        const similarity = jaccard(shingles, this.#shingles.array.subarray(start, end));
        if (similarity < least) return false;
        if (!best || similarity > best.similarity || (similarity === best.similarity && kept < best.kept)) {
          best = { kept, similarity };
        }
        return false;
      });
    }
    return best && { kind: 'near', of: this.#rows.array[best.kept]!, similarity: best.similarity };
  }
}

/** What a row is looked for by. */
interface Looked {
  readonly shingles: Uint32Array;
  readonly parity: Uint32Array;
  readonly numbers: number;
  readonly keys: Uint32Array;
}

/** Of the normal forms of all turns. A row without a word in it is told by its characters. */
function digestOf(turns: readonly Turn[]): Uint32Array {
  const plain = turns.map(({ side, text }) => [side, normalise(text)]);
  const telling = plain.some(([, text]) => text !== '') ? plain : turns.map(({ side, text }) => [side, text]);
  const hex = sha256(JSON.stringify(telling));
  return Uint32Array.from({ length: DIGEST_WORDS }, (_, i) =>
    Number.parseInt(hex.slice(8 * i, 8 * i + 8), 16),
  );
}

/** One hash of all numbers of a text in their order; `text` in the form in which its words are compared. */
function numbersOf(text: string): number {
  return hashWord((text.replace(/(?<=\d),(?=\d{3})/g, '').match(/\d+/g) ?? []).join(' '));
}
