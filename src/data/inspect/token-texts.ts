/** What each token adds to the text of a row. */
import type { Tokenizer } from '../../checkpoint/checkpoint.ts';

/** Stands where bytes spell no character, or none as yet. */
const BROKEN = '\u{FFFD}';

/**
 * One text for each id; together they are the decoded row. A character that lies in several tokens is the last one's,
 * and those before it have the empty text. Each token is decoded behind the one before it, since tokenizers leave out
 * a space at the beginning of what they decode.
 */
export function tokenTexts(ids: readonly number[], tokenizer: Pick<Tokenizer, 'decode'>): string[] {
  const texts = ids.map(() => '');
  let start = 0;
  let known = '';
  let begun = 0;
  for (const index of ids.keys()) {
    const whole = tokenizer.decode(ids.slice(start, index + 1));
    if (whole.endsWith(BROKEN) && index + 1 < ids.length) continue;
    // Tokenizers that tidy up what they decode may change what stood before.
    texts[index] = whole.startsWith(known)
      ? whole.slice(known.length)
      : tokenizer.decode(ids.slice(begun, index + 1));
    start = begun;
    known = tokenizer.decode(ids.slice(start, index + 1));
    begun = index + 1;
  }
  return texts;
}
