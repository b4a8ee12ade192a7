/**
 * Questions that share most of their words, in whatever order. Which pairs are worth comparing is found by MinHash over
 * the sets of words; compared they are exactly. Common words say little: a question about the purpose of one thing is
 * none about another, so those words that few items have must be there as well.
 */
import { Postings } from './postings.ts';
import { chooseBanding, eachShared, Sketcher, shinglesOf } from './sketch.ts';

/** Texts of fewer words are like too many others. */
const LEAST_WORDS = 8;
/** Least Jaccard similarity of the sets of words. */
const SIMILAR = 0.5;
/** The share of pairs of a similarity of 0.6 that is compared. */
const RECALL = 0.95;
const RECALL_AT = 0.6;
/** Least share of an item's words that must be there, each weighed by how few items have it. */
const WEIGHT = 0.7;

interface Sketch {
  readonly entry: number;
  readonly words: Uint32Array;
}

export class NearIndex {
  readonly #sketcher = new Sketcher(chooseBanding(RECALL_AT, RECALL));
  readonly #sketches: Sketch[] = [];
  readonly #bands = new Postings();
  /** In how many sketches a word stands. */
  readonly #spread = new Map<number, number>();

  /** `hashes`: of the words of a question. Short ones are left out. */
  add(entry: number, hashes: Uint32Array): void {
    if (hashes.length < LEAST_WORDS) return;
    const words = shinglesOf(hashes, 1);
    const number = this.#sketches.push({ entry, words }) - 1;
    for (const word of words) this.#spread.set(word, (this.#spread.get(word) ?? 0) + 1);
    for (const key of this.#keys(words)) this.#bands.add(key, number);
  }

  /** Calls `see` with the entries that are near a text and with the similarity, 0.5 to 1. */
  find(hashes: Uint32Array, see: (entry: number, similarity: number) => void): void {
    if (hashes.length < LEAST_WORDS) return;
    const words = shinglesOf(hashes, 1);
    const compared = new Set<number>();
    for (const key of this.#keys(words)) {
      this.#bands.some(key, (number) => {
        if (!compared.has(number)) {
          compared.add(number);
          const { entry, words: wanted } = this.#sketches[number]!;
          // Sets of too different sizes cannot be similar, whatever they share.
          const less = Math.min(words.length, wanted.length);
          const more = Math.max(words.length, wanted.length);
          const similarity = less < SIMILAR * more ? 0 : this.#similarity(words, wanted);
          if (similarity >= SIMILAR) see(entry, similarity);
        }
        return false;
      });
    }
  }

  #keys(words: Uint32Array): Uint32Array {
    return this.#sketcher.bandKeys(this.#sketcher.minima(words));
  }

  /** The Jaccard similarity, or 0 where the telling words of the item are missing. */
  #similarity(words: Uint32Array, item: Uint32Array): number {
    let both = 0;
    let shared = 0;
    eachShared(words, item, (word) => {
      both++;
      shared += this.#weight(word);
    });
    const similarity = both / (words.length + item.length - both);
    if (similarity < SIMILAR) return 0;
    const whole = item.reduce((sum, word) => sum + this.#weight(word), 0);
    return shared >= WEIGHT * whole ? similarity : 0;
  }

  /** Inverse document frequency (Sparck Jones 1972): the logarithm of how many items there are for one that has it. */
  #weight(word: number): number {
    return Math.log((this.#sketches.length + 1) / (this.#spread.get(word) ?? 1));
  }
}
