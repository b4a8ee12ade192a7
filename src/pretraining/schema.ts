/** The shape of a pretraining file (`studies/seedling.yaml`), with the field's names for a model's sizes. */
import { z } from 'zod';
import type { OptimizerConfig } from '../engine/engine.ts';
import type { Issue } from '../study/issue-text.ts';
import { keysOf } from '../study/known-keys.ts';

type Schedule = OptimizerConfig['schedule'];

/** One kind of document of a corpus. */
export interface PartSection {
  readonly weight: number;
  readonly procedural?: readonly string[] | undefined;
  readonly worked?: number | undefined;
  readonly facts?: 'world' | undefined;
}

/** The file's content, defaults filled in. */
export interface PretrainingSection {
  readonly name: string;
  readonly seed: number;
  readonly model: {
    readonly hidden_size: number;
    readonly num_hidden_layers: number;
    readonly num_attention_heads: number;
    readonly num_key_value_heads?: number | undefined;
    readonly intermediate_size: number;
    readonly max_position_embeddings: number;
    readonly rope_theta: number;
  };
  readonly tokenizer: { readonly vocab_size: number; readonly documents: number };
  readonly corpus: {
    readonly seed: number;
    readonly parts: readonly PartSection[];
    readonly worked: { readonly generate: number; readonly choice: number };
    readonly levels: readonly number[];
  };
  readonly training: {
    readonly rounds: readonly {
      readonly steps: number;
      readonly learning_rate: number;
      readonly schedule?: Schedule | undefined;
      readonly warmup?: number | undefined;
      readonly corpus?:
        | {
            readonly parts?: readonly PartSection[] | undefined;
            readonly levels?: readonly number[] | undefined;
          }
        | undefined;
    }[];
    readonly documents: number;
    readonly max_length: number;
    readonly schedule: Schedule;
    readonly warmup: number;
    readonly betas: readonly [number, number];
    readonly weight_decay: number;
    readonly clip: number;
    readonly checkpoint_every: number;
  };
}

const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);
const count = z.int().min(1);
const seed = z.int().min(0);
const share = z.number().min(0).max(1);
/** A decay of 1 would divide by 0 where moments are corrected for their start. */
const beta = z.number().min(0).lt(1);

/** Keys as in Hugging Face's `config.json`. */
const model = z.strictObject({
  hidden_size: z.int().min(8).max(4096),
  num_hidden_layers: z.int().min(1).max(64),
  num_attention_heads: z.int().min(1).max(128),
  num_key_value_heads: z.int().min(1).max(128).optional(),
  intermediate_size: z.int().min(8).max(16384),
  max_position_embeddings: z.int().min(16).max(8192),
  rope_theta: z.number().positive().default(10000),
});

/** 257: the 256 bytes and the end of text. */
const tokenizer = z.strictObject({
  vocab_size: z.int().min(257).max(65536),
  documents: count.default(20000),
});

const part = z.strictObject({
  weight: z.number().positive(),
  procedural: z.array(z.string().min(1)).min(1).optional(),
  worked: share.optional(),
  facts: z.literal('world').optional(),
});

const parts = z.array(part).min(1);
const levels = z.array(z.number().positive()).min(1);

const corpus = z.strictObject({
  seed: seed.default(1),
  parts,
  worked: z.strictObject({ generate: share.default(0.75), choice: share.default(0.25) }).prefault({}),
  levels: levels.default([1]),
});

const schedule = z.enum(['constant', 'linear', 'cosine']);

const round = z.strictObject({
  steps: count,
  learning_rate: z.number().positive().max(1),
  schedule: schedule.optional(),
  warmup: share.optional(),
  corpus: z.strictObject({ parts: parts.optional(), levels: levels.optional() }).optional(),
});

const training = z.strictObject({
  rounds: z.array(round).min(1),
  documents: count,
  max_length: z.int().min(16),
  schedule: schedule.default('cosine'),
  warmup: share.default(0.03),
  betas: z.tuple([beta, beta]).default([0.9, 0.99]),
  weight_decay: z.number().min(0).default(0),
  clip: z.number().positive().default(1),
  checkpoint_every: count.default(100),
});

const pretraining = z.strictObject({
  name,
  seed: seed.default(1),
  model,
  tokenizer,
  corpus,
  training,
});

/** Checks a whole file; `issues` is empty exactly when `section` is there. */
export function checkPretraining(raw: unknown): { section?: PretrainingSection; issues: readonly Issue[] } {
  const { data, error } = pretraining.safeParse(raw);
  return data ? { section: data, issues: [] } : { issues: error?.issues ?? [] };
}

/** Keys that may stand at a path, for "did you mean". */
export function pretrainingKeys(path: readonly PropertyKey[]): readonly string[] {
  return keysOf(pretraining, path);
}
