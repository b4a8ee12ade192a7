/** Training steps on tiny models: against transformers' logits, and against themselves computed in other ways. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allLogits } from '../../../../test/support/all-logits.ts';
import type { ModelConfig } from '../../../checkpoint/checkpoint.ts';
import { openCheckpoint } from '../../../checkpoint/open-checkpoint.ts';
import { openSafetensors, readStoredTensor } from '../../../checkpoint/safetensors/read.ts';
import type { PackedRow } from '../../../data/packing/packed-row.ts';
import { UserError } from '../../../errors.ts';
import { LORA_TARGETS, type LoraConfig } from '../../engine.ts';
import { elementCount } from '../models/parameters.ts';
import { randomWeights, uniforms } from './initial.ts';
import { createTrainer, type Trainer, type TrainerOptions } from './trainer.ts';

const models = fileURLToPath(new URL('../../../../test/fixtures/models', import.meta.url));
const optimizer = { betas: [0.9, 0.999], epsilon: 1e-8, weightDecay: 0.01, clip: 1 } as const;

const TINY: ModelConfig = {
  architecture: 'llama',
  layers: 2,
  width: 16,
  heads: 4,
  kvHeads: 2,
  headDim: 4,
  feedForward: 24,
  vocabulary: 50,
  context: 64,
  rmsNormEpsilon: 1e-5,
  ropeTheta: 10_000,
  tiedHead: true,
  qkvBias: false,
  outputBias: false,
  qkNorm: false,
  eosTokens: [0],
};
const LORA: LoraConfig = { rank: 2, alpha: 4, targets: LORA_TARGETS };

/** A row of examples of the given lengths; the first token of each is not supervised, nor is a random share. */
function row(lengths: readonly number[], seed: number, vocabulary = TINY.vocabulary): PackedRow {
  const next = uniforms(seed);
  const cells = lengths.flatMap((length, segment) =>
    Array.from({ length }, (_, position) => ({
      id: Math.floor(next() * vocabulary),
      position,
      segment,
      supervised: position > 0 && (position === 1 || next() < 0.7) ? 1 : 0,
    })),
  );
  return {
    ids: Int32Array.from(cells, ({ id }) => id),
    positions: Int32Array.from(cells, ({ position }) => position),
    segments: Int32Array.from(cells, ({ segment }) => segment),
    supervised: Uint8Array.from(cells, ({ supervised }) => supervised),
  };
}

/** The examples of a row as rows of their own. */
function separate(packed: PackedRow): PackedRow[] {
  return [...new Set(packed.segments)].map((segment) => {
    const from = packed.segments.indexOf(segment);
    const to = packed.segments.lastIndexOf(segment) + 1;
    return {
      ids: packed.ids.slice(from, to),
      positions: packed.positions.slice(from, to),
      segments: new Int32Array(to - from),
      supervised: packed.supervised.slice(from, to),
    };
  });
}

async function withTrainer<T>(
  options: Partial<TrainerOptions>,
  use: (trainer: Trainer) => Promise<T>,
  config = TINY,
): Promise<T> {
  const trainer = await createTrainer(config, randomWeights(config, 3), { optimizer, seed: 5, ...options });
  try {
    return await use(trainer);
  } finally {
    await trainer.close();
  }
}

