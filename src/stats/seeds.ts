import { mean, variance } from './moments.ts';

/** Results of several training seeds of one arm, brought together item by item. */
export interface PooledSeeds {
  /** Mean over the seeds of each item's score: what the evaluation statistics work on. */
  readonly items: readonly number[];
  /** Mean score of each seed. */
  readonly perSeed: readonly number[];
  /**
   * Standard deviation of the seeds' mean scores (n - 1): the noise of training, which no evaluation interval
   * contains. Null with one seed: unknown, not 0.
   */
  readonly spread: number | null;
}

/** Pools the scores of the seeds; every seed lists the same items in the same order. */
export function poolSeeds(seeds: readonly (readonly number[])[]): PooledSeeds {
  const first = seeds[0];
  if (first === undefined) throw new RangeError('an arm without a seed');
  for (const seed of seeds)
    if (seed.length !== first.length)
      throw new RangeError(`one seed has ${first.length} items, another ${seed.length}`);
  const items = first.map((_, i) => mean(seeds.map((seed) => seed[i] as number)));
  const perSeed = seeds.map((seed) => mean(seed));
  const spread = variance(perSeed);
  return { items, perSeed, spread: spread === null ? null : Math.sqrt(spread) };
}
