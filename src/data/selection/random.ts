/** Seeded order. The same seed and purpose give the same order on every machine. */
import { sha256 } from '../../platform/files.ts';
import { fromState } from '../../stats/random.ts';

/** 32 random bits at a call, from a stream of its own for each seed and purpose. */
export function randomBits(seed: number, purpose: string): () => number {
  const digest = sha256(`${seed} ${purpose}`);
  const word = (i: number): number => Number.parseInt(digest.slice(8 * i, 8 * i + 8), 16);
  return fromState([word(0), word(1), word(2), word(3)]).bits;
}

/** The numbers 0 to `count - 1` in a random order (Fisher and Yates). */
export function permutation(count: number, seed: number, purpose: string): Uint32Array {
  const bits = randomBits(seed, purpose);
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    // 53 bits against a bound below 2^32: the bias is below 2^-21 and the same everywhere.
    const other = Math.floor(((bits() * 2 ** 21 + (bits() >>> 11)) / 2 ** 53) * (last + 1));
    const kept = order[last]!;
    order[last] = order[other]!;
    order[other] = kept;
  }
  return order;
}