describe("logits of tiny checkpoints agree with transformers' within 1e-4", () => {
  test.each(['llama', 'llama3', 'llama-linear', 'mistral', 'qwen2', 'qwen3'])('%s', async (name) => {
    const checkpoint = await openCheckpoint({ ref: join(models, name) });
    const { file, tensors } = await openSafetensors(join(models, name, 'logits.safetensors'));
    const read = async (which: string) => {
      const tensor = tensors.find((candidate) => candidate.name === which);
      if (!tensor) throw new Error(`no ${which} among the reference numbers`);
      return { shape: tensor.shape, values: await readStoredTensor(file, tensor) };
    };
    const ids = await read('ids');
    const expected = await read('logits');
    await file.close();
    const [batch, length] = ids.shape as [number, number];
    const rows = Array.from({ length: batch }, (_, r) => ({
      ids: Int32Array.from(ids.values.subarray(r * length, (r + 1) * length)),
      positions: Int32Array.from({ length }, (_, i) => i),
      segments: new Int32Array(length),
      supervised: new Uint8Array(length),
    }));
    const { vocabulary } = checkpoint.config;
    const logits = await allLogits(checkpoint.config, checkpoint.readTensor, rows);
    const padded = logits.length / batch / vocabulary;
    let worst = 0;
    for (let r = 0; r < batch; r++)
      for (let i = 0; i < length * vocabulary; i++) {
        const ours = logits[r * padded * vocabulary + i] as number;
        worst = Math.max(worst, Math.abs(ours - (expected.values[r * length * vocabulary + i] as number)));
      }
    await checkpoint.close();
    expect(worst).toBeLessThan(1e-4);
  });
});

describe('gradients of the whole model', () => {
  test.each([
    ['full', {}, TINY],
    ['LoRA', { lora: LORA }, TINY],
    [
      'full, with biases, head norms and a head of its own',
      {},
      { ...TINY, tiedHead: false, qkvBias: true, outputBias: true, qkNorm: true },
    ],
  ] as const)('agree with central differences: %s', async (_, options, config) => {
    await withTrainer(
      { ...options, optimizer: { ...optimizer, weightDecay: 0 } },
      async (trainer) => {
        const next = uniforms(8);
        // Larger than a start would be, so that every part of the model matters.
        for (let i = 0; i < trainer.trainable.all.length; i++)
          (trainer.trainable.all[i] as number) += 0.3 * (next() - 0.5);
        const rows = [row([6, 5], 1, config.vocabulary), row([9], 2, config.vocabulary)];
        const { supervisedTokens } = await trainer.step(rows, 0);
        const analytic = new Map([...trainer.gradients.views].map(([name, view]) => [name, view.slice()]));
        for (const [name, view] of trainer.trainable.views) {
          // Along one random direction a tensor: float32 losses are too coarse for single elements.
          const direction = view.map(() => next() - 0.5);
          const start = view.slice();
          const at = async (distance: number) => {
            view.set(start.map((value, i) => value + distance * (direction[i] as number)));
            return (await trainer.step(rows, 0)).loss;
          };
          const central = async (h: number) => ((await at(h)) - (await at(-h))) / (2 * h);
          // Richardson: the two steps together cancel the error of the third derivative.
          const slope = (4 * (await central(0.01)) - (await central(0.02))) / 3;
          view.set(start);
          const expected = (analytic.get(name) as Float32Array).reduce(
            (sum, g, i) => sum + (g * (direction[i] as number)) / supervisedTokens,
            0,
          );
          expect(Math.abs(slope - expected), name).toBeLessThan(4e-4 + 0.01 * Math.abs(expected));
        }
      },
      config,
    );
  });
});

