/** config.json of every supported kind, in the forms of transformers 4 and 5, and what is refused. */
import { describe, expect, test } from 'vitest';
import { readConfig, writeConfig } from './config.ts';

const base = {
  model_type: 'llama',
  hidden_size: 64,
  intermediate_size: 128,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  num_key_value_heads: 2,
  vocab_size: 300,
  max_position_embeddings: 4096,
  rms_norm_eps: 1e-5,
};
const llama3 = {
  factor: 8,
  low_freq_factor: 1,
  high_freq_factor: 4,
  original_max_position_embeddings: 8192,
};
const read = (change: object, generation?: unknown) =>
  readConfig('config.json', { ...base, ...change }, generation);

describe('read', () => {
  test('rotary settings in the forms of transformers 4 and 5', () => {
    const scaling = {
      kind: 'llama3',
      factor: 8,
      lowFrequencyFactor: 1,
      highFrequencyFactor: 4,
      originalContext: 8192,
    };
    for (const fields of [
      { rope_theta: 5e5, rope_scaling: { rope_type: 'llama3', ...llama3 } },
      { rope_parameters: { rope_theta: 5e5, rope_type: 'llama3', ...llama3 } },
    ]) {
      expect(read(fields)).toMatchObject({ ropeTheta: 5e5, ropeScaling: scaling });
    }
    expect(read({ rope_scaling: { type: 'linear', factor: 2 } }).ropeScaling).toEqual({
      kind: 'linear',
      factor: 2,
    });
    expect(read({ rope_parameters: { rope_theta: 1e6, rope_type: 'default' } })).toMatchObject({
      ropeTheta: 1e6,
    });
    expect(read({ rope_scaling: null })).toMatchObject({ ropeTheta: 10000 });
    expect(read({}).ropeScaling).toBeUndefined();
  });

  test('end tokens of config.json and generation_config.json together', () => {
    expect(read({ eos_token_id: 2 }).eosTokens).toEqual([2]);
    expect(read({ eos_token_id: 2 }, { eos_token_id: [7, 2] }).eosTokens).toEqual([7, 2]);
    expect(read({ eos_token_id: null, bos_token_id: null }).eosTokens).toEqual([]);
    expect(read({ bos_token_id: null })).not.toHaveProperty('bosToken');
  });

  test('biases and norms by architecture', () => {
    const kind = (change: object) => {
      const { qkvBias, outputBias, qkNorm, headDim } = read(change);
      return { qkvBias, outputBias, qkNorm, headDim };
    };
    expect(kind({})).toEqual({ qkvBias: false, outputBias: false, qkNorm: false, headDim: 16 });
    expect(kind({ attention_bias: true })).toMatchObject({ qkvBias: true, outputBias: true });
    expect(kind({ model_type: 'qwen2' })).toMatchObject({ qkvBias: true, outputBias: false });
    expect(kind({ model_type: 'qwen3' })).toMatchObject({ qkvBias: false, qkNorm: true, headDim: 128 });
    expect(kind({ model_type: 'mistral', head_dim: 32 })).toMatchObject({ qkvBias: false, headDim: 32 });
  });

  test('a window that never takes effect is no window', () => {
    expect(read({ model_type: 'mistral', sliding_window: 4096 }).context).toBe(4096);
    expect(read({ model_type: 'qwen2', sliding_window: 128, use_sliding_window: false }).context).toBe(4096);
    expect(read({ model_type: 'qwen3', sliding_window: 128, layer_types: ['full_attention'] }).context).toBe(
      4096,
    );
  });
});

describe('refused', () => {
  test.each<[object, string]>([
    [{ model_type: 'gemma2' }, 'the architecture gemma2 is not supported'],
    [{ model_type: 'toString' }, 'the architecture toString is not supported'],
    [{ model_type: undefined }, 'the architecture (no model_type) is not supported'],
    [{ hidden_size: 'wide' }, 'hidden_size: '],
    [{ num_hidden_layers: 1e300 }, 'num_hidden_layers: '],
    [{ vocab_size: -1 }, 'vocab_size: '],
    [{ num_attention_heads: 5 }, '5 attention heads cannot share 2'],
    [{ num_attention_heads: 6 }, 'heads of size 10.6'],
    [{ mlp_bias: true }, 'mlp_bias is not supported'],
    [{ hidden_act: 'gelu' }, 'the activation gelu is not supported'],
    [{ quantization_config: { bits: 4 } }, 'quantization_config is not supported'],
    [
      { model_type: 'mistral', sliding_window: 1024 },
      'an attention window of 1024 tokens in a context of 4096',
    ],
    [{ model_type: 'qwen2', sliding_window: 1024, use_sliding_window: true }, 'an attention window of 1024'],
    [{ rope_scaling: { rope_type: 'yarn', factor: 4 } }, 'the rotary scaling yarn is not supported'],
    [{ rope_scaling: { type: 'dynamic', factor: 4 } }, 'the rotary scaling dynamic is not supported'],
    [{ rope_scaling: { rope_type: 'llama3', factor: 4 } }, 'the rotary scaling llama3 lacks low_freq_factor'],
    [{ rope_scaling: { rope_type: 'linear', factor: 0 } }, 'rope_scaling.factor: '],
    [{ partial_rotary_factor: 0.5 }, 'a rotary embedding of only a part'],
  ])('%o', (change, message) => {
    expect(() => read(change)).toThrow(message);
  });
});

test('what is written reads back the same', () => {
  for (const change of [
    {},
    { tie_word_embeddings: true, eos_token_id: [1, 2], bos_token_id: 0, pad_token_id: 2 },
    { attention_bias: true, rope_parameters: { rope_theta: 5e5, rope_type: 'llama3', ...llama3 } },
    { model_type: 'mistral', head_dim: 32, rope_scaling: { rope_type: 'linear', factor: 2 } },
    { model_type: 'qwen2', rope_theta: 1e6 },
    { model_type: 'qwen3', attention_bias: true, eos_token_id: 5 },
  ]) {
    const config = read(change);
    expect(
      readConfig('again', JSON.parse(JSON.stringify(writeConfig(config, 'float32'))), undefined),
    ).toEqual(config);
  }
});
