import { expect, it } from 'vitest';
import { GENERATORS } from '../procedural/index.ts';
import { type CardFacts, modelCard } from './card.ts';
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

const facts: CardFacts = {
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
        { level: 3, share: share(0.1) },
      ],
      harder: share(0.15),
    },
    {
      task: arithmetic!,
      test: share(0.5),
      levels: [
        { level: 1, share: share(0.9) },
        { level: 4, share: share(0.2) },
      ],
      harder: share(0.06),
    },
    { task: deduction!, test: share(0.6), levels: [{ level: 1, share: share(0.6) }], harder: share(0.4) },
  ],
  command: 'carryover pretrain sprout.yaml --out sprout',
};

it('a card says what a model is, what it learned from, and what it can do', async () => {
  await expect(modelCard(facts)).toMatchFileSnapshot('card.golden.md');
});

it('of several rounds it tells each: steps, documents, rate, schedule', () => {
  const rounds = [...pretraining.rounds, { steps: 100, learningRate: 5e-4, schedule: 'linear' as const }];
  const card = modelCard({ ...facts, pretraining: { ...pretraining, rounds } });
  expect(card).toContain('| 1 | 400 | 0 to 3,199 | 0.002 | cosine | 12 |');
  expect(card).toContain('| 2 | 100 | 3,200 to 3,999 | 0.0005 | linear | 3 |');
  expect(card).toContain('A later round begins at the weights that the one before ended in');
  expect(modelCard(facts)).not.toContain('A later round');
});

it('tells what a round reads of its own, and rounds of one corpus together', () => {
  const parts = [{ weight: 1, tasks: [deduction!], worked: 0.5 }];
  const own = { steps: 100, learningRate: 5e-4, warmup: 0.1, corpus: { parts, levels: [2, 1] } };
  const first = { steps: 400, learningRate: 0.002 };
  const card = modelCard({ ...facts, pretraining: { ...pretraining, rounds: [first, own, first] } });
  expect(card).toContain('| 2 | 100 | 3,200 to 3,999 | 0.0005 | cosine | 10 |');
  expect(card).toContain(
    '| 1, 3 | 90.0 % | arithmetic, deduction, fact_chains | 75.0 %, with choices 25.0 % |',
  );
  expect(card).toContain('| 2 | 100.0 % | deduction | 50.0 % | 2 : 1 : 1 : 1 |');
});

it('a level beyond the training of one task is no trained level of others', () => {
  const card = modelCard(facts);
  expect(card).toContain('| domain | way | level 1 | level 3 | level 4 | beyond training |');
  expect(card).toContain('| mathematical | 50 | 90.0 | – | 20.0 | 6.0 |');
  expect(card).toContain('| guards | −7 | 30.0 | 10.0 | – | 15.0 |');
});
