/** Which tensors a model of a given shape has, by Hugging Face name, and their shapes (row-major, as in PyTorch). */
import type { ModelConfig } from './checkpoint.ts';
import { malformed } from './malformed.ts';
import type { TensorInfo } from './weight-source.ts';

/** In the order in which `transformers` saves them: embedding, layers, norm, head. */
export function expectedTensors(config: ModelConfig): Map<string, readonly number[]> {
  const { width, heads, kvHeads, headDim, feedForward, vocabulary } = config;
  const tensors = new Map<string, readonly number[]>();
  tensors.set('model.embed_tokens.weight', [vocabulary, width]);
  for (let layer = 0; layer < config.layers; layer++) {
    const at = `model.layers.${layer}`;
    tensors.set(`${at}.input_layernorm.weight`, [width]);
    tensors.set(`${at}.self_attn.q_proj.weight`, [heads * headDim, width]);
    tensors.set(`${at}.self_attn.k_proj.weight`, [kvHeads * headDim, width]);
    tensors.set(`${at}.self_attn.v_proj.weight`, [kvHeads * headDim, width]);
    tensors.set(`${at}.self_attn.o_proj.weight`, [width, heads * headDim]);
    if (config.qkvBias) {
      tensors.set(`${at}.self_attn.q_proj.bias`, [heads * headDim]);
      tensors.set(`${at}.self_attn.k_proj.bias`, [kvHeads * headDim]);
      tensors.set(`${at}.self_attn.v_proj.bias`, [kvHeads * headDim]);
    }
    if (config.outputBias) tensors.set(`${at}.self_attn.o_proj.bias`, [width]);
    if (config.qkNorm) {
      tensors.set(`${at}.self_attn.q_norm.weight`, [headDim]);
      tensors.set(`${at}.self_attn.k_norm.weight`, [headDim]);
    }
    tensors.set(`${at}.post_attention_layernorm.weight`, [width]);
    tensors.set(`${at}.mlp.gate_proj.weight`, [feedForward, width]);
    tensors.set(`${at}.mlp.up_proj.weight`, [feedForward, width]);
    tensors.set(`${at}.mlp.down_proj.weight`, [width, feedForward]);
  }
  tensors.set('model.norm.weight', [width]);
  if (!config.tiedHead) tensors.set('lm_head.weight', [vocabulary, width]);
  return tensors;
}

/**
 * Refuses a model that lacks a tensor, has one of another shape, or has one that the architecture has no place for:
 * leaving that one out would silently compute another model.
 */
export function checkTensors(
  file: string,
  config: ModelConfig,
  found: ReadonlyMap<string, TensorInfo>,
): void {
  // A claim of 2^31 layers must not build a table of that length.
  if (config.layers > found.size) {
    throw malformed(
      file,
      `the configuration has ${config.layers} layers, the weights only ${found.size} tensors`,
    );
  }
  const expected = expectedTensors(config);
  for (const [name, shape] of expected) {
    const tensor = found.get(name);
    if (!tensor) throw malformed(file, `the tensor ${name} is missing`);
    if (tensor.shape.length !== shape.length || tensor.shape.some((size, i) => size !== shape[i])) {
      throw malformed(
        file,
        `the tensor ${name} has shape [${tensor.shape.join(', ')}], the configuration asks for [${shape.join(', ')}]`,
      );
    }
  }
  for (const name of found.keys()) {
    if (!expected.has(name)) {
      throw malformed(
        file,
        `the tensor ${name} has no place in a ${config.architecture} model of this configuration`,
      );
    }
  }
}
