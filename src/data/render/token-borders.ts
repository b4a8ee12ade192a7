/** Where places of a text fall among its tokens, found without offsets, which the tokenizer library does not give. */
import type { Tokenizer } from '../../checkpoint/checkpoint.ts';

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
 * Finds the border at a character of a text whose tokens are `ids`; each place is looked for once.
 * 0. Special tokens are cut out of a text before anything else, so what stands between two of them is tokenised by
 *    itself: when the text from the last special token to the place has the tokens that follow it, the place is where
 *    they end. That spares tokenising the long text before it again.
 * 1. When the text before the place has the same tokens alone, the place is where they end.
 * 2. When the text behind it has the same tokens alone, the place is where they begin. (So two line feeds before a
 *    word: GPT-2's rule cuts them apart in the whole text and merges them at a text's end.) The tokens before it must
 *    spell the text before it: tokenizers that write a space at every beginning would deceive here.
 * 3. Otherwise a token is cut: the common beginning gives the tokens before it, and the nearest place behind that is
 *    clean by rule 1 gives the tokens after it.
 */
export function borderFinder(
  tokenizer: Tokenizer,
  text: string,
  ids: readonly number[],
): (at: number) => TokenBorder {
  const specials = specialPlaces(tokenizer, text, ids);
  const known = new Map<number, TokenBorder>();
  return (at) => {
    const border =
      known.get(at) ?? behindSpecial(tokenizer, text, ids, specials, at) ?? search(tokenizer, text, ids, at);
    known.set(at, border);
    return border;
  };
}

/** A special token in a text: the place behind it, and the number of tokens up to there. */
interface SpecialPlace {
  readonly end: number;
  readonly tokens: number;
}

function specialPlaces(tokenizer: Tokenizer, text: string, ids: readonly number[]): readonly SpecialPlace[] {
  const places: SpecialPlace[] = [];
  let from = 0;
  for (const [index, id] of ids.entries()) {
    if (!tokenizer.isSpecial(id)) continue;
    const spelt = tokenizer.decode([id]);
    const at = spelt === '' ? -1 : text.indexOf(spelt, from);
    if (at < 0) break;
    from = at + spelt.length;
    places.push({ end: from, tokens: index + 1 });
  }
  return places;
}

function behindSpecial(
  tokenizer: Tokenizer,
  text: string,
  ids: readonly number[],
  specials: readonly SpecialPlace[],
  at: number,
): TokenBorder | undefined {
  const last = specials.findLast(({ end }) => end <= at);
  if (last === undefined) return undefined;
  const between = last.end === at ? [] : tokenizer.encode(text.slice(last.end, at));
  if (!between.every((id, index) => id === ids[last.tokens + index])) return undefined;
  const border = last.tokens + between.length;
  return { before: border, after: border, sameAlone: true };
}

function search(tokenizer: Tokenizer, text: string, ids: readonly number[], at: number): TokenBorder {
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

function commonStart(head: readonly number[], ids: readonly number[]): number {
  let common = 0;
  while (common < head.length && head[common] === ids[common]) common++;
  return common;
}
