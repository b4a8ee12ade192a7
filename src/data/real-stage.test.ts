/** A stage of two published datasets with a real model's tokenizer. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCheckpoint } from '../checkpoint/open-checkpoint.ts';
import { estimateStage } from './estimate-stage.ts';
import { mixtureFacts } from './mixture/mixture-facts.ts';
import { planBatches } from './packing/batch-plan.ts';
import { prepareStage, takeParts } from './prepare-stage.ts';
import { placeExamples } from './selection/schedule.ts';
import type { StageSpec } from './stage.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-real-stage-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const model = process.env['CARRYOVER_TEST_MODEL'];
describe.skipIf(!model || !process.env['CARRYOVER_HUB'])(
  'real data and the real tokenizer (needs CARRYOVER_HUB and CARRYOVER_TEST_MODEL)',
  () => {
    test('alpaca and gsm8k at 1,024: exact budget, at least 97 % full, every stop token supervised', async () => {
      const checkpoint = await openCheckpoint({ ref: model! });
      const real: StageSpec = {
        sources: {
          general: { dataset: 'tatsu-lab/alpaca' },
          math: { dataset: 'openai/gsm8k', config: 'main', split: 'train' },
        },
        parts: [
          { source: 'general', from: 0, tokens: 60_000 },
          { source: 'math', from: 0, tokens: 60_000 },
        ],
        seed: 1,
        rowLength: 1024,
        batches: { rowsPerStep: 8 },
      };
      const { tokenizer, chatTemplate } = checkpoint;
      const receipt = await prepareStage(real, { tokenizer, chatTemplate, folder: join(folder, 'real') });
      expect(receipt.supervisedTokens).toBe(120_000);
      expect(receipt.fill).toBeGreaterThanOrEqual(0.97);
      expect(receipt.sources.map(({ name, rows, licence, format }) => [name, rows, licence, format])).toEqual(
        [
          ['general', 52_002, 'CC-BY-NC-4.0', 'alpaca'],
          ['math', 7_473, 'MIT', 'question-answer'],
        ],
      );
      for (const { turns, stopTurns, straddled } of receipt.sources)
        expect([stopTurns, straddled]).toEqual([turns, 0]);
      const estimate = await estimateStage(real, { tokenizer, chatTemplate });
      expect(estimate.supervisedTokens).toBe(120_000);
      expect(Math.abs(estimate.packedRows / receipt.packedRows - 1)).toBeLessThan(0.25);
      await checkpoint.close();

      // What training sees at any beginning of 50,000 supervised tokens or more, as mixed and as packed.
      const taken = await takeParts(real, { tokenizer, chatTemplate });
      const examples = placeExamples(taken, undefined);
      expect(mixtureFacts(taken, examples, undefined).furthest).toBeLessThan(0.01);
      const given = [0, 0];
      let furthest = 0;
      for (const row of planBatches(examples, real).rows) {
        for (const index of row) given[examples.lists[index]!]! += examples.learns[index]!;
        const tokens = given[0]! + given[1]!;
        if (tokens >= 50_000) furthest = Math.max(furthest, Math.abs(given[0]! / tokens - 0.5));
      }
      expect(furthest).toBeLessThan(0.01);
    });
  },
);
