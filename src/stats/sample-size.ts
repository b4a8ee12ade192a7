import { type Changes, exactPower } from './exact-power.ts';
import { combinedNoise, detectableOverSeeds, type Noise, type SeedNoise } from './seed-noise.ts';

/** What a comparison would need to show an effect; one of the two suffices. */
export interface Needed {
  /** Items in all, of the same kinds in the same shares; null when no number would do with these seeds. */
  readonly items: number | null;
  /** Training seeds with the present items; null with one seed, whose noise is unknown, and when no number would do. */
  readonly seeds: number | null;
}

export interface Precision {
  readonly n: number;
  /** Standard error over the items alone. */
  readonly stderr: number;
  readonly changes: Changes;
  /** Null with one seed. */
  readonly noise: SeedNoise | null;
}

/** Beyond these the answer is "no number would do". */
const MOST_TIMES_ITEMS = 1e4;
const MOST_SEEDS = 100;
const STEP = 1.05;

/**
 * Smallest numbers of items and of seeds with which a true difference of `effect` is shown with the given power, as far
 * as the present noise tells: items are added in the mixture at hand, so that the standard error over items falls with
 * their square root, and seeds divide the variance of training and of answers that change from seed to seed. Items are
 * searched in steps of 5 %, and both the interval and the exact test must show the effect.
 */
export function neededToShow(
  effect: number,
  { n, stderr, changes, noise }: Precision,
  { power = 0.8, alpha = 0.05 }: { readonly power?: number; readonly alpha?: number } = {},
): Needed {
  const shows = (times: number, seeds = noise?.seeds ?? 1) =>
    detectableOverSeeds(noiseWith(stderr, noise, times, seeds), power, alpha) <= effect;
  const exact = (times: number) => {
    const clusters = Math.round(changes.clusters * times);
    // The difference in units of changed clusters does not depend on how many there are.
    const net = Math.min(1, effect / (changes.clusters * changes.weight));
    const moving = Math.max(net, changes.changed / changes.clusters);
    return exactPower(clusters, moving, net, alpha) >= power;
  };
  const enough = firstPower((times) => shows(times) && exact(times));
  const items = enough === null ? null : Math.ceil(n * enough);
  return { items, seeds: noise && exact(1) ? seedsNeeded(noise.seeds, (seeds) => shows(1, seeds)) : null };
}

/** The smallest power of `STEP` up to `MOST_TIMES_ITEMS` that does, by bisection: every look costs a sum of its own. */
function firstPower(does: (times: number) => boolean): number | null {
  if (does(1)) return 1;
  let low = 0;
  let high = Math.floor(Math.log(MOST_TIMES_ITEMS) / Math.log(STEP));
  // Most answers are near, and far looks cost most.
  let reach = 4;
  while (reach < high && !does(STEP ** reach)) {
    low = reach;
    reach *= 2;
  }
  if (reach >= high && !does(STEP ** high)) return null;
  high = Math.min(high, reach);
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (does(STEP ** middle)) high = middle;
    else low = middle;
  }
  return STEP ** high;
}

/** The noise that `times` as many items and that many seeds would have. */
function noiseWith(stderr: number, noise: SeedNoise | null, times: number, seeds: number): Noise {
  if (noise === null) return combinedNoise(stderr / Math.sqrt(times), null);
  const { spread, byItems } = noise;
  const own = Math.max(0, stderr ** 2 - byItems / noise.seeds + byItems / seeds);
  const alike = Math.max(0, spread ** 2 - byItems);
  return combinedNoise(Math.sqrt(own / times), {
    seeds,
    spread: Math.sqrt(alike + Math.min(spread ** 2, byItems) / times),
    byItems: byItems / times,
  });
}

function seedsNeeded(now: number, shows: (seeds: number) => boolean): number | null {
  for (let seeds = now; seeds <= MOST_SEEDS; seeds++) if (shows(seeds)) return seeds;
  return null;
}
