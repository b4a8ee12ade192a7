/** The real model against the numbers that transformers gives for the same weights. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Checkpoint } from '../../../checkpoint/checkpoint.ts';
import { openCheckpoint } from '../../../checkpoint/open-checkpoint.ts';
import type { GenerateResult, LoglikelihoodResult } from '../../engine.ts';
import { type Decoder, openDecoder } from './decoder.ts';
import { generate } from './generate.ts';
import { KvCache } from './kv-cache.ts';
import { loglikelihood } from './loglikelihood.ts';
import { encodeText } from './pair-tokens.ts';
import { readRows } from './read-rows.ts';
import { plainRow, type Row } from './row.ts';

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
  let checkpoint: Checkpoint;
  let decoder: Decoder;
  beforeAll(async () => {
    checkpoint = await openCheckpoint({ ref: model! });
    decoder = await openDecoder(checkpoint);
  }, 60_000);
  afterAll(async () => {
    await decoder?.close();
    await checkpoint?.close();
  });

  it('gives the same log-probabilities of the ten likeliest next tokens within 2e-3', async () => {
    const rows = vectors.next.map(({ prompt, ids }): Row => {
      const row = plainRow(encodeText(checkpoint, prompt));
      return { ...row, heads: [{ slot: row.trunk - 1, targets: ids }] };
    });
    const cache = new KvCache(checkpoint.config, rows.length, Math.max(...rows.map((row) => row.trunk)));
    const answers = await readRows(decoder, cache, rows, 0);
    vectors.next.forEach(({ ids, logprobs }, at) => {
      const [answer] = answers[at]!;
      expect(answer!.best).toBe(ids[0]);
      expect(Math.max(...logprobs.map((x, i) => Math.abs(x - answer!.logprobs[i]!)))).toBeLessThan(2e-3);
    });
  }, 60_000);

  it('gives the same sums and greedy flags of continuations within 5e-3, the same bits each time', async () => {
    const contexts = [...new Set(vectors.loglikelihood.map(({ context }) => context))];
    const expected = contexts.map((context) => vectors.loglikelihood.filter((x) => x.context === context));
    const results = new Map<string, LoglikelihoodResult>();
    await loglikelihood(
      checkpoint,
      decoder,
      contexts.map((context, at) => ({ id: context, pairs: expected[at]! })),
      { onResult: (result) => results.set(result.id, result) },
    );
    for (const [at, context] of contexts.entries())
      expected[at]!.forEach(({ sum, greedy }, choice) => {
        const got = results.get(context)!.choices[choice]!;
        expect(Math.abs(got.logprob - sum)).toBeLessThan(5e-3);
        expect(got.greedy).toBe(greedy);
      });
    // Resumed work repeats units of work: the same unit must give the same bits.
    const again = new Map<string, LoglikelihoodResult>();
    await loglikelihood(
      checkpoint,
      decoder,
      contexts.map((context, at) => ({ id: context, pairs: expected[at]! })),
      { onResult: (result) => again.set(result.id, result) },
    );
    expect(again).toEqual(results);
  }, 60_000);

  it('continues greedily with the same tokens up to the first near tie', async () => {
    const results = new Map<string, GenerateResult>();
    await generate(
      checkpoint,
      decoder,
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
