/**
 * The graph that both reads prompts and writes tokens: one forward pass over `time` new tokens of each row, given
 * what a cache holds of the tokens before. One graph means that the weights are in memory once. The cache's arrays
 * are input and output at once: TensorScatter puts the new tokens where they belong and touches nothing else.
 */
import type { ModelConfig } from '../../../checkpoint/checkpoint.ts';
import type { Graph, Initializer, Value } from '../graph/types.ts';
import { inverseFrequencies } from '../models/rotary.ts';
import { type Builder, newGraph } from '../ops/table.ts';

/** Where a weight's numbers are: `data` as an initializer takes them. Names and shapes as in Hugging Face files. */
export type WeightSource = (name: string) => {
  readonly shape: readonly number[];
  readonly data: Initializer['data'];
};

export function cacheNames(layer: number): { readonly key: string; readonly value: string } {
  return { key: `cache.${layer}.key`, value: `cache.${layer}.value` };
}

/** The output that lies on the cache array `name`. */
export const updatedName = (name: string): string => `${name}.updated`;

/**
 * Inputs: `tokens`, `positions` i64 [batch, time]; `write` i64 [batch], the first cache slot that each row fills;
 * `mask` f32 [batch, 1, time, slots], added to the attention scores; `heads` i64 [heads], places in the flattened
 * [batch * time] whose next token is wanted; `scored` i64 [scored], places in `heads`; `targets` i64 [targets, 2],
 * pairs of a place in `scored` and a token; and the cache, f32 [batch, kvHeads, slots, headDim] per layer.
 * Outputs: `logits` f32 [heads, vocabulary]; `best` i64 [heads]; `sum` f32 [heads], not finite when any logit of the
 * row is not; `logprobs` f32 [targets], in nats; and under `updatedName` each cache array with the new tokens in it.
 */
export function inferenceGraph(config: ModelConfig, weights: WeightSource): Graph {
  const b = newGraph('inference');
  const weight = (name: string): Value => {
    const { shape, data } = weights(name);
    return b.initializer(name, 'f32', shape, data);
  };
  const tokens = b.input('tokens', 'i64', ['batch', 'time']);
  const positions = b.input('positions', 'i64', ['batch', 'time']);
  const write = b.input('write', 'i64', ['batch']);
  const mask = b.input('mask', 'f32', ['batch', 1, 'time', 'slots']);
  const heads = b.input('heads', 'i64', ['heads']);
  const scored = b.input('scored', 'i64', ['scored']);
  const targets = b.input('targets', 'i64', ['targets', 2]);
  const rotary = rotation(b, config, positions);
  const context: BlockContext = { b, config, weight, write, mask, ...rotary };

  const embedding = weight('model.embed_tokens.weight');
  let sum = b.op('Gather', [embedding, tokens]);
  let more: Value | undefined;
  for (let layer = 0; layer < config.layers; layer++) {
    const name = `model.layers.${layer}`;
    // Above the last attention only the places matter whose next token is wanted.
    const chosen = layer === config.layers - 1 ? (x: Value) => b.op('Gather', [flat(b, x), heads]) : same;
    const before = addAndNorm(context, sum, more, `${name}.input_layernorm`);
    const attended = attention(context, layer, before.normed, chosen);
    const middle = addAndNorm(context, chosen(before.sum), attended, `${name}.post_attention_layernorm`);
    sum = middle.sum;
    more = feedForward(context, layer, middle.normed);
  }
  const wanted = addAndNorm(context, sum, more, 'model.norm').normed;
  const head = config.tiedHead ? embedding : weight('lm_head.weight');
  const logits = b.op('Gemm', [wanted, head], { transB: 1 });
  b.output('logits', logits);
  b.output('best', b.op('ArgMax', [logits], { axis: -1, keepdims: 0 }));
  b.output('sum', b.op('ReduceSum', [logits, b.ints([-1])], { keepdims: 0 }));
  const logSoftmax = b.op('LogSoftmax', [b.op('Gather', [logits, scored])], { axis: -1 });
  b.output('logprobs', b.op('GatherND', [logSoftmax, targets]));
  return b.build();
}

interface BlockContext {
  readonly b: Builder;
  readonly config: ModelConfig;
  readonly weight: (name: string) => Value;
  readonly write: Value;
  readonly mask: Value;
  readonly cos: Value;
  readonly sin: Value;
}

