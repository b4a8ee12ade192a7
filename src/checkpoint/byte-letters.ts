/**
 * The letters that stand for bytes in a byte-level vocabulary: printable bytes stand for themselves, the 68 others for
 * the letters from U+0100 on (GPT-2's `bytes_to_unicode`, https://github.com/openai/gpt-2/blob/master/src/encoder.py).
 */
const printable = (byte: number): boolean =>
  (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;

/** By byte, 0 to 255. */
export const BYTE_LETTERS: readonly string[] = letters();

function letters(): string[] {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(printable(byte) ? byte : next++));
}

/** A text's UTF-8 bytes, a letter each. */
export function toByteLetters(text: string): string {
  let out = '';
  for (const byte of new TextEncoder().encode(text)) out += BYTE_LETTERS[byte];
  return out;
}
