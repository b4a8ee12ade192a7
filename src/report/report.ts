/**
 * `report.json`: what a run found. Pure data, deterministic: no times, hosts or absolute paths, so equal work gives
 * equal bytes. Scores, differences and intervals are shares (0.05 = 5 points).
 */
import type { Domain } from '../domains/domains.ts';
import type { Outcome } from '../scoring/score.ts';
import type { Estimate } from '../stats/interval.ts';
import type { PairedEstimate } from '../stats/paired.ts';
import type { Needed } from '../stats/sample-size.ts';
import type { TransferIndex } from '../stats/transfer-index.ts';
import type { Transitions } from '../stats/transitions.ts';
import type { MatchedFacts, RunFacts, StageFacts, StepFacts, TrainingFacts } from '../study/run-facts.ts';
import type { Substitute } from './benchmark-roles.ts';
import type { ReportDataStep } from './data-steps.ts';
import type { ArmPair, DifficultyScore, Overfitting } from './report-splits.ts';
import type { ArmTraining, DomainRole, DomainTransitions, SeenItems, Trained } from './report-training.ts';

export interface Report {
  readonly version: 1;
  readonly study: RunFacts['study'];
  readonly model: RunFacts['model'];
  readonly seeds: readonly number[];
  readonly matched: MatchedFacts;
  readonly training: TrainingFacts;
  readonly evaluation: RunFacts['evaluation'];
  readonly rules: ReportRules;
  /** One sentence that answers the study's question as far as this run can. */
  readonly answer: string;
  readonly conclusions: Conclusions;
  readonly arms: readonly ReportArm[];
  /** What every arm but the untouched model was trained on. */
  readonly trainingData: readonly ArmTraining[];
  /** What became of every row; empty where the receipts are not at hand. */
  readonly dataSteps: readonly ReportDataStep[];
  /** Of items made from training problems: how many an arm saw. */
  readonly seenItems: readonly SeenItems[];
  readonly benchmarks: readonly ReportBenchmark[];
  /** Tasks of which only variants were evaluated, and what counts in the domain instead. */
  readonly substitutes: readonly Substitute[];
  /** Every benchmark of every arm, in that order. */
  readonly scores: readonly BenchmarkScore[];
  /** Every benchmark of every arm but the base. */
  readonly comparisons: readonly BenchmarkComparison[];
  readonly domainScores: readonly DomainScore[];
  readonly domainComparisons: readonly DomainComparison[];
  readonly transfer: readonly ArmTransfer[];
  readonly forgetting: readonly Forgetting[];
  readonly format: readonly FormatStability[];
  readonly readings: readonly ReadingDifference[];
  readonly overfitting: Overfitting;
  readonly difficulty: readonly DifficultyScore[];
  /** Arms that saw the same examples, and two-stage with mixed. */
  readonly pairs: readonly ArmPair[];
  readonly steps: readonly StepFacts[];
}

/** The constants behind every verdict, with the rule in words. */
export interface ReportRules {
  readonly confidence: number;
  readonly alpha: number;
  readonly power: number;
  /** A difference below this is not what the question is about. */
  readonly smallestEffect: number;
  /** A guard may lose less than this and still count as kept. */
  readonly forgettingMargin: number;
  readonly sentences: readonly string[];
}

export interface Conclusions {
  readonly may: readonly string[];
  readonly mayNot: readonly string[];
}

export interface ReportArm {
  readonly name: string;
  readonly strategy: string;
  readonly title: string;
  readonly why: string;
  readonly controlsFor: string;
  readonly danger: string;
  readonly from: string | null;
  readonly isBase: boolean;
  readonly matched: boolean;
  readonly stages: readonly StageFacts[];
  readonly runs: readonly ReportArmRun[];
}

export interface ReportArmRun {
  readonly seed: number | null;
  readonly evaluation: string;
  /** Id of the step that evaluated it; null when the run names none. */
  readonly step: string | null;
  readonly supervisedTokens: number;
  readonly tokens: number;
  readonly examples: number;
  readonly optimizerSteps: number;
  readonly bySource: Readonly<Record<string, number>>;
  readonly losses: readonly number[];
}

export interface ReportBenchmark {
  readonly name: string;
  readonly title: string;
  readonly domain: Domain;
  /** Expected score of a guesser. */
  readonly chance: number;
  readonly metric: string;
  readonly items: number;
  readonly clusters: number;
  /** The benchmark whose variant it is; null when it is none. */
  readonly variantOf: string | null;
  /** `test` unless it is a variant; then `fresh`, `perturbed`, `harder`, `train`, or `variant` where it has no split. */
  readonly split: string;
  /** Counts in its domain: no variant does, unless it stands in for a task that was not evaluated itself. */
  readonly inDomain: boolean;
}

export type OutcomeCounts = Readonly<Record<Outcome, number>>;

export interface BenchmarkScore {
  readonly benchmark: string;
  readonly arm: string;
  /** Over the items that were scored; several seeds are averaged item by item. */
  readonly score: Estimate;
  /** Items that ended in an error in some seed: left out of the score, never counted as wrong. */
  readonly unscored: number;
  /** Over all seeds. */
  readonly outcomes: OutcomeCounts;
  readonly perSeed: readonly number[];
  /** Steps that produced the samples. */
  readonly steps: readonly string[];
}

