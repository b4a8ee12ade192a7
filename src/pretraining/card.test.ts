import { expect, it } from 'vitest';
import { GENERATORS } from '../procedural/index.ts';
import { modelCard } from './card.ts';
import type { Pretraining } from './pretraining.ts';

const share = (value: number) => ({ value, low: value - 0.04, high: value + 0.04, n: 500 });
const { arithmetic, deduction, fact_chains: chains } = GENERATORS;
const pretraining: Pretraining = {
  name: 'sprout',
  seed: 7,
  model: { width: 16, layers: 2, heads: 2, kvHeads: 2, feedForward: 48, context: 128, ropeTheta: 10_000 },
  tokenizer: { entries: 300, documents: 1000 },
  corpus: {
    seed: 2,
    parts: [
      { weight: 9, tasks: [arithmetic!, deduction!, chains!] },
      { weight: 1, facts: 'world' },
    ],
    worked: { generate: 0.75, choice: 0.25 },
    levels: [1],
  },
  batches: { documents: 8, longest: 128 },
  rounds: [{ steps: 400, learningRate: 0.002 }],
  optimizer: {
    schedule: 'cosine',
    warmup: 0.03,
    betas: [0.9, 0.99],
    epsilon: 1e-8,
    weightDecay: 0.01,
    clip: 1,
  },
  checkpointEvery: 100,
};

it('a card says what a model is, what it learned from, and what it can do', async () => {
  const card = modelCard({
    pretraining,
    notes: {
      parameters: 12_345,
      tokens: 160_000,
      losses: Array.from({ length: 400 }, (_, i) => 5 / (1 + i / 50)),
    },
    scores: [
      {
        task: chains!,
        test: share(0.2),
        levels: [
          { level: 1, share: share(0.3) },
          { level: 4, share: share(0.1) },
        ],
      },
      {
        task: arithmetic!,
        test: share(0.5),
        levels: [
          { level: 1, share: share(0.9) },
          { level: 5, share: share(0.06) },
        ],
      },
      { task: deduction!, test: share(0.6), levels: [{ level: 1, share: share(0.6) }] },
    ],
    command: 'carryover pretrain sprout.yaml --out sprout',
  });
  await expect(card).toMatchFileSnapshot('card.golden.md');
});
