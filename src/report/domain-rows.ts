import { DOMAINS, type Domain } from '../domains/domains.ts';
import { bootstrapMacroAverages, percentileInterval } from '../stats/bootstrap.ts';
import { type Changes, changesOf } from '../stats/exact-power.ts';
import { holmAdjust } from '../stats/holm.ts';
import { plainEstimate } from '../stats/interval.ts';
import { macroAverage } from '../stats/macro-average.ts';
import { mean } from '../stats/moments.ts';
import { detectableChange } from '../stats/power.ts';
import { randomStream } from '../stats/random.ts';
import { neededToShow } from '../stats/sample-size.ts';
import { type SeedNoise, stderrOf } from '../stats/seed-noise.ts';
import { signFlipTest } from '../stats/sign-flip.ts';
import { roleOf, trainedOf } from './arm-training.ts';
import type { ItemDifferences } from './benchmark-rows.ts';
import type {
  BenchmarkComparison,
  BenchmarkScore,
  DomainComparison,
  DomainScore,
  ReportArm,
  ReportBenchmark,
} from './report.ts';
import type { ArmTraining } from './report-training.ts';
import { familyOf, RULES, verdictOf } from './rules.ts';

/** The evaluated domains in their fixed order, each with the benchmarks that count in it. */
export function domainsOf(
  benchmarks: readonly ReportBenchmark[],
): { readonly domain: Domain; readonly members: readonly ReportBenchmark[] }[] {
  return DOMAINS.map((domain) => ({
    domain,
    members: benchmarks.filter((benchmark) => benchmark.inDomain && benchmark.domain === domain),
  })).filter(({ members }) => members.length > 0);
}

export function domainScores(
  benchmarks: readonly ReportBenchmark[],
  arms: readonly ReportArm[],
  scores: readonly BenchmarkScore[],
): DomainScore[] {
  return domainsOf(benchmarks).flatMap(({ domain, members }) =>
    arms.map((arm) => ({
      domain,
      arm: arm.name,
      score: macroAverage(rowsOf(scores, arm.name, members).map((row) => row.score)),
      chance: mean(members.map((member) => member.chance)),
      benchmarks: members.map((member) => member.name),
    })),
  );
}

/** A comparison with the item-level differences behind it. */
export interface ComparedBenchmark {
  readonly row: BenchmarkComparison;
  readonly items: ItemDifferences;
}

/** Every arm against base in every domain, with Holm's correction inside each family and a verdict. */
export function domainComparisons(
  benchmarks: readonly ReportBenchmark[],
  arms: readonly ReportArm[],
  compared: readonly ComparedBenchmark[],
  atChance: DomainCheck,
  training: readonly ArmTraining[],
): DomainComparison[] {
  const rows = domainsOf(benchmarks).flatMap(({ domain, members }) =>
    arms
      .filter((arm) => !arm.isBase)
      .map((arm) => unjudged(domain, arm.name, members, partsOf(compared, arm.name, members))),
  );
  const adjusted = new Map<Unjudged, { readonly p: number; readonly comparisons: number }>();
  for (const family of ['transfer', 'mathematical', 'guards'] as const) {
    const members = rows.filter((row) => row.family === family);
    holmAdjust(members.map((row) => row.p)).forEach((p, i) => {
      adjusted.set(members[i] as Unjudged, { p, comparisons: members.length });
    });
  }
  return rows.map((unjudgedRow) => {
    const { p: adjustedP, comparisons } = adjusted.get(unjudgedRow) ?? { p: 1, comparisons: 1 };
    const { changes, noise, ...row } = unjudgedRow;
    const detectableCorrected = detectableChange(row.difference, changes, {
      power: RULES.power,
      comparisons,
    });
    const guessing = atChance(row.domain, row.arm);
    const judged = verdictOf({ ...row, adjustedP, detectableCorrected, atChance: guessing });
    const trained = trainedOf(training, row.arm, row.domain);
    const precision = { n: row.difference.n, stderr: stderrOf(row.difference), changes, noise };
    return {
      ...row,
      adjustedP,
      detectableCorrected,
      trained,
      role: roleOf(row.domain, trained),
      // At the level of guessing no number of items helps.
      needed:
        judged.verdict === 'cannot tell' && !guessing
          ? neededToShow(RULES.smallestEffect, precision, { power: RULES.power, alpha: RULES.alpha })
          : null,
      ...judged,
    };
  });
}

/** Whether an arm and the base both cannot be told from guessing in a domain. */
export type DomainCheck = (domain: Domain, arm: string) => boolean;

export function chanceIn(scores: readonly DomainScore[], base: string): DomainCheck {
  const guesses = (domain: Domain, arm: string) => {
    const found = scores.find((row) => row.domain === domain && row.arm === arm);
    return found !== undefined && found.score.low <= found.chance;
  };
  return (domain, arm) => guesses(domain, arm) && guesses(domain, base);
}

type Unjudged = Omit<
  DomainComparison,
  'adjustedP' | 'detectableCorrected' | 'trained' | 'role' | 'needed' | 'verdict' | 'because'
> & {
  readonly changes: Changes;
  /** Null with one seed. */
  readonly noise: SeedNoise | null;
};

function unjudged(
  domain: Domain,
  arm: string,
  members: readonly ReportBenchmark[],
  parts: readonly ComparedBenchmark[],
): Unjudged {
  const strata = parts.map(({ items }) => ({ values: items.differences, clusters: items.clusters }));
  const seed = `${domain}/${arm}`;
  const difference = macroAverage(parts.map(({ row }) => row.difference));
  const changes = changesOf(strata);
  const only = parts.length === 1 ? parts[0]?.row : undefined;
  const spread = seedSpread(parts.map(({ row }) => row));
  const byItems = parts.reduce((sum, { items }) => sum + items.byItems, 0) / parts.length ** 2;
  const seeds = parts[0]?.row.perSeed.length ?? 0;
  return {
    domain,
    arm,
    benchmarks: members.map((member) => member.name),
    difference: plainEstimate(difference),
    bootstrap: only ? null : percentileInterval(bootstrapMacroAverages(strata, randomStream(seed))),
    chanceCorrected: mean(parts.map(({ row }) => row.chanceCorrected)),
    p: only ? only.p : signFlipTest(strata, randomStream(seed)),
    test: only ? only.test : 'sign-flip',
    family: familyOf(domain),
    detectable: detectableChange(difference, changes, { power: RULES.power }),
    changes,
    noise: spread === null ? null : { seeds, spread, byItems },
    seedSpread: spread,
  };
}

/** Standard deviation over seeds of the domain's mean difference; null with one seed. */
function seedSpread(rows: readonly BenchmarkComparison[]): number | null {
  const seeds = rows[0]?.perSeed.length ?? 0;
  if (seeds < 2) return null;
  const means = Array.from({ length: seeds }, (_, s) => mean(rows.map((row) => row.perSeed[s] as number)));
  const centre = mean(means);
  return Math.sqrt(means.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (seeds - 1));
}

function rowsOf<Row extends { readonly arm: string; readonly benchmark: string }>(
  rows: readonly Row[],
  arm: string,
  members: readonly ReportBenchmark[],
): Row[] {
  return members.flatMap(({ name }) => rows.filter((row) => row.arm === arm && row.benchmark === name));
}

/** The comparisons of an arm on some benchmarks, in their order. */
export function partsOf(
  compared: readonly ComparedBenchmark[],
  arm: string,
  members: readonly ReportBenchmark[],
): ComparedBenchmark[] {
  return members.flatMap(({ name }) =>
    compared.filter(({ row }) => row.arm === arm && row.benchmark === name),
  );
}
