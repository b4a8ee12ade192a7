/** A model's shape from the fields of a GGUF file (the key names are llama.cpp's, `gguf-py/gguf/constants.py`). */
import type { ModelConfig, RopeScaling } from '../checkpoint.ts';
import { malformed } from '../malformed.ts';
import type { GgufHeader } from './header.ts';

const ARCHITECTURES = ['llama', 'qwen2', 'qwen3'] as const; // llama.cpp stores Mistral as llama
type GgufArchitecture = (typeof ARCHITECTURES)[number];

/** `ropeFactors`: the values of the tensor `rope_freqs.weight`, by which llama.cpp stores Llama 3's scaling. */
export function ggufConfig(file: string, header: GgufHeader, ropeFactors?: Float32Array): ModelConfig {
  const { fields, tensors } = header;
  const architecture = fields.text('general.architecture') as GgufArchitecture | undefined;
  if (!architecture || !ARCHITECTURES.includes(architecture)) {
    throw malformed(
      file,
      `the architecture ${architecture ?? '(none)'} is not supported`,
      `Supported in GGUF: ${ARCHITECTURES.join(', ')} (Mistral and SmolLM are stored as llama).`,
    );
  }
  const key = (name: string) => `${architecture}.${name}`;
  const size = (name: string, value = fields.number(key(name))): number => {
    if (value === undefined) throw malformed(file, `the field ${key(name)} is missing`);
    if (!Number.isSafeInteger(value) || value < 1 || value > 2 ** 31) {
      throw malformed(file, `the field ${key(name)} is ${value}; a positive whole number is expected`);
    }
    return value;
  };
  const shapeOf = (name: string) => tensors.find((tensor) => tensor.name === name)?.shape;
  const width = size('embedding_length');
  const heads = size('attention.head_count');
  const kvHeads = size('attention.head_count_kv', fields.number(key('attention.head_count_kv')) ?? heads);
  const headDim = size('attention.key_length', fields.number(key('attention.key_length')) ?? width / heads);
  const context = size('context_length');
  const embedding = shapeOf('token_embd.weight');
  if (!embedding) throw malformed(file, 'the tensor token_embd.weight is missing');

  const refuse = (what: string) => malformed(file, `${what} is not supported`);
  if (heads % kvHeads !== 0) {
    throw malformed(file, `${heads} attention heads cannot share ${kvHeads} key and value heads evenly`);
  }
  if (headDim % 2 !== 0) throw malformed(file, `heads of odd size ${headDim} cannot be rotated`);
  if ((fields.number(key('attention.value_length')) ?? headDim) !== headDim) {
    throw refuse('a model whose values are not as wide as its keys');
  }
  if ((fields.number(key('rope.dimension_count')) ?? headDim) !== headDim) {
    throw refuse('a rotary embedding of only a part of each head');
  }
  if ((fields.number(key('expert_count')) ?? 0) > 0) throw refuse('a mixture of experts');
  const window = fields.number(key('attention.sliding_window')) ?? 0;
  if (window > 0 && window < context) {
    throw refuse(`an attention window of ${window} tokens in a context of ${context}`);
  }

  const end = ['eos_token_id', 'eot_token_id', 'eom_token_id']
    .map((name) => fields.number(`tokenizer.ggml.${name}`))
    .filter((id) => id !== undefined);
  const bos = fields.number('tokenizer.ggml.bos_token_id');
  const pad = fields.number('tokenizer.ggml.padding_token_id');
  const scaling = ropeScaling(file, header, architecture, headDim, ropeFactors);
  return {
    architecture,
    layers: size('block_count'),
    width,
    heads,
    kvHeads,
    headDim,
    feedForward: size('feed_forward_length'),
    vocabulary: size('vocab_size', embedding[0]),
    context,
    rmsNormEpsilon: shortest(fields.number(key('attention.layer_norm_rms_epsilon')) ?? 1e-6),
    ropeTheta: shortest(fields.number(key('rope.freq_base')) ?? 10000),
    ...(scaling && { ropeScaling: scaling }),
    tiedHead: !shapeOf('output.weight'),
    qkvBias: shapeOf('blk.0.attn_q.bias') !== undefined,
    outputBias: shapeOf('blk.0.attn_output.bias') !== undefined,
    qkNorm: shapeOf('blk.0.attn_q_norm.weight') !== undefined,
    ...(bos !== undefined && { bosToken: bos }),
    eosTokens: [...new Set(end)],
    ...(pad !== undefined && { padToken: pad }),
  };
}

