/** What a pretraining is: everything that decides the model it ends in. */
import type { OptimizerConfig } from '../engine/engine.ts';
import type { BatchShape } from './batches.ts';
import type { Corpus } from './corpus.ts';

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

export interface Pretraining {
  readonly name: string;
  /** Decides the first weights. */
  readonly seed: number;
  readonly model: ModelShape;
  /** Learned from the first `documents` documents of the corpus. */
  readonly tokenizer: { readonly entries: number; readonly documents: number };
  readonly corpus: Corpus;
  readonly batches: BatchShape;
  readonly steps: number;
  readonly optimizer: OptimizerConfig;
  /** Steps between saved states. */
  readonly checkpointEvery: number;
}
