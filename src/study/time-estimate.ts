/** How long a plan will take: token counts divided by recorded rates. An estimate, and printed as one. */

/** Tokens a second. */
export interface Rates {
  readonly train: number;
  readonly prompt: number;
  readonly answer: number;
}

/**
 * Recorded on 2026-11-23 with the model below on 2 cores of a shared AMD EPYC (Zen 4), float32, onnxruntime-node
 * 1.30.0 (docs/LOG.md): LoRA of rank 16 on every projection; prompts; greedy answers in batches.
 */
const RECORDED = {
  parameters: 134_515_008,
  cores: 2,
  lora: 190,
  full: 150,
  prompt: 600,
  answer: 160,
} as const;

/**
 * Answers are written by running a graph once a token, which has its price however small the model is. Measured on
 * 2026-11-24 as processor time with 1.3 M parameters, answers in chunks of 24: 0.64 ms a token, prompts included.
 */
const MOST_ANSWER_TOKENS = 1600;

/** Rates for a model on this machine: work grows with the parameters, speed with the cores. */
export function ratesFor(parameters: number, cores: number, method: 'lora' | 'full'): Rates {
  const scale = (RECORDED.parameters / parameters) * (cores / RECORDED.cores);
  return {
    train: RECORDED[method] * scale,
    prompt: RECORDED.prompt * scale,
    answer: Math.min(MOST_ANSWER_TOKENS, RECORDED.answer * scale),
  };
}
