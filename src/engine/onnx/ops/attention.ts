/** Attention, rotary positions and normalisation as single operators. */
import { add, type Dim, divide, multiply, type Shape, UNKNOWN } from '../graph/dim.ts';
import type { Attributes, OpTable, TensorType, Value } from '../graph/types.ts';
import { grad, gradIf, intOf, need, sameType } from './rules.ts';

type Name =
  | 'Attention'
  | 'GroupQueryAttention'
  | 'MultiHeadAttention'
  | 'RMSNormalization'
  | 'RotaryEmbedding'
  | 'SimplifiedLayerNormalization'
  | 'SkipSimplifiedLayerNormalization';

/** [batch, heads, time, size] of a query, key or value given in three or four axes. */
function heads(x: Value, count: number): readonly [Dim, Dim, Dim, Dim] {
  const [a, b, c, d] = x.shape;
  if (x.shape.length === 4) return [a, b, c, d] as [Dim, Dim, Dim, Dim];
  if (x.shape.length !== 3) throw new Error(`[${x.shape}] has neither three nor four axes`);
  if (count < 1) throw new Error('three axes need the number of heads');
  return [a as Dim, count, b as Dim, divide(c as Dim, count)];
}

function attentionShape(ins: readonly (Value | null)[], attributes: Attributes): TensorType[] {
  const [q, k, v] = [need(ins, 0), need(ins, 1), need(ins, 2)];
  sameType(q, k);
  sameType(q, v);
  const [batch, queries, time] = heads(q, intOf(attributes, 'q_num_heads', 0));
  const kvHeads = intOf(attributes, 'kv_num_heads', 0);
  const [, keys, keyTime, keySize] = heads(k, kvHeads);
  const [, , , valueSize] = heads(v, kvHeads);
  const past = ins[4]?.shape[2];
  const total = past === undefined ? keyTime : add([past, keyTime]);
  const out: Shape =
    q.shape.length === 4 ? [batch, queries, time, valueSize] : [batch, time, multiply([queries, valueSize])];
  const { dtype } = q;
  return [
    { dtype, shape: out },
    { dtype, shape: [batch, keys, total, keySize] },
    { dtype, shape: [batch, keys, total, valueSize] },
    { dtype, shape: [batch, queries, time, total] },
  ];
}

const rmsAttributes = { axis: 'int', epsilon: 'float', stash_type: 'int' } as const;

