/**
 * What is asked of the correlations: how much more do measures of one domain correlate with each other than with those of
 * other domains? Every answer is a weighted sum of correlations between pairs, so a relabelling of the measures is another
 * set of weights.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Domain } from '../domains.ts';
import type { Measure } from './panel.ts';

/** A pair of measures of different families: pairs of one family go together whatever they measure. */
export interface Pair {
  readonly a: number;
  readonly b: number;
  /** Place in a matrix of the measures. */
  readonly at: number;
}

export function pairsOf(measures: readonly Measure[]): readonly Pair[] {
  const pairs: Pair[] = [];
  for (let a = 0; a < measures.length; a++)
    for (let b = 0; b < a; b++)
      if (measures[a]!.family !== measures[b]!.family) pairs.push({ a, b, at: a * measures.length + b });
  return pairs;
}

/** Weights by pair: over all domains, and for each domain that has pairs inside and outside. */
export interface Contrasts {
  readonly whole: Float64Array | null;
  readonly domains: ReadonlyMap<Domain, Float64Array>;
}

/**
 * For a domain: the mean of the pairs inside it minus the mean of the pairs of it with others. `whole` is the mean of
 * these over the domains, so that a domain of many measures counts no more than another; null when no domain has both.
 */
export function contrastsOf(pairs: readonly Pair[], labels: readonly Domain[]): Contrasts {
  const inside = new Map<Domain, number>();
  const outside = new Map<Domain, number>();
  const add = (to: Map<Domain, number>, label: Domain): void => {
    to.set(label, (to.get(label) ?? 0) + 1);
  };
  for (const { a, b } of pairs) {
    const [la, lb] = [labels[a]!, labels[b]!];
    if (la === lb) add(inside, la);
    else {
      add(outside, la);
      add(outside, lb);
    }
  }
  const domains = new Map<Domain, Float64Array>();
  for (const domain of inside.keys())
    if (outside.has(domain)) domains.set(domain, new Float64Array(pairs.length));
  if (domains.size === 0) return { whole: null, domains };
  const whole = new Float64Array(pairs.length);
  const put = (domain: Domain, pair: number, weight: number): void => {
    const weights = domains.get(domain);
    if (weights === undefined) return;
    weights[pair] = weights[pair]! + weight;
    whole[pair] = whole[pair]! + weight / domains.size;
  };
  for (const [pair, { a, b }] of pairs.entries()) {
    const [la, lb] = [labels[a]!, labels[b]!];
    if (la === lb) put(la, pair, 1 / inside.get(la)!);
    else {
      put(la, pair, -1 / outside.get(la)!);
      put(lb, pair, -1 / outside.get(lb)!);
    }
  }
  return { whole, domains };
}

/** The value of a contrast. `matrix`: correlations of all measures. */
export function contrastValue(weights: Float64Array, pairs: readonly Pair[], matrix: Float64Array): number {
  let sum = 0;
  for (let p = 0; p < pairs.length; p++) sum += weights[p]! * matrix[pairs[p]!.at]!;
  return sum;
}

/**
 * The labels shuffled among the measures that are answered in the same way. Chosen options and written answers make two
 * groups of measures by themselves, and domains lean to one or the other: a relabelling that keeps the form shows what
 * the form alone would give.
 */
export function relabelled(measures: readonly Measure[], random: RandomStream): Domain[] {
  const labels = measures.map(({ domain }) => domain);
  for (const kind of ['choice', 'generate'] as const) {
    const places = measures.flatMap((one, at) => (one.kind === kind ? [at] : []));
    for (let i = places.length - 1; i > 0; i--) {
      const [here, there] = [places[i]!, places[random.below(i + 1)]!];
      [labels[here], labels[there]] = [labels[there]!, labels[here]!];
    }
  }
  return labels;
}
