/** Operators that pick or place elements by index, and those that make index-like tensors. */
import { axisOf, shapesAgree, UNKNOWN } from '../graph/dim.ts';
import type { OpTable } from '../graph/types.ts';
import { constantOf, grad, gradIf, intOf, need, sameType, zerosLike } from './rules.ts';

type Name =
  | 'ConstantOfShape'
  | 'Gather'
  | 'GatherElements'
  | 'GatherND'
  | 'NonZero'
  | 'Range'
  | 'ScatterElements'
  | 'ScatterND'
  | 'TensorScatter';

export const INDEX: OpTable<Name> = {
  /** Zeros (float32) of the shape given by input 0. */
  ConstantOfShape: {
    onnx: 'ConstantOfShape',
    domain: '',
    arity: [1, 1],
    attributes: {},
    shape: (ins) => {
      const target = need(ins, 0);
      const rank = target.shape[0];
      if (typeof rank !== 'number') throw new Error('the rank is not known');
      return [{ dtype: 'f32', shape: target.constant ?? Array.from({ length: rank }, () => UNKNOWN) }];
    },
    vjp: 'zero',
  },
  Gather: {
    onnx: 'Gather',
    domain: '',
    arity: [2, 2],
    attributes: { axis: 'int' },
    shape: (ins, attributes) => {
      const [x, index] = [need(ins, 0), need(ins, 1)];
      const axis = axisOf(intOf(attributes, 'axis', 0), x.shape.length);
      return [
        { dtype: x.dtype, shape: [...x.shape.slice(0, axis), ...index.shape, ...x.shape.slice(axis + 1)] },
      ];
    },
    // Rows that were taken several times get the sum of their gradients. Not by ScatterND: onnxruntime adds repeated
    // indices from several threads without order. ScatterElements is sequential, slow and the same every time.
    vjp: (c) => {
      const [x, index] = [need(c.ins, 0), need(c.ins, 1)];
      if (intOf(c.attributes, 'axis', 0) !== 0 || x.shape.length !== 2)
        throw new Error('Gather has a gradient for the rows of a matrix only');
      const width = x.shape[1];
      if (typeof width !== 'number') throw new Error('Gather needs rows of known width for its gradient');
      const zeros = zerosLike(c.b, x);
      const g = c.b.op('Reshape', [grad(c), c.b.ints([-1, width])]);
      const places = c.b.op('Expand', [c.b.op('Reshape', [index, c.b.ints([-1, 1])]), c.b.ints([1, width])]);
      return [c.b.op('ScatterElements', [zeros, places, g], { axis: 0, reduction: 'add' }), null];
    },
  },
  GatherElements: {
    onnx: 'GatherElements',
    domain: '',
    arity: [2, 2],
    attributes: { axis: 'int' },
    shape: (ins) => [{ dtype: need(ins, 0).dtype, shape: need(ins, 1).shape }],
    vjp: (c) => {
      const zeros = zerosLike(c.b, need(c.ins, 0));
      const axis = intOf(c.attributes, 'axis', 0);
      return [c.b.op('ScatterElements', [zeros, need(c.ins, 1), grad(c)], { axis, reduction: 'add' }), null];
    },
  },
  GatherND: {
    onnx: 'GatherND',
    domain: '',
    arity: [2, 2],
    attributes: { batch_dims: 'int' },
    shape: (ins, attributes) => {
      const [x, index] = [need(ins, 0), need(ins, 1)];
      const depth = index.shape[index.shape.length - 1];
      if (typeof depth !== 'number') throw new Error('the depth of the indices is not known');
      const batch = intOf(attributes, 'batch_dims', 0);
      return [{ dtype: x.dtype, shape: [...index.shape.slice(0, -1), ...x.shape.slice(batch + depth)] }];
    },
    vjp: 'none',
  },
  NonZero: {
    onnx: 'NonZero',
    domain: '',
    arity: [1, 1],
    attributes: {},
    shape: (ins) => [{ dtype: 'i64', shape: [need(ins, 0).shape.length, UNKNOWN] }],
    vjp: 'zero',
  },
  Range: {
    onnx: 'Range',
    domain: '',
    arity: [3, 3],
    attributes: {},
    shape: (ins) => {
      const [start, limit, step] = [0, 1, 2].map((at) => constantOf(ins, at)?.[0]);
      const known = start !== undefined && limit !== undefined && step !== undefined;
      const size = known ? Math.max(0, Math.ceil((limit - start) / step)) : UNKNOWN;
      return [{ dtype: need(ins, 0).dtype, shape: [size] }];
    },
    vjp: 'zero',
  },
  /** Inputs: data, indices, updates. */
  ScatterElements: {
    onnx: 'ScatterElements',
    domain: '',
    arity: [3, 3],
    attributes: { axis: 'int', reduction: 'string' },
    shape: (ins) => {
      const [data, index, updates] = [need(ins, 0), need(ins, 1), need(ins, 2)];
      sameType(data, updates);
      if (!shapesAgree(index.shape, updates.shape)) throw new Error('indices and updates differ in shape');
      return [{ dtype: data.dtype, shape: data.shape }];
    },
    vjp: (c) => {
      if (c.attributes['reduction'] !== 'add')
        throw new Error('ScatterElements has a gradient with reduction add only');
      const axis = intOf(c.attributes, 'axis', 0);
      return [
        gradIf(c, 0, () => grad(c)),
        null,
        gradIf(c, 2, () => c.b.op('GatherElements', [grad(c), need(c.ins, 1)], { axis })),
      ];
    },
  },
  ScatterND: {
    onnx: 'ScatterND',
    domain: '',
    arity: [3, 3],
    attributes: { reduction: 'string' },
    shape: (ins) => {
      const [data, index, updates] = [need(ins, 0), need(ins, 1), need(ins, 2)];
      sameType(data, updates);
      const depth = index.shape[index.shape.length - 1];
      if (typeof depth !== 'number') throw new Error('the depth of the indices is not known');
      const expected = [...index.shape.slice(0, -1), ...data.shape.slice(depth)];
      if (!shapesAgree(expected, updates.shape))
        throw new Error(`updates have the shape [${updates.shape}], not [${expected}]`);
      return [{ dtype: data.dtype, shape: data.shape }];
    },
    vjp: (c) => {
      if (c.attributes['reduction'] !== 'add')
        throw new Error('ScatterND has a gradient with reduction add only');
      return [
        gradIf(c, 0, () => grad(c)),
        null,
        gradIf(c, 2, () => c.b.op('GatherND', [grad(c), need(c.ins, 1)])),
      ];
    },
  },
  /** Writes an update into a cache [batch, ..., length, width] at `write_indices` [batch] along `axis`. */
  TensorScatter: {
    onnx: 'TensorScatter',
    domain: '',
    arity: [2, 3],
    attributes: { axis: 'int', mode: 'string' },
    shape: (ins) => {
      const [cache, update] = [need(ins, 0), need(ins, 1)];
      sameType(cache, update);
      return [{ dtype: cache.dtype, shape: cache.shape }];
    },
    vjp: 'none',
  },
};
