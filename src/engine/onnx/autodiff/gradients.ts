/**
 * Reverse mode: extends a graph by the nodes that compute gradients of one value. Backward is made of the same
 * operators as forward, so it is printed, verified, optimised and run like any other graph.
 */
import { type Dim, shapesAgree } from '../graph/dim.ts';
import type { TapeEntry, Value } from '../graph/types.ts';
import type { Builder } from '../ops/table.ts';

/**
 * Gradients of the scalar `of` with respect to each value of `wrt`, in their order; `null` where `of` does not depend
 * on a value. A value of `wrt` that was computed counts as independent: what lies before it is not differentiated.
 * Only what leads from `wrt` to `of` is computed. Throws on an operator without a gradient rule, naming it.
 */
export function gradients(b: Builder, of: Value, wrt: readonly Value[]): (Value | null)[] {
  if (of.shape.length !== 0) throw new Error(`gradients are of a scalar, not of [${of.shape}]`);
  const leaves = new Set(wrt);
  const tape = b.tape.filter((entry) => !entry.outs.some((out) => out !== null && leaves.has(out)));
  const active = new Set(wrt);
  for (const entry of tape) {
    if (entry.vjp === 'zero' || !entry.ins.some((value) => value !== null && active.has(value))) continue;
    for (const out of entry.outs) if (out) active.add(out);
  }
  const sums = new Map<Value, Value>([[of, b.scalar(1, of.dtype)]]);
  for (const entry of [...tape].reverse()) {
    const g = entry.outs.map((out) => (out && sums.get(out)) ?? null);
    if (entry.vjp === 'zero' || g.every((value) => value === null)) continue;
    const needs = entry.ins.map((value) => value !== null && active.has(value));
    if (!needs.includes(true)) continue;
    const parts = applyRule(b, entry, g, needs);
    parts.forEach((part, at) => {
      const input = entry.ins[at];
      if (!part || !input || !needs[at]) return;
      const gradient = unbroadcast(b, part, input);
      const before = sums.get(input);
      sums.set(input, before ? b.op('Add', [before, gradient]) : gradient);
    });
  }
  return wrt.map((value) => sums.get(value) ?? null);
}

function applyRule(
  b: Builder,
  entry: TapeEntry,
  g: readonly (Value | null)[],
  needs: readonly boolean[],
): readonly (Value | null)[] {
  const { name, vjp } = entry;
  if (typeof vjp === 'string') throw new Error(`${name} has no gradient rule: it serves inference only`);
  const parts = vjp({ b, g, ins: entry.ins, outs: entry.outs, attributes: entry.attributes, needs });
  if (parts.length > entry.ins.length)
    throw new Error(`${name}: the rule gives ${parts.length} gradients for ${entry.ins.length} inputs`);
  return parts;
}

/** Sums a gradient over the axes along which its value was broadcast. */
function unbroadcast(b: Builder, gradient: Value, value: Value): Value {
  if (shapesAgree(gradient.shape, value.shape)) return gradient;
  const extra = gradient.shape.length - value.shape.length;
  if (extra < 0) throw new Error(`gradient [${gradient.shape}] of a value [${value.shape}]`);
  const axes: number[] = [];
  gradient.shape.forEach((dim: Dim, axis) => {
    if (axis < extra || (value.shape[axis - extra] === 1 && dim !== 1)) axes.push(axis);
  });
  const summed = b.op('ReduceSum', [gradient, b.ints(axes)], { keepdims: 1 });
  if (extra === 0) return summed;
  return b.op('Squeeze', [summed, b.ints(Array.from({ length: extra }, (_, axis) => axis))]);
}
