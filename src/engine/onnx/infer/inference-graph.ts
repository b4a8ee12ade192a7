/**
 * The graph that both reads prompts and writes tokens: one forward pass over `time` new tokens of each row, given
 * what a cache holds of the tokens before. One graph means that the weights are in memory once. The cache only goes
 * in; what comes out are the keys and values of the new tokens, which the caller writes into it. The binding of
 * onnxruntime-node copies every output it hands back, preallocated ones too: a cache that came out again would be
 * copied at each token (24 rows of 850 slots: 200 ms of a step of 300).
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

/** The output that holds what the pass adds to a cache array. */
export const updateName = (cache: string): string => `new.${cache}`;

/**
 * Inputs: `tokens`, `positions` i64 [batch, time]; `write` i64 [batch], the first cache slot that each row fills;
 * `single` bool [], may be true when `time` is 1; `mask` f32 [batch, 1, time, slots], added to the attention scores (with
 * `single` it must shut the slots from `write` on, as the new token sees itself anyway); `heads` i64 [heads], places in the flattened
 * [batch * time] whose next token is wanted; `scored` i64 [scored], places in `heads`; `targets` i64 [targets, 2],
 * pairs of a place in `scored` and a token; and the cache, f32 [batch, kvHeads, slots, headDim] per layer.
 * Outputs: `logits` f32 [heads, vocabulary]; `best` i64 [heads]; `sum` f32 [heads], not finite when any logit of the
 * row is not; `logprobs` f32 [targets], in nats; and under `updateName` of each cache array the new tokens' keys or
 * values, f32 [batch, kvHeads, time, headDim].
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
  const single = b.input('single', 'bool', []);
  const slice = [mask, b.ints([0]), b.ints([1]), b.ints([2])];
  const [firstLine] = b.ops('Slice', slice, {}, [true], [['batch', 1, 1, 'slots']]) as [Value];
  const rotary = rotation(b, config, positions);
  const context: BlockContext = { b, config, weight, write, mask, firstLine, single, ...rotary };

  const embedding = weight('model.embed_tokens.weight');
  let x = b.op('Gather', [embedding, tokens]);
  for (let layer = 0; layer < config.layers; layer++) x = block(context, layer, x);

  const flat = b.op('Reshape', [x, b.ints([-1, config.width])]);
  const norm = weight('model.norm.weight');
  const wanted = rmsNorm(context, b.op('Gather', [flat, heads]), norm);
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
  /** The mask of each row's first new token, f32 [batch, 1, 1, slots]. */
  readonly firstLine: Value;
  readonly single: Value;
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

function rmsNorm({ b, config }: BlockContext, x: Value, scale: Value): Value {
  return b.op('RMSNormalization', [x, scale], { axis: -1, epsilon: config.rmsNormEpsilon });
}

/** x W^T (+ bias): Hugging Face keeps linear layers as [outputs, inputs]. */
function linear({ b, weight }: BlockContext, x: Value, name: string, bias: boolean): Value {
  const y = b.op('FusedMatMul', [x, weight(`${name}.weight`)], { transB: 1 });
  return bias ? b.op('Add', [y, weight(`${name}.bias`)]) : y;
}

/** One decoder layer: x + attention(norm(x)), then x + feedForward(norm(x)). */
function block(context: BlockContext, layer: number, x: Value): Value {
  const { b, weight } = context;
  const name = `model.layers.${layer}`;
  const before = rmsNorm(context, x, weight(`${name}.input_layernorm.weight`));
  const attended = b.op('Add', [x, attention(context, layer, before)]);
  const middle = rmsNorm(context, attended, weight(`${name}.post_attention_layernorm.weight`));
  const gate = b.op('Swish', [linear(context, middle, `${name}.mlp.gate_proj`, false)]);
  const up = linear(context, middle, `${name}.mlp.up_proj`, false);
  const down = linear(context, b.op('Mul', [gate, up]), `${name}.mlp.down_proj`, false);
  return b.op('Add', [attended, down]);
}

