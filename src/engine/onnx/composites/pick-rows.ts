/** Picks rows that are all different, so that backward may place their gradients in parallel. */
import type { Composite } from '../graph/types.ts';
import { grad, need, zerosLike } from '../ops/rules.ts';

/** Inputs: x [rows, width] and indices [count] (int64) without repetitions. Result: [count, width]. */
export const pickRows: Composite = {
  name: 'pickRows',
  forward: (b, ins) => ({ outs: [b.op('Gather', ins, { axis: 0 })], saved: [] }),
  vjp: (c) => {
    const { b } = c;
    const [x, index] = [need(c.ins, 0), need(c.ins, 1)];
    const zeros = zerosLike(b, x);
    return [b.op('ScatterND', [zeros, b.op('Unsqueeze', [index, b.ints([1])]), grad(c)]), null];
  },
};
