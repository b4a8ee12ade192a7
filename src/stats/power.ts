import { normalQuantile } from './normal.ts';

/**
 * Smallest true difference that a comparison with this standard error shows with the given power, at a two-sided
 * level: (z_{1-alpha/2} + z_{power}) · SE (Miller, arXiv 2411.00640, section 5).
 */
export function detectableDifference(stderr: number, power = 0.8, alpha = 0.05): number {
  return (normalQuantile(1 - alpha / 2) + normalQuantile(power)) * stderr;
}

/**
 * The same from an interval, for estimates whose standard error is 0 or unknown although their interval is wide:
 * the half width of the 95 % interval stands for z_{0.975} · SE. At most 1, since no two shares differ by more.
 * @param comparisons a family that is corrected together: the level is Bonferroni's, 0.05 / comparisons. Holm's
 * procedure never asks for more, so this bounds from above what the corrected verdict needs.
 */
export function detectableFromInterval(
  interval: { readonly low: number; readonly high: number },
  { power = 0.8, comparisons = 1 }: { readonly power?: number; readonly comparisons?: number } = {},
): number {
  const stderr = (interval.high - interval.low) / 2 / normalQuantile(0.975);
  return Math.min(1, detectableDifference(stderr, power, 0.05 / comparisons));
}
