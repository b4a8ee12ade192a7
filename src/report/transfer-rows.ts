import { changesOf } from '../stats/exact-power.ts';
import { holmAdjust } from '../stats/holm.ts';
import { plainEstimate } from '../stats/interval.ts';
import { macroAverage } from '../stats/macro-average.ts';
import { detectableChange } from '../stats/power.ts';
import { randomStream } from '../stats/random.ts';
import { signFlipTest } from '../stats/sign-flip.ts';
import { type TransferIndex, transferIndex } from '../stats/transfer-index.ts';
import { trainedOf } from './arm-training.ts';
import { type ComparedBenchmark, type DomainCheck, partsOf } from './domain-rows.ts';
import type { ArmTransfer, DomainComparison, ReportArm, ReportBenchmark } from './report.ts';
import type { ArmTraining } from './report-training.ts';
import { RULES, verdictOf } from './rules.ts';

/**
 * Mean difference over the domains that an arm was not trained on, with a test and a verdict (Holm's correction over the
 * arms), and the Transfer index, for every arm but the base.
 */
export function transferRows(
  benchmarks: readonly ReportBenchmark[],
  arms: readonly ReportArm[],
  compared: readonly ComparedBenchmark[],
  domains: readonly DomainComparison[],
  training: readonly ArmTraining[],
  atChance: DomainCheck,
): ArmTransfer[] {
  const rows = arms
    .filter((arm) => !arm.isBase)
    .map(({ name }) => {
      const own = domains.filter((row) => row.arm === name && row.role === 'transfer');
      const groups = own.map(({ domain }) => partsOf(compared, name, membersOf(benchmarks, domain)));
      return { arm: name, own, groups, test: own.length === 0 ? null : testOf(own, groups, name) };
    });
  const tested = rows.flatMap((row) => row.test ?? []);
  const adjusted = new Map(holmAdjust(tested.map(({ p }) => p)).map((p, i) => [tested[i], p]));
  return rows.map(({ arm, own, groups, test }) => {
    const shared = {
      arm,
      domains: own.map(({ domain }) => domain),
      trainedDomains: domains
        .filter((row) => row.arm === arm && row.role === 'source')
        .map(({ domain }) => domain),
      index: indexOf(arm, benchmarks, compared, domains, groups, training),
    };
    if (test === null)
      return {
        ...shared,
        difference: null,
        p: null,
        adjustedP: null,
        detectable: null,
        verdict: 'none' as const,
        because: noneBecause(domains, arm),
      };
    const adjustedP = adjusted.get(test) as number;
    const { changes, ...numbers } = test;
    const detectableCorrected = detectableChange(test.difference, changes, {
      power: RULES.power,
      comparisons: tested.length,
    });
    const evidence = { ...numbers, adjustedP, detectableCorrected };
    return {
      ...shared,
      ...numbers,
      adjustedP,
      ...verdictOf({ ...evidence, atChance: own.every(({ domain }) => atChance(domain, arm)) }),
    };
  });
}

/** Why an arm has no transfer domain. Of reasoning domains only mathematics counts as trained without being known to be. */
function noneBecause(domains: readonly DomainComparison[], arm: string): string {
  const own = domains.filter((row) => row.arm === arm && row.role === 'source');
  if (own.length === 0) return 'No reasoning domain was evaluated.';
  return own.some((row) => row.trained === 'unknown')
    ? 'Whether it was trained in mathematics is not known, and no other reasoning domain was evaluated that it was not trained in.'
    : 'It was trained in every reasoning domain that was evaluated.';
}

const membersOf = (benchmarks: readonly ReportBenchmark[], wanted: string) =>
  benchmarks.filter(({ domain, inDomain }) => inDomain && domain === wanted);

function testOf(
  own: readonly DomainComparison[],
  groups: readonly (readonly ComparedBenchmark[])[],
  arm: string,
) {
  const difference = plainEstimate(macroAverage(own.map((row) => row.difference)));
  const count = groups.reduce((sum, group) => sum + group.length, 0);
  const strata = groups.flatMap((group) => {
    // Strata count alike in the test, so a domain of many benchmarks lends each of them less.
    const share = count / groups.length / group.length;
    return group.map(({ items }) => ({
      values: items.differences.map((value) => share * value),
      clusters: items.clusters,
    }));
  });
  const changes = changesOf(strata);
  return {
    difference,
    p:
      own.length === 1
        ? (own[0] as DomainComparison).p
        : signFlipTest(strata, randomStream(`transfer/${arm}`)),
    detectable: detectableChange(difference, changes, { power: RULES.power }),
    changes,
  };
}

function indexOf(
  arm: string,
  benchmarks: readonly ReportBenchmark[],
  compared: readonly ComparedBenchmark[],
  domains: readonly DomainComparison[],
  groups: readonly (readonly ComparedBenchmark[])[],
  training: readonly ArmTraining[],
): TransferIndex {
  const refuse = (refused: string): TransferIndex => ({ value: null, low: null, high: null, refused });
  const math = partsOf(compared, arm, membersOf(benchmarks, 'mathematical'));
  if (math.length > 0 && trainedOf(training, arm, 'mathematical') === 'no')
    return refuse('The arm was not trained on mathematics, so there is no gain there to relate to.');
  if (groups.length === 0) return refuse(noneBecause(domains, arm));
  const side = (parts: readonly ComparedBenchmark[]) =>
    parts.map(({ items: { differences, clusters, baseScore } }) => ({
      values: differences,
      clusters,
      baseScore,
    }));
  return transferIndex(side(math), side(groups.flat()), randomStream(`index/${arm}`));
}
