import { incompleteBeta } from './incomplete-beta.ts';
import { normalQuantile } from './normal.ts';

/** P(T <= t) of Student's distribution with `df` > 0 degrees of freedom (not necessarily whole). */
export function studentCdf(t: number, df: number): number {
  if (!Number.isFinite(t)) return t > 0 ? 1 : 0;
  const tail = 0.5 * upperTails(t, df);
  return t > 0 ? 1 - tail : tail;
}

/** P(|T| >= |t|): both tails together, without the cancellation of 1 - cdf. */
export function upperTails(t: number, df: number): number {
  const square = t * t;
  // Two forms of the same probability; each is used where it loses no digits.
  return square < df
    ? 1 - incompleteBeta(square / (df + square), 0.5, df / 2)
    : incompleteBeta(df / (df + square), df / 2, 0.5);
}

/**
 * The t with P(T <= t) = p. Bisection on the distribution function: slow (some microseconds) and beyond doubt.
 * @throws RangeError unless 0 < p < 1 and df > 0.
 */
export function studentQuantile(p: number, df: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`a probability between 0 and 1, not ${p}`);
  if (!(df > 0)) throw new RangeError(`degrees of freedom above 0, not ${df}`);
  if (df === Number.POSITIVE_INFINITY) return normalQuantile(p);
  if (p === 0.5) return 0;
  if (p < 0.5) return -studentQuantile(1 - p, df);
  const tails = 2 * (1 - p);
  let low = 0;
  let high = 2;
  while (upperTails(high, df) > tails) high *= 2;
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (upperTails(middle, df) > tails) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
