/** Matrix products. Transposed operands are attributes, so that backward never materialises a transpose. */
import { agrees, broadcast, type Dim, type Shape } from '../graph/dim.ts';
import type { Attributes, Emitter, OpTable, Value, Vjp } from '../graph/types.ts';
import { grad, gradIf, intOf, need, sameType } from './rules.ts';

type Name = 'FusedMatMul' | 'Gemm' | 'MatMul' | 'MatMulNBits';

function lastTwo(shape: Shape, transposed: boolean): readonly [Dim, Dim] {
  if (shape.length < 2) throw new Error(`[${shape}] is no matrix`);
  const [rows, columns] = [shape[shape.length - 2] as Dim, shape[shape.length - 1] as Dim];
  return transposed ? [columns, rows] : [rows, columns];
}

function productShape(a: Value, b: Value, transA: boolean, transB: boolean): Shape {
  sameType(a, b);
  const [m, k] = lastTwo(a.shape, transA);
  const [k2, n] = lastTwo(b.shape, transB);
  if (!agrees(k, k2)) throw new Error(`inner sizes ${k} and ${k2} differ`);
  return [...broadcast(a.shape.slice(0, -2), b.shape.slice(0, -2)), m, n];
}

/** [..., k] as [rows, k]: no data moves. */
function flat(b: Emitter, x: Value): Value {
  if (x.shape.length === 2) return x;
  const last = x.shape[x.shape.length - 1];
  if (typeof last !== 'number') throw new Error(`the last axis of [${x.shape}] has no known size`);
  return b.op('Reshape', [x, b.ints([-1, last])]);
}

/**
 * Y = alpha op(A) op(B), where op transposes the last two axes or not:
 * dA = alpha dY op(B)^T and dB = alpha op(A)^T dY, transposed again where the operand was.
 */
const productVjp: Vjp = (c) => {
  const [a, b] = [need(c.ins, 0), need(c.ins, 1)];
  const g = grad(c);
  const transA = intOf(c.attributes, 'transA', 0);
  const transB = intOf(c.attributes, 'transB', 0);
  const alpha: Attributes = typeof c.attributes['alpha'] === 'number' ? { alpha: c.attributes['alpha'] } : {};
  const product = (x: Value, y: Value, tx: number, ty: number) =>
    c.b.op('FusedMatMul', [x, y], { transA: tx, transB: ty, ...alpha });
  return [
    gradIf(c, 0, () => (transA ? product(b, g, transB, 1) : product(g, b, 0, 1 - transB))),
    gradIf(c, 1, () => {
      // A weight shared by all rows: one product over all of them, not one a batch entry and a sum.
      const shared = b.shape.length === 2 && a.shape.length > 2 && !transA;
      const [x, y] = shared ? [flat(c.b, a), flat(c.b, g)] : [a, g];
      return transB ? product(y, x, 1, transA) : product(x, y, 1 - transA, 0);
    }),
  ];
};

export const LINALG: OpTable<Name> = {
  MatMul: {
    onnx: 'MatMul',
    domain: '',
    arity: [2, 2],
    attributes: {},
    shape: (ins) => {
      const [a, b] = [need(ins, 0), need(ins, 1)];
      return [{ dtype: a.dtype, shape: productShape(a, b, false, false) }];
    },
    vjp: productVjp,
  },
  FusedMatMul: {
    onnx: 'FusedMatMul',
    domain: 'com.microsoft',
    arity: [2, 2],
    attributes: { transA: 'int', transB: 'int', alpha: 'float' },
    shape: (ins, attributes) => {
      const [a, b] = [need(ins, 0), need(ins, 1)];
      const transposed = (name: string) => intOf(attributes, name, 0) === 1;
      return [{ dtype: a.dtype, shape: productShape(a, b, transposed('transA'), transposed('transB')) }];
    },
    vjp: productVjp,
  },
  /** Y = alpha op(A) op(B) + beta C for matrices. C broadcasts. */
  Gemm: {
    onnx: 'Gemm',
    domain: '',
    arity: [2, 3],
    attributes: { transA: 'int', transB: 'int', alpha: 'float', beta: 'float' },
    shape: (ins, attributes) => {
      const [a, b] = [need(ins, 0), need(ins, 1)];
      if (a.shape.length !== 2 || b.shape.length !== 2) throw new Error('both operands are matrices');
      const transposed = (name: string) => intOf(attributes, name, 0) === 1;
      const shape = productShape(a, b, transposed('transA'), transposed('transB'));
      if (ins[2]) broadcast(shape, ins[2].shape);
      return [{ dtype: a.dtype, shape }];
    },
    vjp: (c) => {
      const [da, db] = productVjp({ ...c, needs: c.needs.slice(0, 2) });
      const beta = typeof c.attributes['beta'] === 'number' ? c.attributes['beta'] : 1;
      const dc = gradIf(c, 2, () => (beta === 1 ? grad(c) : c.b.op('Mul', [grad(c), c.b.scalar(beta)])));
      return [da ?? null, db ?? null, dc];
    },
  },
  /** Y = A B^T with B quantised in blocks along its rows: inputs A, packed B, scales, zero points. */
  MatMulNBits: {
    onnx: 'MatMulNBits',
    domain: 'com.microsoft',
    arity: [3, 6],
    attributes: { K: 'int', N: 'int', bits: 'int', block_size: 'int', accuracy_level: 'int' },
    shape: (ins, attributes) => {
      const a = need(ins, 0);
      const k = a.shape[a.shape.length - 1] as Dim;
      if (!agrees(k, intOf(attributes, 'K', 0)))
        throw new Error(`K is ${attributes['K']}, the rows have ${k}`);
      return [{ dtype: a.dtype, shape: [...a.shape.slice(0, -1), intOf(attributes, 'N', 0)] }];
    },
    vjp: 'none',
  },
};
