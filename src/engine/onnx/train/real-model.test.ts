/** Training on the real model against Hugging Face transformers and peft on the same weights. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Checkpoint } from '../../../checkpoint/checkpoint.ts';
import { openCheckpoint } from '../../../checkpoint/open-checkpoint.ts';
import type { PackedRow } from '../../../data/packing/packed-row.ts';
import { LORA_TARGETS } from '../../engine.ts';
import { createTrainer, type StepOutcome } from './trainer.ts';

const MODEL = process.env['CARRYOVER_TEST_MODEL'];
const skip = MODEL ? '' : ' (skipped: CARRYOVER_TEST_MODEL names no model)';

interface Reference {
  readonly rows: readonly { readonly ids: number[]; readonly mask: number[] }[];
  readonly gradNorms: Readonly<Record<string, number>>;
  readonly full: { readonly lr: number; readonly steps: readonly ReferenceStep[] };
  readonly lora: {
    readonly lr: number;
    readonly rank: number;
    readonly alpha: number;
    readonly steps: readonly ReferenceStep[];
  };
}
interface ReferenceStep {
  readonly loss: number;
  readonly gradNorm: number;
  readonly supervisedTokens: number;
}

const vectors = new URL('../../../../test/fixtures/smollm2-135m-instruct-q4_1.vectors.json', import.meta.url);
const reference = (JSON.parse(readFileSync(vectors, 'utf8')) as { train: Reference }).train;

/** The six examples side by side in three rows, which must give what six rows give. */
const rows: PackedRow[] = [
  [2, 1],
  [5, 3],
  [4, 0],
].map((members) => {
  const examples = members.map((at) => reference.rows[at]).filter((row) => row !== undefined);
  return {
    ids: Int32Array.from(examples.flatMap(({ ids }) => ids)),
    positions: Int32Array.from(examples.flatMap(({ ids }) => ids.map((_, i) => i))),
    segments: Int32Array.from(examples.flatMap(({ ids }, segment) => ids.map(() => segment))),
    supervised: Uint8Array.from(examples.flatMap(({ mask }) => mask)),
  };
});
const optimizer = { betas: [0.9, 0.999], epsilon: 1e-8, weightDecay: 0.01, clip: 1 } as const;

function compare(step: StepOutcome, expected: ReferenceStep | undefined): void {
  expect(step.supervisedTokens).toBe(expected?.supervisedTokens);
  expect(Math.abs(step.loss - (expected?.loss ?? 0))).toBeLessThan(1e-3);
  expect(Math.abs(step.gradientNorm / (expected?.gradNorm ?? 0) - 1)).toBeLessThan(0.005);
}

describe.skipIf(!MODEL)(`training on the real model${skip}`, () => {
  let checkpoint: Checkpoint;
  beforeAll(async () => {
    checkpoint = await openCheckpoint({ ref: MODEL as string });
    return () => checkpoint.close();
  });

  test('full fine-tuning: losses, gradient norms and the gradients of single tensors', async () => {
    const trainer = await createTrainer(checkpoint.config, checkpoint.readTensor, { optimizer, seed: 1 });
    for (const [index, expected] of reference.full.steps.entries()) {
      const step = await trainer.step(rows, reference.full.lr);
      compare(step, expected);
      if (index > 0) continue;
      for (const [name, norm] of Object.entries(reference.gradNorms)) {
        const sum = trainer.gradients.views.get(name)?.reduce((total, g) => total + g * g, 0) ?? 0;
        expect(Math.abs(Math.sqrt(sum) / step.supervisedTokens / norm - 1), name).toBeLessThan(0.005);
      }
    }
    await trainer.close();
  }, 300_000);

  test('LoRA from a start that is given', async () => {
    const { rank, alpha, lr, steps } = reference.lora;
    const lora = { rank, alpha, targets: LORA_TARGETS };
    const trainer = await createTrainer(checkpoint.config, checkpoint.readTensor, {
      optimizer,
      lora,
      seed: 1,
    });
    expect(trainer.trainableParameters).toBe(2_442_240);
    for (const [name, view] of trainer.trainable.views)
      view.set(view.map((_, i) => (name.includes('lora_A') ? 0.02 * Math.sin(0.7311 * i + 0.5) : 0)));
    for (const expected of steps) compare(await trainer.step(rows, lr), expected);
    await trainer.close();
  }, 300_000);
});
