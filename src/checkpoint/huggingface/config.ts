/** A model's shape from and to Hugging Face's `config.json`. */
import { z } from 'zod';
import type { ModelConfig } from '../checkpoint.ts';
import { malformed } from '../malformed.ts';
import { readRope, writeRope } from './rope.ts';

const ARCHITECTURES = {
  llama: 'LlamaForCausalLM',
  mistral: 'MistralForCausalLM',
  qwen2: 'Qwen2ForCausalLM',
  qwen3: 'Qwen3ForCausalLM',
} as const satisfies Record<ModelConfig['architecture'], string>;

const size = z
  .int()
  .positive()
  .max(2 ** 31);
const token = z.int().nonnegative();
const tokens = z.union([token, z.array(token)]).nullish();

/** The fields that matter here; a config.json holds many more. */
const schema = z.looseObject({
  model_type: z.string(),
  hidden_size: size,
  intermediate_size: size,
  num_hidden_layers: size,
  num_attention_heads: size,
  num_key_value_heads: size.nullish(),
  head_dim: size.nullish(),
  vocab_size: size,
  max_position_embeddings: size,
  rms_norm_eps: z.number().positive().default(1e-6),
  hidden_act: z.string().default('silu'),
  tie_word_embeddings: z.boolean().default(false),
  attention_bias: z.boolean().default(false),
  mlp_bias: z.boolean().default(false),
  sliding_window: z.number().nullish(),
  use_sliding_window: z.boolean().default(false),
  layer_types: z.array(z.string()).nullish(),
  quantization_config: z.unknown().optional(),
  bos_token_id: tokens,
  eos_token_id: tokens,
  pad_token_id: token.nullish(),
});

/** `generation` is the content of generation_config.json, where instruction-tuned models name further end tokens. */
export function readConfig(file: string, json: unknown, generation: unknown): ModelConfig {
  const modelType = (json as { model_type?: unknown } | null)?.model_type;
  if (typeof modelType !== 'string' || !Object.hasOwn(ARCHITECTURES, modelType)) {
    throw malformed(
      file,
      `the architecture ${typeof modelType === 'string' ? modelType : '(no model_type)'} is not supported`,
      `Supported: ${Object.keys(ARCHITECTURES).join(', ')}.`,
    );
  }
  const architecture = modelType as ModelConfig['architecture'];
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw malformed(file, `${issue?.path.join('.')}: ${issue?.message}`);
  }
  const config = parsed.data;
  const refuse = (what: string, remedy?: string) => malformed(file, `${what} is not supported`, remedy);
  if (config.hidden_act !== 'silu') throw refuse(`the activation ${config.hidden_act}`);
  if (config.mlp_bias) throw refuse('mlp_bias');
  if (config.quantization_config) {
    throw refuse('quantization_config', 'Use the unquantised weights, or a GGUF file.');
  }
  const context = config.max_position_embeddings;
  const window = config.sliding_window ?? Number.POSITIVE_INFINITY;
  const windowed =
    config.layer_types?.includes('sliding_attention') ??
    (architecture === 'mistral' || config.use_sliding_window);
  if (windowed && window < context) {
    throw refuse(
      `an attention window of ${window} tokens in a context of ${context}`,
      `With max_position_embeddings of at most ${window} in ${file} the window never takes effect.`,
    );
  }
  const heads = config.num_attention_heads;
  const kvHeads = config.num_key_value_heads ?? heads;
  // Qwen3's default in transformers; the others derive it.
  const headDim = config.head_dim ?? (architecture === 'qwen3' ? 128 : config.hidden_size / heads);
  if (heads % kvHeads !== 0) {
    throw malformed(file, `${heads} attention heads cannot share ${kvHeads} key and value heads evenly`);
  }
  if (!Number.isInteger(headDim) || headDim % 2 !== 0) {
    throw malformed(file, `heads of size ${headDim} cannot be rotated`);
  }
  const end = generationSchema.safeParse(generation ?? {});
  if (!end.success) throw malformed(file, 'eos_token_id of generation_config.json beside it is no token id');
  const eos = [end.data.eos_token_id, config.eos_token_id].flat();
  const bos = [config.bos_token_id].flat()[0] ?? undefined;
  const pad = config.pad_token_id ?? undefined;
  const { theta, scaling } = readRope(file, json);
  const bias = config.attention_bias && architecture !== 'mistral';
  return {
    architecture,
    layers: config.num_hidden_layers,
    width: config.hidden_size,
    heads,
    kvHeads,
    headDim,
    feedForward: config.intermediate_size,
    vocabulary: config.vocab_size,
    context,
    rmsNormEpsilon: config.rms_norm_eps,
    ropeTheta: theta,
    ...(scaling && { ropeScaling: scaling }),
    tiedHead: config.tie_word_embeddings,
    qkvBias: bias || architecture === 'qwen2',
    outputBias: bias && architecture !== 'qwen2',
    qkNorm: architecture === 'qwen3',
    ...(bos !== undefined && { bosToken: bos }),
    eosTokens: [...new Set(eos.filter((id) => id !== undefined && id !== null))],
    ...(pad !== undefined && { padToken: pad }),
  };
}

const generationSchema = z.looseObject({ eos_token_id: tokens });

/**
 * The content of config.json for transformers 4 and 5: the names of 4 (`torch_dtype`, `rope_theta`, `rope_scaling`),
 * which 5 still reads. `dtype` as torch names it.
 */
export function writeConfig(config: ModelConfig, dtype: string): Record<string, unknown> {
  return {
    architectures: [ARCHITECTURES[config.architecture]],
    model_type: config.architecture,
    hidden_size: config.width,
    intermediate_size: config.feedForward,
    num_hidden_layers: config.layers,
    num_attention_heads: config.heads,
    num_key_value_heads: config.kvHeads,
    head_dim: config.headDim,
    vocab_size: config.vocabulary,
    max_position_embeddings: config.context,
    rms_norm_eps: config.rmsNormEpsilon,
    hidden_act: 'silu',
    tie_word_embeddings: config.tiedHead,
    attention_dropout: 0,
    ...(config.architecture === 'llama' || config.architecture === 'qwen3'
      ? { attention_bias: config.qkvBias }
      : {}),
    ...(config.architecture === 'llama' ? { mlp_bias: false } : {}),
    ...(config.architecture === 'llama' ? {} : { sliding_window: null }),
    ...(config.architecture.startsWith('qwen') ? { use_sliding_window: false } : {}),
    ...writeRope(config),
    bos_token_id: config.bosToken ?? null,
    eos_token_id:
      config.eosTokens.length === 1 ? config.eosTokens[0] : config.eosTokens.length ? config.eosTokens : null,
    pad_token_id: config.padToken ?? null,
    initializer_range: 0.02,
    use_cache: true,
    torch_dtype: dtype,
  };
}
