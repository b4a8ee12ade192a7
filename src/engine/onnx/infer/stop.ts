/** When a text is finished: the end-of-text tokens, stop strings that may span tokens, the limits. */
import type { Tokenizer } from '../../../checkpoint/checkpoint.ts';

/** The earliest place where one of the strings begins, or -1. */
export function findStop(text: string, stop: readonly string[]): number {
  const places = stop.filter((s) => s !== '').map((s) => text.indexOf(s));
  return places.reduce((least, at) => (at >= 0 && (least < 0 || at < least) ? at : least), -1);
}

/**
 * Watches a growing list of tokens for stop strings. A string of n bytes spans at most n tokens that have any text, so
 * only that many at the end are looked at each time; the spare ones are for special tokens and for characters of
 * several bytes that the window's edge cuts in half.
 */
export class StopWatch {
  readonly #tokenizer: Tokenizer;
  readonly #stop: readonly string[];
  readonly #window: number;

  constructor(tokenizer: Tokenizer, stop: readonly string[]) {
    this.#tokenizer = tokenizer;
    this.#stop = stop;
    this.#window = Math.max(0, ...stop.map((s) => new TextEncoder().encode(s).length)) + 8;
  }

  /** The text before the first stop string, or undefined when there is none yet. Call after every token. */
  cut(tokens: readonly number[]): string | undefined {
    if (this.#stop.length === 0) return undefined;
    const tail = this.#tokenizer.decode(tokens.slice(-this.#window), { skipSpecial: true });
    if (findStop(tail, this.#stop) < 0) return undefined;
    const text = this.text(tokens);
    const at = findStop(text, this.#stop);
    return at < 0 ? undefined : text.slice(0, at);
  }

  text(tokens: readonly number[]): string {
    return this.#tokenizer.decode(tokens, { skipSpecial: true });
  }
}
