/** Draws from a seeded stream, as generators need them. */
import type { RandomStream } from '../stats/random.ts';

/** A whole number from `low` to `high`, both included. */
export function between(random: RandomStream, low: number, high: number): number {
  return low + random.below(high - low + 1);
}

/** One element, all equally likely. */
export function pick<T>(random: RandomStream, from: readonly T[]): T {
  if (from.length === 0) throw new RangeError('nothing to pick from');
  return from[random.below(from.length)] as T;
}

/** True with the given probability. */
export function happens(random: RandomStream, probability: number): boolean {
  return random.uniform() < probability;
}

/** `count` different elements in random order. Throws RangeError when there are fewer. */
export function several<T>(random: RandomStream, from: readonly T[], count: number): T[] {
  if (count > from.length) throw new RangeError(`${count} different ones of ${from.length}`);
  const pool = [...from];
  for (let i = 0; i < count; i++) {
    const other = i + random.below(pool.length - i);
    const kept = pool[i] as T;
    pool[i] = pool[other] as T;
    pool[other] = kept;
  }
  pool.length = count;
  return pool;
}

/** The same elements in random order. */
export function shuffled<T>(random: RandomStream, items: readonly T[]): T[] {
  return several(random, items, items.length);
}
