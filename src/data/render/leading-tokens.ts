/** What a tokenizer puts before every text, found out by asking it. */
import type { Tokenizer } from '../../checkpoint/checkpoint.ts';

const LEADING = new WeakMap<Tokenizer, readonly number[]>();

/** The special tokens that a tokenizer puts before any text (a BOS, for most that put one). */
export function leadingTokens(tokenizer: Tokenizer): readonly number[] {
  let leading = LEADING.get(tokenizer);
  if (leading === undefined) {
    const plain = tokenizer.encode('x');
    const whole = tokenizer.encode('x', { addSpecial: true });
    const at = whole.findIndex((_, index) => plain.every((id, offset) => whole[index + offset] === id));
    leading = whole.slice(0, Math.max(0, at));
    LEADING.set(tokenizer, leading);
  }
  return leading;
}