describe('packing and micro-batches', () => {
  test('packed rows lose what their examples lose by themselves', async () => {
    await withTrainer({}, async (trainer) => {
      const packed = row([7, 12, 5], 4);
      const together = await trainer.step([packed], 0);
      const g = trainer.gradients.all.slice();
      let sum = 0;
      for (const single of separate(packed)) {
        const alone = await trainer.step([single], 0);
        sum += alone.loss * alone.supervisedTokens;
      }
      expect(together.loss * together.supervisedTokens).toBeCloseTo(sum, 4);
      expect(Math.abs((together.loss * together.supervisedTokens) / sum - 1)).toBeLessThan(1e-5);
      await trainer.step(separate(packed), 0);
      trainer.gradients.all.forEach((value, i) => {
        expect(Math.abs(value - (g[i] as number))).toBeLessThan(1e-4);
      });
    });
  });

  test("changing one example leaves the others' logits untouched", async () => {
    const packed = row([7, 12, 5], 4);
    const changed = {
      ...packed,
      ids: packed.ids.map((id, t) => (packed.segments[t] === 1 ? (id + 1) % 50 : id)),
    };
    const read = randomWeights(TINY, 3);
    const [before, after] = [await allLogits(TINY, read, [packed]), await allLogits(TINY, read, [changed])];
    for (let t = 0; t < packed.ids.length; t++) {
      const slice = (logits: Float32Array) => logits.slice(t * TINY.vocabulary, (t + 1) * TINY.vocabulary);
      if (packed.segments[t] === 1) expect(slice(after)).not.toEqual(slice(before));
      else expect(slice(after)).toEqual(slice(before));
    }
  });

  test.each([
    ['full', {}],
    ['LoRA', { lora: LORA }],
  ] as const)('neither loss nor update depends on the size of micro-batches: %s', async (_, options) => {
    const example = fc.integer({ min: 2, max: 9 });
    const batches = fc.record({
      rows: fc.array(fc.array(example, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 5 }),
      microBatch: fc.integer({ min: 1, max: 4 }),
      seed: fc.nat(1000),
    });
    await fc.assert(
      fc.asyncProperty(batches, async ({ rows: lengths, microBatch: size, seed }) => {
        const rows = lengths.map((part, r) => row(part, seed + r));
        const run = (micro: number) =>
          withTrainer({ ...options, microBatch: micro }, async (trainer) => {
            const outcome = await trainer.step(rows, 0);
            return { ...outcome, gradients: trainer.gradients.all.slice() };
          });
        const [whole, parts] = [await run(rows.length), await run(size)];
        expect(parts.loss).toBeCloseTo(whole.loss, 5);
        expect(parts.gradientNorm).toBeCloseTo(whole.gradientNorm, 5);
        const worst = parts.gradients.reduce(
          (most, g, i) => Math.max(most, Math.abs(g - (whole.gradients[i] as number))),
          0,
        );
        expect(worst).toBeLessThan(1e-4);
      }),
      { numRuns: 6 },
    );
  });
});

describe('what is wrong is said', () => {
  test('a step without supervised tokens', async () => {
    const silent = { ...row([5], 1), supervised: new Uint8Array(5) };
    await withTrainer({}, async (trainer) => {
      await expect(trainer.step([silent], 1e-3)).rejects.toThrow('no supervised token');
    });
  });

  test('a supervised token with nothing before it', async () => {
    const first = { ...row([5], 1), supervised: Uint8Array.of(1, 0, 0, 0, 0) };
    await withTrainer({}, async (trainer) => {
      await expect(trainer.step([first], 1e-3)).rejects.toThrow('begins its segment');
    });
  });

  test('a loss that is not finite: nothing is updated', async () => {
    await withTrainer({}, async (trainer) => {
      const weight = trainer.trainable.views.get('model.norm.weight') as Float32Array;
      weight.fill(Number.NaN);
      const before = trainer.trainable.all.slice();
      const error = await trainer.step([row([5], 1)], 1e-3).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(UserError);
      expect(String(error)).toMatch(/the loss is not finite after 0 updates.*\n.*Lower the learning rate/);
      expect(trainer.trainable.all).toEqual(before);
      expect(trainer.updates).toBe(0);
    });
  });
});

test('adapters start like PEFT: A within 1 / sqrt(inputs), B zero, the model unchanged', async () => {
  const rows = [row([9, 8], 7)];
  const base = await withTrainer({}, (trainer) => trainer.step(rows, 0));
  await withTrainer({ lora: LORA }, async (trainer) => {
    for (const { name, shape } of trainer.trainable.shapes) {
      const view = trainer.trainable.views.get(name) as Float32Array;
      expect(view.length).toBe(elementCount(shape));
      const bound = name.includes('lora_A') ? 1 / Math.sqrt(shape[1] as number) : 0;
      expect(view.every((value) => Math.abs(value) <= bound)).toBe(true);
    }
    expect((await trainer.step(rows, 0)).loss).toBeCloseTo(base.loss, 6);
    expect(trainer.trainableParameters).toBe(2 * 2 * (16 * 2 * 2 + (16 + 8) * 2 + 40 * 3));
  });
});
