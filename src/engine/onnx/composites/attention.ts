/** Attention with grouped heads and an additive mask, and its gradient. */
import type { Composite, Value } from '../graph/types.ts';
import { grad, need, reshapeLike } from '../ops/rules.ts';

/**
 * Inputs: query [batch, heads, time, size], key and value [batch, kv heads, time, size], mask [batch, 1, time, time]
 * added to the scores; attribute `scale`. With p = softmax(scale q k^T + mask) and o = p v:
 * dv = p^T g, ds = p (g v^T - rowsum(g o)), dq = scale ds k, dk = scale ds^T q.
 *
 * The query heads that share a key head lie one after the other, so they are read as more rows of one matrix: the
 * products then sum over the group by themselves and no key or value is repeated.
 */
export const maskedAttention: Composite = {
  name: 'maskedAttention',
  forward: (b, ins, attributes) => {
    const outs = b.ops(
      'Attention',
      [need(ins, 0), need(ins, 1), need(ins, 2), need(ins, 3)],
      { ...attributes, qk_matmul_output_mode: 3 },
      [true, false, false, true],
    );
    return { outs: [outs[0] as Value], saved: [outs[3] as Value] };
  },
  vjp: (c) => {
    const { b } = c;
    const [q, k, v] = [need(c.ins, 0), need(c.ins, 1), need(c.ins, 2)];
    const [heads, kvHeads, size] = [q.shape[1], k.shape[1], q.shape[3]];
    if (typeof heads !== 'number' || typeof kvHeads !== 'number' || typeof size !== 'number')
      throw new Error('maskedAttention needs known heads and head size');
    const scale = c.attributes['scale'];
    const alpha = typeof scale === 'number' ? scale : 1 / Math.sqrt(size);
    const grouped = (x: Value) =>
      heads === kvHeads ? x : b.op('Reshape', [x, b.ints([0, kvHeads, -1, size])]);
    const p = c.saved[0] as Value;
    const g = grad(c);
    const groupedG = grouped(g);
    // [batch, heads, time, time] as [batch, kv heads, group * time, time]: the last axis comes from the product.
    const dpGrouped = b.op('FusedMatMul', [groupedG, v], { transB: 1 });
    const pGrouped = heads === kvHeads ? p : reshapeLike(b, p, dpGrouped);
    const rowSum = b.op('ReduceSum', [b.op('Mul', [groupedG, grouped(need(c.outs, 0))]), b.ints([-1])], {
      keepdims: 1,
    });
    const ds = b.op('Mul', [pGrouped, b.op('Sub', [dpGrouped, rowSum])]);
    const dqGrouped = b.op('FusedMatMul', [ds, k], { alpha });
    const dq = heads === kvHeads ? dqGrouped : b.op('Reshape', [dqGrouped, b.ints([0, heads, -1, size])]);
    return [
      c.needs[0] ? dq : null,
      c.needs[1] ? b.op('FusedMatMul', [ds, grouped(q)], { transA: 1, alpha }) : null,
      c.needs[2] ? b.op('FusedMatMul', [pGrouped, groupedG], { transA: 1 }) : null,
      null,
    ];
  },
};
