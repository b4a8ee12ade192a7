/**
 * Sample inputs of every operator in the table, for the test that holds the shape rules against onnxruntime and the
 * gradient rules against central differences. Sizes a, b and c are drawn from 1 to 4; `draw` gives numbers in [0, 1).
 */

import type { Attributes, DType } from '../graph/types.ts';
import { DTYPES } from '../graph/types.ts';
import type { Builder, OpName } from './table.ts';

export interface SampleInput {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly values: readonly number[];
  /** Given as a constant: the shape rule reads its numbers. */
  readonly constant?: boolean;
}

export interface Sample {
  readonly ins: readonly (SampleInput | null)[];
  readonly attributes?: Attributes | ((b: Builder) => Attributes);
  readonly want?: readonly boolean[];
}

export interface Sizes {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly draw: () => number;
}

const count = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);
/** Numbers between `low` and `high`. */
const f32 = (s: Sizes, shape: readonly number[], low = -1, high = 1): SampleInput => ({
  dtype: 'f32',
  shape,
  values: Array.from({ length: count(shape) }, () => low + (high - low) * s.draw()),
});
/** Numbers at least 0.2 away from 0, where slopes jump. */
const awayFromZero = (s: Sizes, shape: readonly number[]): SampleInput => ({
  dtype: 'f32',
  shape,
  values: Array.from({ length: count(shape) }, () => (s.draw() < 0.5 ? -1 : 1) * (0.2 + s.draw())),
});
const bool = (s: Sizes, shape: readonly number[]): SampleInput => ({
  dtype: 'bool',
  shape,
  values: Array.from({ length: count(shape) }, () => (s.draw() < 0.5 ? 0 : 1)),
});
const i64 = (shape: readonly number[], values: readonly number[]): SampleInput => ({
  dtype: 'i64',
  shape,
  values,
});
const list = (...values: number[]): SampleInput => ({
  dtype: 'i64',
  shape: [values.length],
  values,
  constant: true,
});
const below = (s: Sizes, shape: readonly number[], limit: number): SampleInput =>
  i64(
    shape,
    Array.from({ length: count(shape) }, () => Math.floor(s.draw() * limit)),
  );
const scalar = (dtype: DType, value: number): SampleInput => ({ dtype, shape: [], values: [value] });

type Make = (s: Sizes) => Sample;
const one =
  (make: (s: Sizes, shape: readonly number[]) => SampleInput): Make =>
  (s) => ({ ins: [make(s, [s.a, s.b])] });
/** Operands that broadcast against each other. */
const two =
  (make: (s: Sizes, shape: readonly number[]) => SampleInput): Make =>
  (s) => ({ ins: [make(s, [s.a, 1, s.c]), make(s, [s.b, s.c])] });
const positive = (s: Sizes, shape: readonly number[]) => f32(s, shape, 0.3, 2);
const reduced: Make = (s) => ({ ins: [f32(s, [s.a, s.b, s.c]), list(1)], attributes: { keepdims: s.a % 2 } });
const alongLast: Make = (s) => ({ ins: [f32(s, [s.a, s.b])], attributes: { axis: -1 } });

const qkv = (s: Sizes, size: number) => [
  f32(s, [s.a, 4, s.b, size]),
  f32(s, [s.a, 2, s.b, size]),
  f32(s, [s.a, 2, s.b, size]),
];

