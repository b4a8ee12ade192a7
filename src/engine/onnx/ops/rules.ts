/** Makers for families of operators whose rules look alike. */
import { broadcast, type Dim, type Shape } from '../graph/dim.ts';
import type { Attributes, Emitter, OpDef, TensorType, Value, Vjp, VjpContext } from '../graph/types.ts';

/** The required input at a place. */
export function need(ins: readonly (Value | null)[], at: number): Value {
  const value = ins[at];
  if (!value) throw new Error(`input ${at} is missing`);
  return value;
}

/** The gradient of the only output that a rule serves. */
export function grad(context: VjpContext, at = 0): Value {
  const g = context.g[at];
  if (!g) throw new Error(`the gradient of output ${at} is missing`);
  return g;
}

/** Calls `rule` only where the input needs a gradient. */
export function gradIf(context: VjpContext, at: number, rule: () => Value): Value | null {
  return context.needs[at] ? rule() : null;
}

/** A list of whole numbers among the inputs; undefined when it is not a constant. */
export function constantOf(ins: readonly (Value | null)[], at: number): readonly number[] | undefined {
  return ins[at]?.constant;
}

export function intOf(attributes: Attributes, name: string, otherwise: number): number {
  const value = attributes[name];
  return typeof value === 'number' ? value : otherwise;
}

export function intsOf(attributes: Attributes, name: string): readonly number[] | undefined {
  const value = attributes[name];
  return Array.isArray(value) ? (value as readonly number[]) : undefined;
}

export function sameType(a: Value, b: Value): void {
  if (a.dtype !== b.dtype) throw new Error(`${a.dtype} and ${b.dtype} do not go together`);
}

/** The shape with one axis replaced. */
export function withAxis(shape: Shape, axis: number, dim: Dim): Dim[] {
  return shape.map((old, at) => (at === axis ? dim : old));
}

/** f(x), element by element. `slope`: dy given g. */
export function unary(onnx: string, vjp: Vjp | 'zero' | 'none', extra: Partial<OpDef> = {}): OpDef {
  return {
    onnx,
    domain: '',
    arity: [1, 1],
    attributes: {},
    shape: (ins) => {
      const x = need(ins, 0);
      return [{ dtype: x.dtype, shape: x.shape }];
    },
    vjp,
    ...extra,
  };
}

/** f(a, b) with broadcasting. `result`: the element type when it differs from the operands'. */
export function binary(onnx: string, vjp: Vjp | 'zero' | 'none', result?: TensorType['dtype']): OpDef {
  return {
    onnx,
    domain: '',
    arity: [2, 2],
    attributes: {},
    shape: (ins) => {
      const [a, b] = [need(ins, 0), need(ins, 1)];
      sameType(a, b);
      return [{ dtype: result ?? a.dtype, shape: broadcast(a.shape, b.shape) }];
    },
    vjp,
  };
}

/** x in the shape of another value, whatever its sizes turn out to be. */
export function reshapeLike(b: Emitter, x: Value, like: Value): Value {
  return shapedLike(b, 'Reshape', [x], like);
}

/** x broadcast to the shape of another value. */
export function expandLike(b: Emitter, x: Value, like: Value): Value {
  return shapedLike(b, 'Expand', [x], like);
}

/** Zeros in the shape of another value. */
export function zerosLike(b: Emitter, like: Value): Value {
  return shapedLike(b, 'ConstantOfShape', [], like);
}

function shapedLike(b: Emitter, op: string, inputs: readonly Value[], like: Value): Value {
  const known = like.shape.every((dim) => typeof dim === 'number');
  const target = known ? b.ints(like.shape as readonly number[]) : b.op('Shape', [like]);
  const [value] = b.ops(op, [...inputs, target], {}, [true], [like.shape]);
  return value as Value;
}
