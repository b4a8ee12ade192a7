import { clusteredStandardError } from './clusters.ts';
import { CONFIDENCE, type Estimate } from './interval.ts';
import { mean } from './moments.ts';
import { proportionInterval } from './proportion-interval.ts';
import { studentQuantile } from './student-t.ts';
import { wilsonInterval } from './wilson.ts';

/**
 * Weighted mean of shares, such as the share of all instructions that were followed when prompts have several: the
 * ratio r = Σ w·s / Σ w with the linearised standard error of a ratio, that of the mean of w·(s - r) / mean(w) over
 * clusters (Cochran, Sampling Techniques, 1977, section 2.11), and a t interval over the clusters. Where all score
 * alike, Wilson's interval with the clusters as items. Equal weights give `proportionInterval`.
 *
 * @throws RangeError on no values, a value outside [0, 1], a weight that is not above 0, or lists of other lengths.
 */
export function weightedProportion(
  values: readonly number[],
  weights: readonly number[],
  clusters: readonly string[],
  level: number = CONFIDENCE,
): Estimate {
  if (weights.length !== values.length)
    throw new RangeError(`${values.length} values and ${weights.length} weights`);
  for (const weight of weights)
    if (!(weight > 0 && Number.isFinite(weight))) throw new RangeError(`a weight of ${weight}`);
  if (weights.every((weight) => weight === weights[0])) return proportionInterval(values, clusters, level);
  for (const value of values)
    if (!(value >= 0 && value <= 1)) throw new RangeError(`a score of ${value} is outside 0 to 1`);
  const centre = mean(weights);
  const value = mean(values.map((score, i) => score * weights[i]!)) / centre;
  const residuals = values.map((score, i) => (weights[i]! * (score - value)) / centre);
  const stderr = clusteredStandardError(residuals, clusters);
  const n = values.length;
  const count = new Set(clusters).size;
  if (stderr === null || stderr < 1e-12) {
    const alike = wilsonInterval(value * count, count, level);
    return {
      value,
      stderr: stderr === null ? null : 0,
      ...alike,
      n,
      clusters: count,
      method: 'clusters-as-items',
    };
  }
  const half = studentQuantile(0.5 + level / 2, count - 1) * stderr;
  const ends = { low: Math.max(0, value - half), high: Math.min(1, value + half) };
  return { value, stderr, ...ends, n, clusters: count, method: 'clustered-t' };
}
