/** Adapters as PEFT writes them (test/fixtures/models/llama-lora). */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openCheckpoint } from '../open-checkpoint.ts';
import { openSafetensors, readStoredTensor } from '../safetensors/read.ts';
import { readAdapter, writeAdapter } from './adapter.ts';

const models = fileURLToPath(new URL('../../../test/fixtures/models', import.meta.url));
const peft = join(models, 'llama-lora');
const base = join(models, 'llama');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('PEFT adapters', () => {
  test('merged on reading as merge_and_unload merges; other tensors stay', async () => {
    const plain = await openCheckpoint({ ref: base });
    const adapted = await openCheckpoint({ ref: base, adapter: peft });
    const reference = await openSafetensors(join(peft, 'logits.safetensors'));
    try {
      const name = 'model.layers.0.self_attn.q_proj.weight';
      const merged = await adapted.readTensor(name);
      const expected = await readStoredTensor(
        reference.file,
        reference.tensors.find((tensor) => tensor.name === 'merged')!,
      );
      let largest = 0;
      for (const [i, value] of merged.entries()) largest = Math.max(largest, Math.abs(value - expected[i]!));
      expect(largest).toBeLessThan(1e-6);
      expect(merged).not.toEqual(await plain.readTensor(name));
      const other = 'model.layers.0.self_attn.k_proj.weight';
      expect(await adapted.readTensor(other)).toEqual(await plain.readTensor(other));
      expect(adapted.fingerprint).not.toBe(plain.fingerprint);
    } finally {
      await Promise.all([plain.close(), adapted.close(), reference.file.close()]);
    }
  });

  test('written and read again: the same matrices and scale', async () => {
    const adapter = await readAdapter(peft);
    const lora = { rank: 4, alpha: 6, targets: ['q_proj', 'v_proj', 'down_proj'] } as const;
    await writeAdapter(folder, lora, 'some/model', adapter.modules);
    const copy = await readAdapter(folder);
    expect(copy.modules).toEqual(adapter.modules);
    expect(copy.config).toEqual({ ...lora, scale: 1.5, baseModel: 'some/model' });
  });

  test('what is no adapter folder is refused, and the adapter below it named', async () => {
    await expect(readAdapter(join(folder, 'none'))).rejects.toThrow('there is no such adapter folder');
    await expect(readAdapter(folder)).rejects.toMatchObject({ remedy: undefined });
    await cp(peft, join(folder, 'adapter'), { recursive: true });
    await expect(readAdapter(folder)).rejects.toMatchObject({
      remedy: `There is one in ${join(folder, 'adapter')}: name that.`,
    });
  });

  test.each([
    [{ use_dora: true }, 'an adapter with use_dora is not supported'],
    [{ peft_type: 'IA3' }, 'an adapter with peft_type IA3 is not supported'],
    [{ r: 8 }, 'does not have the rank 8 of adapter_config.json'],
    [{ lora_alpha: 'six' }, 'lora_alpha: '],
  ])('%o is refused', async (change, message) => {
    await cp(peft, folder, { recursive: true });
    const file = join(folder, 'adapter_config.json');
    await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), ...change }));
    await expect(readAdapter(folder)).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining(message),
    });
  });

  test('an adapter of another model is refused by name and shape', async () => {
    await expect(openCheckpoint({ ref: join(models, 'qwen3'), adapter: peft })).rejects.toThrow(
      "the adapter expects model.layers.0.self_attn.q_proj of shape [32, 32], the base model's is [64, 32]",
    );
    await expect(openCheckpoint({ ref: base, adapter: folder })).rejects.toThrow(
      'holds no adapter_config.json',
    );
  });
});
