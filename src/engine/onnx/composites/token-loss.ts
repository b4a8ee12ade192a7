/** The vocabulary head and its cross entropy in one, so that the gradient of the logits needs one pass over them. */
import type { Composite, Value } from '../graph/types.ts';
import { grad, gradIf, need } from '../ops/rules.ts';

/**
 * Inputs: hidden [targets, width], head [vocabulary, width], ids [targets, 1] (int64). Result: the sum of the
 * targets' negative log-probabilities, in nats. With p = softmax(hidden head^T): dlogits = p - onehot(ids).
 */
export const tokenLoss: Composite = {
  name: 'tokenLoss',
  forward: (b, ins) => {
    const [hidden, head, ids] = [need(ins, 0), need(ins, 1), need(ins, 2)];
    const logits = b.op('FusedMatMul', [hidden, head], { transB: 1 });
    const logProbs = b.op('LogSoftmax', [logits], { axis: -1 });
    const picked = b.op('GatherElements', [logProbs, ids], { axis: 1 });
    const loss = b.op('Neg', [b.op('ReduceSum', [picked], { keepdims: 0 })]);
    return { outs: [loss], saved: [logProbs, picked] };
  },
  vjp: (c) => {
    const { b } = c;
    const [hidden, head, ids] = [need(c.ins, 0), need(c.ins, 1), need(c.ins, 2)];
    const [logProbs, picked] = c.saved as readonly [Value, Value];
    const target = b.op('Sub', [b.op('Exp', [picked]), b.scalar(1)]);
    const dlogits = b.op('ScatterElements', [b.op('Exp', [logProbs]), ids, target], { axis: 1 });
    // The factor from above goes to the small operand, not over all logits.
    const g = grad(c);
    return [
      gradIf(c, 0, () => b.op('Mul', [b.op('MatMul', [dlogits, head]), g])),
      gradIf(c, 1, () => b.op('FusedMatMul', [dlogits, b.op('Mul', [hidden, g])], { transA: 1 })),
      null,
    ];
  },
};
