import { UserError } from '../errors.ts';
import { chanceCorrectedGain } from '../stats/chance.ts';
import { changesOf } from '../stats/exact-power.ts';
import { mean } from '../stats/moments.ts';
import { pairedDifference } from '../stats/paired.ts';
import { pairedTest } from '../stats/paired-test.ts';
import { detectableChange } from '../stats/power.ts';
import { proportionInterval } from '../stats/proportion-interval.ts';
import { itemSeedVariance } from '../stats/seed-noise.ts';
import { poolSeeds } from '../stats/seeds.ts';
import { countTransitions, type Transitions } from '../stats/transitions.ts';
import { countOutcomes, scoredItems, valuesOf } from './item-scores.ts';
import type { Panel } from './pair-samples.ts';
import type { BenchmarkComparison, BenchmarkScore, ReportArm } from './report.ts';
import { RULES } from './rules.ts';

/** Item-level differences kept for the domain's own statistics. */
export interface ItemDifferences {
  readonly differences: readonly number[];
  readonly clusters: readonly string[];
  readonly baseScore: number;
  /** Of the arm's seeds: `SeedNoise.byItems`. */
  readonly byItems: number;
}

const stepsOf = (arm: ReportArm) => arm.runs.flatMap((run) => run.step ?? []);

/** The score of one arm on one benchmark. @throws UserError when every item ended in an error. */
export function scoreRow(panel: Panel, arm: ReportArm): BenchmarkScore {
  const seeds = panel.arms.get(arm.name) ?? [];
  const keep = scoredItems(seeds);
  const clusters = panel.clusters.filter((_, i) => keep[i]);
  refuseEmpty(clusters.length, panel, arm);
  const pooled = poolSeeds(valuesOf(seeds, keep));
  return {
    benchmark: panel.info.name,
    arm: arm.name,
    score: proportionInterval(pooled.items, clusters),
    unscored: keep.filter((kept) => !kept).length,
    outcomes: countOutcomes(seeds),
    perSeed: pooled.perSeed,
    steps: stepsOf(arm),
  };
}

/** The comparison of one arm with the base on one benchmark, and the item-level differences behind it. */
export function comparisonRow(
  panel: Panel,
  arm: ReportArm,
  base: ReportArm,
): { readonly row: BenchmarkComparison; readonly items: ItemDifferences } {
  const armSeeds = panel.arms.get(arm.name) ?? [];
  const baseSeeds = panel.arms.get(base.name) ?? [];
  const keep = scoredItems([...armSeeds, ...baseSeeds]);
  const clusters = panel.clusters.filter((_, i) => keep[i]);
  refuseEmpty(clusters.length, panel, arm);
  const before = poolSeeds(valuesOf(baseSeeds, keep));
  const after = poolSeeds(valuesOf(armSeeds, keep));
  const difference = pairedDifference(before.items, after.items, clusters);
  const differences = after.items.map((value, i) => value - (before.items[i] as number));
  const transitions = valuesOf(armSeeds, keep)
    .map((seed) => countTransitions(before.items, seed))
    .reduce(addTransitions);
  const { p, test } = pairedTest(before.items, after.items, clusters, `${panel.info.name}/${arm.name}`);
  const baseMean = mean(before.items);
  const perSeed = after.perSeed.map((score) => score - baseMean);
  const row: BenchmarkComparison = {
    benchmark: panel.info.name,
    arm: arm.name,
    difference,
    p,
    test,
    transitions,
    chanceCorrected: chanceCorrectedGain(difference.value, panel.info.chance),
    detectable: detectableChange(difference, changesOf([{ values: differences, clusters }]), {
      power: RULES.power,
    }),
    perSeed,
    seedSpread: after.spread,
    promptsDiffer: panel.ids.filter(
      (_, i) => armSeeds[0]?.[i]?.prompt_sha256 !== baseSeeds[0]?.[i]?.prompt_sha256,
    ).length,
    unscored: keep.filter((kept) => !kept).length,
    steps: [...stepsOf(base), ...stepsOf(arm)],
  };
  const byItems = itemSeedVariance(valuesOf(armSeeds, keep), clusters);
  return { row, items: { differences, clusters, baseScore: baseMean, byItems } };
}

function addTransitions(a: Transitions, b: Transitions): Transitions {
  return {
    rightToRight: a.rightToRight + b.rightToRight,
    rightToWrong: a.rightToWrong + b.rightToWrong,
    wrongToRight: a.wrongToRight + b.wrongToRight,
    wrongToWrong: a.wrongToWrong + b.wrongToWrong,
  };
}

function refuseEmpty(items: number, panel: Panel, arm: ReportArm): void {
  if (items > 0) return;
  throw new UserError(`Every item of "${panel.info.name}" ended in an error for "${arm.name}" or the base.`, {
    place: { file: `${arm.runs[0]?.evaluation}/samples/${panel.info.name}.jsonl` },
    remedy: 'The field "why" of the samples says what went wrong; mend it and run the study again.',
  });
}
