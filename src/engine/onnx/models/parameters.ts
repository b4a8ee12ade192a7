/** The tensors of a Llama-family decoder, by Hugging Face name, in the order of the layers. */
import type { ModelConfig } from '../../../checkpoint/checkpoint.ts';

export interface ParameterShape {
  readonly name: string;
  readonly shape: readonly number[];
}

export const EMBEDDING = 'model.embed_tokens.weight';
export const FINAL_NORM = 'model.norm';
export const HEAD = 'lm_head.weight';

/** The matrix that turns hidden states into logits: the embedding where the head is tied to it. */
export function headName(config: ModelConfig): string {
  return config.tiedHead ? EMBEDDING : HEAD;
}

/** Linear modules of a layer with [outputs, inputs]. */
export function linearShapes(config: ModelConfig): Readonly<Record<string, readonly [number, number]>> {
  const { width, heads, kvHeads, headDim, feedForward } = config;
  return {
    'self_attn.q_proj': [heads * headDim, width],
    'self_attn.k_proj': [kvHeads * headDim, width],
    'self_attn.v_proj': [kvHeads * headDim, width],
    'self_attn.o_proj': [width, heads * headDim],
    'mlp.gate_proj': [feedForward, width],
    'mlp.up_proj': [feedForward, width],
    'mlp.down_proj': [width, feedForward],
  };
}

/** Whether a linear module of a layer has a bias. */
export function hasBias(config: ModelConfig, module: string): boolean {
  if (/\.(q|k|v)_proj$/.test(module)) return config.qkvBias;
  return module.endsWith('.o_proj') && config.outputBias;
}

/** Every tensor that a checkpoint of this shape must have. */
export function parameterShapes(config: ModelConfig): ParameterShape[] {
  const { width, headDim, layers, vocabulary } = config;
  const all: ParameterShape[] = [{ name: EMBEDDING, shape: [vocabulary, width] }];
  for (let layer = 0; layer < layers; layer++) {
    const prefix = `model.layers.${layer}`;
    all.push({ name: `${prefix}.input_layernorm.weight`, shape: [width] });
    for (const [module, [outputs, inputs]] of Object.entries(linearShapes(config))) {
      all.push({ name: `${prefix}.${module}.weight`, shape: [outputs, inputs] });
      if (hasBias(config, module)) all.push({ name: `${prefix}.${module}.bias`, shape: [outputs] });
      if (module === 'self_attn.o_proj') {
        if (config.qkNorm)
          for (const norm of ['q_norm', 'k_norm'])
            all.push({ name: `${prefix}.self_attn.${norm}.weight`, shape: [headDim] });
        all.push({ name: `${prefix}.post_attention_layernorm.weight`, shape: [width] });
      }
    }
  }
  all.push({ name: `${FINAL_NORM}.weight`, shape: [width] });
  if (!config.tiedHead) all.push({ name: HEAD, shape: [vocabulary, width] });
  return all;
}

export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
