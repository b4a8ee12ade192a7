import { CONFIDENCE } from './interval.ts';
import { normalQuantile } from './normal.ts';

/**
 * Score interval for the difference of two paired shares (Tango, Statistics in Medicine 17, 1998, 891-908).
 *
 * `gained` pairs went from 0 to 1, `lost` from 1 to 0, of `n` pairs in all; the difference is (gained - lost) / n.
 * Why not value ± 1.96 SE: with no discordant pair at all that interval has no width, and with a handful it covers
 * far less than it says. This one keeps about 95 % coverage down to a few dozen pairs.
 * @throws RangeError unless gained + lost <= n and n >= 1.
 */
export function tangoInterval(
  gained: number,
  lost: number,
  n: number,
  level: number = CONFIDENCE,
): { readonly low: number; readonly high: number } {
  if (!(n >= 1 && gained >= 0 && lost >= 0 && gained + lost <= n))
    throw new RangeError(`${gained} gained and ${lost} lost of ${n} pairs`);
  const z = normalQuantile(0.5 + level / 2);
  const estimate = (gained - lost) / n;
  return {
    low: solve((delta) => scoreStatistic(delta, gained, lost, n) - z, -1, estimate),
    high: solve((delta) => scoreStatistic(delta, gained, lost, n) + z, estimate, 1),
  };
}

/** Tango's score statistic of the hypothesis "the difference is delta"; falls as delta grows. */
function scoreStatistic(delta: number, gained: number, lost: number, n: number): number {
  // The share of lost pairs that is most likely under the hypothesis: root of a quadratic (Tango's equation 6).
  const a = 2 * n;
  const b = -gained - lost + (2 * n - gained + lost) * delta;
  const c = -lost * delta * (1 - delta);
  const share = Math.max(0, (Math.sqrt(Math.max(0, b * b - 4 * a * c)) - b) / (2 * a));
  const spread = n * (2 * share + delta * (1 - delta));
  const distance = gained - lost - n * delta;
  if (spread <= 0) return distance === 0 ? 0 : Math.sign(distance) * Number.POSITIVE_INFINITY;
  return distance / Math.sqrt(spread);
}

/** Bisection for the crossing of a falling function; 60 halvings leave 1e-18 of the range. */
function solve(f: (x: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (f(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
