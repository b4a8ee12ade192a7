import { DOMAINS, type Domain, TRANSFER_DOMAINS } from '../domains/domains.ts';
import { bootstrapMacroAverages, percentileInterval } from '../stats/bootstrap.ts';
import { type Changes, changesOf } from '../stats/exact-power.ts';
import { holmAdjust } from '../stats/holm.ts';
import { plainEstimate } from '../stats/interval.ts';
import { macroAverage } from '../stats/macro-average.ts';
import { mean } from '../stats/moments.ts';
import { detectableChange } from '../stats/power.ts';
import { randomStream } from '../stats/random.ts';
import { signFlipTest } from '../stats/sign-flip.ts';
import { transferIndex } from '../stats/transfer-index.ts';
import type { ItemDifferences } from './benchmark-rows.ts';
import type {
  ArmTransfer,
  BenchmarkComparison,
  BenchmarkScore,
  DomainComparison,
  DomainScore,
  ReportArm,
  ReportBenchmark,
} from './report.ts';
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
  scores: readonly DomainScore[],
  base: string,
): DomainComparison[] {
  const rows = domainsOf(benchmarks).flatMap(({ domain, members }) =>
    arms
      .filter((arm) => arm.name !== base)
      .map((arm) => unjudged(domain, arm.name, members, partsOf(compared, arm.name, members))),
  );
  const adjusted = new Map<Unjudged, { readonly p: number; readonly comparisons: number }>();
  for (const family of ['transfer', 'mathematical', 'guards'] as const) {
    const members = rows.filter((row) => row.family === family);
    holmAdjust(members.map((row) => row.p)).forEach((p, i) => {
      adjusted.set(members[i] as Unjudged, { p, comparisons: members.length });
    });
  }
  const atChance = (domain: Domain, arm: string) => {
    const found = scores.find((row) => row.domain === domain && row.arm === arm);
    return found !== undefined && found.score.low <= found.chance;
  };
  return rows.map((unjudgedRow) => {
    const { p: adjustedP, comparisons } = adjusted.get(unjudgedRow) ?? { p: 1, comparisons: 1 };
    const { changes, ...row } = unjudgedRow;
    const detectableCorrected = detectableChange(row.difference, changes, {
      power: RULES.power,
      comparisons,
    });
    return {
      ...row,
      adjustedP,
      detectableCorrected,
      ...verdictOf({
        difference: row.difference,
        adjustedP,
        detectable: row.detectable,
        detectableCorrected,
        atChance: atChance(row.domain, row.arm) && atChance(row.domain, base),
      }),
    };
  });
}

type Unjudged = Omit<DomainComparison, 'adjustedP' | 'detectableCorrected' | 'verdict' | 'because'> & {
  readonly changes: Changes;
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
    seedSpread: seedSpread(parts.map(({ row }) => row)),
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

/** Mean difference over the transfer domains and the Transfer index of every arm but the base. */
export function transferRows(
  benchmarks: readonly ReportBenchmark[],
  arms: readonly ReportArm[],
  compared: readonly ComparedBenchmark[],
  domains: readonly DomainComparison[],
  base: string,
): ArmTransfer[] {
  const isTransfer = (domain: Domain) => TRANSFER_DOMAINS.includes(domain);
  return arms
    .filter((arm) => arm.name !== base)
    .map(({ name }) => {
      const own = domains.filter((row) => row.arm === name && isTransfer(row.domain));
      const side = (wanted: (domain: Domain) => boolean) =>
        partsOf(
          compared,
          name,
          benchmarks.filter(({ domain, inDomain }) => inDomain && wanted(domain)),
        ).map(({ items: { differences, clusters, baseScore } }) => ({
          values: differences,
          clusters,
          baseScore,
        }));
      return {
        arm: name,
        difference: own.length > 0 ? macroAverage(own.map((row) => row.difference)) : null,
        domains: own.map((row) => row.domain),
        index: transferIndex(
          side((domain) => domain === 'mathematical'),
          side(isTransfer),
          randomStream(`index/${name}`),
        ),
      };
    });
}

function rowsOf<Row extends { readonly arm: string; readonly benchmark: string }>(
  rows: readonly Row[],
  arm: string,
  members: readonly ReportBenchmark[],
): Row[] {
  return members.flatMap(({ name }) => rows.filter((row) => row.arm === arm && row.benchmark === name));
}

function partsOf(
  compared: readonly ComparedBenchmark[],
  arm: string,
  members: readonly ReportBenchmark[],
): ComparedBenchmark[] {
  return members.flatMap(({ name }) =>
    compared.filter(({ row }) => row.arm === arm && row.benchmark === name),
  );
}
