/** How much memory training takes, foreseen from shapes. Used to choose micro-batches and to refuse hopeless jobs. */
import type { ModelConfig } from '../../../checkpoint/checkpoint.ts';
import { UserError } from '../../../errors.ts';
import { availableMemory, totalMemory } from '../../../platform/machine.ts';
import type { LoraConfig } from '../../engine.ts';
import { loraShapes } from '../models/lora.ts';
import { elementCount, parameterShapes } from '../models/parameters.ts';

/** onnxruntime's arena grows in powers of two and is cut into pieces. */
const ARENA_SLACK = 1.3;
/** More tokens at once gain nothing on a processor: the matrices are already large. */
const TOKENS_AT_ONCE = 2048;
/** Nor do micro-batches whose activations are larger than this: 850 tokens of a model of 135 M parameters. */
const WORK_AT_ONCE = 3 * 2 ** 30;
const FLOAT = 4;

export interface MemoryEstimate {
  /** Bytes of weights, gradients and moments. */
  readonly state: number;
  /** Bytes of one micro-batch: activations kept for backward, and logits. */
  readonly work: number;
}

const parameters = (shapes: readonly { readonly shape: readonly number[] }[]) =>
  shapes.reduce((sum, { shape }) => sum + elementCount(shape), 0);

/** All positions of the rows are taken as supervised: the worst case for the logits. */
export function estimateMemory(
  config: ModelConfig,
  lora: LoraConfig | undefined,
  rows: { readonly batch: number; readonly time: number },
): MemoryEstimate {
  const base = parameters(parameterShapes(config));
  const state = lora ? base + 4 * parameters(loraShapes(config, lora)) : 4 * base;
  const tokens = rows.batch * rows.time;
  const { width, heads, kvHeads, headDim, feedForward } = config;
  const attention = 4 * (heads + kvHeads) * headDim + heads * rows.time;
  const layer = 6 * width + attention + 5 * feedForward;
  // Backward works on about one layer at a time; the logits exist as such, as log-probabilities and as gradient.
  const activations = tokens * layer * (config.layers + 2);
  const logits = 3 * tokens * config.vocabulary;
  const mask = 4 * rows.batch * rows.time ** 2;
  return { state: state * FLOAT, work: (activations + logits + mask) * FLOAT * ARENA_SLACK };
}

/**
 * Rows of `time` tokens to compute at once: a function of the shapes and of `memory` (bytes of the whole machine), not
 * of its load. A resumed job gives the memory of the machine it began on, so that its sums are cut in the same places.
 */
export function rowsPerMicroBatch(
  config: ModelConfig,
  lora: LoraConfig | undefined,
  time: number,
  memory: number = totalMemory(),
): number {
  const budget = memory * 0.6;
  const fits = (batch: number) => {
    const { state, work } = estimateMemory(config, lora, { batch, time });
    return work <= WORK_AT_ONCE && state + work <= budget;
  };
  let rows = Math.max(1, Math.floor(TOKENS_AT_ONCE / time));
  while (rows > 1 && !fits(rows)) rows--;
  return rows;
}

const gib = (bytes: number) => `${(bytes / 2 ** 30).toFixed(1)} GiB`;

/** Throws UserError with the figures when the job cannot fit into what is free now. */
export function refuseIfTooLarge(
  config: ModelConfig,
  lora: LoraConfig | undefined,
  rows: { readonly batch: number; readonly time: number },
): void {
  const { state, work } = estimateMemory(config, lora, rows);
  const free = availableMemory();
  if (state + work <= free) return;
  const remedy = lora
    ? 'Use shorter rows (--length) or fewer rows at once (--micro-batch 1).'
    : 'Train adapters instead (--lora 16), use shorter rows (--length) or fewer rows at once (--micro-batch 1).';
  throw new UserError(
    `training needs about ${gib(state + work)} (${gib(state)} for weights, gradients and moments, ${gib(work)} for ` +
      `${rows.batch} x ${rows.time} tokens); ${gib(free)} are free`,
    { remedy },
  );
}
