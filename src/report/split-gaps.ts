import { type Changes, changesOf } from '../stats/exact-power.ts';
import { holmAdjust } from '../stats/holm.ts';
import { independentDifference, intervalP } from '../stats/independent.ts';
import { type Estimate, plainEstimate } from '../stats/interval.ts';
import { macroAverage } from '../stats/macro-average.ts';
import { mean, variance } from '../stats/moments.ts';
import { detectableChange } from '../stats/power.ts';
import { neededToShow } from '../stats/sample-size.ts';
import { stderrOf } from '../stats/seed-noise.ts';
import type { ComparedBenchmark } from './domain-rows.ts';
import { points, signed, signedRange } from './number-text.ts';
import type { BenchmarkScore, ReportArm, ReportBenchmark } from './report.ts';
import type { ArmOverfitting, FitGap, GapVerdict, Overfitting, SplitGap } from './report-splits.ts';
import { RULES, verdictOf } from './rules.ts';

/** Splits in the order in which they are shown; others follow. */
const ORDER = ['fresh', 'perturbed', 'train', 'harder'];
/** Of the same distribution as the test items, so that a variant can be held against them. */
const REFERENCE: ReadonlySet<string> = new Set(['test', 'fresh']);

/** A variant beside the benchmark that counts for the same task. */
interface Comparable {
  readonly task: string;
  readonly reference: ReportBenchmark;
  readonly variant: ReportBenchmark;
}

/**
 * How every trained arm changed on the variants of the tasks, against how it changed on their test items; empty lists
 * when no variant stands beside its test items.
 */
export function overfittingOf(
  benchmarks: readonly ReportBenchmark[],
  arms: readonly ReportArm[],
  compared: readonly ComparedBenchmark[],
  scores: readonly BenchmarkScore[],
  base: string,
): Overfitting {
  const bySplit = comparables(benchmarks);
  const trained = arms.filter((arm) => arm.name !== base);
  const atChance = chanceCheck(scores, base);
  const rows = [...bySplit].flatMap(([split, tasks]) =>
    trained.map((arm) => unjudged(arm.name, split, tasks, compared, atChance)),
  );
  const adjusted = holmAdjust(rows.map(({ row }) => row.p));
  const gaps = rows.map((one, i) => judged(one, adjusted[i] as number, rows.length));
  const train = bySplit.get('train') ?? [];
  return {
    gaps,
    arms: trained.flatMap(({ name }) => armVerdict(name, gaps) ?? []),
    fitGaps: train.length === 0 ? [] : arms.map(({ name }) => fitGap(name, train, scores)),
  };
}

function comparables(benchmarks: readonly ReportBenchmark[]): Map<string, Comparable[]> {
  const taskOf = (one: ReportBenchmark) => one.variantOf ?? one.name;
  const references = new Map(
    benchmarks.filter((one) => one.inDomain && REFERENCE.has(one.split)).map((one) => [taskOf(one), one]),
  );
  const found = new Map<string, Comparable[]>(ORDER.map((split) => [split, []]));
  for (const variant of benchmarks.filter((one) => !one.inDomain)) {
    const task = taskOf(variant);
    const reference = references.get(task);
    if (!reference) continue;
    found.set(variant.split, [...(found.get(variant.split) ?? []), { task, reference, variant }]);
  }
  return new Map([...found].filter(([, tasks]) => tasks.length > 0));
}

type Unjudged = Omit<SplitGap, 'adjustedP' | 'detectableCorrected' | 'needed' | 'verdict' | 'because'>;
interface Candidate {
  readonly row: Unjudged;
  readonly changes: Changes;
  readonly seeds: number;
  readonly byItems: number;
  readonly atChance: boolean;
}

function unjudged(
  arm: string,
  split: string,
  tasks: readonly Comparable[],
  compared: readonly ComparedBenchmark[],
  atChance: (arm: string, members: readonly ReportBenchmark[]) => boolean,
): Candidate {
  const references = tasks.map(({ reference }) => reference);
  const variants = tasks.map(({ variant }) => variant);
  const of = (members: readonly ReportBenchmark[]) =>
    members.flatMap(({ name }) => compared.filter(({ row }) => row.arm === arm && row.benchmark === name));
  const [test, own] = [of(references), of(variants)];
  const average = (parts: readonly ComparedBenchmark[]) =>
    plainEstimate(macroAverage(parts.map(({ row }) => row.difference)));
  const strata = (parts: readonly ComparedBenchmark[]) =>
    parts.map(({ items }) => ({ values: items.differences, clusters: items.clusters }));
  const [onTest, onSplit] = [average(test), average(own)];
  const gap = independentDifference(onSplit, onTest);
  const [ofTest, ofSplit] = [changesOf(strata(test)), changesOf(strata(own))];
  const changes = together(ofTest, ofSplit);
  const perSeed = seedGaps(test, own);
  return {
    row: {
      arm,
      split,
      tasks: tasks.map(({ task }) => task),
      onTest,
      onSplit,
      gap,
      p: intervalP(gap),
      detectable: detectableChange(gap, changes, { power: RULES.power }),
      seedSpread: perSeed.length < 2 ? null : Math.sqrt(variance(perSeed) as number),
    },
    changes,
    seeds: perSeed.length,
    byItems: [...test, ...own].reduce((sum, { items }) => sum + items.byItems, 0) / tasks.length ** 2,
    // Where nothing can fall or rise, equal changes say nothing.
    atChance: atChance(arm, references) || atChance(arm, variants),
  };
}