function attention(context: BlockContext, layer: number, x: Value): Value {
  const { b, config, weight, cos, sin } = context;
  const name = `model.layers.${layer}.self_attn`;
  /** [batch, time, heads * headDim] as [batch, heads, time, headDim]. */
  const split = (y: Value, count: number, norm?: string): Value => {
    const parts = b.op('Reshape', [y, b.ints([0, 0, count, config.headDim])]);
    const normed = norm ? rmsNorm(context, parts, weight(norm)) : parts;
    return b.op('Transpose', [normed], { perm: [0, 2, 1, 3] });
  };
  const project = (which: 'q' | 'k' | 'v', count: number): Value => {
    const norm = config.qkNorm && which !== 'v' ? `${name}.${which}_norm.weight` : undefined;
    return split(linear(context, x, `${name}.${which}_proj`, config.qkvBias), count, norm);
  };
  const q = b.op('RotaryEmbedding', [project('q', config.heads), cos, sin]);
  const k = b.op('RotaryEmbedding', [project('k', config.kvHeads), cos, sin]);
  const v = project('v', config.kvHeads);
  const cache = cacheNames(layer);
  const keys = cached(context, cache.key, k);
  const values = cached(context, cache.value, v);
  const operands: Operands = { q, k, v, keys, values };
  const [mixed] = b.ops(
    'If',
    [context.single],
    { then_branch: oneToken(context, operands), else_branch: manyTokens(context, operands) },
    [true],
    [['batch', config.heads, 'time', config.headDim]],
  ) as [Value];
  const joined = b.op('Reshape', [
    b.op('Transpose', [mixed], { perm: [0, 2, 1, 3] }),
    b.ints([0, 0, config.heads * config.headDim]),
  ]);
  return linear(context, joined, `${name}.o_proj`, config.outputBias);
}

/** The cache array `name` as it comes in; the new tokens' part of it goes out. */
function cached({ b, config }: BlockContext, name: string, update: Value): Value {
  b.output(updateName(name), update);
  return b.input(name, 'f32', ['batch', config.kvHeads, 'slots', config.headDim]);
}

/** Queries [batch, heads, time, headDim], new keys and values [batch, kvHeads, time, headDim], and the cache. */
interface Operands {
  readonly q: Value;
  readonly k: Value;
  readonly v: Value;
  readonly keys: Value;
  readonly values: Value;
}

/** A prompt: the new tokens are put into a copy of the cache, which is small beside the work. */
function manyTokens({ b, config, write, mask }: BlockContext, { q, k, v, keys, values }: Operands): Graph {
  const branch = b.subgraph('many');
  const key = branch.op('TensorScatter', [keys, k, write], { axis: 2 });
  const value = branch.op('TensorScatter', [values, v, write], { axis: 2 });
  branch.output('mixed', branch.op('Attention', [q, key, value, mask], { scale: config.headDim ** -0.5 }));
  return branch.build();
}

/**
 * One token a row: softmax over the scores of the cache's slots and of the token itself, without touching the cache.
 * The query heads that share a key head are the rows of one product.
 */
function oneToken({ b, config, firstLine }: BlockContext, { q, k, v, keys, values }: Operands): Graph {
  const { heads, kvHeads, headDim } = config;
  const branch = b.subgraph('one');
  const last = branch.ints([-1]);
  const grouped = branch.op('Reshape', [q, branch.ints([0, kvHeads, heads / kvHeads, headDim])]);
  const product = { transB: 1, alpha: headDim ** -0.5 };
  const before = branch.op('Add', [branch.op('FusedMatMul', [grouped, keys], product), firstLine]);
  const itself = branch.op('FusedMatMul', [grouped, k], product);
  const shares = branch.op('Softmax', [branch.op('Concat', [before, itself], { axis: 3 })], { axis: -1 });
  const [ofCache] = branch.ops('Slice', [shares, branch.ints([0]), last, last], {}, [true], [before.shape]);
  const ofItself = branch.op('Slice', [shares, last, branch.ints([2 ** 31 - 1]), last]);
  const sum = branch.op('Add', [branch.op('MatMul', [ofCache!, values]), branch.op('MatMul', [ofItself, v])]);
  branch.output('mixed', branch.op('Reshape', [sum, branch.ints([0, heads, 1, headDim])]));
  return branch.build();
}
