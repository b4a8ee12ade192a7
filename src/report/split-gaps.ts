import { type Changes, changesOf } from '../stats/exact-power.ts';
import { holmAdjust } from '../stats/holm.ts';
import { independentDifference, intervalP } from '../stats/independent.ts';
import { type Estimate, plainEstimate } from '../stats/interval.ts';
import { macroAverage } from '../stats/macro-average.ts';
import { mean, variance } from '../stats/moments.ts';
import { detectableChange } from '../stats/power.ts';
import { neededToShow } from '../stats/sample-size.ts';
import { stderrOf } from '../stats/seed-noise.ts';
import { comparisonRow } from './benchmark-rows.ts';
import type { ComparedBenchmark } from './domain-rows.ts';
import { type Panel, panelOf } from './pair-samples.ts';
import type { BenchmarkScore, ReportArm, ReportBenchmark, Verdict } from './report.ts';
import type { FitGap, GapVerdict, Overfitting, SplitGap, UntoldGap } from './report-splits.ts';
import { RULES, verdictOf } from './rules.ts';
import { OF_TRAINING, type SeenIds } from './seen-items.ts';
import { armVerdict } from './split-verdict.ts';

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

/** Fewer seen items of a task say too little about it. */
const LEAST_SEEN = 10;

export interface GapInput {
  readonly benchmarks: readonly ReportBenchmark[];
  readonly arms: readonly ReportArm[];
  readonly panels: readonly Panel[];
  readonly compared: readonly ComparedBenchmark[];
  readonly scores: readonly BenchmarkScore[];
  readonly seen: SeenIds;
}

/**
 * How every trained arm changed on the variants of the tasks, against how it changed on their test items; empty lists
 * when no variant stands beside its test items. Items of training problems count only where the arm saw them.
 */
export function overfittingOf(input: GapInput): Overfitting {
  const { arms, scores } = input;
  const bySplit = comparables(input.benchmarks);
  const trained = arms.filter((arm) => !arm.isBase);
  const base = arms.find((arm) => arm.isBase) as ReportArm;
  const candidates: Candidate[] = [];
  const untold: UntoldGap[] = [];
  for (const [split, tasks] of bySplit) {
    for (const arm of trained) {
      const found = OF_TRAINING.has(split) ? seenSides(input, arm, base, tasks) : null;
      if (found !== null && found.sides.length === 0) {
        const because = `It saw the training problems of ${found.seen} of ${found.items} items, and a task counts from ${LEAST_SEEN} on.`;
        untold.push({ arm: arm.name, split, because });
        continue;
      }
      const sides = found?.sides ?? allSides(input.compared, arm.name, tasks);
      const seen = found ? 'seen items' : OF_TRAINING.has(split) ? 'not known' : null;
      candidates.push(unjudged(arm.name, split, seen, sides, floorCheck(scores, base.name)));
    }
  }
  const adjusted = holmAdjust(candidates.map(({ row }) => row.p));
  const gaps = candidates.map((one, i) => judged(one, adjusted[i] as number, candidates.length));
  const train = bySplit.get('train') ?? [];
  return {
    gaps,
    untold,
    arms: trained.flatMap(({ name }) => armVerdict(name, gaps, untold) ?? []),
    fitGaps: train.length === 0 ? [] : arms.map(({ name }) => fitGap(name, train, scores)),
  };
}

/** The comparisons of one task that a gap is made of. */
interface Sides extends Comparable {
  readonly onTest: ComparedBenchmark;
  readonly onSplit: ComparedBenchmark;
}

function allSides(
  compared: readonly ComparedBenchmark[],
  arm: string,
  tasks: readonly Comparable[],
): Sides[] {
  const of = ({ name }: ReportBenchmark) =>
    compared.find(({ row }) => row.arm === arm && row.benchmark === name) as ComparedBenchmark;
  return tasks.map((task) => ({ ...task, onTest: of(task.reference), onSplit: of(task.variant) }));
}

