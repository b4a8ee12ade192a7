/** Operators that sum up, normalise or search along axes. */
import { axisOf, type Dim, type Shape, UNKNOWN } from '../graph/dim.ts';
import type { Attributes, OpDef, OpTable, Value, Vjp, VjpContext } from '../graph/types.ts';
import { constantOf, expandLike, grad, intOf, need, withAxis } from './rules.ts';

type Name =
  | 'ArgMax'
  | 'CumSum'
  | 'LogSoftmax'
  | 'ReduceMax'
  | 'ReduceMean'
  | 'ReduceMin'
  | 'ReduceSum'
  | 'ReduceSumSquare'
  | 'Softmax'
  | 'TopK';

/** Axes are input 1 (absent: all), `keepdims` defaults to 1. */
function reducedAxes(ins: readonly (Value | null)[]): readonly number[] {
  const rank = need(ins, 0).shape.length;
  const axes = constantOf(ins, 1);
  if (ins[1] && !axes) throw new Error('the axes are not constant');
  return axes?.map((axis) => axisOf(axis, rank)) ?? Array.from({ length: rank }, (_, axis) => axis);
}

function reduceShape(ins: readonly (Value | null)[], attributes: Attributes): Shape {
  const axes = reducedAxes(ins);
  const keep = intOf(attributes, 'keepdims', 1) === 1;
  return need(ins, 0).shape.flatMap((dim, axis) => (axes.includes(axis) ? (keep ? [1] : []) : [dim]));
}

function reduce(onnx: string, vjp: Vjp | 'none'): OpDef {
  return {
    onnx,
    domain: '',
    arity: [1, 2],
    attributes: { keepdims: 'int', noop_with_empty_axes: 'int' },
    shape: (ins, attributes) => [{ dtype: need(ins, 0).dtype, shape: reduceShape(ins, attributes) }],
    vjp,
  };
}

/** The gradient with the reduced axes back as axes of size 1. */
function restored(c: VjpContext): Value {
  if (intOf(c.attributes, 'keepdims', 1) === 1) return grad(c);
  return c.b.op('Unsqueeze', [grad(c), c.b.ints(reducedAxes(c.ins))]);
}

/** An operator along one axis that keeps the shape. */
function along(onnx: string, vjp: Vjp): OpDef {
  return {
    onnx,
    domain: '',
    arity: [1, 1],
    attributes: { axis: 'int' },
    shape: (ins, attributes) => {
      const x = need(ins, 0);
      axisOf(intOf(attributes, 'axis', -1), x.shape.length);
      return [{ dtype: x.dtype, shape: x.shape }];
    },
    vjp,
  };
}

const sumAlong = (c: VjpContext, x: Value) =>
  c.b.op('ReduceSum', [x, c.b.ints([intOf(c.attributes, 'axis', -1)])], { keepdims: 1 });

export const REDUCE: OpTable<Name> = {
  ArgMax: {
    onnx: 'ArgMax',
    domain: '',
    arity: [1, 1],
    attributes: { axis: 'int', keepdims: 'int', select_last_index: 'int' },
    shape: (ins, attributes) => {
      const { shape } = need(ins, 0);
      const axis = axisOf(intOf(attributes, 'axis', 0), shape.length);
      const keep = intOf(attributes, 'keepdims', 1) === 1;
      return [
        { dtype: 'i64', shape: keep ? withAxis(shape, axis, 1) : shape.filter((_, at) => at !== axis) },
      ];
    },
    vjp: 'zero',
  },
  CumSum: {
    onnx: 'CumSum',
    domain: '',
    arity: [2, 2],
    attributes: { exclusive: 'int', reverse: 'int' },
    shape: (ins) => [{ dtype: need(ins, 0).dtype, shape: need(ins, 0).shape }],
    // The sum of all later gradients.
    vjp: (c) => [
      c.b.op('CumSum', [grad(c), need(c.ins, 1)], {
        exclusive: intOf(c.attributes, 'exclusive', 0),
        reverse: 1 - intOf(c.attributes, 'reverse', 0),
      }),
      null,
    ],
  },
  // y = x - log sum exp x: dx = g - exp(y) sum(g)
  LogSoftmax: along('LogSoftmax', (c) => {
    const g = grad(c);
    const p = c.b.op('Exp', [need(c.outs, 0)]);
    return [c.b.op('Sub', [g, c.b.op('Mul', [p, sumAlong(c, g)])])];
  }),
  ReduceMax: reduce('ReduceMax', 'none'),
  ReduceMean: reduce('ReduceMean', (c) => {
    const x = need(c.ins, 0);
    const count = reducedAxes(c.ins).reduce((product, axis) => product * Number(x.shape[axis]), 1);
    if (!Number.isFinite(count))
      throw new Error('ReduceMean over an axis whose size is not known has no gradient');
    return [expandLike(c.b, c.b.op('Mul', [restored(c), c.b.scalar(1 / count)]), x)];
  }),
  ReduceMin: reduce('ReduceMin', 'none'),
  ReduceSum: reduce('ReduceSum', (c) => [expandLike(c.b, restored(c), need(c.ins, 0))]),
  // d sum x^2 = 2 x
  ReduceSumSquare: reduce('ReduceSumSquare', (c) => [
    c.b.op('Mul', [c.b.op('Mul', [restored(c), c.b.scalar(2)]), need(c.ins, 0)]),
  ]),
  // dx = y (g - sum(g y))
  Softmax: along('Softmax', (c) => {
    const [g, y] = [grad(c), need(c.outs, 0)];
    return [c.b.op('Mul', [y, c.b.op('Sub', [g, sumAlong(c, c.b.op('Mul', [g, y]))])])];
  }),
  /** Inputs x and k (a list of one); outputs values and indices. */
  TopK: {
    onnx: 'TopK',
    domain: '',
    arity: [2, 2],
    attributes: { axis: 'int', largest: 'int', sorted: 'int' },
    shape: (ins, attributes) => {
      const x = need(ins, 0);
      const k: Dim = constantOf(ins, 1)?.[0] ?? UNKNOWN;
      const shape = withAxis(x.shape, axisOf(intOf(attributes, 'axis', -1), x.shape.length), k);
      return [
        { dtype: x.dtype, shape },
        { dtype: 'i64', shape },
      ];
    },
    vjp: 'none',
  },
};
