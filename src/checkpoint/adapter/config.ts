/** PEFT's `adapter_config.json`: the settings of a low-rank adapter. */
import { z } from 'zod';
import type { LoraConfig } from '../../engine/engine.ts';
import { malformed } from '../malformed.ts';

export interface AdapterConfig {
  readonly rank: number;
  readonly alpha: number;
  /** What B A is multiplied with: alpha / rank, or alpha / sqrt(rank) with rank stabilisation (arXiv 2312.03732). */
  readonly scale: number;
  /** Names of the adapted modules, or one pattern that they match. */
  readonly targets: readonly string[] | string;
  readonly baseModel: string | undefined;
}

const schema = z.looseObject({
  peft_type: z.string(),
  r: z.int().positive().max(65536),
  lora_alpha: z.number().positive(),
  target_modules: z.union([z.array(z.string()), z.string()]).nullish(),
  base_model_name_or_path: z.string().nullish(),
  bias: z.string().default('none'),
  use_rslora: z.boolean().nullish(),
  use_dora: z.boolean().nullish(),
  fan_in_fan_out: z.boolean().nullish(),
  modules_to_save: z.array(z.string()).nullish(),
  trainable_token_indices: z.unknown().optional(),
  rank_pattern: z.record(z.string(), z.number()).nullish(),
  alpha_pattern: z.record(z.string(), z.number()).nullish(),
});

export function readAdapterConfig(file: string, json: unknown): AdapterConfig {
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw malformed(file, `${issue?.path.join('.')}: ${issue?.message}`);
  }
  const config = parsed.data;
  const filled = (value: object | null | undefined) => value && Object.keys(value).length > 0;
  const unsupported = [
    [config.peft_type !== 'LORA', `peft_type ${config.peft_type}`],
    [config.bias !== 'none', `bias ${config.bias}`],
    [config.use_dora, 'use_dora'],
    [config.fan_in_fan_out, 'fan_in_fan_out'],
    [filled(config.modules_to_save), 'modules_to_save'],
    [config.trainable_token_indices, 'trainable_token_indices'],
    [filled(config.rank_pattern), 'rank_pattern'],
    [filled(config.alpha_pattern), 'alpha_pattern'],
  ].find(([present]) => present)?.[1];
  if (unsupported) {
    throw malformed(
      file,
      `an adapter with ${unsupported} is not supported`,
      'Merge it into its model with PEFT (merge_and_unload) and use the merged model.',
    );
  }
  const { r: rank, lora_alpha: alpha } = config;
  return {
    rank,
    alpha,
    scale: alpha / (config.use_rslora ? Math.sqrt(rank) : rank),
    targets: config.target_modules ?? [],
    baseModel: config.base_model_name_or_path ?? undefined,
  };
}

/** The content of adapter_config.json as PEFT writes it for a causal language model. */
export function writeAdapterConfig(lora: LoraConfig, baseModel: string): Record<string, unknown> {
  return {
    base_model_name_or_path: baseModel,
    bias: 'none',
    fan_in_fan_out: false,
    inference_mode: true,
    init_lora_weights: true,
    lora_alpha: lora.alpha,
    lora_dropout: 0,
    modules_to_save: null,
    peft_type: 'LORA',
    r: lora.rank,
    target_modules: [...lora.targets],
    task_type: 'CAUSAL_LM',
    use_dora: false,
    use_rslora: false,
  };
}
