import { CONFIDENCE } from './interval.ts';
import { normalQuantile } from './normal.ts';

/**
 * Wilson's score interval for `successes` of `n` independent trials (Wilson, JASA 22, 1927, 209-212). Stays inside
 * [0, 1] and keeps its width at 0 and at n successes, where the plain interval shrinks to nothing.
 * @throws RangeError unless 0 <= successes <= n and n >= 1.
 */
export function wilsonInterval(
  successes: number,
  n: number,
  level: number = CONFIDENCE,
): { readonly low: number; readonly high: number } {
  if (!(n >= 1 && successes >= 0 && successes <= n))
    throw new RangeError(`${successes} successes of ${n} trials`);
  const z = normalQuantile(0.5 + level / 2);
  const share = successes / n;
  const scale = 1 + (z * z) / n;
  const centre = (share + (z * z) / (2 * n)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === n ? 1 : Math.min(1, centre + half),
  };
}
