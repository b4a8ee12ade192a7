/** The gated unit of Llama's feed-forward block (Shazeer 2020, arXiv 2002.05202): y = silu(gate) up. */
import type { Composite, Value } from '../graph/types.ts';
import { grad, gradIf, need } from '../ops/rules.ts';

/** Inputs: gate and up, same shape. With s = sigmoid(gate) and a = gate s: dgate = g up (s + a - a s), dup = g a. */
export const swiglu: Composite = {
  name: 'swiglu',
  forward: (b, ins) => {
    const [gate, up] = [need(ins, 0), need(ins, 1)];
    const s = b.op('Sigmoid', [gate]);
    const a = b.op('Mul', [gate, s]);
    return { outs: [b.op('Mul', [a, up])], saved: [s, a] };
  },
  vjp: (c) => {
    const { b } = c;
    const [s, a] = c.saved as readonly [Value, Value];
    return [
      gradIf(c, 0, () => {
        const slope = b.op('Add', [s, b.op('Sub', [a, b.op('Mul', [a, s])])]);
        return b.op('Mul', [b.op('Mul', [grad(c), need(c.ins, 1)]), slope]);
      }),
      gradIf(c, 1, () => b.op('Mul', [grad(c), a])),
    ];
  },
};
