/**
 * Rotary settings in config.json. transformers 4 writes `rope_theta` and `rope_scaling`, transformers 5 puts both
 * into `rope_parameters`; both are read.
 */
import { z } from 'zod';
import type { ModelConfig, RopeScaling } from '../checkpoint.ts';
import { malformed } from '../malformed.ts';

const scalingSchema = z.looseObject({
  rope_type: z.string().optional(),
  type: z.string().optional(), // before transformers 4.43
  rope_theta: z.number().positive().optional(),
  partial_rotary_factor: z.number().optional(),
  factor: z.number().positive().optional(),
  low_freq_factor: z.number().positive().optional(),
  high_freq_factor: z.number().positive().optional(),
  original_max_position_embeddings: z.int().positive().optional(),
});

const schema = z.looseObject({
  rope_theta: z.number().positive().nullish(),
  rope_scaling: scalingSchema.nullish(),
  rope_parameters: scalingSchema.nullish(),
  partial_rotary_factor: z.number().nullish(),
});

/** `json` is the whole content of config.json. */
export function readRope(file: string, json: unknown): { theta: number; scaling: RopeScaling | undefined } {
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw malformed(file, `${issue?.path.join('.')}: ${issue?.message}`);
  }
  const config = parsed.data;
  const settings = config.rope_parameters ?? config.rope_scaling ?? {};
  const part = config.partial_rotary_factor ?? settings.partial_rotary_factor ?? 1;
  if (part !== 1) throw malformed(file, 'a rotary embedding of only a part of each head is not supported');
  const theta = settings.rope_theta ?? config.rope_theta ?? 10000;
  const type = settings.rope_type ?? settings.type ?? 'default';
  const need = (
    name: 'factor' | 'low_freq_factor' | 'high_freq_factor' | 'original_max_position_embeddings',
  ) => {
    const value = settings[name];
    if (value === undefined) throw malformed(file, `the rotary scaling ${type} lacks ${name}`);
    return value;
  };
  switch (type) {
    case 'default':
      return { theta, scaling: undefined };
    case 'linear':
      return { theta, scaling: { kind: 'linear', factor: need('factor') } };
    case 'llama3':
      return {
        theta,
        scaling: {
          kind: 'llama3',
          factor: need('factor'),
          lowFrequencyFactor: need('low_freq_factor'),
          highFrequencyFactor: need('high_freq_factor'),
          originalContext: need('original_max_position_embeddings'),
        },
      };
    default:
      throw malformed(
        file,
        `the rotary scaling ${type} is not supported`,
        'Supported: default, linear, llama3.',
      );
  }
}

export function writeRope({ ropeTheta, ropeScaling }: ModelConfig): Record<string, unknown> {
  return {
    rope_theta: ropeTheta,
    rope_scaling: !ropeScaling
      ? null
      : ropeScaling.kind === 'linear'
        ? { rope_type: 'linear', factor: ropeScaling.factor }
        : {
            rope_type: 'llama3',
            factor: ropeScaling.factor,
            low_freq_factor: ropeScaling.lowFrequencyFactor,
            high_freq_factor: ropeScaling.highFrequencyFactor,
            original_max_position_embeddings: ropeScaling.originalContext,
          },
  };
}
