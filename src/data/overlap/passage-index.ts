/**
 * Passages of benchmark items, found again in other texts by runs of eight words (Brown et al. 2020, arXiv 2005.14165,
 * appendix C, uses 13; Lambert et al. 2024, arXiv 2411.15124, section 3.2, uses 8 and the share of an item that they
 * cover). Exact: every match is compared word by word, so two runs with one hash are never taken for each other.
 */
import { Growing } from './growing.ts';
import { hasDigit, mix } from './normalise.ts';

/** Words of a run. */
export const GRAM = 8;
/**
 * A run that stands in the items of more clusters than this is a phrase of the benchmark (its frame, its instruction)
 * and says nothing about an item. As Brown et al. 2020, who leave out what is found more than 10 times.
 */
export const MOST_CLUSTERS = 10;
/** A run with fewer words than this that have no digit is a list of numbers, and those are alike everywhere. */
const LEAST_WORDS = 3;

/** A passage of which something was found, with the places. */
export interface PassageMatch {
  readonly passage: number;
  /** Where runs begin: in the text (`at`) and in the passage (`in`), in words, by `at` and then by `in`. */
  readonly at: readonly number[];
  readonly in: readonly number[];
}

export class PassageIndex {
  readonly #words = new Growing(new Uint32Array(0));
  /** Where each passage begins in `#words`, and where the last one ends. */
  readonly #starts: number[] = [0];
  readonly #clusters: number[] = [];
  #grams: GramTable | undefined;

  /** `cluster`: passages of one cluster may share words without making them a phrase. Returns the passage's number. */
  add(hashes: Uint32Array, cluster: number): number {
    if (this.#grams) throw new Error('the index is in use: nothing can be added');
    this.#words.pushAll(hashes);
    this.#starts.push(this.#words.length);
    return this.#clusters.push(cluster) - 1;
  }

  get passages(): number {
    return this.#clusters.length;
  }

  /** The words of a passage. */
  words(passage: number): Uint32Array {
    return this.#words.array.subarray(this.#starts[passage], this.#starts[passage + 1]);
  }

  /** Which of the passage's words stand in a run that is no phrase of many clusters: 1 or 0 for each. */
  telling(passage: number): Uint8Array {
    const words = this.words(passage);
    const telling = new Uint8Array(words.length);
    for (let at = 0; at + GRAM <= words.length; at++) {
      if (this.#table().heads(words, at) >= 0) telling.fill(1, at, at + GRAM);
    }
    return telling;
  }

  /** The passages that share a run of eight words with a text. */
  matches(text: Uint32Array): PassageMatch[] {
    const table = this.#table();
    const found = new Map<number, { passage: number; at: number[]; in: number[] }>();
    for (let at = 0; at + GRAM <= text.length; at++) {
      for (let place = table.heads(text, at); place >= 0; place = table.before(place)) {
        const passage = this.#passageAt(place);
        let match = found.get(passage);
        if (!match) {
          match = { passage, at: [], in: [] };
          found.set(passage, match);
        }
        match.at.push(at);
        match.in.push(place - this.#starts[passage]!);
      }
    }
    return [...found.values()];
  }

  #table(): GramTable {
    this.#grams ??= new GramTable(this.#words.array, this.#starts, this.#clusters);
    return this.#grams;
  }

  /** The passage that a place in all words belongs to. */
  #passageAt(place: number): number {
    let low = 0;
    let high = this.#clusters.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function hashRun(words: Uint32Array, at: number): number {
  let hash = 0;
  for (let i = 0; i < GRAM; i++) hash = Math.imul(hash ^ words[at + i]!, 0x9e3779b1) ^ (hash >>> 15);
  return mix(hash);
}

/** Whether the run at a place is but a list of numbers. */
function isNumeric(words: Uint32Array, at: number): boolean {
  let plain = 0;
  for (let i = 0; i < GRAM; i++) if (!hasDigit(words[at + i]!)) plain++;
  return plain < LEAST_WORDS;
}

/** Every run of eight words with the places where it stands: open addressing over flat arrays. */
class GramTable {
  readonly #words: Uint32Array;
  /** Number of a run plus 1 by hash, 0 for a free place. */
  readonly #slots: Int32Array;
  /** The last place of each run; -1 for a phrase of many clusters. */
  readonly #last: Int32Array;
  /** A place of each run, to compare its words with, and its hash, which spares most comparisons. */
  readonly #sample: Int32Array;
  readonly #hashes: Uint32Array;
  /** For a place the one before it of the same run, or -1. */
  readonly #before: Int32Array;

  constructor(words: Uint32Array, starts: readonly number[], clusters: readonly number[]) {
    const places = starts.at(-1)!;
    this.#words = words;
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * places + 16)));
    this.#before = new Int32Array(places).fill(-1);
    const last = new Int32Array(places);
    this.#sample = new Int32Array(places);
    this.#hashes = new Uint32Array(places);
    const seenIn = new Int32Array(places);
    const spread = new Uint16Array(places);
    let runs = 0;
    for (const [passage, cluster] of clusters.entries()) {
      const end = starts[passage + 1]! - GRAM;
      for (let place = starts[passage]!; place <= end; place++) {
        if (isNumeric(words, place)) continue;
        const hash = hashRun(words, place);
        const slot = this.#find(words, place, hash);
        const known = this.#slots[slot]! - 1;
        if (known < 0) {
          this.#slots[slot] = ++runs;
          last[runs - 1] = place;
          this.#sample[runs - 1] = place;
          this.#hashes[runs - 1] = hash;
          seenIn[runs - 1] = cluster;
          spread[runs - 1] = 1;
        } else {
          this.#before[place] = last[known]!;
          last[known] = place;
          if (seenIn[known] !== cluster) spread[known] = Math.min(spread[known]! + 1, 60_000);
          seenIn[known] = cluster;
        }
      }
    }
    this.#last = last.slice(0, runs);
    for (let run = 0; run < runs; run++) if (spread[run]! > MOST_CLUSTERS) this.#last[run] = -1;
  }

  /** The last place where the run at `at` of a text stands, or -1 where it stands nowhere or is a phrase. */
  heads(text: Uint32Array, at: number): number {
    const run = this.#slots[this.#find(text, at, hashRun(text, at))]! - 1;
    return run < 0 ? -1 : this.#last[run]!;
  }

  before(place: number): number {
    return this.#before[place]!;
  }

  /** The slot of a run: where it is, or the free one where it would be. */
  #find(text: Uint32Array, at: number, hash: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const run = this.#slots[slot]! - 1;
      if (run < 0 || (this.#hashes[run] === hash && this.#equal(text, at, this.#sample[run]!))) return slot;
    }
  }

  #equal(text: Uint32Array, at: number, place: number): boolean {
    for (let i = 0; i < GRAM; i++) if (text[at + i] !== this.#words[place + i]) return false;
    return true;
  }
}
