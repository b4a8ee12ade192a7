import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { independentDifference, intervalP } from './independent.ts';
import { mean, variance } from './moments.ts';
import { normalTails } from './normal.ts';
import { pairedDifference } from './paired.ts';
import { proportionInterval } from './proportion-interval.ts';
import { randomStream } from './random.ts';
import { neededToShow } from './sample-size.ts';
import { combinedNoise, itemSeedVariance, overSeeds } from './seed-noise.ts';
import { poolSeeds } from './seeds.ts';

const ITEMS = 60;
const names = Array.from({ length: ITEMS }, (_, i) => String(i));

/** A study of two equal arms: every seed shifts all items of an arm alike by up to `shift` either way. */
function study(name: string, seeds: number, shift: number) {
  const random = randomStream(name);
  const ability = names.map(() => random.uniform());
  const arm = () =>
    Array.from({ length: seeds }, () => {
      const moved = shift * (2 * random.uniform() - 1);
      return ability.map((a) => (random.uniform() < Math.min(1, Math.max(0, 0.2 + 0.6 * a + moved)) ? 1 : 0));
    });
  return [arm(), arm()] as const;
}

function interval([a, b]: ReturnType<typeof study>) {
  const [before, after] = [poolSeeds(a), poolSeeds(b)];
  const items = pairedDifference(before.items, after.items, names);
  const perSeed = after.perSeed.map((score, s) => score - (before.perSeed[s] as number));
  const differences = b.map((seed, s) => seed.map((value, i) => value - (a[s]?.[i] as number)));
  const noise = {
    seeds: a.length,
    spread: Math.sqrt(variance(perSeed) as number),
    byItems: itemSeedVariance(differences, names),
  };
  return { items, over: overSeeds(items, noise).estimate };
}

describe('an interval over items and seeds', () => {
  test.each([
    [2, 0.2, 0.87],
    [3, 0.2, 0.89],
    [5, 0.12, 0.91],
    [3, 0, 0.94],
  ])('of %d seeds that shift by up to %d holds the truth in at least %d', (seeds, shift, least) => {
    let [held, heldByItems] = [0, 0];
    for (let run = 0; run < 400; run++) {
      const { items, over } = interval(study(`${seeds}/${shift}/${run}`, seeds, shift));
      if (over.low <= 0 && over.high >= 0) held++;
      if (items.low <= 0 && items.high >= 0) heldByItems++;
    }
    expect(held / 400).toBeGreaterThan(least);
    // The reason for it: seeds that matter are in no interval over items.
    if (shift >= 0.2) expect(heldByItems / 400).toBeLessThan(0.85);
  });

  test('is never narrower than that of the items, and equal when all seeds agree', () => {
    const items = pairedDifference([1, 0, 1, 0, 1], [1, 1, 1, 0, 0]);
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 9 }),
        fc.double({ min: 0, max: 0.3, noNaN: true }),
        fc.double({ min: 0, max: 0.01, noNaN: true }),
        (seeds, spread, byItems) => {
          const { estimate, df } = overSeeds(items, { seeds, spread, byItems });
          expect(estimate.low).toBeLessThanOrEqual(items.low + 1e-9);
          expect(estimate.high).toBeGreaterThanOrEqual(items.high - 1e-9);
          expect(df).toBeGreaterThanOrEqual(seeds - 1);
        },
      ),
    );
    const same = overSeeds(items, { seeds: 3, spread: 0, byItems: 0 }).estimate;
    expect(same.low).toBeCloseTo(items.low, 12);
    expect(same.high).toBeCloseTo(items.high, 12);
  });

  test('what changes item by item is told from what a seed does to all items', () => {
    const apart = [3000, 0.25].map((_, k) => {
      const [, arm] = study(`variance/${k}`, 40, k === 0 ? 0 : 0.3);
      const spread = variance(arm.map((seed) => mean(seed))) as number;
      return spread / itemSeedVariance(arm, names);
    });
    expect(apart[0]).toBeGreaterThan(0.5);
    expect(apart[0]).toBeLessThan(1.8);
    expect(apart[1]).toBeGreaterThan(4);
  });
});

describe('what it would take', () => {
  const changes = { clusters: 400, changed: 80, weight: 1 / 400 };
  const stderr = Math.sqrt(0.2 / 400);

  test('items: as many as bring 2.8 standard errors down to the effect', () => {
    const { items, seeds } = neededToShow(0.05, { n: 400, stderr, changes, noise: null });
    const normal = 400 * ((2.8016 * stderr) / 0.05) ** 2;
    expect(items).toBeGreaterThanOrEqual(normal);
    expect(items).toBeLessThan(1.12 * normal);
    expect(seeds).toBeNull();
  });

  test('where few items change, the exact test decides', () => {
    const few = { clusters: 24, changed: 0, weight: 1 / 24 };
    const { items } = neededToShow(0.05, { n: 24, stderr: 0.001, changes: few, noise: null });
    // Six changes with a power of 80 % at a rate of 5 %: about 157 items.
    expect(items).toBeGreaterThan(140);
    expect(items).toBeLessThan(180);
  });

  test('no number of items outweighs seeds that differ by themselves, and more seeds do', () => {
    const noise = { seeds: 3, spread: 0.06, byItems: 0 };
    const precise = { n: 400, stderr: 0.005, changes: { ...changes, changed: 20 }, noise };
    const { items, seeds } = neededToShow(0.05, precise);
    expect(items).toBeNull();
    expect(seeds).toBeGreaterThan(8);
    expect(seeds).toBeLessThan(20);
    // The other way round: what only changes item by item, more items do away with.
    const byItems = { ...precise, noise: { ...noise, byItems: 0.06 ** 2 } };
    expect(neededToShow(0.05, byItems).items).not.toBeNull();
  });

  test('a smaller effect never takes less', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.02, max: 0.2, noNaN: true }), (effect) => {
        const need = (size: number) =>
          neededToShow(size, { n: 400, stderr, changes, noise: null }).items ?? Number.POSITIVE_INFINITY;
        expect(need(effect)).toBeGreaterThanOrEqual(need(1.2 * effect));
      }),
      { numRuns: 20 },
    );
  });
});

describe('differences of independent scores', () => {
  test('two tails of the normal distribution', () => {
    expect(normalTails(1.959963984540054)).toBeCloseTo(0.05, 12);
    expect(normalTails(-5) / 5.733031437583867e-7).toBeCloseTo(1, 9);
    expect(normalTails(0)).toBeCloseTo(1, 12);
  });

  test('the interval holds the truth, and p is below 0.05 exactly when it excludes 0', () => {
    const random = randomStream('independent');
    const score = (p: number) =>
      proportionInterval(Array.from({ length: 50 }, () => (random.uniform() < p ? 1 : 0)));
    let held = 0;
    for (let run = 0; run < 2000; run++) {
      const gap = independentDifference(score(0.7), score(0.5));
      if (gap.low <= 0.2 && gap.high >= 0.2) held++;
      expect(intervalP(gap) < 0.05).toBe(gap.low > 0 || gap.high < 0);
    }
    expect(held / 2000).toBeGreaterThan(0.93);
    expect(held / 2000).toBeLessThan(0.97);
  });

  test('noise without seeds is that of the items', () => {
    expect(combinedNoise(0.03, null)).toEqual({ stderr: 0.03, df: Number.POSITIVE_INFINITY });
  });
});
