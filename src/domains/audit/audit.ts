/**
 * Do the domains hold together in the scores of evaluated models? Two looks that can fail independently:
 *
 * - A permutation test over the domain labels (Mantel 1967, Cancer Research 27, 209-220, for the principle): with any
 *   number of models, labels that mean nothing look as good as the true ones once in 1/p times. Labels are exchanged
 *   only between measures that are answered in the same way.
 * - A bootstrap over models and items together (the pigeonhole bootstrap, Owen 2007, Annals of Applied Statistics 1,
 *   386-411; it errs to the wide side): would other models and other items show it again? The seeds of one arm are drawn
 *   together.
 *
 * What is found is corrected for what relabelling gives on average: where domains differ in form, that is not 0.
 */
import { percentileInterval } from '../../stats/bootstrap.ts';
import { holmAdjust } from '../../stats/holm.ts';
import { type RandomStream, randomStream } from '../../stats/random.ts';
import { DOMAINS, type Domain } from '../domains.ts';
import { type Contrasts, contrastsOf, contrastValue, type Pair, pairsOf, relabelled } from './contrasts.ts';
import { type Correlations, correlate } from './correlations.ts';
import { generalShare } from './general-factor.ts';
import type { Measure, Panel } from './panel.ts';
import { type Judged, judge, LEAST_RELIABILITY } from './verdict.ts';

export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** How much more a domain's measures correlate with each other than with others. */
export interface Cohesion extends Judged {
  /** Mean correlation inside minus outside, less `by_form`. */
  readonly difference: Interval;
  /** What relabelling within the same form gives on average. */
  readonly by_form: number;
  /** Of the permutation test, one-sided; over several domains adjusted by Holm. */
  readonly p: number;
}

export interface DomainAudit {
  readonly models: number;
  readonly groups: number;
  readonly measures: readonly MeasureFacts[];
  /** Null where there is nothing to compare. */
  readonly whole: Cohesion | null;
  readonly domains: Readonly<Partial<Record<Domain, Cohesion>>>;
  /** Mean disattenuated correlation of the pairs of two domains, or inside one; pairs of one family are left out. */
  readonly between: readonly (Interval & {
    readonly a: Domain;
    readonly b: Domain;
    readonly pairs: number;
  })[];
  /** Share of the first principal component of the disattenuated correlations: how much one general factor explains. */
  readonly general: Interval | null;
  readonly pairs: readonly { a: string; b: string; raw: number; corrected: number }[];
  readonly left: Panel['left'];
}

export interface MeasureFacts {
  readonly name: string;
  readonly domain: Domain;
  readonly kind: 'choice' | 'generate';
  readonly family: string;
  readonly benchmarks: readonly string[];
  readonly items: number;
  readonly clusters: number;
  readonly reliability: number;
}

export interface AuditOptions {
  readonly seed?: number;
  readonly permutations?: number;
  readonly replicates?: number;
}

/** A pure function of the panel and the seed. */
export function auditDomains(panel: Panel, options: AuditOptions = {}): DomainAudit {
  const { seed = 0, permutations = 1999, replicates = 1000 } = options;
  const once = (length: number): Float64Array => new Float64Array(length).fill(1);
  const models = once(panel.models.length);
  const all = correlate(
    panel.measures,
    models,
    panel.measures.map(({ sizes }) => once(sizes.length)),
  );
  // The models do not differ there by more than the choice of the items: nothing can correlate with it.
  const kept = panel.measures.filter((_, at) => all.reliability[at]! >= LEAST_RELIABILITY);
  const left = panel.measures.flatMap(({ name }, at) =>
    all.reliability[at]! >= LEAST_RELIABILITY
      ? []
      : [{ name, why: `reliability ${all.reliability[at]!.toFixed(2)}: the models hardly differ on it` }],
  );
  const found = correlate(
    kept,
    models,
    kept.map(({ sizes }) => once(sizes.length)),
  );
  const pairs = pairsOf(kept);
  const drawn = resampled(panel, kept, randomStream(`audit ${seed} bootstrap`), replicates);
  const groups = new Set(panel.models.map(({ group }) => group)).size;
  return {
    models: panel.models.length,
    groups,
    measures: panel.measures.map((one, at) => facts(one, all.reliability[at]!)),
    ...cohesions(kept, pairs, found, drawn, groups, randomStream(`audit ${seed} labels`), permutations),
    between: matrixOf(kept, pairs, found, drawn),
    general: kept.length < 3 ? null : interval(generalShare(found.corrected), drawn.map(generalShare)),
    pairs: pairs.map(({ a, b, at }) => ({
      a: kept[a]!.name,
      b: kept[b]!.name,
      raw: found.raw[at]!,
      corrected: found.corrected[at]!,
    })),
    left: [...panel.left, ...left],
  };
}

