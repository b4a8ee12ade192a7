/**
 * `run-facts.json`: what a run did, for the report and for whoever checks it. Written by the runner before the
 * report step. It holds no times, hosts, speeds or absolute paths: equal work gives equal bytes.
 * Folders are relative to the run folder and use `/`.
 */
import type { TemplateName } from '../checkpoint/templates/templates.ts';
import type { Course } from '../data/mixture/course.ts';
import type { TrainOn } from '../data/render/render.ts';
import type { Domain } from '../domains/domains.ts';
import type { Outcome } from '../scoring/score.ts';
import type { StageBounds } from '../strategies/strategy.ts';
import type { StepKind } from './events.ts';

export interface RunFacts {
  readonly version: 1;
  readonly study: { readonly name: string; readonly question: string };
  readonly model: {
    /** The last part of the reference (a file's or folder's name, `builtin:NAME`): never a path. */
    readonly name: string;
    readonly fingerprint: string;
    readonly parameters: number;
    /** Procedural tasks whose problems were in its pretraining, where its folder says so. */
    readonly pretrainedOn?: readonly TaskFacts[];
  };
  /** What the study's sources hold, by their names in the study; runs of an earlier version do not say. */
  readonly sources?: Readonly<Record<string, SourceFacts>>;
  readonly seeds: readonly number[];
  readonly matched: MatchedFacts;
  readonly training: TrainingFacts;
  readonly evaluation: {
    /** By name; a benchmark of the user's own by the name in its file. */
    readonly benchmarks: readonly string[];
    /** What the report must know of benchmarks of the user's own; absent where there are none. */
    readonly own?: Readonly<Record<string, OwnBenchmarkFacts>>;
    /** Items per benchmark, the first ones in the benchmark's own order; null is all of them. */
    readonly limit: number | null;
    /** Other limits, by benchmark or domain. */
    readonly limits?: Readonly<Record<string, number>>;
    readonly chatTemplate: boolean;
  };
  /** In the order of the study file. The untouched model is an arm with no stages. */
  readonly arms: readonly ArmFacts[];
  /** In the order in which they ran. */
  readonly steps: readonly StepFacts[];
}

export interface TaskFacts {
  readonly name: string;
  readonly domain: Domain;
}

export interface SourceFacts {
  /** `openai/gsm8k main train`, `procedural train, seed 0, 4000 rows`, or a file's name: never a path. */
  readonly title: string;
  /** Domains of which it holds tasks; null: not known. */
  readonly domains: readonly Domain[] | null;
  /** Procedural tasks; empty for other data. */
  readonly tasks: readonly TaskFacts[];
}

export interface OwnBenchmarkFacts {
  readonly name: string;
  readonly title: string;
  readonly domain: Domain;
  readonly chance: number;
  readonly metric: string;
  /** Of the file and the rows that it reads. */
  readonly sha256: string;
}

/** What was held equal between the arms. Print `sentence` on every figure that compares arms. */
export interface MatchedFacts {
  readonly by: 'supervised_tokens' | 'none';
  /** For people: "every trained arm saw 6,000 supervised tokens (largest difference 0.4 %) in 24 steps". */
  readonly sentence: string;
  /** Supervised tokens asked for, per arm. */
  readonly budget: number;
  /** (largest - smallest) / budget over the trained arms that claim to be matched. 0 when fewer than two. */
  readonly spread: number;
  /** Arms that are not matched, and why; leave them out of every sentence that says "at equal compute". */
  readonly exceptions: readonly { readonly arm: string; readonly why: string }[];
}

export interface TrainingFacts {
  readonly method: 'full' | 'lora';
  readonly steps: number;
  readonly learningRate: number;
  /** One line for people: "LoRA rank 16, alpha 32 on 7 projections, AdamW, cosine from 1e-3, ...". */
  readonly sentence: string;
}

export interface ArmFacts {
  readonly name: string;
  /** A built-in strategy's name, or `custom`. */
  readonly strategy: string;
  readonly title: string;
  readonly why: string;
  readonly controlsFor: string;
  readonly danger: string;
  /** Where this arm starts, if not from the study's model. */
  readonly from: string | null;
  readonly matched: boolean;
  readonly stages: readonly StageFacts[];
  /** One entry for each seed; for an arm with no stages one entry with seed null. */
  readonly runs: readonly ArmRunFacts[];
}

export interface StageFacts {
  /** Share of the arm's supervised tokens. */
  readonly share: number;
  /** Weights of the sources by supervised tokens; they sum to 1. */
  readonly mix: Readonly<Record<string, number>>;
  /** The mixture of the study that the weights are the means of. */
  readonly mixture?: string;
  /** How the weights change along the stage, where they do. */
  readonly course?: Course;
  /** Floors and caps of the mixture; runs of an earlier version do not say. */
  readonly bounds?: StageBounds;
}

export interface ArmRunFacts {
  readonly seed: number | null;
  /** `evaluations/<arm>-<seed>`; the base model's is `evaluations/base-<first seed>`. Holds samples/ and results.json. */
  readonly evaluation: string;
  /** Counted, not asked for: what the training steps really saw. 0 for an untouched model. */
  readonly supervisedTokens: number;
  readonly tokens: number;
  readonly examples: number;
  readonly optimizerSteps: number;
  /** Supervised tokens by source. */
  readonly bySource: Readonly<Record<string, number>>;
  /** Examples drawn by source, one used in two epochs counted twice; runs of an earlier version do not say. */
  readonly examplesBySource?: Readonly<Record<string, number>>;
  /**
   * For every evaluated benchmark of problems of the training data (`@train`) or made from them (`@perturbed`): ids of
   * the items of which this run saw the training problem. Missing where it cannot be told.
   */
  readonly trainedItems?: Readonly<Record<string, readonly string[]>>;
  /** How its conversations became tokens; untrained models and runs of an earlier version do not say. */
  readonly rendering?: RenderingFacts;
  /** Mean loss in nats of each optimizer step, over all stages. */
  readonly losses: readonly number[];
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
}

export interface RenderingFacts {
  /** Null: the model's own. */
  readonly template: TemplateName | null;
  /** The study names the template; otherwise the model has none of its own. */
  readonly named: boolean;
  readonly trainOn: TrainOn;
}

export interface StepFacts {
  readonly id: string;
  readonly kind: StepKind;
  readonly label: string;
  readonly fingerprint: string;
  readonly needs: readonly string[];
  /** Folder with the step's own files, such as a data step's receipt.json. */
  readonly folder: string;
}
