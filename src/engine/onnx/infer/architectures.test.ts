/** Every supported architecture against transformers' logits, at once and token by token through the cache. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ModelRef } from '../../../checkpoint/model-ref.ts';
import { openCheckpoint } from '../../../checkpoint/open-checkpoint.ts';
import { openSafetensors, safetensorsWeights } from '../../../checkpoint/safetensors/read.ts';
import { type Decoder, openDecoder } from './decoder.ts';
import { KvCache } from './kv-cache.ts';
import { passTensors, plainRow } from './row.ts';

const folder = fileURLToPath(new URL('../../../../test/fixtures/models/', import.meta.url));
const MODELS: Readonly<Record<string, ModelRef & { readonly logits: string }>> = {
  llama: { ref: 'llama', logits: 'llama' },
  'llama from GGUF': { ref: 'llama-gguf/model.gguf', logits: 'llama' },
  'llama with a LoRA adapter': { ref: 'llama', adapter: 'llama-lora', logits: 'llama-lora' },
  'llama with linear rope scaling and biases': { ref: 'llama-linear', logits: 'llama-linear' },
  'llama 3 with its rope scaling, untied head, three shards': { ref: 'llama3', logits: 'llama3' },
  'mistral in bfloat16': { ref: 'mistral', logits: 'mistral' },
  qwen2: { ref: 'qwen2', logits: 'qwen2' },
  'qwen3 in float16': { ref: 'qwen3', logits: 'qwen3' },
};

async function expected(name: string): Promise<{ ids: number[][]; logits: Float32Array }> {
  const file = safetensorsWeights([await openSafetensors(`${folder}${name}/logits.safetensors`)]);
  const flat = [...(await file.read('ids'))];
  const logits = await file.read('logits');
  await file.close();
  const length = flat.length / 2;
  return { ids: [flat.slice(0, length), flat.slice(length)], logits };
}

/** Logits of every position, read in steps of `time` tokens. [rows, positions, vocabulary] */
async function logitsOf(decoder: Decoder, ids: readonly number[][], time: number): Promise<Float32Array> {
  const rows = ids.map(plainRow);
  const length = ids[0]!.length;
  const { vocabulary } = decoder.config;
  const cache = new KvCache(decoder.config, rows.length, length);
  const logits = new Float32Array(rows.length * length * vocabulary);
  for (let at = 0; at < length; at += time) {
    const tensors = passTensors(cache, rows, at, at + time);
    const heads = [...Array(rows.length * time).keys()];
    const place = { cache, from: 0, to: rows.length, write: rows.map(() => at) };
    const result = await decoder.run({ ...place, ...tensors, heads, logits: true });
    heads.forEach((head) => {
      const position = Math.floor(head / time) * length + at + (head % time);
      const row = result.logits.subarray(head * vocabulary, (head + 1) * vocabulary);
      logits.set(row, position * vocabulary);
    });
  }
  return logits;
}

const furthest = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, at) => Math.max(most, Math.abs(value - b[at]!)), 0);

describe.each(Object.entries(MODELS))('%s', (_, { ref, adapter, logits: name }) => {
  it.each([
    ['whole', 18],
    ['in chunks of three tokens', 3],
    ['token by token', 1],
  ])('gives the logits of transformers within 1e-4, read %s', async (_how, time) => {
    const checkpoint = await openCheckpoint({
      ref: folder + ref,
      ...(adapter ? { adapter: folder + adapter } : {}),
    });
    const decoder = await openDecoder(checkpoint);
    const { ids, logits } = await expected(name);
    const got = await logitsOf(decoder, ids, time);
    expect(got.length).toBe(logits.length);
    expect(furthest(got, logits)).toBeLessThan(1e-4);
    await decoder.close();
    await checkpoint.close();
  });
});
