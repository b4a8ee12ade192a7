/** The real model against what transformers computed from the same weights. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChatMessage } from '../engine/engine.ts';
import { sha256 } from '../platform/files.ts';
import type { Checkpoint } from './checkpoint.ts';
import { openCheckpoint } from './open-checkpoint.ts';
import { writeFolder } from './write-folder.ts';

const { CARRYOVER_TEST_MODEL: path } = process.env;
const why = path ? '' : ' (skipped: CARRYOVER_TEST_MODEL names no GGUF file)';

interface Vectors {
  tokens: { text: string; ids: number[] }[];
  chat: { messages: ChatMessage[]; addGenerationPrompt: boolean; text: string; ids: number[] }[];
}

describe.skipIf(!path)(`SmolLM2-135M-Instruct, Q4_1${why}`, () => {
  let model: Checkpoint;
  let folder: string;
  const vectors = JSON.parse(
    readFileSync(
      new URL('../../test/fixtures/smollm2-135m-instruct-q4_1.vectors.json', import.meta.url),
      'utf8',
    ),
  ) as Vectors;
  beforeAll(async () => {
    model = await openCheckpoint({ ref: path! });
    folder = await mkdtemp(join(tmpdir(), 'carryover-'));
  });
  afterAll(async () => {
    await model.close();
    await rm(folder, { recursive: true });
  });

  test('its shape', () => {
    expect(model.parameters).toBe(134_515_008);
    expect(model.config).toMatchInlineSnapshot(`
      {
        "architecture": "llama",
        "bosToken": 1,
        "context": 8192,
        "eosTokens": [
          2,
        ],
        "feedForward": 1536,
        "headDim": 64,
        "heads": 9,
        "kvHeads": 3,
        "layers": 30,
        "outputBias": false,
        "padToken": 2,
        "qkNorm": false,
        "qkvBias": false,
        "rmsNormEpsilon": 0.00001,
        "ropeTheta": 100000,
        "tiedHead": true,
        "vocabulary": 49152,
        "width": 576,
      }
    `);
  });

  test('weights are, bit for bit, those that transformers reads from the same file', async () => {
    // SHA-256 of the float32 bytes in transformers 5.23.
    for (const [name, digest] of [
      ['model.embed_tokens.weight', '3fd491c8066dd9dc1a2bf6796701526c82817d95c0ecabacdef3013c2b8bbbaa'],
      [
        'model.layers.0.self_attn.q_proj.weight',
        '54b377bbfa2deab945dfdba7fb59e0ca3eb74329358bd1b53b635b3ff37c1a56',
      ],
      [
        'model.layers.7.self_attn.k_proj.weight',
        'c0853489b02eee1ed7445c54741bd81797cf0b936e6edd0c57cb4a4ac9ef86ef',
      ],
      [
        'model.layers.29.mlp.down_proj.weight',
        'c19605745425a11e704e305ce3d27b632c406195d39eb3377e9cfb140ac643d1',
      ],
      ['model.norm.weight', '3b87f8e27335e67fc08f159cabfd2d18f205d6c5b225a6f978153552bf01d559'],
    ] as const) {
      const values = await model.readTensor(name);
      expect(sha256(new Uint8Array(values.buffer)), name).toBe(digest);
    }
  });

  test('every tokenisation is equal', () => {
    expect(vectors.tokens).toHaveLength(56);
    for (const { text, ids } of vectors.tokens) expect(model.tokenizer.encode(text), text).toEqual(ids);
  });

  test('every token sequence decodes to its text', () => {
    for (const { text, ids } of vectors.tokens) expect(model.tokenizer.decode(ids)).toBe(text);
  });

  test('every chat rendering is equal, as text and as ids', () => {
    expect(vectors.chat).toHaveLength(3);
    for (const chat of vectors.chat) {
      const text = model.chatTemplate?.render(chat.messages, chat);
      expect(text).toBe(chat.text);
      expect(model.tokenizer.encode(chat.text)).toEqual(chat.ids);
    }
  });

  test('written as a folder and opened again: the same weights, tokens, template and shape', async () => {
    await writeFolder(folder, model, { maxFileBytes: 200e6 });
    const copy = await openCheckpoint({ ref: folder });
    try {
      expect(copy.config).toEqual(model.config);
      expect(copy.parameters).toBe(model.parameters);
      expect(copy.tokenizer.fingerprint).toBe(model.tokenizer.fingerprint);
      expect(copy.chatTemplate?.source).toBe(model.chatTemplate?.source);
      for (const name of model.tensors.keys()) {
        const [a, b] = [await model.readTensor(name), await copy.readTensor(name)];
        expect(Buffer.compare(Buffer.from(a.buffer), Buffer.from(b.buffer)), name).toBe(0);
      }
    } finally {
      await copy.close();
    }
  });
});
