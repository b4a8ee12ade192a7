/** The real model against the numbers that transformers gives for the same weights. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Checkpoint } from '../../../checkpoint/checkpoint.ts';
import { openCheckpoint } from '../../../checkpoint/open-checkpoint.ts';
import type { GenerateResult, LoglikelihoodResult, ModelSession } from '../../engine.ts';
import { openModel } from '../../open-engine.ts';
import { encodePair } from './pair-tokens.ts';

interface Vectors {
  readonly next: readonly { prompt: string; ids: number[]; logprobs: number[] }[];
  readonly greedy: readonly { prompt: string; ids: number[]; text: string; gaps: number[] }[];
  readonly loglikelihood: readonly { context: string; continuation: string; sum: number; greedy: boolean }[];
}
const vectors: Vectors = JSON.parse(
  readFileSync(
    new URL('../../../../test/fixtures/smollm2-135m-instruct-q4_1.vectors.json', import.meta.url),
    'utf8',
  ),
);
const model = process.env['CARRYOVER_TEST_MODEL'];
const why = model ? '' : ' (skipped: CARRYOVER_TEST_MODEL names no model)';

describe.skipIf(!model)(`real model against transformers${why}`, () => {
  let session: ModelSession;
  let checkpoint: Checkpoint;
  beforeAll(async () => {
    session = await openModel({ ref: model! });
    checkpoint = await openCheckpoint({ ref: model! });
  }, 60_000);
  afterAll(async () => {
    await session?.close();
    await checkpoint?.close();
  });

  it('gives the same log-probabilities of the ten likeliest next tokens within 2e-3', async () => {
    const asked = vectors.next.map(({ prompt, ids }) => ({
      id: prompt,
      // Tokens that do not survive being written and read again cannot be asked for as text.
      pairs: ids
        .map((id) => ({ context: prompt, continuation: checkpoint.tokenizer.decode([id]), id }))
        .filter(({ context, continuation, id }) => {
          const { tokens, scored } = encodePair(checkpoint, context, continuation);
          return scored === 1 && tokens.at(-1) === id;
        }),
    }));
    const results = new Map<string, LoglikelihoodResult>();
    await session.loglikelihood(asked, { onResult: (result) => results.set(result.id, result) });
    let compared = 0;
    for (const { id: prompt, pairs } of asked) {
      const { ids, logprobs } = vectors.next.find((item) => item.prompt === prompt)!;
      pairs.forEach(({ id }, at) => {
        const choice = results.get(prompt)!.choices[at]!;
        expect(Math.abs(choice.logprob - logprobs[ids.indexOf(id)]!)).toBeLessThan(2e-3);
        expect(choice.greedy).toBe(id === ids[0]);
        compared++;
      });
    }
    expect(compared).toBeGreaterThan(60);
  }, 60_000);

  it('gives the same sums and greedy flags of continuations within 5e-3', async () => {
    const contexts = [...new Set(vectors.loglikelihood.map(({ context }) => context))];
    const expected = contexts.map((context) => vectors.loglikelihood.filter((x) => x.context === context));
    const results = new Map<string, LoglikelihoodResult>();
    await session.loglikelihood(
      contexts.map((context, at) => ({ id: context, pairs: expected[at]! })),
      { onResult: (result) => results.set(result.id, result) },
    );
    for (const [at, context] of contexts.entries())
      expected[at]!.forEach(({ sum, greedy }, choice) => {
        const got = results.get(context)!.choices[choice]!;
        expect(Math.abs(got.logprob - sum)).toBeLessThan(5e-3);
        expect(got.greedy).toBe(greedy);
      });
  }, 60_000);

  it('continues greedily with the same tokens up to the first near tie', async () => {
    const results = new Map<string, GenerateResult>();
    await session.generate(
      vectors.greedy.map(({ prompt }) => ({ id: prompt, prompt, stop: [], maxTokens: 48 })),
      { onResult: (result) => results.set(result.id, result) },
    );
    for (const { prompt, ids, gaps } of vectors.greedy) {
      const tie = gaps.findIndex((gap) => gap < 1e-3);
      const certain = ids.slice(0, tie < 0 ? ids.length : tie);
      const text = checkpoint.tokenizer.decode(certain, { skipSpecial: true });
      const got = results.get(prompt)!;
      expect(got.text.slice(0, text.length)).toBe(text);
      if (tie < 0) {
        expect(got.text).toBe(text);
        expect(got.tokens.completion).toBe(ids.length);
        expect(got.finish).toBe(ids.length < 48 ? 'eos' : 'length');
      }
    }
  }, 60_000);
});
