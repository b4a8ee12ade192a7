import { expect, test } from 'vitest';
import type { ModelConfig } from '../../../checkpoint/checkpoint.ts';
import { UserError } from '../../../errors.ts';
import { LORA_TARGETS } from '../../engine.ts';
import { estimateMemory, refuseIfTooLarge, rowsPerMicroBatch } from './memory.ts';

/** The shape of SmolLM2-135M. */
const SMALL: ModelConfig = {
  architecture: 'llama',
  layers: 30,
  width: 576,
  heads: 9,
  kvHeads: 3,
  headDim: 64,
  feedForward: 1536,
  vocabulary: 49_152,
  context: 8192,
  rmsNormEpsilon: 1e-5,
  ropeTheta: 100_000,
  tiedHead: true,
  qkvBias: false,
  outputBias: false,
  qkNorm: false,
  eosTokens: [2],
};
const lora = { rank: 16, alpha: 32, targets: LORA_TARGETS };

test('the state is weights, gradients and two moments; with adapters the base counts once', () => {
  const rows = { batch: 2, time: 256 };
  expect(estimateMemory(SMALL, undefined, rows).state).toBe(134_515_008 * 4 * 4);
  expect(estimateMemory(SMALL, lora, rows).state).toBe((134_515_008 + 4 * 4_884_480) * 4);
});

test('rows at once: no more than are useful, at least one', () => {
  expect(rowsPerMicroBatch({ ...SMALL, layers: 1, vocabulary: 256 }, undefined, 128)).toBe(16);
  expect(rowsPerMicroBatch(SMALL, lora, 256)).toBe(3);
  expect(rowsPerMicroBatch({ ...SMALL, layers: 2000 }, undefined, 8192)).toBe(1);
});

test('what cannot fit is refused with the figures and a remedy', () => {
  const huge = { ...SMALL, layers: 3000, width: 8192, feedForward: 28_672 };
  const refuse = (adapters: typeof lora | undefined) => () =>
    refuseIfTooLarge(huge, adapters, { batch: 1, time: 512 });
  expect(refuse(undefined)).toThrow(UserError);
  expect(refuse(undefined)).toThrow(
    /training needs about [\d.]+ GiB \([\d.]+ GiB for weights.*1 x 512 tokens\).* free/,
  );
  try {
    refuse(undefined)();
  } catch (error) {
    expect((error as UserError).remedy).toContain('--lora 16');
  }
});
