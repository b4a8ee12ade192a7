import type { Domain } from '../domains/domains.ts';
import { changesOf } from '../stats/exact-power.ts';
import { holmAdjust } from '../stats/holm.ts';
import { type Estimate, plainEstimate } from '../stats/interval.ts';
import { macroAverage } from '../stats/macro-average.ts';
import { mean, variance } from '../stats/moments.ts';
import { pairedDifference } from '../stats/paired.ts';
import { pairedTest } from '../stats/paired-test.ts';
import { detectableChange } from '../stats/power.ts';
import { randomStream } from '../stats/random.ts';
import { neededToShow } from '../stats/sample-size.ts';
import {
  combinedNoise,
  detectableOverSeeds,
  itemSeedVariance,
  noiseP,
  overSeeds,
  stderrOf,
} from '../stats/seed-noise.ts';
import { poolSeeds } from '../stats/seeds.ts';
import { signFlipTest } from '../stats/sign-flip.ts';
import { domainsOf } from './domain-rows.ts';
import { scoredItems, valuesOf } from './item-scores.ts';
import type { Panel } from './pair-samples.ts';
import type { DomainScore, ReportArm, ReportBenchmark } from './report.ts';
import type { ArmPair, PairComparison } from './report-splits.ts';
import { RULES, verdictOf } from './rules.ts';

/**
 * Arms that saw the same examples in another order, and two-stage with mixed in any case, held against each other
 * directly: two differences to the base model do not tell whether the arms differ.
 */
export function pairRows(
  panels: readonly Panel[],
  benchmarks: readonly ReportBenchmark[],
  arms: readonly ReportArm[],
  scores: readonly DomainScore[],
): ArmPair[] {
  return arms.flatMap((first, i) =>
    arms.slice(i + 1).flatMap((second) => {
      const same = sawTheSame(first, second);
      const schedules = new Set([first.strategy, second.strategy]);
      const wanted = same || (schedules.has('two-stage') && schedules.has('mixed'));
      if (!wanted) return [];
      const atChance = (domain: Domain) =>
        guesses(scores, first.name, domain) && guesses(scores, second.name, domain);
      return pairOf(first, second, same, panels, benchmarks, atChance);
    }),
  );
}

/** Same start and, seed by seed, as many examples and supervised tokens of each source. */
function sawTheSame(first: ReportArm, second: ReportArm): boolean {
  const diet = (arm: ReportArm) =>
    JSON.stringify([
      arm.from,
      arm.runs.map((run) => [run.seed, run.examples, Object.entries(run.bySource).sort()]),
    ]);
  return first.stages.length > 0 && second.stages.length > 0 && diet(first) === diet(second);
}

function guesses(scores: readonly DomainScore[], arm: string, domain: Domain): boolean {
  const found = scores.find((row) => row.arm === arm && row.domain === domain);
  return found !== undefined && found.score.low <= found.chance;
}

/** One benchmark: item differences, averaged over the seeds, and the difference of each seed. */
interface Part {
  readonly benchmark: string;
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly clusters: readonly string[];
  readonly perSeed: readonly number[];
  /** `SeedNoise.byItems` of the difference. */
  readonly byItems: number;
}

