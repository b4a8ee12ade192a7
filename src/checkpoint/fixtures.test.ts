/** The tiny models in test/fixtures/models: every architecture and storage format opens, and is what was saved. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openCheckpoint } from './open-checkpoint.ts';

const models = fileURLToPath(new URL('../../test/fixtures/models', import.meta.url));

describe('tiny models', () => {
  test.each([
    ['llama', 'F32', { architecture: 'llama', tiedHead: true }],
    [
      'llama3',
      'F32',
      {
        tiedHead: false,
        ropeScaling: {
          kind: 'llama3',
          factor: 8,
          lowFrequencyFactor: 1,
          highFrequencyFactor: 4,
          originalContext: 32,
        },
      },
    ],
    ['llama-linear', 'F32', { qkvBias: true, outputBias: true, ropeScaling: { kind: 'linear', factor: 2 } }],
    ['mistral', 'BF16', { architecture: 'mistral', headDim: 16 }],
    ['qwen2', 'F32', { architecture: 'qwen2', qkvBias: true, outputBias: false, ropeTheta: 1e6 }],
    ['qwen3', 'F16', { architecture: 'qwen3', qkNorm: true, headDim: 16 }],
  ])('%s', async (name, dtype, shape) => {
    const model = await openCheckpoint({ ref: join(models, name) });
    try {
      expect(model.config).toMatchObject({
        ...shape,
        layers: 2,
        vocabulary: 300,
        eosTokens: [2],
        bosToken: 1,
      });
      expect(new Set([...model.tensors.values()].map((tensor) => tensor.dtype))).toEqual(new Set([dtype]));
      expect(model.tokenizer.vocabulary).toBe(300);
      expect(model.tokenizer.encode('the sum', { addSpecial: true })[0]).toBe(1);
      expect(model.tokenizer.decode(model.tokenizer.encode('the sum is 42, naïve?'))).toBe(
        'the sum is 42, naïve?',
      );
      expect(
        model.chatTemplate?.render([{ role: 'user', content: 'hi' }], { addGenerationPrompt: true }),
      ).toBe('<|im_start|>user\nhi<|im_end|>\n<|im_start|>assistant\n');
      for (const name of model.tensors.keys()) await model.readTensor(name);
    } finally {
      await model.close();
    }
  });

  test('the GGUF file holds the same model as the folder it was made from', async () => {
    const folder = await openCheckpoint({ ref: join(models, 'llama') });
    const file = await openCheckpoint({ ref: join(models, 'llama-gguf/model.gguf') });
    try {
      expect(file.config).toEqual(folder.config);
      expect([...file.tensors.keys()].sort()).toEqual([...folder.tensors.keys()].sort());
      for (const name of folder.tensors.keys()) {
        expect(await file.readTensor(name), name).toEqual(await folder.readTensor(name));
      }
      for (const text of [
        'the sum of 12 and 30',
        '<|im_start|>user\nhi<|im_end|>',
        'zwölf',
        '  two  spaces 42',
      ]) {
        expect(file.tokenizer.encode(text, { addSpecial: true })).toEqual(
          folder.tokenizer.encode(text, { addSpecial: true }),
        );
      }
      expect(file.chatTemplate?.source).toBe(folder.chatTemplate?.source);
      expect(file.fingerprint).not.toBe(folder.fingerprint);
    } finally {
      await folder.close();
      await file.close();
    }
  });
});