function ropeScaling(
  file: string,
  header: GgufHeader,
  architecture: string,
  headDim: number,
  ropeFactors: Float32Array | undefined,
): RopeScaling | undefined {
  const { fields } = header;
  const type = fields.text(`${architecture}.rope.scaling.type`) ?? 'none';
  const factor = fields.number(`${architecture}.rope.scaling.factor`);
  if (type !== 'none' && type !== 'linear') {
    throw malformed(file, `the rotary scaling ${type} is not supported`, 'Supported: linear and Llama 3.');
  }
  if (ropeFactors) {
    if (type === 'linear') throw malformed(file, 'two kinds of rotary scaling at once are not supported');
    const base = fields.number(`${architecture}.rope.freq_base`) ?? 10000;
    return llama3FromFactors(file, ropeFactors, base, headDim);
  }
  if (type === 'none' || factor === undefined || factor === 1) return undefined;
  if (!(factor > 0)) throw malformed(file, `the rotary scaling factor is ${factor}; it must be positive`);
  return { kind: 'linear', factor };
}

/**
 * llama.cpp keeps Llama 3's scaling as one divisor per frequency. All published models share the settings 1, 4 and
 * 8192, only the factor differs (8 for 3.1, 32 for 3.2): it is the largest divisor, and the others must follow.
 */
function llama3FromFactors(file: string, found: Float32Array, base: number, headDim: number): RopeScaling {
  const factor = found.reduce((a, b) => Math.max(a, b), 1);
  const scaling: RopeScaling = {
    kind: 'llama3',
    factor,
    lowFrequencyFactor: 1,
    highFrequencyFactor: 4,
    originalContext: 8192,
  };
  const expected = llama3Divisors(scaling, base, headDim);
  if (
    found.length !== expected.length ||
    expected.some((value, i) => !(Math.abs(value - found[i]!) < 1e-3 * value))
  ) {
    throw malformed(file, 'the tensor rope_freqs.weight holds a rotary scaling other than Llama 3’s');
  }
  return scaling;
}

/** By what each of the headDim / 2 rotary frequencies is divided (Llama 3.1's `apply_scaling`, Meta, 2024). */
export function llama3Divisors(
  scaling: Extract<RopeScaling, { kind: 'llama3' }>,
  base: number,
  headDim: number,
): number[] {
  const { factor, lowFrequencyFactor, highFrequencyFactor, originalContext } = scaling;
  return Array.from({ length: headDim / 2 }, (_, i) => {
    const wavelength = 2 * Math.PI * base ** ((2 * i) / headDim);
    if (wavelength < originalContext / highFrequencyFactor) return 1;
    if (wavelength > originalContext / lowFrequencyFactor) return factor;
    const smooth =
      (originalContext / wavelength - lowFrequencyFactor) / (highFrequencyFactor - lowFrequencyFactor);
    return 1 / ((1 - smooth) / factor + smooth);
  });
}

/** GGUF stores settings as float32; this is the decimal that was meant (0.00001, not 0.000009999999747378752). */
function shortest(value: number): number {
  for (let digits = 1; digits < 10; digits++) {
    const candidate = Number(value.toPrecision(digits));
    if (Math.fround(candidate) === Math.fround(value)) return candidate;
  }
  return value;
}
