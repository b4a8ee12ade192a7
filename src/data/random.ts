/** Seeded order. The same seed and purpose give the same order on every machine. */
import { sha256 } from '../platform/files.ts';

/** 32 random bits at a call: xoshiro128** (Blackman and Vigna, https://prng.di.unimi.it/xoshiro128starstar.c). */
export function randomBits(seed: number, purpose: string): () => number {
  const digest = sha256(`${seed} ${purpose}`);
  const state = new Uint32Array(4);
  for (let i = 0; i < 4; i++) state[i] = Number.parseInt(digest.slice(8 * i, 8 * i + 8), 16);
  const rotate = (value: number, by: number) => (value << by) | (value >>> (32 - by));
  return () => {
    const result = Math.imul(rotate(Math.imul(state[1]!, 5), 7), 9) >>> 0;
    const shifted = state[1]! << 9;
    state[2]! ^= state[0]!;
    state[3]! ^= state[1]!;
    state[1]! ^= state[2]!;
    state[0]! ^= state[3]!;
    state[2]! ^= shifted;
    state[3] = rotate(state[3]!, 11);
    return result;
  };
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
