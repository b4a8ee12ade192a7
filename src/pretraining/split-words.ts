/**
 * Text to the pieces within which byte pairs are merged: every digit alone, then GPT-2's expression. Written into a
 * `tokenizer.json` as the steps `Digits` and `ByteLevel` (`tokenizer-files.ts`), as SmolLM2's tokenizer has them.
 */
import { GPT2_WORDS } from '../checkpoint/tokenizer-steps.ts';

const NUMBERS = /(\p{N})/u;
const WORDS = new RegExp(GPT2_WORDS, 'gu');

/** The pieces in order; joined they are the text again. */
export function splitWords(text: string): string[] {
  return text.split(NUMBERS).flatMap((part, at) => (at % 2 === 1 ? [part] : (part.match(WORDS) ?? [])));
}