/** Changes on both sides of a gap: one on either side moves it. */
function together(a: Changes, b: Changes): Changes {
  const changed = a.changed + b.changed;
  const weight =
    changed > 0 ? (a.weight * a.changed + b.weight * b.changed) / changed : (a.weight + b.weight) / 2;
  return { clusters: a.clusters + b.clusters, changed, weight };
}

/** The gap of each seed; the base has one run, the same for all. */
function seedGaps(test: readonly ComparedBenchmark[], own: readonly ComparedBenchmark[]): number[] {
  const at = (parts: readonly ComparedBenchmark[], s: number) =>
    mean(parts.map(({ row }) => row.perSeed[s] as number));
  return (own[0]?.row.perSeed ?? []).map((_, s) => at(own, s) - at(test, s));
}

function judged(
  { row, changes, seeds, byItems, atChance }: Candidate,
  adjustedP: number,
  family: number,
): SplitGap {
  const options = { power: RULES.power, comparisons: family };
  const detectableCorrected = detectableChange(row.gap, changes, options);
  const { verdict, because } = verdictOf({
    difference: row.gap,
    adjustedP,
    detectable: row.detectable,
    detectableCorrected,
    atChance,
  });
  const words: GapVerdict = verdict === 'gain' ? 'more' : verdict === 'loss' ? 'less' : verdict;
  const noise = row.seedSpread === null ? null : { seeds, spread: row.seedSpread, byItems };
  const precision = { n: row.gap.n, stderr: stderrOf(row.gap), changes, noise };
  return {
    ...row,
    adjustedP,
    detectableCorrected,
    // At the level of guessing no number of items helps.
    needed:
      words === 'cannot tell' && !atChance
        ? neededToShow(RULES.smallestEffect, precision, { power: RULES.power, alpha: RULES.alpha })
        : null,
    verdict: words,
    because,
  };
}

/** Base and arm both cannot be told from guessing on these benchmarks. */
function chanceCheck(scores: readonly BenchmarkScore[], base: string) {
  const low = (arm: string, members: readonly ReportBenchmark[]) =>
    macroAverage(members.map(({ name }) => scoreOf(scores, arm, name))).low;
  return (arm: string, members: readonly ReportBenchmark[]) => {
    const chance = mean(members.map((member) => member.chance));
    return low(arm, members) <= chance && low(base, members) <= chance;
  };
}

/** Overfit where a split says so; shown to be none where every split that could say so had the size to. */
function armVerdict(arm: string, gaps: readonly SplitGap[]): ArmOverfitting | null {
  const own = gaps.filter((row) => row.arm === arm && SIGNS[row.split] !== undefined);
  if (own.length === 0) return null;
  const found = own.filter((row) => row.verdict === SIGNS[row.split]?.verdict);
  if (found.length > 0) {
    const reasons = found.map(
      (row) => `${SIGNS[row.split]?.words} (${signed(row.gap.value)} points, ${signedRange(row.gap)})`,
    );
    return { arm, verdict: 'overfit', because: `${reasons.join('; ')}.` };
  }
  const open = own.filter((row) => row.verdict === 'cannot tell').map((row) => row.split);
  if (open.length > 0)
    return {
      arm,
      verdict: 'cannot tell',
      because: `The items of ${open.join(', ')} are too few, or too hard, to show a gap of ${points(RULES.smallestEffect)}.`,
    };
  return {
    arm,
    verdict: 'no overfitting shown',
    because: `On ${own.map((row) => row.split).join(', ')} a gap of ${points(RULES.smallestEffect)} would have been found.`,
  };
}

/** Which gap is a sign of overfitting. */
const SIGNS: Readonly<Record<string, { readonly verdict: GapVerdict; readonly words: string }>> = {
  train: {
    verdict: 'more',
    words: 'it changed more on its training items than on new ones of the same kind',
  },
  perturbed: {
    verdict: 'less',
    words: 'it changed less on training items with other names and numbers than on test items',
  },
  fresh: { verdict: 'less', words: 'its change on the test items does not repeat on fresh ones' },
};

function fitGap(arm: string, tasks: readonly Comparable[], scores: readonly BenchmarkScore[]): FitGap {
  const average = (pick: (task: Comparable) => ReportBenchmark) =>
    macroAverage(tasks.map((task) => scoreOf(scores, arm, pick(task).name)));
  const onTest = average(({ reference }) => reference);
  const onTrain = average(({ variant }) => variant);
  const gap = independentDifference(onTrain, onTest);
  return { arm, tasks: tasks.map(({ task }) => task), onTest, onTrain, gap };
}

function scoreOf(scores: readonly BenchmarkScore[], arm: string, benchmark: string): Estimate {
  const found = scores.find((row) => row.arm === arm && row.benchmark === benchmark);
  if (!found) throw new Error(`no score of ${arm} on ${benchmark}`);
  return found.score;
}