function facts(
  { name, domain, kind, family, benchmarks, items, sizes }: Measure,
  reliability: number,
): MeasureFacts {
  return { name, domain, kind, family, benchmarks, items, clusters: sizes.length, reliability };
}

/** Disattenuated correlations of models and items drawn again, groups of models and clusters of items as wholes. */
function resampled(
  { models }: Panel,
  measures: readonly Measure[],
  random: RandomStream,
  replicates: number,
): Float64Array[] {
  const groups = [...new Set(models.map(({ group }) => group))];
  const counts = (length: number): Float64Array => {
    const times = new Float64Array(length);
    for (let i = 0; i < length; i++) {
      const at = random.below(length);
      times[at] = times[at]! + 1;
    }
    return times;
  };
  const groupOf = models.map(({ group }) => groups.indexOf(group));
  return Array.from({ length: groups.length < 2 ? 0 : replicates }, () => {
    const times = counts(groups.length);
    const weights = groupOf.map((group) => times[group]!);
    return correlate(
      measures,
      weights,
      measures.map(({ sizes }) => counts(sizes.length)),
    ).corrected;
  });
}

function interval(value: number, drawn: readonly number[]): Interval {
  if (drawn.length === 0) return { value, low: Number.NaN, high: Number.NaN };
  return { value, ...percentileInterval(Float64Array.from(drawn)) };
}

function cohesions(
  measures: readonly Measure[],
  pairs: readonly Pair[],
  { corrected }: Correlations,
  drawn: readonly Float64Array[],
  groups: number,
  random: RandomStream,
  permutations: number,
): Pick<DomainAudit, 'whole' | 'domains'> {
  const own = contrastsOf(
    pairs,
    measures.map(({ domain }) => domain),
  );
  if (own.whole === null) return { whole: null, domains: {} };
  const relabellings = Array.from({ length: permutations }, () =>
    contrastsOf(pairs, relabelled(measures, random)),
  );
  const look = (pick: (from: Contrasts) => Float64Array | null | undefined): Look => {
    const weights = pick(own)!;
    const others = relabellings.flatMap((one) => pick(one) ?? []);
    return lookAt(weights, others, pairs, corrected, drawn);
  };
  const domains = DOMAINS.filter((domain) => own.domains.has(domain));
  const looks = domains.map((domain) => look((from) => from.domains.get(domain)));
  const adjusted = holmAdjust(looks.map(({ p }) => p));
  const least = holmAdjust(looks.map((one) => one.least));
  return {
    whole: verdict(
      look((from) => from.whole),
      groups,
    ),
    domains: Object.fromEntries(
      domains.map((domain, at) => [
        domain,
        verdict({ ...looks[at]!, p: adjusted[at]!, least: least[at]! }, groups),
      ]),
    ),
  };
}

interface Look extends Pick<Cohesion, 'difference' | 'by_form' | 'p'> {
  /** The smallest p that any labelling of these measures could have had. */
  readonly least: number;
}

function lookAt(
  weights: Float64Array,
  others: readonly Float64Array[],
  pairs: readonly Pair[],
  corrected: Float64Array,
  drawn: readonly Float64Array[],
): Look {
  const observed = contrastValue(weights, pairs, corrected);
  const values = others.map((one) => contrastValue(one, pairs, corrected));
  const share = (bound: number): number =>
    // A tolerance, because equal sums in another order differ in the last digit.
    (1 + values.filter((value) => value >= bound - 1e-12).length) / (1 + values.length);
  const beyond = Float64Array.from(weights, (weight, pair) => {
    let mean = 0;
    for (const one of others) mean += one[pair]! / others.length;
    return weight - mean;
  });
  const excess = contrastValue(beyond, pairs, corrected);
  return {
    difference: interval(
      excess,
      drawn.map((matrix) => contrastValue(beyond, pairs, matrix)),
    ),
    by_form: observed - excess,
    p: share(observed),
    least: share(values.reduce((most, value) => Math.max(most, value), observed)),
  };
}

function verdict({ least, ...look }: Look, groups: number): Cohesion {
  return { ...look, ...judge({ ...look, least, groups }) };
}

function matrixOf(
  measures: readonly Measure[],
  pairs: readonly Pair[],
  { corrected }: Correlations,
  drawn: readonly Float64Array[],
): DomainAudit['between'] {
  const domains = DOMAINS.filter((domain) => measures.some((one) => one.domain === domain));
  return domains.flatMap((a, at) =>
    domains.slice(0, at + 1).flatMap((b) => {
      const own = pairs.filter((pair) => {
        const [one, other] = [measures[pair.a]!.domain, measures[pair.b]!.domain];
        return (one === a && other === b) || (one === b && other === a);
      });
      if (own.length === 0) return [];
      const mean = new Float64Array(own.length).fill(1 / own.length);
      const value = (matrix: Float64Array): number => contrastValue(mean, own, matrix);
      return [{ a, b, pairs: own.length, ...interval(value(corrected), drawn.map(value)) }];
    }),
  );
}