export const ATTENTION: OpTable<Name> = {
  /**
   * ONNX opset 24. Inputs: query, key, value, mask (bool or added to the scores), past key, past value, lengths of
   * an unpadded static cache. Outputs: result, present key, present value, scores (`qk_matmul_output_mode` 3: after
   * softmax). Training uses the composite `causalAttention`, which has a gradient.
   */
  Attention: {
    onnx: 'Attention',
    domain: '',
    arity: [3, 7],
    attributes: {
      is_causal: 'int',
      kv_num_heads: 'int',
      q_num_heads: 'int',
      qk_matmul_output_mode: 'int',
      scale: 'float',
      softcap: 'float',
      softmax_precision: 'int',
    },
    shape: attentionShape,
    vjp: 'none',
  },
  /** Inputs: query, key, value, past key, past value, seqlens_k, total length, cos, sin, positions, bias, sinks. */
  GroupQueryAttention: {
    onnx: 'GroupQueryAttention',
    domain: 'com.microsoft',
    arity: [7, 14],
    attributes: {
      num_heads: 'int',
      kv_num_heads: 'int',
      scale: 'float',
      do_rotary: 'int',
      rotary_interleaved: 'int',
      local_window_size: 'int',
      softcap: 'float',
    },
    shape: (ins, attributes) => {
      const q = need(ins, 0);
      const count = intOf(attributes, 'num_heads', 1);
      const keys = intOf(attributes, 'kv_num_heads', 1);
      const packed = !ins[1];
      const width = q.shape[2] as Dim;
      const size = divide(width, packed ? count + 2 * keys : count);
      const present = ins[3]?.shape ?? [q.shape[0] as Dim, keys, UNKNOWN, size];
      const out = packed ? [...q.shape.slice(0, 2), multiply([count, size])] : q.shape;
      // The cache grows to the total length unless it already has room: only the run knows.
      const cache = [present[0] as Dim, keys, UNKNOWN, size];
      return [
        { dtype: q.dtype, shape: out },
        { dtype: q.dtype, shape: cache },
        { dtype: q.dtype, shape: cache },
      ];
    },
    vjp: 'none',
  },
  /** Inputs: query, key, value (three axes), bias, key padding mask, attention bias, past key, past value. */
  MultiHeadAttention: {
    onnx: 'MultiHeadAttention',
    domain: 'com.microsoft',
    arity: [1, 10],
    attributes: { num_heads: 'int', scale: 'float', mask_filter_value: 'float', unidirectional: 'int' },
    shape: (ins, attributes) => {
      const q = need(ins, 0);
      const count = intOf(attributes, 'num_heads', 1);
      const cache = [q.shape[0] as Dim, count, UNKNOWN, divide(q.shape[2] as Dim, count)];
      return [
        { dtype: q.dtype, shape: q.shape },
        { dtype: q.dtype, shape: cache },
        { dtype: q.dtype, shape: cache },
      ];
    },
    vjp: 'none',
  },
  /** y = x / sqrt(mean(x^2) + epsilon) * scale. Training uses the composite `rmsNorm`. */
  RMSNormalization: {
    onnx: 'RMSNormalization',
    domain: '',
    arity: [2, 2],
    attributes: rmsAttributes,
    shape: (ins) => [{ dtype: need(ins, 0).dtype, shape: need(ins, 0).shape }],
    vjp: 'none',
  },
  /**
   * Rotates pairs of features by the angle of their position. Inputs: x [batch, heads, time, size] (or three axes
   * and `num_heads`), cos and sin ([batch, time, size / 2], or [positions, size / 2] with input 3, the positions).
   */
  RotaryEmbedding: {
    onnx: 'RotaryEmbedding',
    domain: '',
    arity: [3, 4],
    attributes: { interleaved: 'int', num_heads: 'int', rotary_embedding_dim: 'int' },
    shape: (ins) => [{ dtype: need(ins, 0).dtype, shape: need(ins, 0).shape }],
    // A rotation: the gradient is rotated back.
    vjp: (c) => [
      gradIf(c, 0, () => {
        const back = c.b.op('Neg', [need(c.ins, 2)]);
        const inputs = [grad(c), need(c.ins, 1), back, ...(c.ins[3] ? [c.ins[3]] : [])];
        return c.b.op('RotaryEmbedding', inputs, c.attributes);
      }),
      null,
      null,
      null,
    ],
  },
  /** RMS norm that can also return the factor 1 / sqrt(mean(x^2) + epsilon), which backward needs. */
  SimplifiedLayerNormalization: {
    onnx: 'SimplifiedLayerNormalization',
    domain: '',
    arity: [2, 2],
    attributes: rmsAttributes,
    shape: (ins) => {
      const x = need(ins, 0);
      return [
        { dtype: x.dtype, shape: x.shape },
        { dtype: 'f32', shape: [...x.shape.slice(0, -1), 1] },
      ];
    },
    vjp: 'none',
  },
  /** RMS norm of input + skip. Outputs: result, (unused), inverse deviation, input + skip. */
  SkipSimplifiedLayerNormalization: {
    onnx: 'SkipSimplifiedLayerNormalization',
    domain: 'com.microsoft',
    arity: [3, 4],
    attributes: { epsilon: 'float' },
    shape: (ins) => {
      const x = need(ins, 0);
      const row: TensorType = { dtype: 'f32', shape: [...x.shape.slice(0, -1), 1] };
      return [{ dtype: x.dtype, shape: x.shape }, row, row, { dtype: x.dtype, shape: x.shape }];
    },
    vjp: 'none',
  },
};
