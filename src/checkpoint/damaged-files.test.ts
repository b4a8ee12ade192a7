/** Cut off and flipped files: a UserError or a model whose weights are finite, never anything else, never a hang. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UserError } from '../errors.ts';
import { openCheckpoint } from './open-checkpoint.ts';

const models = fileURLToPath(new URL('../../test/fixtures/models', import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-'));
  await cp(join(models, 'llama'), folder, { recursive: true });
});
afterAll(() => rm(folder, { recursive: true }));

/** The error's message, or undefined when the model opened and all of it could be read. Throws for other errors. */
async function attempt(ref: string): Promise<string | undefined> {
  try {
    const model = await openCheckpoint({ ref });
    try {
      for (const name of model.tensors.keys()) {
        const values = await model.readTensor(name);
        expect(values.every((value) => Number.isFinite(value))).toBe(true);
      }
      model.tokenizer.decode(model.tokenizer.encode('the sum of 12 and 30 <|im_end|> naïve'));
      model.chatTemplate?.render([{ role: 'user', content: 'hi' }], { addGenerationPrompt: true });
    } finally {
      await model.close();
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.message).not.toBe('');
    return error.message;
  }
}

describe.each([
  ['GGUF', join(models, 'llama-gguf/model.gguf'), 'model.gguf'],
  ['safetensors', join(models, 'llama/model.safetensors'), 'model.safetensors'],
  ['tokenizer.json', join(models, 'llama/tokenizer.json'), 'tokenizer.json'],
  ['config.json', join(models, 'llama/config.json'), 'config.json'],
])('%s', (kind, source, name) => {
  let whole: Buffer<ArrayBuffer>;
  let target: string;
  let ref: string;
  beforeAll(async () => {
    whole = (await readFile(source)) as Buffer<ArrayBuffer>;
    target = join(folder, name);
    ref = kind === 'GGUF' ? target : folder;
  });
  // Each kind of file is damaged alone: the others must be whole again.
  afterAll(() => writeFile(target, whole));

  test('cut off anywhere: refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 2), async (length) => {
        await writeFile(target, whole.subarray(0, length));
        expect(await attempt(ref), `${length} bytes`).toBeTypeOf('string');
      }),
      { numRuns: 60, examples: [[0], [1], [7], [8], [24], [whole.length >> 1]] },
    );
  }, 30_000);

  test('bytes flipped: refused or readable', async () => {
    // Most flips should hit the header, which is where lengths and types are.
    const place = fc.oneof(fc.nat(400), fc.nat(Math.min(whole.length, 12_000) - 1), fc.nat(whole.length - 1));
    const flip = fc.tuple(place, fc.integer({ min: 0, max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(flip, { minLength: 1, maxLength: 4 }), async (flips) => {
        const bytes = Uint8Array.from(whole);
        for (const [at, value] of flips) if (at < bytes.length) bytes[at] = value;
        await writeFile(target, bytes);
        await attempt(ref);
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
