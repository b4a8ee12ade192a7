import type { Estimate } from './interval.ts';

/**
 * Unweighted mean of independent estimates (the benchmarks of a domain), with an interval from theirs: MOVER,
 * "method of variance estimates recovery" (Zou and Donner, Statistics in Medicine 27, 2008, 1693-1702). With weights
 * w = 1/k:  low = mean - sqrt( Σ w² (value - low)² ),  high = mean + sqrt( Σ w² (high - value)² ).
 * It keeps what the parts' intervals know about small counts, where a bootstrap of the same items sees no
 * variation and would claim too much. One part alone is returned as it is.
 * @throws RangeError on no estimates.
 */
export function macroAverage(parts: readonly Estimate[]): Estimate {
  const only = parts[0];
  if (only === undefined) throw new RangeError('the average of no estimates');
  if (parts.length === 1) return only;
  const weight = 1 / parts.length;
  const sum = (f: (part: Estimate) => number) => parts.reduce((total, part) => total + f(part), 0);
  const value = weight * sum((part) => part.value);
  const known = parts.every((part) => part.stderr !== null);
  return {
    value,
    stderr: known ? weight * Math.sqrt(sum((part) => (part.stderr as number) ** 2)) : null,
    low: value - weight * Math.sqrt(sum((part) => (part.value - part.low) ** 2)),
    high: value + weight * Math.sqrt(sum((part) => (part.high - part.value) ** 2)),
    n: sum((part) => part.n),
    clusters: sum((part) => part.clusters),
    method: 'combined',
  };
}
