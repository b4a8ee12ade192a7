/**
 * Packing on the real model, from the rows of a data step: documents that share a row must lose what they lose alone. The
 * comparison is that of https://github.com/MeetKai/functionary/issues/265, where two documents lose 44.14 alone, 44.17 in
 * one isolated row and 37.55 in naive packing.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allLogits } from '../../../../test/support/all-logits.ts';
import type { Checkpoint } from '../../../checkpoint/checkpoint.ts';
import { openCheckpoint } from '../../../checkpoint/open-checkpoint.ts';
import { openPacked } from '../../../data/packing/packed-file.ts';
import type { PackedRow } from '../../../data/packing/packed-row.ts';
import { prepareStage } from '../../../data/prepare-stage.ts';
import { stageTools } from '../../../data/stage-tools.ts';
import { LORA_TARGETS } from '../../engine.ts';
import { createTrainer } from './trainer.ts';

const MODEL = process.env['CARRYOVER_TEST_MODEL'];
const skip = MODEL ? '' : ' (skipped: CARRYOVER_TEST_MODEL names no model)';

const DOCUMENTS = [
  { question: 'What is 17 plus 25?', answer: '17 plus 25 is 42.' },
  { question: 'Name the capital of France.', answer: 'The capital of France is Paris.' },
  { question: 'What is the capital of Italy?', answer: 'It is Rome.' },
];

/** One segment, positions that run on: what packing is without isolation. No option of the product makes this. */
function naive(row: PackedRow): PackedRow {
  return {
    ...row,
    positions: row.positions.map((_, index) => index),
    segments: row.segments.map((segment) => Math.min(segment, 0)),
  };
}

function alone(row: PackedRow, segment: number): PackedRow {
  const from = row.segments.indexOf(segment);
  const to = row.segments.lastIndexOf(segment) + 1;
  return {
    ids: row.ids.slice(from, to),
    positions: row.positions.slice(from, to),
    segments: new Int32Array(to - from),
    supervised: row.supervised.slice(from, to),
  };
}

describe.skipIf(!MODEL)(`isolation of packed documents on the real model${skip}`, () => {
  let checkpoint: Checkpoint;
  let packed: PackedRow;
  beforeAll(async () => {
    checkpoint = await openCheckpoint({ ref: MODEL as string });
    const folder = await mkdtemp(join(tmpdir(), 'carryover-isolation-'));
    afterAll(async () => {
      await checkpoint.close();
      await rm(folder, { recursive: true, force: true });
    });
    await writeFile(join(folder, 'rows.jsonl'), DOCUMENTS.map((row) => `${JSON.stringify(row)}\n`).join(''));
    const spec = {
      sources: { rows: { file: 'rows.jsonl' } },
      seed: 1,
      rowLength: 256,
      batches: { rowsPerStep: 1 },
    };
    await prepareStage(
      { ...spec, baseFolder: folder },
      { ...stageTools(checkpoint), folder: join(folder, 'data') },
    );
    const data = await openPacked(join(folder, 'data'));
    packed = (await data.batch(0))[0]!;
    await data.close();
    expect(new Set(packed.segments)).toEqual(new Set([0, 1, 2, -1]));
  });

  test('the losses of the documents alone sum to that of the packed row, and not to that of naive packing', async () => {
    const trainer = await createTrainer(checkpoint.config, checkpoint.readTensor, {
      optimizer: { betas: [0.9, 0.999], epsilon: 1e-8, weightDecay: 0, clip: 1 },
      lora: { rank: 1, alpha: 1, targets: LORA_TARGETS },
      seed: 1,
    });
    const sum = async (row: PackedRow): Promise<number> => {
      const { loss, supervisedTokens } = await trainer.step([row], 0);
      return loss * supervisedTokens;
    };
    let separate = 0;
    for (const segment of [0, 1, 2]) separate += await sum(alone(packed, segment));
    const isolated = await sum(packed);
    const contaminated = await sum(naive(packed));
    await trainer.close();
    expect(Math.abs(isolated / separate - 1)).toBeLessThan(1e-5);
    expect(Math.abs(contaminated / separate - 1)).toBeGreaterThan(0.01);
  }, 300_000);

  test('another first document leaves the logits of the others as they are, bit for bit', async () => {
    const changed: PackedRow = {
      ...packed,
      ids: packed.ids.map((id, index) => (packed.segments[index] === 0 ? (id * 7 + 11) % 49_000 : id)),
    };
    const { config, readTensor } = checkpoint;
    const logits = async (row: PackedRow) => allLogits(config, readTensor, [row]);
    const [before, after] = [await logits(packed), await logits(changed)];
    const width = config.vocabulary;
    const differs = (segment: number): boolean =>
      packed.segments.some(
        (own, index) =>
          own === segment &&
          before
            .subarray(index * width, (index + 1) * width)
            .some((value, at) => value !== after[index * width + at]),
      );
    expect([0, 1, 2].map((segment) => differs(segment))).toEqual([true, false, false]);
  }, 300_000);
});
