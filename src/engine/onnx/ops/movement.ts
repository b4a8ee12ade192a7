/** Operators that move data about without changing it. */
import {
  add,
  axisOf,
  broadcast,
  type Dim,
  divide,
  multiply,
  type Shape,
  shapesAgree,
  UNKNOWN,
} from '../graph/dim.ts';
import type { OpTable, Value } from '../graph/types.ts';
import { constantOf, grad, gradIf, intOf, intsOf, need, reshapeLike, sameType, withAxis } from './rules.ts';

type Name =
  | 'Concat'
  | 'Expand'
  | 'Pad'
  | 'Reshape'
  | 'Shape'
  | 'Slice'
  | 'Split'
  | 'Squeeze'
  | 'Tile'
  | 'Transpose'
  | 'Unsqueeze';

/** 0 copies the input's axis, -1 takes what is left. */
function reshaped(x: Value, target: readonly number[]): Shape {
  const dims = target.map((size, axis): Dim => (size === 0 ? (x.shape[axis] ?? UNKNOWN) : size));
  const free = target.indexOf(-1);
  if (free < 0) {
    const [before, after] = [multiply(x.shape), multiply(dims)];
    if (typeof before === 'number' && typeof after === 'number' && before !== after)
      throw new Error(`${before} elements do not fit [${dims}]`);
    return dims;
  }
  dims[free] = divide(multiply(x.shape), multiply(dims.filter((_, axis) => axis !== free)));
  return dims;
}

