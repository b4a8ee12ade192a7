/** GGUF files with one thing wrong each: refused with the file, the tensor and the reason. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type GgufOptions,
  type GgufTensor,
  type GgufValue,
  makeGguf,
} from '../../../test/helpers/make-gguf.ts';
import { UserError } from '../../errors.ts';
import { openCheckpoint } from '../open-checkpoint.ts';

const VOCABULARY = ['a', 'b', 'c', 'd'];
const fields: Record<string, GgufValue> = {
  'general.architecture': 'llama',
  'llama.block_count': 1,
  'llama.context_length': 16,
  'llama.embedding_length': 8,
  'llama.feed_forward_length': 8,
  'llama.attention.head_count': 2,
  'llama.attention.layer_norm_rms_epsilon': { float: 1e-5 },
  'tokenizer.ggml.model': 'gpt2',
  'tokenizer.ggml.pre': 'gpt-2',
  'tokenizer.ggml.tokens': VOCABULARY,
  'tokenizer.ggml.merges': [],
};
const f32 = (name: string, ...shape: number[]): GgufTensor => {
  const values = new Float32Array(shape.reduce((a, b) => a * b, 1)).map((_, i) => i / 8);
  return { name, shape, type: 0, data: new Uint8Array(values.buffer) };
};
const tensors: GgufTensor[] = [
  f32('token_embd.weight', 8, 4),
  f32('blk.0.attn_norm.weight', 8),
  f32('blk.0.attn_q.weight', 8, 8),
  f32('blk.0.attn_k.weight', 8, 8),
  f32('blk.0.attn_v.weight', 8, 8),
  f32('blk.0.attn_output.weight', 8, 8),
  f32('blk.0.ffn_norm.weight', 8),
  f32('blk.0.ffn_gate.weight', 8, 8),
  f32('blk.0.ffn_up.weight', 8, 8),
  f32('blk.0.ffn_down.weight', 8, 8),
  f32('output_norm.weight', 8),
];
const changed = (name: string, change: Partial<GgufTensor>): GgufTensor[] =>
  tensors.map((tensor) => (tensor.name === name ? { ...tensor, ...change } : tensor));

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-'));
  path = join(folder, 'model.gguf');
});
afterAll(() => rm(folder, { recursive: true }));

async function open(bytes: Uint8Array) {
  await writeFile(path, bytes);
  const model = await openCheckpoint({ ref: path });
  try {
    return { config: model.config, q: await model.readTensor('model.layers.0.self_attn.q_proj.weight') };
  } finally {
    await model.close();
  }
}

test('the file that all the others differ from opens, and its rotary order is undone', async () => {
  const { config, q } = await open(makeGguf(fields, tensors));
  expect(config).toMatchObject({ heads: 2, kvHeads: 2, headDim: 4, tiedHead: true, rmsNormEpsilon: 1e-5 });
  // Rows 0 2 1 3 of each head: llama.cpp stored them interleaved.
  const rows = Array.from({ length: 8 }, (_, row) => q[row * 8]);
  expect(rows).toEqual([0, 2, 1, 3, 4, 6, 5, 7]);
});

describe('refused', () => {
  const embedding = 'token_embd.weight';
  test.each<[string, GgufTensor[], string, (GgufOptions & Record<string, unknown>)?]>([
    ['unknown type', changed(embedding, { type: 99 }), 'token_embd.weight has ggml type 99'],
    ['not yet supported type', changed(embedding, { type: 16 }), 'token_embd.weight has ggml type 16'],
    ['row no multiple of a block', changed(embedding, { type: 8 }), 'of type Q8_0 cannot have shape [4, 8]'],
    [
      'beyond the file',
      changed('output_norm.weight', { data: new Uint8Array(4) }),
      'output_norm.weight would end at byte',
    ],
    ['overlap', changed('blk.0.attn_norm.weight', { offset: 0 }), 'overlap'],
    ['twice', [...tensors, f32(embedding, 8, 4)], 'token_embd.weight is there twice'],
    [
      'absurd shape',
      changed(embedding, { shape: [2n ** 31n, 2n ** 31n] }),
      'cannot have shape [2147483648, 2147483648]',
    ],
    ['absurd dimension', changed(embedding, { shape: [2n ** 63n] }), 'exceeds the maximum allowed'],
    ['empty tensor', changed(embedding, { shape: [8, 0] }), 'cannot have shape [0, 8]'],
    ['missing', tensors.slice(0, -1), 'the tensor model.norm.weight is missing'],
    [
      'wrong shape',
      changed('output_norm.weight', { shape: [4] }),
      'model.norm.weight has shape [4], the configuration asks for [8]',
    ],
    ['no place', [...tensors, f32('blk.0.ssm_a.weight', 8)], 'blk.0.ssm_a.weight has no place'],
    [
      'a layer too many',
      [...tensors, f32('blk.1.attn_norm.weight', 8)],
      'model.layers.1.input_layernorm.weight has no place',
    ],
    [
      'a bias that the others lack',
      [...tensors, f32('blk.0.ffn_up.bias', 8)],
      'mlp.up_proj.bias has no place',
    ],
    [
      'NaN',
      changed('blk.0.attn_q.weight', {
        data: new Uint8Array(Float32Array.from({ length: 64 }, (_, i) => (i === 9 ? Number.NaN : 1)).buffer),
      }),
      'blk.0.attn_q.weight holds NaN at element 9',
    ],
    [
      'infinity',
      changed('blk.0.attn_q.weight', {
        data: new Uint8Array(Float32Array.from({ length: 64 }, (_, i) => (i === 63 ? -Infinity : 1)).buffer),
      }),
      'blk.0.attn_q.weight holds -Infinity at element 63',
    ],
    ['absurd number of tensors', tensors, 'Tensor count', { tensorCount: 2n ** 60n }],
    ['more tensors than there are', tensors, 'no readable GGUF header', { tensorCount: 9_000_000n }],
    ['absurd number of fields', tensors, 'KV metadata count', { fieldCount: 2n ** 60n }],
    ['a version of the future', tensors, 'unsupported version "7"', { version: 7 }],
  ])('%s', async (_, list, message, options) => {
    const error = await open(makeGguf(fields, list, options)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).toContain(message);
    expect((error as UserError).place?.file).toBe(path);
  });

  test.each<[Record<string, GgufValue>, string]>([
    [{ 'general.architecture': 'gemma3' }, 'the architecture gemma3 is not supported'],
    [{ 'general.architecture': 'constructor' }, 'the architecture constructor is not supported'],
    [{ 'llama.block_count': 4_000_000_000 }, 'block_count is 4000000000'],
    [{ 'llama.block_count': 2_000_000_000 }, 'has 2000000000 layers, the weights only 11 tensors'],
    [{ 'llama.attention.head_count': 3 }, 'key_length is 2.66'],
    [{ 'llama.attention.head_count_kv': 5 }, '2 attention heads cannot share 5'],
    [{ 'llama.embedding_length': 'eight' }, 'llama.embedding_length should be a number, not "eight"'],
    [{ 'llama.embedding_length': { uint64: 2n ** 63n } }, 'embedding_length is 9223372036854776000'],
    [{ 'llama.expert_count': 8 }, 'a mixture of experts is not supported'],
    [{ 'llama.attention.sliding_window': 4 }, 'an attention window of 4 tokens in a context of 16'],
    [{ 'llama.rope.scaling.type': 'yarn' }, 'the rotary scaling yarn is not supported'],
    [{ 'llama.rope.dimension_count': 2 }, 'a rotary embedding of only a part of each head'],
    [{ 'split.count': 3 }, 'one of 3 parts of a split GGUF'],
    [{ 'tokenizer.ggml.tokens': [...VOCABULARY, 'e'] }, 'has 5 tokens, the model only 4 embeddings'],
    [{ 'tokenizer.chat_template': '{% for x in %}' }, 'the chat template cannot be read'],
  ])('%o', async (change, message) => {
    await expect(open(makeGguf({ ...fields, ...change }, tensors))).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining(message),
    });
  });

  test('what is no GGUF at all', async () => {
    await expect(open(new TextEncoder().encode('<html>not found</html>'))).rejects.toThrow(
      'not starting with GGUF magic number',
    );
    await expect(open(new Uint8Array())).rejects.toThrow('no readable GGUF header');
  });
});

describe('rotary scaling', () => {
  test('linear', async () => {
    const change = { 'llama.rope.scaling.type': 'linear', 'llama.rope.scaling.factor': { float: 4 } };
    const { config } = await open(makeGguf({ ...fields, ...change }, tensors));
    expect(config.ropeScaling).toEqual({ kind: 'linear', factor: 4 });
  });

  test('Llama 3: the settings come back from the divisors that llama.cpp stores', async () => {
    // Base 500000, heads of 4: wavelengths 2 pi and 4443; for factor 32 the second divisor is this.
    const smooth = (8192 / (2 * Math.PI * Math.sqrt(500000)) - 1) / 3;
    const divisors = [1, 1 / ((1 - smooth) / 32 + smooth)];
    const file = (values: number[]) =>
      makeGguf({ ...fields, 'llama.rope.freq_base': { float: 500000 } }, [
        ...tensors,
        {
          name: 'rope_freqs.weight',
          shape: [2],
          type: 0,
          data: new Uint8Array(Float32Array.from(values).buffer),
        },
      ]);
    // No wavelength of so small a head is long enough to show the factor itself.
    await expect(open(file(divisors))).rejects.toThrow('a rotary scaling other than Llama 3');
    const big = { 'llama.rope.freq_base': { float: 1e9 } };
    const { config } = await open(
      makeGguf({ ...fields, ...big }, [
        ...tensors,
        {
          name: 'rope_freqs.weight',
          shape: [2],
          type: 0,
          data: new Uint8Array(Float32Array.of(1, 32).buffer),
        },
      ]),
    );
    expect(config.ropeScaling).toMatchObject({ kind: 'llama3', factor: 32, originalContext: 8192 });
  });
});
