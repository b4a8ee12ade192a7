/** What a report says about the training data of the arms: where a gain is learned, and which items are known problems. */
import type { Domain } from '../domains/domains.ts';
import type { RenderingFacts, TaskFacts } from '../study/run-facts.ts';

/** Whether an arm was trained on tasks of a domain in this study. */
export type Trained = 'yes' | 'no' | 'unknown';

/** What a domain says about an arm: `source`: it was trained there (or it is mathematics, and that is not known). */
export type DomainRole = 'transfer' | 'source' | 'guards';

export interface TrainedSource {
  readonly name: string;
  readonly title: string;
  /** Null: not known. */
  readonly domains: readonly Domain[] | null;
  readonly tasks: readonly TaskFacts[];
  /** By seed, in the order of the arm's runs. */
  readonly supervisedTokens: readonly number[];
  /** Examples drawn, by seed; null: the run does not say. */
  readonly examples: readonly number[] | null;
}

export interface ArmTraining {
  readonly arm: string;
  /** A model that it started from instead of the study's, whose training is not known. */
  readonly from: string | null;
  readonly sources: readonly TrainedSource[];
  /** Null: the run does not say. */
  readonly rendering: RenderingFacts | null;
  /** Of the evaluated domains. */
  readonly domains: readonly { readonly domain: Domain; readonly trained: Trained }[];
}

/** Of a benchmark of training problems or made from them: of how many items an arm saw the problem in training. */
export interface SeenItems {
  readonly arm: string;
  readonly benchmark: string;
  readonly items: number;
  /** By seed; null: it cannot be told. */
  readonly perSeed: readonly number[] | null;
  /** Items seen with every seed: those that a gap is made of. */
  readonly everySeed: number | null;
}

/** What became of the items of one domain, summed over benchmarks and seeds. */
export interface DomainTransitions {
  readonly domain: Domain;
  readonly rightToWrong: number;
  /** Items that base had right, each counted once for every seed of the arm. */
  readonly baseRight: number;
  readonly wrongToRight: number;
  readonly baseWrong: number;
}
