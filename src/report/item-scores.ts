import type { Outcome, Sample } from '../scoring/score.ts';
import { OUTCOMES } from '../scoring/score.ts';
import type { OutcomeCounts } from './report.ts';

/** True where every seed's answer to the item was judged; an `error` is an outage, not a wrong answer. */
export function scoredItems(seeds: readonly (readonly Sample[])[]): boolean[] {
  const first = seeds[0] ?? [];
  return first.map((_, i) => seeds.every((seed) => seed[i]?.outcome !== 'error'));
}

/** The values of the kept items, seed by seed. */
export function valuesOf(
  seeds: readonly (readonly Sample[])[],
  keep: readonly boolean[],
  value: (sample: Sample) => number = (sample) => sample.value,
): number[][] {
  return seeds.map((seed) => seed.filter((_, i) => keep[i]).map(value));
}

/** How often each outcome occurs, over all seeds; outcomes that do not occur count 0. */
export function countOutcomes(seeds: readonly (readonly Sample[])[]): OutcomeCounts {
  const counts = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
  for (const seed of seeds) for (const { outcome } of seed) counts[outcome]++;
  return counts;
}

/** Adds counts up. */
export function addOutcomes(parts: readonly OutcomeCounts[]): OutcomeCounts {
  const total = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
  for (const part of parts) for (const outcome of OUTCOMES) total[outcome] += part[outcome];
  return total;
}
