import { type Changes, exactDetectable } from './exact-power.ts';
import { normalQuantile } from './normal.ts';

/**
 * Smallest true difference that a comparison with this standard error shows with the given power, at a two-sided
 * level: (z_{1-alpha/2} + z_{power}) · SE (Miller, arXiv 2411.00640, section 5).
 */
export function detectableDifference(stderr: number, power = 0.8, alpha = 0.05): number {
  return (normalQuantile(1 - alpha / 2) + normalQuantile(power)) * stderr;
}

export interface PowerOptions {
  readonly power?: number;
  /**
   * A family that is corrected together: the level is Bonferroni's, 0.05 / comparisons. Holm's procedure never asks for
   * more, so this bounds from above what the corrected verdict needs.
   */
  readonly comparisons?: number;
}

/**
 * Smallest true difference that a paired comparison shows: the larger of what its interval needs and what its exact
 * test needs. The interval alone promises too much where few items change, because with fewer than 6 changed pairs no
 * exact test can reach 0.05, whatever the interval says.
 */
export function detectableChange(
  interval: { readonly low: number; readonly high: number },
  changes: Changes,
  options: PowerOptions = {},
): number {
  const { power = 0.8, comparisons = 1 } = options;
  return exactDetectable(changes, power, 0.05 / comparisons, detectableFromInterval(interval, options));
}

/**
 * From an interval alone, for estimates whose standard error is 0 or unknown although their interval is wide:
 * the half width of the 95 % interval stands for z_{0.975} · SE. At most 1, since no two shares differ by more.
 */
export function detectableFromInterval(
  interval: { readonly low: number; readonly high: number },
  { power = 0.8, comparisons = 1 }: PowerOptions = {},
): number {
  const stderr = (interval.high - interval.low) / 2 / normalQuantile(0.975);
  return Math.min(1, detectableDifference(stderr, power, 0.05 / comparisons));
}
