/** The compiled training step of a tiny model, as it is printed. */
import { expect, test } from 'vitest';
import type { ModelConfig } from '../../../checkpoint/checkpoint.ts';
import { printGraph } from '../graph/print.ts';
import { verifyGraph } from '../graph/verify.ts';
import { logitsGraph, trainingGraph } from './training-graph.ts';

const TINY: ModelConfig = {
  architecture: 'llama',
  layers: 2,
  width: 8,
  heads: 2,
  kvHeads: 1,
  headDim: 4,
  feedForward: 12,
  vocabulary: 20,
  context: 16,
  rmsNormEpsilon: 1e-5,
  ropeTheta: 10_000,
  tiedHead: true,
  qkvBias: false,
  outputBias: false,
  qkNorm: false,
  eosTokens: [0],
};

test('forward, backward and adding up, of two layers', async () => {
  const graph = trainingGraph(TINY, { accumulate: true });
  verifyGraph(graph);
  await expect(`${printGraph(graph)}\n`).toMatchFileSnapshot('training-graph.golden.txt');
});

test('with adapters: no gradient of a base weight, nothing below the first adapter', () => {
  const lora = { rank: 2, alpha: 4, targets: ['q_proj'] } as const;
  const graph = trainingGraph(TINY, { accumulate: false, lora });
  verifyGraph(graph);
  expect(graph.outputs.map(({ name }) => name)).toMatchInlineSnapshot(`
    [
      "loss",
      "gradient:model.layers.0.self_attn.q_proj.lora_A.weight",
      "gradient:model.layers.0.self_attn.q_proj.lora_B.weight",
      "gradient:model.layers.1.self_attn.q_proj.lora_A.weight",
      "gradient:model.layers.1.self_attn.q_proj.lora_B.weight",
    ]
  `);
  const text = printGraph(graph);
  const backward = text.split('\n').filter((line) => line.includes('transA=1')).length;
  // Per layer: A and B of q_proj, and in the second layer the keys and values on the way down.
  expect(backward).toBeLessThan(12);
});

test('every architecture has a graph that verifies', () => {
  for (const change of [
    {},
    { tiedHead: false },
    { qkvBias: true, outputBias: true },
    { qkNorm: true, headDim: 8 },
    { kvHeads: 2 },
  ] as const) {
    const config = { ...TINY, ...change };
    verifyGraph(trainingGraph(config, { accumulate: false }));
    verifyGraph(logitsGraph(config));
  }
});
