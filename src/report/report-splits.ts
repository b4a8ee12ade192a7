/** What a report says about variants of benchmarks, about difficulty, and about arms that saw the same examples. */
import type { Domain } from '../domains/domains.ts';
import type { Estimate } from '../stats/interval.ts';
import type { Needed } from '../stats/sample-size.ts';
import type { Verdict } from './report.ts';

/** `more`: the arm's change against base is larger on the split than on the tasks' test items. */
export type GapVerdict = 'more' | 'less' | 'no difference shown' | 'cannot tell';

/** One trained arm on one split, over all tasks of which both test items and the split were evaluated. */
export interface SplitGap {
  readonly arm: string;
  /** `fresh`, `perturbed`, `train`, `harder` or `variant`. */
  readonly split: string;
  readonly tasks: readonly string[];
  /**
   * Of `perturbed` and `train`: whether the gap is made of the items alone of which the arm saw the training problem
   * with every seed, or of all items because that is not known. Null for other splits.
   */
  readonly seen: 'seen items' | 'not known' | null;
  /** Benchmarks of both sides on which the base or the arm cannot be told from guessing: the gap is then biased. */
  readonly floor: readonly string[];
  /** Arm minus base on the test items: unweighted mean over the tasks. */
  readonly onTest: Estimate;
  /** The same on the split. */
  readonly onSplit: Estimate;
  /** `onSplit` minus `onTest`. */
  readonly gap: Estimate;
  /** Two-sided, from the interval of the gap. */
  readonly p: number;
  /** Holm's correction over all arms and splits. */
  readonly adjustedP: number;
  readonly detectable: number;
  readonly detectableCorrected: number;
  /** Standard deviation of the seeds' gaps; null with one seed. */
  readonly seedSpread: number | null;
  /** What it would take to find a gap of the report's smallest effect; null unless the verdict is "cannot tell". */
  readonly needed: Needed | null;
  readonly verdict: GapVerdict;
  readonly because: string;
}

/** Not a change against base: how much better an arm does on training items than on test items of the same kind. */
export interface FitGap {
  readonly arm: string;
  readonly tasks: readonly string[];
  readonly onTest: Estimate;
  readonly onTrain: Estimate;
  /** `onTrain` minus `onTest`. */
  readonly gap: Estimate;
}

/** A split that says nothing about an arm, because too few of its items are made from problems that the arm saw. */
export interface UntoldGap {
  readonly arm: string;
  readonly split: string;
  readonly because: string;
}

export interface ArmOverfitting {
  readonly arm: string;
  readonly verdict: 'overfit' | 'no overfitting shown' | 'cannot tell';
  readonly because: string;
}

export interface Overfitting {
  readonly gaps: readonly SplitGap[];
  readonly untold: readonly UntoldGap[];
  /** Trained arms with a gap on `train`, `fresh` or `perturbed`. */
  readonly arms: readonly ArmOverfitting[];
  /** Every arm, the base included. */
  readonly fitGaps: readonly FitGap[];
}

/** The score of an arm on the tasks of a domain at one level of difficulty. */
export interface DifficultyScore {
  readonly domain: Domain;
  readonly arm: string;
  /** A trained level as a number, or `harder`: one level beyond training. */
  readonly level: string;
  /** Unweighted mean over the tasks. */
  readonly score: Estimate;
  readonly chance: number;
  readonly tasks: readonly string[];
}

/** Two arms against each other. */
export interface ArmPair {
  readonly first: string;
  readonly second: string;
  /** Both started from the same model and saw as many tokens of each source. */
  readonly sameExamples: boolean;
  /** Seeds of which both have a run. */
  readonly seeds: readonly number[];
  readonly domains: readonly PairComparison[];
  /** The unweighted mean of the domains; null with fewer than two. */
  readonly overall: PairComparison | null;
}

export interface PairComparison {
  readonly domain: Domain | 'overall';
  readonly benchmarks: readonly string[];
  /** Second minus first; with 2 or more seeds its interval holds the noise of training too. */
  readonly difference: Estimate;
  readonly p: number;
  readonly test: 'mcnemar' | 'sign-flip' | 'items-and-seeds';
  /** Holm's correction over the domains of the pair; `overall` stands by itself. */
  readonly adjustedP: number;
  readonly detectable: number;
  readonly detectableCorrected: number;
  readonly seedSpread: number | null;
  readonly needed: Needed | null;
  /** `gain`: the second is better, `loss`: the first is. */
  readonly verdict: Verdict;
  readonly because: string;
}
