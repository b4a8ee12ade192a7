import { CONFIDENCE } from './interval.ts';
import { mean } from './moments.ts';
import { normalQuantile } from './normal.ts';

/** The ends of the scale: no value lies beyond them, but any may still turn up. */
export interface Scale {
  readonly low: number;
  readonly high: number;
}

/**
 * Score interval for the mean of independent values on a bounded scale, such as answers averaged over training seeds:
 * all means that a score test does not reject. The variance is the one that the hypothesis makes most likely, as in
 * Tango's interval (Statistics in Medicine 17, 1998, 891-908) and Wilson's, which it equals for values -1, 0, 1 on the
 * scale from -1 to 1, and for 0, 1 on that from 0 to 1. The most likely weights of the values are those of empirical
 * likelihood (Owen, Biometrika 75, 1988, 237-249), with the ends of the scale as values that may have been missed by chance.
 *
 * Why not mean ± t SE: where one item of 24 changed, and in one seed of two only, that interval is narrower than the one
 * of 24 items of which none changed.
 * @throws RangeError on no values or a value beyond the scale.
 */
export function boundedScoreInterval(
  values: readonly number[],
  scale: Scale,
  level: number = CONFIDENCE,
): { readonly low: number; readonly high: number } {
  for (const value of values)
    if (!(value >= scale.low && value <= scale.high))
      throw new RangeError(`a value of ${value} outside ${scale.low} to ${scale.high}`);
  const centre = mean(values);
  const z = normalQuantile(0.5 + level / 2);
  const down = counted(values.map((value) => -value));
  return {
    low: -farthest(down, -centre, -scale.low, z),
    high: farthest(counted(values), centre, scale.high, z),
  };
}

/** Distinct values with how often they occur. */
type Counts = readonly (readonly [value: number, times: number])[];

function counted(values: readonly number[]): Counts {
  const counts = new Map<number, number>();
  for (const value of values) {
    // Averages over seeds differ in the last digits where they should not.
    const key = Math.round(value * 1e12) / 1e12;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts];
}

/** The largest mean, up to `end`, that lies within z standard errors of `centre`; 60 halvings leave 1e-18. */
function farthest(counts: Counts, centre: number, end: number, z: number): number {
  const n = counts.reduce((sum, [, times]) => sum + times, 0);
  let [low, high] = [centre, end];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    const distance = middle - centre;
    if (n * distance * distance <= z * z * varianceAt(counts, n, middle, end)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Variance of one value under the most likely distribution with mean `delta`, which is not below the observed mean. */
function varianceAt(counts: Counts, n: number, delta: number, end: number): number {
  const room = end - delta;
  if (room <= 0) return 0;
  // The weights (1/n) / (1 + lambda (x - delta)); lambda may fall to -1/room, where the end itself gets weight.
  let weight = lastWeight(counts, n, delta, end);
  if (weight === null) {
    let [low, high] = [-1 / room, 0];
    for (let i = 0; i < 60; i++) {
      const middle = (low + high) / 2;
      const pull = counts.reduce(
        (sum, [x, times]) => sum + (times * (x - delta)) / (1 + middle * (x - delta)),
        0,
      );
      if (pull > 0) low = middle;
      else high = middle;
    }
    const lambda = (low + high) / 2;
    weight = (x) => 1 / (n * (1 + lambda * (x - delta)));
  }
  let [rest, variance] = [1, 0];
  for (const [x, times] of counts) {
    const share = times * weight(x);
    rest -= share;
    variance += share * (x - delta) ** 2;
  }
  return variance + Math.max(0, rest) * room * room;
}

/** The weights with a share left for the end; null where the observed values reach the mean by themselves. */
function lastWeight(counts: Counts, n: number, delta: number, end: number): ((x: number) => number) | null {
  if (counts.some(([x]) => x >= end)) return null;
  const weight = (x: number) => (end - delta) / (n * (end - x));
  const sum = counts.reduce((total, [x, times]) => total + times * weight(x), 0);
  return sum <= 1 ? weight : null;
}