export const SAMPLES: Readonly<Record<OpName, Make>> = {
  Abs: one(awayFromZero),
  Add: two(f32),
  And: two(bool),
  ArgMax: (s) => ({ ins: [f32(s, [s.a, s.b])], attributes: { axis: 1, keepdims: 0 } }),
  Attention: (s) => ({
    ins: [...qkv(s, 8), f32(s, [s.a, 1, s.b, s.b])],
    attributes: { scale: 0.3, qk_matmul_output_mode: 3 },
    want: [true, false, false, true],
  }),
  Cast: (s) => ({ ins: [f32(s, [s.a, s.b])], attributes: { to: DTYPES.f64 } }),
  Clip: (s) => ({ ins: [f32(s, [s.a]), scalar('f32', -0.5), scalar('f32', 0.5)] }),
  Concat: (s) => ({ ins: [f32(s, [s.a, s.b]), f32(s, [s.c, s.b])], attributes: { axis: 0 } }),
  ConstantOfShape: (s) => ({ ins: [list(s.a, s.b)] }),
  Cos: one(f32),
  CumSum: (s) => ({ ins: [f32(s, [s.a, s.b]), scalar('i64', 1)], attributes: { exclusive: s.a % 2 } }),
  Div: two(awayFromZero),
  Equal: two(bool),
  Exp: one(f32),
  Expand: (s) => ({ ins: [f32(s, [s.a, 1]), list(s.c, 1, s.b)] }),
  Floor: one(f32),
  FusedMatMul: (s) =>
    s.draw() < 0.5
      ? { ins: [f32(s, [s.a, s.b, s.c]), f32(s, [3, s.c])], attributes: { transB: 1, alpha: 0.5 } }
      : { ins: [f32(s, [2, s.b, s.a]), f32(s, [2, s.b, s.c])], attributes: { transA: 1 } },
  Gather: (s) => ({ ins: [f32(s, [s.a, s.b]), below(s, [s.c, 2], s.a)], attributes: { axis: 0 } }),
  GatherElements: (s) => ({ ins: [f32(s, [s.a, s.b]), below(s, [s.a, 2], s.b)], attributes: { axis: 1 } }),
  GatherND: (s) => ({ ins: [f32(s, [s.a, s.b]), below(s, [s.c, 1], s.a)] }),
  Gemm: (s) => ({
    ins: [f32(s, [s.b, s.a]), f32(s, [s.b, s.c]), f32(s, [s.c])],
    attributes: { transA: 1, alpha: 0.5, beta: 2 },
  }),
  Greater: two(f32),
  GreaterOrEqual: two(f32),
  GroupQueryAttention: (s) => ({
    ins: [
      f32(s, [s.a, s.b, 32]),
      f32(s, [s.a, s.b, 16]),
      f32(s, [s.a, s.b, 16]),
      null,
      null,
      { dtype: 'i32', shape: [s.a], values: Array.from({ length: s.a }, () => s.b - 1) },
      { dtype: 'i32', shape: [], values: [s.b] },
    ],
    attributes: { num_heads: 4, kv_num_heads: 2 },
  }),
  Identity: one(f32),
  If: (s) => ({
    ins: [bool(s, [])],
    attributes: (b) => {
      const branch = (name: string, value: number) => {
        const body = b.subgraph(name);
        body.output(`${name}-out`, body.op('Add', [body.constant('f32', [2], [1, 2]), body.scalar(value)]));
        return body.build();
      };
      return { then_branch: branch('then', 1), else_branch: branch('else', 2) };
    },
  }),
  IsInf: one(f32),
  IsNaN: one(f32),
  Less: two(f32),
  LessOrEqual: two(f32),
  Log: one(positive),
  LogSoftmax: alongLast,
  Loop: (s) => ({
    ins: [scalar('i64', 3), null, f32(s, [s.a])],
    attributes: (b) => {
      const body = b.subgraph('body');
      body.input('round', 'i64', []);
      const go = body.input('go', 'bool', []);
      const carried = body.input('carried', 'f32', [s.a]);
      const next = body.op('Mul', [carried, body.scalar(2)]);
      body.output('go-on', body.op('Identity', [go]));
      body.output('next', next);
      body.output('each', next);
      return { body: body.build() };
    },
  }),
  MatMul: (s) => ({ ins: [f32(s, [s.a, s.b, s.c]), f32(s, [s.c, 3])] }),
  MatMulNBits: (s) => ({
    ins: [
      f32(s, [s.a, 32]),
      {
        dtype: 'u8',
        shape: [s.b, 1, 16],
        values: Array.from({ length: s.b * 16 }, () => Math.floor(256 * s.draw())),
      },
      f32(s, [s.b, 1]),
    ],
    attributes: { K: 32, N: s.b, bits: 4, block_size: 32 },
  }),
  Max: two(f32),
  Min: two(f32),
  Mod: (s) => ({ ins: [positive(s, [s.a]), positive(s, [s.a])], attributes: { fmod: 1 } }),
  Mul: two(f32),
  MultiHeadAttention: (s) => ({
    ins: [f32(s, [s.a, s.b, 16]), f32(s, [s.a, s.b, 16]), f32(s, [s.a, s.b, 16])],
    attributes: { num_heads: 2 },
    want: [true],
  }),
  Neg: one(f32),
  NonZero: one(bool),
  Not: one(bool),
  Or: two(bool),
  Pad: (s) => ({ ins: [f32(s, [s.a, s.b]), list(1, 0, 2, 1)] }),
  Pow: (s) => ({ ins: [positive(s, [s.a, s.b]), { ...scalar('f32', 3), constant: true }] }),
  RMSNormalization: (s) => ({
    ins: [f32(s, [s.a, s.b, 4]), f32(s, [4])],
    attributes: { axis: -1, epsilon: 1e-5 },
  }),
  QuickGelu: (s) => ({ ins: [f32(s, [s.a, s.b])], attributes: { alpha: 1.5 } }),
  Range: () => ({ ins: [0, 7, 2].map((value) => ({ ...scalar('i64', value), constant: true })) }),
  Reciprocal: one(awayFromZero),
  ReduceMax: reduced,
  ReduceMean: reduced,
  ReduceMin: reduced,
  ReduceSum: reduced,
  ReduceSumSquare: reduced,
  Reshape: (s) => ({ ins: [f32(s, [s.a, s.b, s.c]), list(0, -1)] }),
  RotaryEmbedding: (s) => ({
    ins: [f32(s, [s.a, 2, s.b, 8]), f32(s, [6, 4]), f32(s, [6, 4]), below(s, [s.a, s.b], 6)],
  }),
  ScatterElements: (s) => ({
    ins: [f32(s, [s.a, s.b]), below(s, [s.a, 3], s.b), f32(s, [s.a, 3])],
    attributes: { axis: 1, reduction: 'add' },
  }),
  ScatterND: (s) => ({
    ins: [f32(s, [s.a, s.b]), i64([1, 1], [s.a - 1]), f32(s, [1, s.b])],
    attributes: { reduction: 'add' },
  }),
  Shape: one(f32),
  Sigmoid: one(f32),
  Sign: one(f32),
  SimplifiedLayerNormalization: (s) => ({
    ins: [f32(s, [s.a, s.b, 4]), f32(s, [4])],
    attributes: { axis: -1, epsilon: 1e-5 },
    want: [true, true],
  }),
  Sin: one(f32),
  SkipSimplifiedLayerNormalization: (s) => ({
    ins: [f32(s, [s.a, s.b, 4]), f32(s, [s.a, s.b, 4]), f32(s, [4])],
    attributes: { epsilon: 1e-5 },
    want: [true, false, false, true],
  }),
  Slice: (s) => ({ ins: [f32(s, [s.a, s.b + 2]), list(1), list(s.b + 1), list(1)] }),
  Softmax: alongLast,
  Split: (s) => ({ ins: [f32(s, [s.a, s.b + s.c]), list(s.b, s.c)], attributes: { axis: 1 } }),
  Sqrt: one(positive),
  Squeeze: (s) => ({ ins: [f32(s, [s.a, 1, s.b]), list(1)] }),
  Sub: two(f32),
  Swish: one(f32),
  Tanh: one(f32),
  TensorScatter: (s) => ({
    ins: [f32(s, [s.a, 2, 6, 4]), f32(s, [s.a, 2, s.b, 4]), below(s, [s.a], 2)],
    attributes: { axis: 2 },
  }),
  Tile: (s) => ({ ins: [f32(s, [s.a, s.b]), list(2, s.c)] }),
  TopK: (s) => ({ ins: [f32(s, [s.a, s.b + 1]), list(2)], attributes: { axis: -1 } }),
  Transpose: (s) => ({ ins: [f32(s, [s.a, s.b, s.c])], attributes: { perm: [1, 2, 0] } }),
  Unsqueeze: (s) => ({ ins: [f32(s, [s.a, s.b]), list(0, 2)] }),
  Where: (s) => ({ ins: [bool(s, [s.a, 1]), f32(s, [s.a, s.b]), f32(s, [1])] }),
};
