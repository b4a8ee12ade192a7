/**
 * Byte-pair encoding of one word (Sennrich et al., 2016, algorithm 1, on bytes): of all neighbours that may be merged,
 * the pair that stands first in the list of merges, and of equal pairs the leftmost, until none is left.
 * `@huggingface/tokenizers` 0.2.0 does the same on strings with a key of JSON for every pair, at ten times the cost.
 */
import { BYTE_LETTERS } from './byte-letters.ts';

/** A tokenizer.json's `model` of the type BPE, as far as it is looked at. */
export interface MergeModel {
  readonly merges?: unknown;
  readonly end_of_word_suffix?: unknown;
  readonly continuing_subword_suffix?: unknown;
}

/** Ids of a word; undefined where a token of it has no id. The time grows with the square of its length. */
export type MergeWord = (word: string) => number[] | undefined;

/** `idOf`: the id of a token given by its text. Undefined for models that write anything at the ends of their tokens. */
export function byteMerger(
  { merges, end_of_word_suffix: end, continuing_subword_suffix: suffix }: MergeModel,
  idOf: (token: string) => number | undefined,
): MergeWord | undefined {
  if (!Array.isArray(merges) || end || suffix) return undefined;
  // Texts of tokens are numbered; a pair is one number of both.
  const numbers = new Map<string, number>();
  const numberOf = (text: string): number => {
    const before = numbers.get(text) ?? numbers.size;
    numbers.set(text, before);
    return before;
  };
  const bytes = BYTE_LETTERS.map(numberOf);
  const size = bytes.length + 3 * merges.length;
  const ranks = new Map<number, number>();
  const products = merges.map((merge: string | readonly [string, string], rank) => {
    const [left = '', right = ''] = typeof merge === 'string' ? merge.split(' ', 2) : merge;
    ranks.set(numberOf(left) * size + numberOf(right), rank);
    return numberOf(left + right);
  });
  const ids = [...numbers.keys()].map(idOf);
  const encoder = new TextEncoder();
  return (word) => {
    const tokens = Array.from(encoder.encode(word), (byte) => bytes[byte]!);
    for (;;) {
      let best = Number.POSITIVE_INFINITY;
      let at = -1;
      for (let index = 1; index < tokens.length; index++) {
        const rank = ranks.get(tokens[index - 1]! * size + tokens[index]!);
        if (rank !== undefined && rank < best) {
          best = rank;
          at = index;
        }
      }
      if (at < 0) break;
      tokens.splice(at - 1, 2, products[best]!);
    }
    const known = tokens.map((token) => ids[token]);
    return known.includes(undefined) ? undefined : (known as number[]);
  };
}