export const MOVEMENT: OpTable<Name> = {
  Concat: {
    onnx: 'Concat',
    domain: '',
    arity: [1, 1000],
    attributes: { axis: 'int' },
    shape: (ins, attributes) => {
      const first = need(ins, 0);
      const axis = axisOf(intOf(attributes, 'axis', 0), first.shape.length);
      const all = ins.map((_, at) => need(ins, at));
      for (const part of all) {
        sameType(first, part);
        if (!shapesAgree(withAxis(part.shape, axis, 0), withAxis(first.shape, axis, 0)))
          throw new Error(`[${part.shape}] beside [${first.shape}] along axis ${axis}`);
      }
      return [
        { dtype: first.dtype, shape: withAxis(first.shape, axis, add(all.map((x) => x.shape[axis] as Dim))) },
      ];
    },
    vjp: (c) => {
      const axis = axisOf(intOf(c.attributes, 'axis', 0), need(c.ins, 0).shape.length);
      const sizes = c.ins.map((_, at) => need(c.ins, at).shape[axis] as Dim);
      if (!sizes.every((size) => typeof size === 'number'))
        throw new Error('Concat along an axis whose sizes are not known has no gradient');
      return c.b.ops('Split', [grad(c), c.b.ints(sizes)], { axis });
    },
  },
  Expand: {
    onnx: 'Expand',
    domain: '',
    arity: [2, 2],
    attributes: {},
    shape: (ins) => {
      const x = need(ins, 0);
      const target = need(ins, 1);
      const rank = Math.max(x.shape.length, typeof target.shape[0] === 'number' ? target.shape[0] : 0);
      const dims = target.constant ?? Array.from({ length: rank }, () => UNKNOWN);
      return [{ dtype: x.dtype, shape: broadcast(x.shape, dims) }];
    },
    // Summed back over the broadcast axes by reverse mode.
    vjp: (c) => [grad(c), null],
  },
  Pad: {
    onnx: 'Pad',
    domain: '',
    arity: [2, 4],
    attributes: { mode: 'string' },
    shape: (ins) => {
      const x = need(ins, 0);
      const pads = constantOf(ins, 1);
      const rank = x.shape.length;
      const shape = x.shape.map((dim, axis) =>
        pads && pads.length === 2 * rank ? add([dim, (pads[axis] ?? 0) + (pads[axis + rank] ?? 0)]) : UNKNOWN,
      );
      return [{ dtype: x.dtype, shape }];
    },
    vjp: 'none',
  },
  Reshape: {
    onnx: 'Reshape',
    domain: '',
    arity: [2, 2],
    attributes: { allowzero: 'int' },
    shape: (ins) => {
      const [x, target] = [need(ins, 0), need(ins, 1)];
      if (target.constant) return [{ dtype: x.dtype, shape: reshaped(x, target.constant) }];
      const rank = target.shape[0];
      if (typeof rank !== 'number') throw new Error('the rank of the new shape is not known');
      return [{ dtype: x.dtype, shape: Array.from({ length: rank }, () => UNKNOWN) }];
    },
    vjp: (c) => [reshapeLike(c.b, grad(c), need(c.ins, 0)), null],
  },
  Shape: {
    onnx: 'Shape',
    domain: '',
    arity: [1, 1],
    attributes: { start: 'int', end: 'int' },
    shape: (ins, attributes) => {
      const rank = need(ins, 0).shape.length;
      const place = (at: number) => Math.min(rank, Math.max(0, at < 0 ? at + rank : at));
      const length = place(intOf(attributes, 'end', rank)) - place(intOf(attributes, 'start', 0));
      return [{ dtype: 'i64', shape: [Math.max(0, length)] }];
    },
    vjp: 'zero',
  },
  /** Inputs: x, starts, ends, axes, steps (lists of int64). */
  Slice: {
    onnx: 'Slice',
    domain: '',
    arity: [3, 5],
    attributes: {},
    shape: (ins) => {
      const x = need(ins, 0);
      const [starts, ends] = [constantOf(ins, 1), constantOf(ins, 2)];
      const count = need(ins, 1).shape[0];
      const axes = constantOf(ins, 3) ?? Array.from({ length: Number(count) }, (_, at) => at);
      const steps = ins[4] ? constantOf(ins, 4) : axes.map(() => 1);
      const shape = [...x.shape];
      axes.forEach((axis, at) => {
        const place = axisOf(axis, shape.length);
        shape[place] = sliced(shape[place] as Dim, starts?.[at], ends?.[at], steps?.[at]);
      });
      return [{ dtype: x.dtype, shape }];
    },
    // Along one axis: zeros before and after.
    vjp: (c) => {
      const x = need(c.ins, 0);
      const [starts, ends, axes] = [constantOf(c.ins, 1), constantOf(c.ins, 2), constantOf(c.ins, 3)];
      const rank = x.shape.length;
      if (!starts || !ends || !axes || c.ins[4])
        throw new Error('only a Slice by constants without steps has a gradient');
      const pads = new Array<number>(2 * rank).fill(0);
      axes.forEach((axis, at) => {
        const place = axisOf(axis, rank);
        const size = x.shape[place];
        if (typeof size !== 'number')
          throw new Error('Slice of an axis whose size is not known has no gradient');
        const clamp = (to: number) => Math.min(size, Math.max(0, to < 0 ? to + size : to));
        pads[place] = clamp(starts[at] as number);
        pads[place + rank] = size - clamp(ends[at] as number);
      });
      return [c.b.op('Pad', [grad(c), c.b.ints(pads)]), null, null, null];
    },
  },
  /** Input 1: the sizes of the parts; or `num_outputs` equal parts. */
  Split: {
    onnx: 'Split',
    domain: '',
    arity: [1, 2],
    attributes: { axis: 'int', num_outputs: 'int' },
    shape: (ins, attributes) => {
      const x = need(ins, 0);
      const axis = axisOf(intOf(attributes, 'axis', 0), x.shape.length);
      const count = intOf(attributes, 'num_outputs', 0);
      const sizes: readonly Dim[] | undefined =
        constantOf(ins, 1) ??
        (count > 0 ? Array.from({ length: count }, () => divide(x.shape[axis] as Dim, count)) : undefined);
      if (!sizes) throw new Error('the sizes of the parts are not constant');
      return sizes.map((size) => ({ dtype: x.dtype, shape: withAxis(x.shape, axis, size) }));
    },
    vjp: (c) => {
      if (c.g.some((g) => g === null)) throw new Error('every part of a Split needs a gradient');
      return [c.b.op('Concat', c.g, { axis: intOf(c.attributes, 'axis', 0) }), null];
    },
  },
  Squeeze: {
    onnx: 'Squeeze',
    domain: '',
    arity: [2, 2],
    attributes: {},
    shape: (ins) => {
      const x = need(ins, 0);
      const axes = constantOf(ins, 1)?.map((axis) => axisOf(axis, x.shape.length));
      if (!axes) throw new Error('the axes are not constant');
      return [{ dtype: x.dtype, shape: x.shape.filter((_, axis) => !axes.includes(axis)) }];
    },
    vjp: (c) => [c.b.op('Unsqueeze', [grad(c), need(c.ins, 1)]), null],
  },
  Tile: {
    onnx: 'Tile',
    domain: '',
    arity: [2, 2],
    attributes: {},
    shape: (ins) => {
      const x = need(ins, 0);
      const repeats = constantOf(ins, 1);
      return [
        {
          dtype: x.dtype,
          shape: x.shape.map((dim, axis) => (repeats ? multiply([dim, repeats[axis] ?? 1]) : UNKNOWN)),
        },
      ];
    },
    vjp: 'none',
  },
  Transpose: {
    onnx: 'Transpose',
    domain: '',
    arity: [1, 1],
    attributes: { perm: 'ints' },
    shape: (ins, attributes) => {
      const x = need(ins, 0);
      const order = intsOf(attributes, 'perm') ?? x.shape.map((_, axis) => x.shape.length - 1 - axis);
      if (order.length !== x.shape.length)
        throw new Error(`[${order}] does not order ${x.shape.length} axes`);
      return [{ dtype: x.dtype, shape: order.map((axis) => x.shape[axis] as Dim) }];
    },
    vjp: (c) => {
      const order = intsOf(c.attributes, 'perm');
      const back = order?.map((_, axis) => order.indexOf(axis));
      return [c.b.op('Transpose', [grad(c)], back ? { perm: back } : {})];
    },
  },
  Unsqueeze: {
    onnx: 'Unsqueeze',
    domain: '',
    arity: [2, 2],
    attributes: {},
    shape: (ins) => {
      const x = need(ins, 0);
      const axes = constantOf(ins, 1);
      if (!axes) throw new Error('the axes are not constant');
      const rank = x.shape.length + axes.length;
      const places = axes.map((axis) => axisOf(axis, rank));
      const rest = [...x.shape];
      return [
        {
          dtype: x.dtype,
          shape: Array.from({ length: rank }, (_, axis) =>
            places.includes(axis) ? 1 : (rest.shift() as Dim),
          ),
        },
      ];
    },
    vjp: (c) => [gradIf(c, 0, () => c.b.op('Squeeze', [grad(c), need(c.ins, 1)])), null],
  },
};

/** Size of a slice, as far as the numbers are known. */
function sliced(size: Dim, start?: number, end?: number, step = 1): Dim {
  if (start === undefined || end === undefined) return UNKNOWN;
  // Of a size that only the run knows: known only when nothing is cut off.
  if (typeof size !== 'number') return start === 0 && end >= 2 ** 31 && step === 1 ? size : UNKNOWN;
  const clamp = (at: number, low: number, high: number) =>
    Math.min(high, Math.max(low, at < 0 ? at + size : at));
  if (step > 0) return Math.max(0, Math.ceil((clamp(end, 0, size) - clamp(start, 0, size)) / step));
  return Math.max(0, Math.ceil((clamp(end, -1, size - 1) - clamp(start, 0, size - 1)) / step));
}
