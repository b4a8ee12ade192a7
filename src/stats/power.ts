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
 * the half width stands for z_{1-alpha/2} · SE. At most 1, since no two shares differ by more.
 */
export function detectableFromInterval(interval: { low: number; high: number }, power = 0.8): number {
  return Math.min(1, detectableDifference((interval.high - interval.low) / 2 / normalQuantile(0.975), power));
}
