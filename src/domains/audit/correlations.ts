/**
 * Correlations between measures across models, freed from the noise of having asked these items and no others. The
 * covariance of two measures is not biased by that noise, since they share no items; their variances are. So each
 * variance is replaced by the mean covariance of items of different clusters, which is what the covariance of two halves
 * would show (Spearman 1904, American Journal of Psychology 15, 72-101; the reliability so found is Cronbach's alpha
 * 1951, Psychometrika 16, 297-334, with clusters as its parts).
 */
import type { Measure } from './panel.ts';

export interface Correlations {
  /** Disattenuated, from -1 to 1: `corrected[a * measures + b]`. */
  readonly corrected: Float64Array;
  /** Of the observed scores. */
  readonly raw: Float64Array;
  /** Share of each measure's variance over models that other items would show again; below 0 where there is none. */
  readonly reliability: Float64Array;
}

/** A resampled variance may come out near 0 or below; it is never taken for less than this share of the observed one. */
const LEAST_SHARE = 0.1;

/**
 * `models`: how often each model counts. `clusters`: how often each cluster of each measure counts. A cluster drawn
 * twice is still one cluster: pairs of its items are no pairs of different clusters.
 */
export function correlate(
  measures: readonly Measure[],
  models: ArrayLike<number>,
  clusters: readonly ArrayLike<number>[],
): Correlations {
  const count = measures.length;
  const centred: Float64Array[] = [];
  const observed = new Float64Array(count);
  const reliability = new Float64Array(count);
  let weight = 0;
  for (let m = 0; m < models.length; m++) weight += models[m] as number;
  for (let u = 0; u < count; u++) {
    const found = moments(measures[u]!, models, weight, clusters[u]!);
    centred.push(found.centred);
    observed[u] = found.variance;
    reliability[u] = found.variance > 0 ? found.shared / found.variance : 0;
  }
  const corrected = new Float64Array(count * count).fill(1);
  const raw = new Float64Array(count * count).fill(1);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < a; b++) {
      let sum = 0;
      for (let m = 0; m < models.length; m++)
        sum += (models[m] as number) * centred[a]![m]! * centred[b]![m]!;
      const spread = Math.sqrt(observed[a]! * observed[b]!);
      const plain = spread > 0 ? clip(sum / weight / spread) : 0;
      const shares = Math.max(LEAST_SHARE, reliability[a]!) * Math.max(LEAST_SHARE, reliability[b]!);
      raw[a * count + b] = raw[b * count + a] = plain;
      corrected[a * count + b] = corrected[b * count + a] = clip(plain / Math.sqrt(shares));
    }
  }
  return { corrected, raw, reliability };
}

const clip = (value: number): number => Math.max(-1, Math.min(1, value));

interface Moments {
  readonly centred: Float64Array;
  /** Of the models' mean scores, with the weights' sum as divisor: it cancels in every ratio. */
  readonly variance: number;
  /** Mean covariance of items of different clusters. */
  readonly shared: number;
}

function moments(
  { sizes, sums }: Measure,
  models: ArrayLike<number>,
  weight: number,
  clusters: ArrayLike<number>,
): Moments {
  const width = sizes.length;
  let items = 0;
  let squares = 0;
  for (let c = 0; c < width; c++) {
    const size = (clusters[c] as number) * sizes[c]!;
    items += size;
    squares += size * size;
  }
  const totals = new Float64Array(models.length);
  const means = new Float64Array(width);
  let ownSquares = 0;
  for (let m = 0; m < models.length; m++) {
    const times = models[m] as number;
    if (times === 0) continue;
    const row = m * width;
    let total = 0;
    let own = 0;
    for (let c = 0; c < width; c++) {
      const sum = (clusters[c] as number) * sums[row + c]!;
      total += sum;
      own += sum * sum;
      means[c] = means[c]! + times * sum;
    }
    totals[m] = total;
    ownSquares += times * own;
  }
  let mean = 0;
  let noise = ownSquares / weight;
  for (let c = 0; c < width; c++) {
    mean += means[c]! / weight;
    noise -= (means[c]! / weight) ** 2;
  }
  let variance = 0;
  const centred = new Float64Array(models.length);
  for (let m = 0; m < models.length; m++) {
    const times = models[m] as number;
    if (times === 0) continue;
    const off = totals[m]! - mean;
    centred[m] = off / items;
    variance += times * off * off;
  }
  variance /= weight;
  const pairs = items * items - squares;
  return {
    centred,
    // Rounding leaves a residue where all models agree.
    variance: variance / (items * items) < 1e-18 ? 0 : variance / (items * items),
    shared: pairs > 0 ? (variance - noise) / pairs : 0,
  };
}
