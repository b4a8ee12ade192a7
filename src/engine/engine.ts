/**
 * What every engine offers. Three verbs: `generate`, `loglikelihood` and `train`. Texts go in, texts and numbers
 * come out; token ids stay inside the engine, except where training data is already tokenised.
 */
import type { ChatTemplate } from '../checkpoint/checkpoint.ts';
import type { ModelRef } from '../checkpoint/model-ref.ts';
import type { PackedRow } from '../data/packing/packed-row.ts';

/** How tokens are chosen. `temperature: 0` is greedy and ignores the other fields. */
export interface Sampling {
  readonly temperature: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly seed?: number;
}

export interface GenerateRequest {
  readonly id: string;
  /** The whole prompt as the model shall see it: templates and few-shot examples are already in it. */
  readonly prompt: string;
  /** Generation ends before the first of these strings; the string itself is not part of the output. */
  readonly stop: readonly string[];
  readonly maxTokens: number;
}

export interface GenerateResult {
  readonly id: string;
  readonly text: string;
  /** `length`: the limit or the context window was reached first, so the answer may be cut. */
  readonly finish: 'eos' | 'stop' | 'length';
  readonly tokens: { readonly prompt: number; readonly completion: number };
  /** Tokens of the prompt that were cut off at its left to make room for `maxTokens` in the context; absent: none. */
  readonly cutTokens?: number;
}

/** Pairs that belong together (the choices of one question). What they have in common is computed once. */
export interface LoglikelihoodRequest {
  readonly id: string;
  readonly pairs: readonly { readonly context: string; readonly continuation: string }[];
}

export interface LoglikelihoodResult {
  readonly id: string;
  /** In the order of the request's pairs. `logprob`: sum over the continuation's tokens, in nats. */
  readonly choices: readonly {
    readonly logprob: number;
    readonly greedy: boolean;
    readonly tokens: number;
  }[];
  readonly promptTokens: number;
  /** Tokens cut off at the left of the longest pair because the context is too short; absent: none. */
  readonly cutTokens?: number;
}

/** Called as soon as a unit of work is done, so that callers can show progress and write it down. */
export interface RunOptions<Result> {
  readonly onResult: (result: Result) => void;
  readonly signal?: AbortSignal;
}

/**
 * Inference goes in units: requests that are computed side by side. Which they are depends on the list of requests alone,
 * and a unit is always computed whole, because the last bits of a number depend on what is computed beside it.
 */
export interface AskOptions<Result> extends RunOptions<Result> {
  /** Called with the ids of a unit when its last result has been given. From then on they may be named as known. */
  readonly onUnit?: (ids: readonly string[]) => void;
  /**
   * Ids whose results the caller has from an earlier call with the same list. Units that are known as a whole are left
   * out; all other results are those of a call without this, bit for bit.
   */
  readonly known?: ReadonlySet<string>;
}

/** A model that is open for inference. */
export interface ModelSession {
  readonly description: {
    readonly name: string;
    readonly parameters: number;
    readonly context: number;
    /** The chat template: `model` is the model's own; absent where there is none. */
    readonly template?: ChatTemplate['name'];
    /** Where the template comes from, a sentence; absent where that needs no word. */
    readonly templateNote?: string;
  };
  /** Identifies the weights, tokenizer and template: two models with equal fingerprints give equal answers. */
  readonly fingerprint: string;
  /** `fingerprint` of the same model without a template by name. */
  readonly ownFingerprint: string;
  generate(
    requests: readonly GenerateRequest[],
    options: AskOptions<GenerateResult> & { readonly sampling?: Sampling },
  ): Promise<void>;
  loglikelihood(
    requests: readonly LoglikelihoodRequest[],
    options: AskOptions<LoglikelihoodResult>,
  ): Promise<void>;
  /** Renders a conversation with the model's chat template. Throws UserError when it has none. */
  renderChat(messages: readonly ChatMessage[], options: { readonly addGenerationPrompt: boolean }): string;
  countTokens(text: string): number;
  close(): Promise<void>;
}

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly content: string;
}

/** Low-rank adaptation as in Hu et al. 2021 (arXiv 2106.09685): W + (alpha / rank) B A. */
export interface LoraConfig {
  readonly rank: number;
  readonly alpha: number;
  readonly targets: readonly LoraTarget[];
}
export const LORA_TARGETS = [
  'q_proj',
  'k_proj',
  'v_proj',
  'o_proj',
  'gate_proj',
  'up_proj',
  'down_proj',
] as const;
export type LoraTarget = (typeof LORA_TARGETS)[number];

export interface OptimizerConfig {
  readonly learningRate: number;
  readonly schedule: 'constant' | 'linear' | 'cosine';
  /** Share of all steps over which the learning rate rises linearly from 0. */
  readonly warmup: number;
  readonly betas: readonly [number, number];
  readonly epsilon: number;
  /** Decoupled, and of every trained weight, norms and biases too, as torch.optim.AdamW does by itself. */
  readonly weightDecay: number;
  /** Largest global gradient norm; larger gradients are scaled down. */
  readonly clip: number;
}

export interface TrainJob {
  readonly model: ModelRef;
  readonly lora?: LoraConfig;
  readonly optimizer: OptimizerConfig;
  readonly seed: number;
  /** Steps `from` (inclusive) to `to` (exclusive) of a schedule with `total` steps. */
  readonly steps: { readonly from: number; readonly to: number; readonly total: number };
  /** The packed rows of one optimizer step: a pure function of the step, so that resuming needs one integer. */
  readonly batch: (step: number) => Promise<readonly PackedRow[]>;
  /** Tokens of the longest row of any step: what memory must do for. The first step's rows without it. */
  readonly longestRow?: number;
  /** Rows computed at once; the result does not depend on it. */
  readonly microBatch?: number;
  /** State of an earlier stage to go on from (weights, optimizer moments), as written by an earlier job. */
  readonly continueFrom?: string;
  /** Where training state is kept for resuming; a job that finds its own state there goes on from it. */
  readonly stateFolder: string;
  readonly checkpointEvery: number;
  /** Where the finished model goes: a PEFT adapter for LoRA, a Hugging Face folder otherwise. */
  readonly outputFolder: string;
}

export interface TrainStepReport {
  readonly step: number;
  /** Sum of the supervised tokens' losses divided by their number, in nats. */
  readonly loss: number;
  readonly gradientNorm: number;
  readonly learningRate: number;
  readonly supervisedTokens: number;
  readonly tokens: number;
  /** Something a person should look at, such as a loss above that of guessing. */
  readonly warning?: string;
}

export interface TrainResult {
  readonly steps: readonly TrainStepReport[];
  readonly outputFolder: string;
  readonly trainableParameters: number;
}

export interface Engine {
  readonly name: 'onnx' | 'openai' | 'torch';
  open(model: ModelRef): Promise<ModelSession>;
  /** Absent where the engine can only evaluate. */
  train?(job: TrainJob, options: RunOptions<TrainStepReport>): Promise<TrainResult>;
}
