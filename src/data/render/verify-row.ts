/**
 * Checks a rendered row by what a model would be taught: the supervised tokens, decoded, are the answers and what stops
 * them, and nothing else. (open-instruct checks its masks so, and drops 0.005 % of a mixture's rows.)
 */
import type { Tokenizer } from '../../checkpoint/checkpoint.ts';
import { inked } from './answer-spans.ts';

/** The tokens of one answer, and the text that they shall spell. */
export interface TaughtAnswer {
  /** First supervised token and the one behind the last. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** What the tokens before `from` that lie in the answer too may hold of it: borders inside a token. */
  readonly cut: string;
}

/**
 * Whether a row teaches its answers and nothing else. `ids` and `supervised` as in RenderedRow; `answers` in order.
 * Texts are compared as they are, and where that fails without white space and in Unicode's composed form: some
 * tokenizers compose letters (Qwen) or drop a space at a beginning (SentencePiece).
 */
export function teachesAnswers(
  ids: readonly number[],
  supervised: Uint8Array,
  answers: readonly TaughtAnswer[],
  tokenizer: Tokenizer,
): boolean {
  let behind = 0;
  for (const { from, to, text, cut } of answers) {
    // Header, question or padding between the answers.
    if (supervised.subarray(behind, from).includes(1)) return false;
    if (from >= to || supervised.subarray(from, to).includes(0)) return false;
    behind = to;
    const spelt = tokenizer.decode(ids.slice(from, to));
    if (!spells(spelt, text, cut)) return false;
  }
  return !supervised.subarray(behind).includes(1);
}

/** Whether decoded tokens are `text`, but for a beginning of it that stands in `cut`; see `teachesAnswers`. */
export function spells(spelt: string, text: string, cut = ''): boolean {
  if (spelt === text) return true;
  const [got, wanted, room] = [comparable(spelt), comparable(text), comparable(cut)];
  return wanted.endsWith(got) && room.endsWith(wanted.slice(0, wanted.length - got.length));
}

function comparable(text: string): string {
  return inked(text.normalize('NFC'));
}
