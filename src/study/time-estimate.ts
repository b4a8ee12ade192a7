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
 * Small models are held up by the number of operators and not by arithmetic. Measured on 2026-11-24 with the 1.03 M
 * parameters of the model in the box on the same machine: a quickstart study, answers counted as the plan counts them.
 */
const MOST = { train: 8_500, answer: 11_000 } as const;

/** Rates for a model on this machine: work grows with the parameters, speed with the cores. */
export function ratesFor(parameters: number, cores: number, method: 'lora' | 'full'): Rates {
  const machine = cores / RECORDED.cores;
  const scale = (RECORDED.parameters / parameters) * machine;
  return {
    train: Math.min(MOST.train * machine, RECORDED[method] * scale),
    prompt: RECORDED.prompt * scale,
    answer: Math.min(MOST.answer * machine, RECORDED.answer * scale),
  };
}
