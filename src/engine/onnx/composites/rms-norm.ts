/** Root-mean-square norm (Zhang and Sennrich 2019, arXiv 1910.07467) with a gradient rule of its own. */
import type { Composite, Value } from '../graph/types.ts';
import { grad, need } from '../ops/rules.ts';

/**
 * Inputs: x [..., width] and scale [width]; attribute epsilon. y = x r w with r = 1 / sqrt(mean(x^2) + epsilon).
 * dx = r (g w) - x (r^3 / width) sum(g w x), dw = sum over rows of r g x.
 */
export const rmsNorm: Composite = {
  name: 'rmsNorm',
  forward: (b, ins, attributes) => {
    const [y, r] = b.ops('SimplifiedLayerNormalization', ins, { axis: -1, ...attributes }, [true, true]);
    return { outs: [y as Value], saved: [r as Value] };
  },
  vjp: (c) => {
    const { b } = c;
    const [x, w] = [need(c.ins, 0), need(c.ins, 1)];
    const r = c.saved[0] as Value;
    const g = grad(c);
    const width = x.shape[x.shape.length - 1];
    if (typeof width !== 'number') throw new Error('rmsNorm needs a known width');
    const gx = b.op('Mul', [g, x]);
    let dx: Value | null = null;
    if (c.needs[0]) {
      const dot = b.op('MatMul', [gx, b.op('Reshape', [w, b.ints([width, 1])])]);
      const r3 = b.op('Mul', [b.op('Mul', [r, r]), b.op('Mul', [r, b.scalar(1 / width)])]);
      const along = b.op('Mul', [b.op('Mul', [g, w]), r]);
      dx = b.op('Sub', [along, b.op('Mul', [x, b.op('Mul', [dot, r3])])]);
    }
    let dw: Value | null = null;
    if (c.needs[1]) {
      // Row weights times rows: a vector-matrix product, quicker than a product and a sum over rows.
      const row = b.op('Reshape', [r, b.ints([1, -1])]);
      const sum = b.op('MatMul', [row, b.op('Reshape', [gx, b.ints([-1, width])])]);
      dw = b.op('Reshape', [sum, b.ints([width])]);
    }
    return [dx, dw];
  },
};
