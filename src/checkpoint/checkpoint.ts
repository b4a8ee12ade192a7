/** A model's weights, shape, tokenizer and template, whatever file format they came from. */
import type { ChatMessage } from '../engine/engine.ts';
import type { TemplateName } from './templates/templates.ts';

/** The shape of a Llama-family decoder. Field names are ours; comments give Hugging Face's `config.json` keys. */
export interface ModelConfig {
  readonly architecture: 'llama' | 'mistral' | 'qwen2' | 'qwen3';
  readonly layers: number; // num_hidden_layers
  readonly width: number; // hidden_size
  readonly heads: number; // num_attention_heads
  readonly kvHeads: number; // num_key_value_heads
  readonly headDim: number; // head_dim, else hidden_size / num_attention_heads
  readonly feedForward: number; // intermediate_size
  readonly vocabulary: number; // vocab_size
  readonly context: number; // max_position_embeddings
  readonly rmsNormEpsilon: number; // rms_norm_eps
  readonly ropeTheta: number; // rope_theta
  readonly ropeScaling?: RopeScaling; // rope_scaling
  /** The output head is the embedding matrix (tie_word_embeddings). */
  readonly tiedHead: boolean;
  /** Biases on q, k and v (Qwen2; attention_bias of Llama also has one on o). */
  readonly qkvBias: boolean;
  readonly outputBias: boolean;
  /** RMS norms of each head's queries and keys before the rotation (Qwen3). */
  readonly qkNorm: boolean;
  readonly bosToken?: number;
  readonly eosTokens: readonly number[];
  readonly padToken?: number;
}

export type RopeScaling =
  | { readonly kind: 'linear'; readonly factor: number }
  | {
      readonly kind: 'llama3';
      readonly factor: number;
      readonly lowFrequencyFactor: number;
      readonly highFrequencyFactor: number;
      readonly originalContext: number;
    };

export interface Tokenizer {
  readonly vocabulary: number;
  /**
   * Token ids of a text. Special tokens inside the text are recognised. `addSpecial` (default false): also what the
   * model's own tokenizer adds around a text (BOS where it wants one).
   */
  encode(text: string, options?: { readonly addSpecial?: boolean }): number[];
  /** `skipSpecial` leaves special tokens out of the text. */
  decode(ids: readonly number[], options?: { readonly skipSpecial?: boolean }): string;
  /** The id of a token given by its exact text, or undefined. */
  tokenId(token: string): number | undefined;
  isSpecial(id: number): boolean;
  /** The texts of the special tokens, each of which is recognised wherever it stands in a text. */
  readonly controlTokens: readonly string[];
  /** Changes whenever the same text could give other ids. */
  readonly fingerprint: string;
}

export interface ChatTemplate {
  /** `model`: the model's own. */
  readonly name: 'model' | TemplateName;
  /** The Jinja source, part of every fingerprint that depends on rendering. */
  readonly source: string;
  render(messages: readonly ChatMessage[], options: { readonly addGenerationPrompt: boolean }): string;
}

/** What a written model needs to carry its tokenizer with it. */
export interface TokenizerFiles {
  /** The content of `tokenizer.json`. */
  readonly tokenizerJson: string;
  /** The fields of `tokenizer_config.json` without the template. */
  readonly tokenizerConfig: Readonly<Record<string, unknown>>;
  /** The chat template's Jinja source. */
  readonly chatTemplate?: string;
}

export interface Checkpoint {
  /** For people: the last part of the reference. */
  readonly name: string;
  readonly config: ModelConfig;
  readonly parameters: number;
  /** By Hugging Face name (`model.layers.0.self_attn.q_proj.weight`); shapes row-major, as in PyTorch. */
  readonly tensors: ReadonlyMap<string, { readonly shape: readonly number[]; readonly dtype: string }>;
  /** One tensor, dequantised to float32, in the Hugging Face layout (GGUF's rotary permutation undone). */
  readTensor(name: string): Promise<Float32Array<ArrayBuffer>>;
  readonly tokenizer: Tokenizer;
  readonly tokenizerFiles: TokenizerFiles;
  readonly chatTemplate: ChatTemplate | undefined;
  /** What whoever prompts it through the template should know of where that comes from: a sentence. */
  readonly templateNote?: string;
  /** Identifies config, weights, tokenizer and template. */
  readonly fingerprint: string;
  /** `fingerprint` of the same model without a template by name; equal to it where there is none. */
  readonly ownFingerprint: string;
  close(): Promise<void>;
}
