/**
 * The Llama-family decoder as nodes of a graph: one description of the blocks for training and for inference. What
 * differs between the two (where weights come from, adapters, caches, fused operators) is passed in as `parts`.
 */
import type { ModelConfig } from '../../../checkpoint/checkpoint.ts';
import type { Value } from '../graph/types.ts';
import type { Builder } from '../ops/table.ts';
import { FINAL_NORM } from './parameters.ts';

export interface DecoderParts {
  /** x W^T (+ bias) of a module such as `model.layers.0.self_attn.q_proj`: [batch, time, inputs] to [.., outputs]. */
  readonly linear: (module: string, x: Value) => Value;
  /** RMS norm over the last axis with the weight of a module such as `model.layers.0.input_layernorm`. */
  readonly norm: (module: string, x: Value) => Value;
  /**
   * Attention of one layer, rotation included: query [batch, time, heads * headDim], key and value
   * [batch, time, kvHeads * headDim]; gives [batch, time, heads * headDim].
   */
  readonly attention: (layer: number, query: Value, key: Value, value: Value) => Value;
  /** silu(gate) * up. */
  readonly gated: (gate: Value, up: Value) => Value;
}

/** Hidden states [batch, time, width] after the final norm, from embedded tokens of the same shape. */
export function decoder(b: Builder, config: ModelConfig, embedded: Value, parts: DecoderParts): Value {
  let x = embedded;
  for (let layer = 0; layer < config.layers; layer++) {
    const at = `model.layers.${layer}`;
    const normed = parts.norm(`${at}.input_layernorm`, x);
    const project = (name: string) => parts.linear(`${at}.self_attn.${name}_proj`, normed);
    const headNorm = (name: string, value: Value, heads: number) =>
      config.qkNorm
        ? perHead(b, value, heads, config.headDim, (v) => parts.norm(`${at}.self_attn.${name}`, v))
        : value;
    const query = headNorm('q_norm', project('q'), config.heads);
    const key = headNorm('k_norm', project('k'), config.kvHeads);
    const mixed = parts.attention(layer, query, key, project('v'));
    x = b.op('Add', [x, parts.linear(`${at}.self_attn.o_proj`, mixed)]);
    const inner = parts.norm(`${at}.post_attention_layernorm`, x);
    const gated = parts.gated(
      parts.linear(`${at}.mlp.gate_proj`, inner),
      parts.linear(`${at}.mlp.up_proj`, inner),
    );
    x = b.op('Add', [x, parts.linear(`${at}.mlp.down_proj`, gated)]);
  }
  return parts.norm(FINAL_NORM, x);
}

function perHead(b: Builder, x: Value, heads: number, size: number, f: (x: Value) => Value): Value {
  const split = b.op('Reshape', [x, b.ints([0, 0, heads, size])]);
  return b.op('Reshape', [f(split), b.ints([0, 0, heads * size])]);
}
