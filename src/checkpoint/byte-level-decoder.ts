/**
 * Text of the ids of a byte-level tokenizer. `@huggingface/tokenizers` 0.2.0 joins the tokens' letters, looks each up
 * again and compares each token with all added ones; here every token's bytes are found once.
 */
import { BYTE_LETTERS } from './byte-letters.ts';

const BYTES: ReadonlyMap<string, number> = new Map(BYTE_LETTERS.map((letter, byte) => [letter, byte]));

/** `added`: the texts of added tokens, which stand for themselves. `tokenOf`: a token's text. Ids without one are left out. */
export function byteLevelDecoder(
  added: ReadonlySet<string>,
  tokenOf: (id: number) => string | undefined,
): (ids: readonly number[]) => string {
  const known: (string | Uint8Array | undefined)[] = [];
  const find = (id: number): string | Uint8Array | undefined => {
    const token = tokenOf(id);
    if (token === undefined) return undefined;
    // A letter that stands for no byte counts as 0, as in the library.
    const found = added.has(token) ? token : Uint8Array.from([...token], (letter) => BYTES.get(letter) ?? 0);
    known[id] = found;
    return found;
  };
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let bytes = new Uint8Array(1 << 12);
  return (ids) => {
    let text = '';
    let filled = 0;
    for (const id of ids) {
      const token = known[id] ?? find(id);
      if (token === undefined) continue;
      if (typeof token === 'string') {
        // A character's bytes never go on behind an added token.
        if (filled > 0) text += decoder.decode(bytes.subarray(0, filled));
        filled = 0;
        text += token;
        continue;
      }
      if (filled + token.length > bytes.length) {
        const longer = new Uint8Array(2 * (filled + token.length));
        longer.set(bytes.subarray(0, filled));
        bytes = longer;
      }
      // A few bytes each: a loop is quicker than `set`.
      for (let index = 0; index < token.length; index++) bytes[filled++] = token[index]!;
    }
    return filled > 0 ? text + decoder.decode(bytes.subarray(0, filled)) : text;
  };
}