/** The same with the seen items alone, of tasks with enough of them; null where it is not known which were seen. */
function seenSides(
  { panels, compared, seen }: GapInput,
  arm: ReportArm,
  base: ReportArm,
  tasks: readonly Comparable[],
): { readonly sides: Sides[]; readonly seen: number; readonly items: number } | null {
  const ids = tasks.map(({ variant }) => seen(arm.name, variant.name));
  if (ids.some((one) => one === null)) return null;
  const sides = allSides(compared, arm.name, tasks).flatMap((side, i) => {
    const own = ids[i] as ReadonlySet<string>;
    const panel = panels.find(({ info }) => info.name === side.variant.name) as Panel;
    const wanted = panelOf(panel, (id) => own.has(id));
    if (wanted.ids.length === panel.ids.length) return side;
    return wanted.ids.length < LEAST_SEEN ? [] : { ...side, onSplit: comparisonRow(wanted, arm, base) };
  });
  return {
    sides,
    seen: ids.reduce((sum, one) => sum + (one?.size ?? 0), 0),
    items: tasks.reduce((sum, { variant }) => sum + variant.items, 0),
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
  /** The base guesses on half of the tasks' variants or more: there a smaller rise is no surprise. */
  readonly baseAtFloor: boolean;
}

function unjudged(
  arm: string,
  split: string,
  seen: SplitGap['seen'],
  sides: readonly Sides[],
  floors: FloorCheck,
): Candidate {
  const test = sides.map(({ onTest }) => onTest);
  const own = sides.map(({ onSplit }) => onSplit);
  const average = (parts: readonly ComparedBenchmark[]) =>
    plainEstimate(macroAverage(parts.map(({ row }) => row.difference)));
  const strata = (parts: readonly ComparedBenchmark[]) =>
    parts.map(({ items }) => ({ values: items.differences, clusters: items.clusters }));
  const [onTest, onSplit] = [average(test), average(own)];
  const gap = independentDifference(onSplit, onTest);
  const changes = together(changesOf(strata(test)), changesOf(strata(own)));
  const perSeed = seedGaps(test, own);
  const references = sides.map(({ reference }) => reference);
  const variants = sides.map(({ variant }) => variant);
  const atFloor = variants.filter((one) => floors.base([one])).length;
  return {
    row: {
      arm,
      split,
      tasks: sides.map(({ task }) => task),
      seen,
      floor: [...variants, ...references]
        .filter((one) => floors.base([one]) || floors.arm(arm, [one]))
        .map(({ name }) => name),
      onTest,
      onSplit,
      gap,
      p: intervalP(gap),
      detectable: detectableChange(gap, changes, { power: RULES.power }),
      seedSpread: perSeed.length < 2 ? null : Math.sqrt(variance(perSeed) as number),
    },
    changes,
    seeds: perSeed.length,
    byItems: [...test, ...own].reduce((sum, { items }) => sum + items.byItems, 0) / sides.length ** 2,
    // Where nothing can fall or rise, equal changes say nothing.
    atChance: [references, variants].some((side) => floors.base(side) && floors.arm(arm, side)),
    baseAtFloor: 2 * atFloor >= variants.length,
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
  { row, changes, seeds, byItems, atChance, baseAtFloor }: Candidate,
  adjustedP: number,
  family: number,
): SplitGap {
  const options = { power: RULES.power, comparisons: family };
  const detectableCorrected = detectableChange(row.gap, changes, options);
  const evidence = { difference: row.gap, adjustedP, detectable: row.detectable, detectableCorrected };
  const found = verdictOf({ ...evidence, atChance });
  const biased = found.verdict === 'loss' && baseAtFloor;
  const verdict: GapVerdict = biased ? 'cannot tell' : WORDS[found.verdict];
  const because = biased
    ? `${found.because} But the base model cannot be told from guessing on this split of half the tasks or more, and from there a score rises later, so a smaller change is no sign of anything.`
    : found.because;
  const noise = row.seedSpread === null ? null : { seeds, spread: row.seedSpread, byItems };
  const precision = { n: row.gap.n, stderr: stderrOf(row.gap), changes, noise };
  return {
    ...row,
    adjustedP,
    detectableCorrected,
    // At the level of guessing no number of items helps.
    needed:
      verdict === 'cannot tell' && !atChance && !biased
        ? neededToShow(RULES.smallestEffect, precision, { power: RULES.power, alpha: RULES.alpha })
        : null,
    verdict,
    because,
  };
}

const WORDS: Readonly<Record<Verdict, GapVerdict>> = {
  gain: 'more',
  loss: 'less',
  'no difference shown': 'no difference shown',
  'cannot tell': 'cannot tell',
};

/** Whether base or arm cannot be told from guessing on these benchmarks together. */
interface FloorCheck {
  readonly base: (members: readonly ReportBenchmark[]) => boolean;
  readonly arm: (arm: string, members: readonly ReportBenchmark[]) => boolean;
}

function floorCheck(scores: readonly BenchmarkScore[], base: string): FloorCheck {
  const guesses = (arm: string, members: readonly ReportBenchmark[]) =>
    macroAverage(members.map(({ name }) => scoreOf(scores, arm, name))).low <=
    mean(members.map((member) => member.chance));
  return { base: (members) => guesses(base, members), arm: guesses };
}

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