/** cos and sin [batch, time, headDim / 2] of each position's angles, computed as transformers does, in float32. */
function rotation(b: Builder, config: ModelConfig, positions: Value): { cos: Value; sin: Value } {
  const frequencies = [...inverseFrequencies(config)];
  const row = b.constant('f32', [1, 1, frequencies.length], frequencies);
  const column = b.op('Unsqueeze', [b.op('Cast', [positions], { to: 1 }), b.ints([-1])]);
  const angles = b.op('Mul', [column, row]);
  return { cos: b.op('Cos', [angles]), sin: b.op('Sin', [angles]) };
}

const same = (x: Value): Value => x;

/** [..., n] as [rows, n]. */
function flat(b: Builder, x: Value): Value {
  return b.op('Reshape', [x, b.ints([-1, x.shape[x.shape.length - 1] as number])]);
}

function rmsNorm({ b, config, weight }: BlockContext, x: Value, module: string): Value {
  const scale = weight(`${module}.weight`);
  return b.op('RMSNormalization', [x, scale], { axis: -1, epsilon: config.rmsNormEpsilon });
}

/** x + more, and its RMS norm: one pass over memory instead of two. */
function addAndNorm(
  context: BlockContext,
  x: Value,
  more: Value | undefined,
  module: string,
): { readonly sum: Value; readonly normed: Value } {
  if (!more) return { sum: x, normed: rmsNorm(context, x, module) };
  const { b, config, weight } = context;
  const [normed, , , sum] = b.ops(
    'SkipSimplifiedLayerNormalization',
    [x, more, weight(`${module}.weight`)],
    { epsilon: config.rmsNormEpsilon },
    [true, false, false, true],
  );
  return { sum: sum as Value, normed: normed as Value };
}

/** x W^T (+ bias): Hugging Face keeps linear layers as [outputs, inputs]. */
function linear({ b, weight }: BlockContext, x: Value, name: string, bias: boolean): Value {
  const y = b.op('FusedMatMul', [x, weight(`${name}.weight`)], { transB: 1 });
  return bias ? b.op('Add', [y, weight(`${name}.bias`)]) : y;
}

/** down(silu(gate(x)) * up(x)). */
function feedForward(context: BlockContext, layer: number, x: Value): Value {
  const { b } = context;
  const name = `model.layers.${layer}.mlp`;
  // QuickGelu with alpha 1 is silu in one operator.
  const gate = b.op('QuickGelu', [linear(context, x, `${name}.gate_proj`, false)], { alpha: 1 });
  return linear(
    context,
    b.op('Mul', [gate, linear(context, x, `${name}.up_proj`, false)]),
    `${name}.down_proj`,
    false,
  );
}

/**
 * What the attention of a layer gives for x [batch, time, width]. `chosen` takes [batch, time, heads * headDim] to the
 * places that matter.
 */
function attention(context: BlockContext, layer: number, x: Value, chosen: (mixed: Value) => Value): Value {
  const { b, config, write, mask, cos, sin } = context;
  const name = `model.layers.${layer}.self_attn`;
  /** [batch, time, heads * headDim] as [batch, heads, time, headDim]. */
  const split = (y: Value, count: number, norm?: string): Value => {
    const parts = b.op('Reshape', [y, b.ints([0, 0, count, config.headDim])]);
    const scaled = norm ? rmsNorm(context, parts, norm) : parts;
    return b.op('Transpose', [scaled], { perm: [0, 2, 1, 3] });
  };
  const project = (which: 'q' | 'k' | 'v', count: number): Value => {
    const norm = config.qkNorm && which !== 'v' ? `${name}.${which}_norm` : undefined;
    return split(linear(context, x, `${name}.${which}_proj`, config.qkvBias), count, norm);
  };
  const cached = (array: string, update: Value): Value => {
    const cache = b.input(array, 'f32', ['batch', config.kvHeads, 'slots', config.headDim]);
    const updated = b.op('TensorScatter', [cache, update, write], { axis: 2 });
    b.output(updatedName(array), updated);
    return updated;
  };
  const cache = cacheNames(layer);
  const q = b.op('RotaryEmbedding', [project('q', config.heads), cos, sin]);
  const keys = cached(cache.key, b.op('RotaryEmbedding', [project('k', config.kvHeads), cos, sin]));
  const values = cached(cache.value, project('v', config.kvHeads));
  const mixed = b.op('Attention', [q, keys, values, mask], { scale: config.headDim ** -0.5 });
  const joined = b.op('Reshape', [
    b.op('Transpose', [mixed], { perm: [0, 2, 1, 3] }),
    b.ints([0, 0, config.heads * config.headDim]),
  ]);
  return linear(context, chosen(joined), `${name}.o_proj`, config.outputBias);
}