export interface BenchmarkComparison {
  readonly benchmark: string;
  readonly arm: string;
  /** Arm minus base on the items that both scored. */
  readonly difference: PairedEstimate;
  /** Exact McNemar for independent 0/1 items of one seed, else the sign-flip test of whole clusters. */
  readonly p: number;
  readonly test: 'mcnemar' | 'sign-flip';
  /** Summed over the seeds. */
  readonly transitions: Transitions;
  /** The difference on the scale where guessing is 0 and perfection 1. */
  readonly chanceCorrected: number;
  /** Smallest true difference this many items show with the report's power. */
  readonly detectable: number;
  readonly perSeed: readonly number[];
  /** Standard deviation of the seeds' differences; null with one seed: unknown. */
  readonly seedSpread: number | null;
  /** Items whose prompt was not the same text for both, for example under another chat template. */
  readonly promptsDiffer: number;
  readonly unscored: number;
  readonly steps: readonly string[];
}

export interface DomainScore {
  readonly domain: Domain;
  readonly arm: string;
  readonly score: Estimate;
  /** Mean chance level of the domain's benchmarks. */
  readonly chance: number;
  readonly benchmarks: readonly string[];
}

export type Verdict = 'gain' | 'loss' | 'no difference shown' | 'cannot tell';
export type Family = 'transfer' | 'mathematical' | 'guards';

export interface DomainComparison {
  readonly domain: Domain;
  readonly arm: string;
  readonly benchmarks: readonly string[];
  /** Unweighted mean over the domain's benchmarks. */
  readonly difference: Estimate;
  /** The paired cluster bootstrap of the same mean, as a check of the interval; null for one benchmark. */
  readonly bootstrap: { readonly low: number; readonly high: number } | null;
  readonly chanceCorrected: number;
  readonly p: number;
  readonly test: 'mcnemar' | 'sign-flip';
  /** Holm's correction over `family`. */
  readonly adjustedP: number;
  readonly family: Family;
  /** Whether the arm was trained on tasks of this domain: then a gain is learned, and has not carried over. */
  readonly trained: Trained;
  readonly role: DomainRole;
  /** What it would take to find a difference of the report's smallest effect; null unless the verdict is "cannot tell". */
  readonly needed: Needed | null;
  /** Smallest true difference these items show with the report's power when this comparison is the only one. */
  readonly detectable: number;
  /** The same at Bonferroni's level of the family: enough for a gain or loss whatever the other comparisons say. */
  readonly detectableCorrected: number;
  readonly seedSpread: number | null;
  readonly verdict: Verdict;
  /** Why this verdict, as a sentence. */
  readonly because: string;
}

export interface ArmTransfer {
  readonly arm: string;
  /** Unweighted mean difference over `domains`; null when there are none. */
  readonly difference: Estimate | null;
  /** Evaluated reasoning domains that the arm was not trained on, as far as is known. */
  readonly domains: readonly Domain[];
  /** The others but the guards. */
  readonly trainedDomains: readonly Domain[];
  /** Of the sign-flip test over all items of `domains`, or the domain's own where there is one; null without domains. */
  readonly p: number | null;
  /** Holm's correction over the arms. */
  readonly adjustedP: number | null;
  readonly detectable: number | null;
  readonly verdict: Verdict | 'none';
  readonly because: string;
  readonly index: TransferIndex;
}

export interface Forgetting {
  readonly arm: string;
  /** Mean difference over the guards; null when the study has none. */
  readonly guards: Estimate | null;
  readonly verdict: 'kept' | 'lost' | 'cannot tell' | 'no guards';
  readonly because: string;
  /** The base model cannot be told from guessing on the guards: keeping that is no achievement, so never "kept". */
  readonly baseAtChance: boolean;
  /** Over the benchmarks that count in a domain: of the items that base had right, how many the arm has wrong; summed over the seeds. */
  readonly rightToWrong: number;
  /** Items that base had right, each counted once for every seed of the arm. */
  readonly baseRight: number;
  /** Both directions, for each evaluated domain. */
  readonly byDomain: readonly DomainTransitions[];
}

export interface FormatStability {
  readonly arm: string;
  /** Over the benchmarks that count in a domain: share of generated answers that could be read (correct, wrong, or a program that ran too long); null without generated answers. */
  readonly readable: Estimate | null;
  /** Against base, paired; null for the base itself. */
  readonly difference: PairedEstimate | null;
  readonly outcomes: OutcomeCounts;
  readonly items: number;
}

export interface ReadingDifference {
  readonly benchmark: string;
  readonly arm: string;
  /** As lm-evaluation-harness would score the same answers. */
  readonly compatible: number;
  readonly corrected: number;
  /** Corrected minus compatible, paired by item. */
  readonly difference: PairedEstimate;
  /** The interval excludes 0: the two readings tell different stories. */
  readonly differs: boolean;
}
