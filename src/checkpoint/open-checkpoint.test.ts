/** Model references, folders with something missing or wrong, fingerprints, and files of several GB. */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, truncate, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { makeGguf } from '../../test/helpers/make-gguf.ts';
import { UserError } from '../errors.ts';
import { openCheckpoint } from './open-checkpoint.ts';
import { writeFolder } from './write-folder.ts';

const models = fileURLToPath(new URL('../../test/fixtures/models', import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function fails(ref: string): Promise<UserError> {
  const error = await openCheckpoint({ ref }).then(
    (model) => model.close().then(() => new Error('it opened')),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}
async function change(file: string, edit: (json: Record<string, unknown>) => unknown): Promise<void> {
  const path = join(folder, file);
  await writeFile(path, JSON.stringify(edit(JSON.parse(await readFile(path, 'utf8')))));
}
async function fingerprint(ref: string): Promise<string> {
  const model = await openCheckpoint({ ref });
  await model.close();
  return model.fingerprint;
}

describe('references', () => {
  test('what is nothing, or no model', async () => {
    expect((await fails(join(folder, 'none.gguf'))).message).toContain('there is no model');
    expect((await fails('openai:http://localhost#m')).message).toContain('has no weights');
    expect((await fails(folder)).message).toContain('the folder holds no config.json');
    await writeFile(join(folder, 'model.bin'), 'x');
    expect((await fails(join(folder, 'model.bin'))).message).toBe('neither a folder nor a .gguf file');
  });

  test('a hub id: from the mirror, whole', async () => {
    vi.stubEnv('CARRYOVER_HUB', folder);
    await cp(join(models, 'llama3'), join(folder, 'models/tiny/llama3'), { recursive: true });
    const model = await openCheckpoint({ ref: 'tiny/llama3' });
    try {
      expect(model.name).toBe('llama3');
      expect(model.parameters).toBe(33_184);
      await model.readTensor('lm_head.weight');
    } finally {
      await model.close();
    }
    const error = await fails('tiny/llama4');
    expect(error.message).toContain('there is no folder tiny/llama4 here, and from the hub: ');
    expect(error.remedy).toContain('tiny/llama3');
    await mkdir(join(folder, 'models/tiny/empty'));
    expect((await fails('tiny/empty')).message).toContain('holds no config.json');
  });
});

describe('folders', () => {
  beforeEach(() => cp(join(models, 'llama3'), folder, { recursive: true }));

  test.each([
    ['tokenizer.json', 'the folder holds no tokenizer.json'],
    ['model-00002-of-00003.safetensors', 'there is no such file'],
    ['model.safetensors.index.json', 'the folder holds no model.safetensors'],
  ])('without %s', async (file, message) => {
    await unlink(join(folder, file));
    expect((await fails(folder)).message).toBe(message);
  });

  test('an index that leads out of the folder', async () => {
    const index = 'model.safetensors.index.json';
    await change(index, (json) => ({ ...json, weight_map: { a: '../../secret.safetensors' } }));
    expect((await fails(folder)).message).toContain('../../secret.safetensors is not the name of a file');
    await change(index, (json) => ({ ...json, weight_map: 7 }));
    expect((await fails(folder)).message).toContain('weight_map should map tensor names to file names');
  });

  test('a shard that is left out, and one that is there twice', async () => {
    const index = 'model.safetensors.index.json';
    await cp(join(folder, 'model-00001-of-00003.safetensors'), join(folder, 'copy.safetensors'));
    const whole = await readFile(join(folder, index), 'utf8');
    await change(index, (json) => ({
      ...json,
      weight_map: { ...(json['weight_map'] as object), x: 'copy.safetensors' },
    }));
    expect((await fails(folder)).message).toMatch(/^the tensor .* is also in .*copy.safetensors$/);
    await writeFile(join(folder, index), whole);
    await change(index, () => ({ weight_map: { a: 'model-00001-of-00003.safetensors' } }));
    expect((await fails(folder)).message).toMatch(/^the tensor .* is missing$/);
  });

  test('the template: a file of its own, a field, or a list of named ones', async () => {
    const source = async () => {
      const model = await openCheckpoint({ ref: folder });
      await model.close();
      return model.chatTemplate?.source;
    };
    await change('tokenizer_config.json', (json) => ({ ...json, chat_template: 'field' }));
    await writeFile(join(folder, 'chat_template.jinja'), 'file');
    expect(await source()).toBe('file');
    await unlink(join(folder, 'chat_template.jinja'));
    expect(await source()).toBe('field');
    const named = [
      { name: 'tool_use', template: 'tools' },
      { name: 'default', template: 'plain' },
    ];
    await change('tokenizer_config.json', (json) => ({ ...json, chat_template: named }));
    expect(await source()).toBe('plain');
    await change('tokenizer_config.json', ({ chat_template: _, ...rest }) => rest);
    expect(await source()).toBeUndefined();
  });

  test('end tokens: the tokenizer’s where the configuration has none', async () => {
    for (const file of ['config.json', 'generation_config.json']) {
      await change(file, (json) => ({ ...json, eos_token_id: null }));
    }
    const model = await openCheckpoint({ ref: folder });
    await model.close();
    expect(model.config.eosTokens).toEqual([2]);
    await change('config.json', (json) => ({ ...json, eos_token_id: 300 }));
    expect((await fails(folder)).message).toContain('the special token 300 is not one of the 300');
  });

  test('written whole or in parts, in 32 or 16 bits, it opens again', async () => {
    const model = await openCheckpoint({ ref: folder });
    const copy = join(folder, 'copy');
    try {
      for (const [dtype, maxFileBytes] of [
        ['F32', 50_000],
        ['F16', 1e9],
        ['BF16', 1],
      ] as const) {
        await writeFolder(copy, model, { dtype, maxFileBytes });
        const again = await openCheckpoint({ ref: copy });
        try {
          expect(again.config).toEqual(model.config);
          expect(again.tokenizer.fingerprint).toBe(model.tokenizer.fingerprint);
          const name = 'model.layers.1.mlp.down_proj.weight';
          // The fixture's weights are half floats, so only bfloat16 loses some of them.
          if (dtype !== 'BF16') expect(await again.readTensor(name)).toEqual(await model.readTensor(name));
          expect(again.tensors.get(name)?.dtype).toBe(dtype);
        } finally {
          await again.close();
        }
      }
    } finally {
      await model.close();
    }
  });

  test('over an older model no weights of that one stay, and other files do', async () => {
    const model = await openCheckpoint({ ref: folder });
    const copy = join(folder, 'copy');
    const weights = async () => (await readdir(copy)).filter((name) => name.includes('safetensors')).sort();
    await writeFolder(copy, model, { maxFileBytes: 50_000 });
    expect((await weights()).length).toBeGreaterThan(2);
    await writeFile(join(copy, 'notes.safetensors'), 'mine');
    await writeFolder(copy, model);
    expect(await weights()).toEqual(['model.safetensors', 'notes.safetensors']);
    await model.close();
  });

  test('weights that are not finite are not written, and what is left is no model', async () => {
    const model = await openCheckpoint({ ref: folder });
    const copy = join(folder, 'copy');
    await writeFolder(copy, model);
    const readTensor = async (name: string) => {
      const values = await model.readTensor(name);
      if (name === 'model.norm.weight') values[3] = Number.NaN;
      return values;
    };
    await expect(writeFolder(copy, { ...model, readTensor })).rejects.toThrow(
      'model.norm.weight: element 3 is NaN',
    );
    await model.close();
    expect((await fails(copy)).message).toContain('holds no config.json');
  });
});

describe('fingerprints', () => {
  beforeEach(() => cp(join(models, 'llama'), folder, { recursive: true }));

  test('change with each of configuration, weights, tokenizer and template, and with nothing else', async () => {
    const first = await fingerprint(folder);
    expect(await fingerprint(join(models, 'llama'))).toBe(first);
    const seen = new Set([first]);
    await change('config.json', (json) => ({ ...json, rms_norm_eps: 1e-4 }));
    seen.add(await fingerprint(folder));
    const weights = join(folder, 'model.safetensors');
    const bytes = await readFile(weights);
    bytes[bytes.length - 4]! ^= 1;
    await writeFile(weights, bytes);
    seen.add(await fingerprint(folder));
    await writeFile(join(folder, 'chat_template.jinja'), 'other');
    seen.add(await fingerprint(folder));
    await change('tokenizer.json', (json) => ({ ...json, post_processor: null }));
    seen.add(await fingerprint(folder));
    expect(seen.size).toBe(5);
    await change('config.json', (json) => ({ ...json, transformers_version: '9.9.9' }));
    expect(seen).toContain(await fingerprint(folder));
  });
});

test('a model of 6 GB opens from its header, and its fingerprint from samples', async () => {
  // A sparse file: 3 x 2^29 float32 in the embedding, all of them zero.
  const [rows, width] = [3 * 2 ** 20, 512];
  const path = join(folder, 'large.gguf');
  await mkdir(dirname(path), { recursive: true });
  const zeros = (name: string, ...shape: number[]) => ({ name, shape, type: 0, data: new Uint8Array() });
  const sizes: [string, number[]][] = [
    ['blk.0.attn_norm', [width]],
    ['blk.0.ffn_norm', [width]],
    ['output_norm', [width]],
    ...['attn_q', 'attn_k', 'attn_v', 'attn_output'].map((name): [string, number[]] => [
      `blk.0.${name}`,
      [width, width],
    ]),
    ['blk.0.ffn_gate', [width, 32]],
    ['blk.0.ffn_up', [width, 32]],
    ['blk.0.ffn_down', [32, width]],
    ['token_embd', [width, rows]],
  ];
  let end = 0;
  const tensors = sizes.map(([name, shape]) => {
    const tensor = { ...zeros(`${name}.weight`, ...shape), offset: end };
    end += shape.reduce((a, b) => a * b, 4);
    return tensor;
  });
  const header = makeGguf(
    {
      'general.architecture': 'llama',
      'llama.block_count': 1,
      'llama.context_length': 64,
      'llama.embedding_length': width,
      'llama.feed_forward_length': 32,
      'llama.attention.head_count': 8,
      'tokenizer.ggml.model': 'gpt2',
      'tokenizer.ggml.pre': 'gpt-2',
      'tokenizer.ggml.tokens': ['a', 'b'],
      'tokenizer.ggml.merges': [],
    },
    tensors,
  );
  const dataStart = header.length - tensors.at(-1)!.offset;
  await writeFile(path, header.subarray(0, dataStart));
  await truncate(path, dataStart + end);
  const model = await openCheckpoint({ ref: path });
  try {
    expect(model.parameters).toBe(end / 4);
    expect((await model.readTensor('model.norm.weight')).length).toBe(width);
  } finally {
    await model.close();
  }
});
