/** Where places of a text fall among its tokens, found without offsets, which the tokenizer library does not give. */
import type { Tokenizer } from '../checkpoint/checkpoint.ts';

/** Tokens before a place of the text, and after it; they differ by the tokens that the place falls inside of. */
export interface TokenBorder {
  /** Tokens that end at or before the place. */
  readonly before: number;
  /** Index of the first token that begins at or after it: equal to `before` when no token is cut. */
  readonly after: number;
  /** The text up to the place, tokenised alone, has the tokens that it has inside the whole text. */
  readonly sameAlone: boolean;
}

/** How far behind a place the next border of two tokens is looked for, in characters. */
const REACH = 64;

/**
 * The border at character `at` of a text whose tokens are `ids`.
 * 0. Close to the text's end and right behind a special token: special tokens are cut out of a text before anything
 *    else, so the few tokens behind it tell its place, without tokenising the long text before it again.
 * 1. When the text before the place has the same tokens alone, the place is where they end.
 * 2. When the text behind it has the same tokens alone, the place is where they begin. (So two line feeds before a
 *    word: GPT-2's rule cuts them apart in the whole text and merges them at a text's end.) The tokens before it must
 *    spell the text before it: tokenizers that write a space at every beginning would deceive here.
 * 3. Otherwise a token is cut: the common beginning gives the tokens before it, and the nearest place behind that is
 *    clean by rule 1 gives the tokens after it.
 */
export function tokenBorder(
  tokenizer: Tokenizer,
  text: string,
  ids: readonly number[],
  at: number,
): TokenBorder {
  const ending = text.length - at <= REACH ? behindSpecial(tokenizer, text, ids, at) : undefined;
  if (ending !== undefined) return { before: ending, after: ending, sameAlone: true };
  const head = tokenizer.encode(text.slice(0, at));
  const before = commonStart(head, ids);
  if (before === head.length) return { before, after: before, sameAlone: true };
  const tail = tokenizer.encode(text.slice(at));
  const start = ids.length - tail.length;
  if (
    start >= before &&
    tail.every((id, index) => id === ids[start + index]) &&
    tokenizer.decode(ids.slice(0, start)) === text.slice(0, at)
  ) {
    return { before: start, after: start, sameAlone: false };
  }
  for (let behind = at + 1; behind <= Math.min(text.length, at + REACH); behind++) {
    const longer = tokenizer.encode(text.slice(0, behind));
    if (longer.length > before && commonStart(longer, ids) === longer.length) {
      return { before, after: longer.length, sameAlone: false };
    }
  }
  return { before, after: ids.length, sameAlone: false };
}

function behindSpecial(
  tokenizer: Tokenizer,
  text: string,
  ids: readonly number[],
  at: number,
): number | undefined {
  const tail = at === text.length ? [] : tokenizer.encode(text.slice(at));
  const start = ids.length - tail.length;
  const id = ids[start - 1];
  if (id === undefined || !tokenizer.isSpecial(id)) return undefined;
  if (!tail.every((other, index) => other === ids[start + index])) return undefined;
  return text.slice(0, at).endsWith(tokenizer.decode([id])) ? start : undefined;
}

function commonStart(head: readonly number[], ids: readonly number[]): number {
  let common = 0;
  while (common < head.length && head[common] === ids[common]) common++;
  return common;
}
