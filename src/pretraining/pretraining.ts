/** What a pretraining is: everything that decides the model it ends in. */
import type { OptimizerConfig } from '../engine/engine.ts';
import type { Generator } from '../procedural/generator.ts';
import type { BatchShape } from './batches.ts';
import { type Corpus, tasksOf } from './corpus.ts';

/** The shape of the Llama-architecture model; the output head is the embedding matrix. */
export interface ModelShape {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly feedForward: number;
  /** Tokens that a text may have. */
  readonly context: number;
  readonly ropeTheta: number;
}

export interface Round {
  readonly steps: number;
  /** The highest. */
  readonly learningRate: number;
  /** Instead of the optimizer's. After a constant rate the gains of a decay are still to come (arXiv 2404.06395). */
  readonly schedule?: OptimizerConfig['schedule'];
  /** Share of its steps, instead of the optimizer's. */
  readonly warmup?: number;
  /** What it reads instead of the corpus's own: a curriculum. */
  readonly corpus?: Partial<Pick<Corpus, 'parts' | 'levels'>>;
}

export interface Pretraining {
  readonly name: string;
  /** Decides the first weights. */
  readonly seed: number;
  readonly model: ModelShape;
  /** Learned from the first `documents` documents of the corpus. */
  readonly tokenizer: { readonly entries: number; readonly documents: number };
  readonly corpus: Corpus;
  readonly batches: BatchShape;
  /**
   * One after another. A later one begins at the weights of the one before with a schedule and moments of its own (warm
   * restarts, Loshchilov and Hutter 2017, arXiv 1608.03983), and goes on in the corpus where that one ended.
   */
  readonly rounds: readonly Round[];
  readonly optimizer: Omit<OptimizerConfig, 'learningRate'>;
  /** Steps between saved states. */
  readonly checkpointEvery: number;
}

/** What a round reads. */
export function corpusOf({ corpus }: Pick<Pretraining, 'corpus'>, round: Round): Corpus {
  return { ...corpus, ...round.corpus };
}

/** The tasks that any round reads problems of, each once. */
export function tasksRead(pretraining: Pick<Pretraining, 'corpus' | 'rounds'>): readonly Generator[] {
  return [...new Set(pretraining.rounds.flatMap((round) => tasksOf(corpusOf(pretraining, round))))];
}

/** Optimizer steps of some rounds. */
export function stepsOf(rounds: readonly Round[]): number {
  return rounds.reduce((sum, { steps }) => sum + steps, 0);
}
