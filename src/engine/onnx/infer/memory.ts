/** Refuses a model before it is loaded when the memory is known not to suffice. */
import type { Checkpoint } from '../../../checkpoint/checkpoint.ts';
import { UserError } from '../../../errors.ts';
import { availableMemory } from '../../../platform/machine.ts';
import { PASS_TOKENS } from './read-rows.ts';
import { gibibytes } from './room.ts';

const FLOAT = Float32Array.BYTES_PER_ELEMENT;

/**
 * Bytes at the peak, estimated from above. While opening, the weights exist twice: as read, and rearranged by
 * onnxruntime for its matmuls. Later there are the rearranged weights, the embedding as it was, and the
 * values within one pass: the widest are the feed-forward layer's (three alive at once), the scores of one layer's
 * attention (over 8,192 slots at most), and the logits of up to PASS_TOKENS / 4 heads with their softmax. The cache is checked when its size is
 * known.
 */
export function inferenceMemory({ parameters, config }: Pick<Checkpoint, 'parameters' | 'config'>): {
  readonly opening: number;
  readonly running: number;
} {
  const weights = parameters * FLOAT;
  const embedding = config.vocabulary * config.width * FLOAT;
  const pass =
    PASS_TOKENS *
    FLOAT *
    (3 * config.feedForward + 6 * config.width + config.heads * Math.min(config.context, 8192));
  const logits = 3 * (PASS_TOKENS / 4) * config.vocabulary * FLOAT;
  return { opening: 2 * weights + embedding, running: weights + embedding + pass + logits };
}

/** Throws UserError with the figures when the estimate exceeds what is free. `free`: bytes. */
export function refuseIfTooLarge(
  checkpoint: Pick<Checkpoint, 'name' | 'parameters' | 'config'>,
  free: number = availableMemory(),
): void {
  const { opening, running } = inferenceMemory(checkpoint);
  const need = Math.max(opening, running);
  if (need <= free) return;
  throw new UserError(
    `the model ${checkpoint.name} needs about ${gibibytes(need)} of memory in float32, ${gibibytes(free)} are free`,
    {
      remedy: 'Close other programs or take a smaller model.',
    },
  );
}
