/** A row's text as tokens, so that its prompts have the tokens that they have alone. */
import type { Tokenizer } from '../../checkpoint/checkpoint.ts';
import { borderFinder, type TokenBorder } from './token-borders.ts';

export interface RowTokens {
  readonly ids: readonly number[];
  /** Where a place of the text falls among the ids. */
  border(at: number): TokenBorder;
}

/**
 * `starts`: where the answers of a text begin, in order. The text is tokenised as a whole where its prompts end between
 * the same tokens as they do alone. Where one does not (GPT-2's rule parts two line feeds before a word and merges them
 * at the end of a prompt; an answer may begin with white space), the text is tokenised in two parts there: a model that
 * is asked sees the prompt alone. Later prompts of the same conversation hold the answer within their text again, and
 * may differ there: `sameAlone` says so. A tokenizer whose parts do not spell the whole (SentencePiece writes a space
 * at every beginning) tokenises the text as a whole.
 */
export function rowTokens(tokenizer: Tokenizer, text: string, starts: readonly number[]): RowTokens {
  const whole = tokenizer.encode(text);
  const border = borderFinder(tokenizer, text, whole);
  const cuts = starts.filter((at) => !border(at).sameAlone);
  if (cuts.length === 0) return { ids: whole, border };
  const places = [0, ...cuts, text.length];
  const parts = cuts.concat(text.length).map((end, index) => {
    const start = places[index]!;
    const own = text.slice(start, end);
    const tokens = tokenizer.encode(own);
    return { start, end, ids: tokens, border: borderFinder(tokenizer, own, tokens) };
  });
  const ids = parts.flatMap((part) => part.ids);
  if (tokenizer.decode(ids) !== tokenizer.decode(whole)) return { ids: whole, border };
  return { ids, border: (at) => borderInParts(tokenizer, text, ids, parts, at) };
}

interface Part {
  readonly start: number;
  readonly end: number;
  readonly ids: readonly number[];
  readonly border: (at: number) => TokenBorder;
}

function borderInParts(
  tokenizer: Tokenizer,
  text: string,
  ids: readonly number[],
  parts: readonly Part[],
  at: number,
): TokenBorder {
  let tokens = 0;
  for (const part of parts) {
    if (at > part.end || (at === part.end && part.end < text.length)) {
      tokens += part.ids.length;
      continue;
    }
    const { before, after } = part.border(at - part.start);
    const alone = tokenizer.encode(text.slice(0, at));
    const sameAlone = alone.length === tokens + before && alone.every((id, index) => id === ids[index]);
    return { before: tokens + before, after: tokens + after, sameAlone };
  }
  throw new RangeError(`place ${at} lies behind the text of ${text.length} characters`);
}