function pairOf(
  first: ReportArm,
  second: ReportArm,
  sameExamples: boolean,
  panels: readonly Panel[],
  benchmarks: readonly ReportBenchmark[],
  atChance: (domain: Domain) => boolean,
): ArmPair {
  const places = first.runs.flatMap(({ seed }, a) => {
    const b = second.runs.findIndex((run) => run.seed === seed);
    return b < 0 || seed === null ? [] : [{ seed, a, b }];
  });
  const name = `${first.name}/${second.name}`;
  const partOf = (benchmark: string): Part[] => {
    const panel = panels.find(({ info }) => info.name === benchmark);
    const [a, b] = [panel?.arms.get(first.name) ?? [], panel?.arms.get(second.name) ?? []];
    const [left, right] = [places.map((at) => a[at.a] ?? []), places.map((at) => b[at.b] ?? [])];
    const keep = scoredItems([...left, ...right]);
    // Another arm's report already refuses a benchmark without any item; here the pair may share none.
    if (!panel || !keep.some(Boolean)) return [];
    const [leftValues, rightValues] = [valuesOf(left, keep), valuesOf(right, keep)];
    const [before, after] = [poolSeeds(leftValues), poolSeeds(rightValues)];
    const differences = rightValues.map((seed, s) =>
      seed.map((value, i) => value - (leftValues[s]?.[i] as number)),
    );
    const perSeed = after.perSeed.map((score, s) => score - (before.perSeed[s] as number));
    const clusters = panel.clusters.filter((_, i) => keep[i]);
    const byItems = itemSeedVariance(differences, clusters);
    return [{ benchmark, before: before.items, after: after.items, clusters, perSeed, byItems }];
  };
  const groups = places.length === 0 ? [] : domainsOf(benchmarks);
  const found = groups
    .map(({ domain, members }) => ({ domain, parts: members.flatMap((one) => partOf(one.name)) }))
    .filter(({ parts }) => parts.length > 0);
  const rows = found.map(({ domain, parts }) => unjudged(domain, [parts], `${name}/${domain}`));
  const adjusted = holmAdjust(rows.map(({ row }) => row.p));
  const all =
    found.length < 2
      ? null
      : unjudged(
          'overall',
          found.map(({ parts }) => parts),
          `${name}/overall`,
        );
  return {
    first: first.name,
    second: second.name,
    sameExamples,
    seeds: places.map(({ seed }) => seed),
    domains: rows.map((row, i) =>
      judged(row, adjusted[i] as number, rows.length, atChance(found[i]?.domain as Domain)),
    ),
    overall:
      all &&
      judged(
        all,
        all.row.p,
        1,
        found.every(({ domain }) => atChance(domain)),
      ),
  };
}

type Unjudged = ReturnType<typeof unjudged>;

/** `groups` are averaged with equal weight, and so are the parts inside each. */
function unjudged(domain: PairComparison['domain'], groups: readonly (readonly Part[])[], seed: string) {
  const parts = groups.flat();
  const items: Estimate = plainEstimate(
    macroAverage(
      groups.map((group) =>
        macroAverage(group.map((part) => pairedDifference(part.before, part.after, part.clusters))),
      ),
    ),
  );
  const seeds = parts[0]?.perSeed.length ?? 0;
  const perSeed = Array.from({ length: seeds }, (_, s) =>
    mean(groups.map((group) => mean(group.map((part) => part.perSeed[s] as number)))),
  );
  const spread = variance(perSeed);
  const byItems = groups.reduce(
    (sum, group) =>
      sum + group.reduce((total, part) => total + part.byItems, 0) / (groups.length * group.length) ** 2,
    0,
  );
  const noise = spread === null ? null : { seeds, spread: Math.sqrt(spread), byItems };
  const strata = groups.flatMap((group) => {
    // Strata count alike in the test, so a group of many lends each of its parts less.
    const share = parts.length / groups.length / group.length;
    return group.map((part) => ({
      values: part.after.map((value, i) => share * (value - (part.before[i] as number))),
      clusters: part.clusters,
    }));
  });
  const only = parts.length === 1 ? parts[0] : undefined;
  const own = combinedNoise(stderrOf(items), noise);
  const test = noise
    ? { p: noiseP(items.value, own), test: 'items-and-seeds' as const }
    : only
      ? pairedTest(only.before, only.after, only.clusters, seed)
      : { p: signFlipTest(strata, randomStream(seed)), test: 'sign-flip' as const };
  const row = {
    domain,
    benchmarks: parts.map(({ benchmark }) => benchmark),
    difference: noise ? overSeeds(items, noise).estimate : items,
    ...test,
    seedSpread: noise === null ? null : noise.spread,
  };
  return { row, items, noise, changes: changesOf(strata) };
}

function judged(
  { row, items, noise, changes }: Unjudged,
  adjustedP: number,
  family: number,
  atChance: boolean,
): PairComparison {
  const own = combinedNoise(stderrOf(items), noise);
  const could = (comparisons: number) =>
    Math.max(
      detectableChange(items, changes, { power: RULES.power, comparisons }),
      detectableOverSeeds(own, RULES.power, RULES.alpha / comparisons),
    );
  const detectable = could(1);
  const detectableCorrected = could(family);
  const { verdict, because } = verdictOf({
    difference: row.difference,
    adjustedP,
    detectable,
    detectableCorrected,
    atChance,
  });
  const precision = { n: items.n, stderr: stderrOf(items), changes, noise };
  const rule = { power: RULES.power, alpha: RULES.alpha };
  return {
    ...row,
    adjustedP,
    detectable,
    detectableCorrected,
    needed:
      verdict === 'cannot tell' && !atChance ? neededToShow(RULES.smallestEffect, precision, rule) : null,
    verdict,
    because,
  };
}
