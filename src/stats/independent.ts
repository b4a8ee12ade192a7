import type { Estimate } from './interval.ts';
import { normalQuantile, normalTails } from './normal.ts';

/**
 * First minus second, of estimates from different items: MOVER (see `macroAverage`) for a difference,
 * low = d - sqrt( (a - a_low)² + (b_high - b)² ), high alike.
 */
export function independentDifference(a: Estimate, b: Estimate): Estimate {
  const value = a.value - b.value;
  return {
    value,
    stderr: a.stderr === null || b.stderr === null ? null : Math.hypot(a.stderr, b.stderr),
    low: value - Math.hypot(a.value - a.low, b.high - b.value),
    high: value + Math.hypot(a.high - a.value, b.value - b.low),
    n: a.n + b.n,
    clusters: a.clusters + b.clusters,
    method: 'combined',
  };
}

/**
 * Two-sided p of "the true value is 0" that agrees with a 95 % interval: the distance to the end on the side of 0
 * stands for 1.96 standard errors, so p < 0.05 exactly when the interval excludes 0. For estimates that have an
 * interval but no exact test. 1 for a value of 0.
 */
export function intervalP({ value, low, high }: Pick<Estimate, 'value' | 'low' | 'high'>): number {
  if (value === 0) return 1;
  const reach = value > 0 ? value - low : high - value;
  return reach <= 0 ? 0 : normalTails((Math.abs(value) / reach) * normalQuantile(0.975));
}
