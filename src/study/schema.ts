/**
 * The shape of study.yaml. What one value can say about itself is checked here; what needs two places (an arm
 * that names a source) is checked in check-study.ts, section by section, so that one reading of the file finds
 * every problem.
 */
import { z } from 'zod';
import { TEMPLATE_NAMES } from '../checkpoint/templates/templates.ts';
import { mixtureShape } from '../data/mixture/mixture-schema.ts';
import { ACTIONS } from '../data/overlap/layers.ts';
import { DEDUP_MODES } from '../data/overlap/screen.ts';
import { TRAIN_ON } from '../data/render/render.ts';
import { FORMAT_NAMES, SAMPLE_OUTCOMES } from '../data/source-spec.ts';
import { OVERLONG } from '../data/stage.ts';
import { LORA_TARGETS } from '../engine/engine.ts';
import { ROW_LAYOUTS } from '../procedural/training-rows.ts';
import { TRAINING_DEFAULTS } from '../training/defaults.ts';
import type { Issue } from './issue-text.ts';
import { keysOf } from './known-keys.ts';
import type { ArmSection, SourceSection, Study } from './study.ts';

/** A name that a file gives to something of its own. */
export const nameSchema: z.ZodType<string, string> = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);
const name = nameSchema;
const count = z.int().min(1);

const source = z.strictObject({
  dataset: z.string().min(1).optional(),
  config: z.string().min(1).optional(),
  split: z.string().min(1).optional(),
  files: z.string().min(1).optional(),
  revision: z.string().min(1).optional(),
  file: z.string().min(1).optional(),
  procedural: z.array(z.string().min(1)).min(1).optional(),
  levels: z.array(z.int().min(0)).min(1).optional(),
  rows: count.optional(),
  seed: z.int().min(0).optional(),
  layout: z.enum(ROW_LAYOUTS).optional(),
  samples: z.string().min(1).optional(),
  benchmarks: z.array(z.string().min(1)).min(1).optional(),
  outcomes: z.array(z.enum(SAMPLE_OUTCOMES)).min(1).optional(),
  test_items: z.boolean().optional(),
  format: z.enum(FORMAT_NAMES).optional(),
  columns: z
    .strictObject({ prompt: z.string(), completion: z.string(), system: z.string().optional() })
    .optional(),
  limit: count.optional(),
});
/** One source of training examples. */
export const sourceSchema: z.ZodType<SourceSection> = source;
/** The keys that a source may have. */
export const SOURCE_KEYS: readonly string[] = Object.keys(source.shape);

const action = z.enum(ACTIONS).optional();

const data = z.strictObject({
  dedup: z.enum(DEDUP_MODES).default('exact'),
  decontaminate: z.boolean().default(true),
  layers: z
    .strictObject({ exact: action, ngram13: action, ngram8: action, template: action, near: action })
    .optional(),
});

const budget = z.strictObject({ supervised_tokens: count, max_epochs: count.default(1) });

const training = z.strictObject({
  method: z.enum(['lora', 'full']).default('lora'),
  rank: count.optional(),
  alpha: z.number().positive().optional(),
  targets: z.array(z.enum(LORA_TARGETS)).min(1).optional(),
  learning_rate: z.number().positive().max(1),
  schedule: z.enum(['constant', 'linear', 'cosine']).default(TRAINING_DEFAULTS.schedule),
  warmup: z.number().min(0).max(1).default(TRAINING_DEFAULTS.warmup),
  weight_decay: z.number().min(0).default(TRAINING_DEFAULTS.weightDecay),
  clip: z.number().positive().default(TRAINING_DEFAULTS.clip),
  max_length: z.int().min(16).default(TRAINING_DEFAULTS.rowLength),
  overlong: z.enum(OVERLONG).default(TRAINING_DEFAULTS.overlong),
  template: z.enum(TEMPLATE_NAMES).optional(),
  train_on: z.enum(TRAIN_ON).default(TRAINING_DEFAULTS.trainOn),
  steps: count,
  checkpoint_every: count.default(5),
});

const mixture = z.strictObject({ sources: z.array(z.string()).min(1).optional(), ...mixtureShape });

const stage = z.strictObject({
  // A string first: when neither form fits, the last branch says what is wrong.
  mix: z.union([z.string(), z.record(z.string(), z.number().positive())]),
  share: z.number().gt(0).max(1),
});

const arm = z.strictObject({
  name,
  strategy: z.string().optional(),
  stages: z.array(stage).min(1).optional(),
  from: z.string().min(1).optional(),
  matched: z.boolean().optional(),
});

const evaluation = z.strictObject({
  benchmarks: z.array(z.string()).min(1),
  limit: count.optional(),
  limits: z.record(z.string(), count).optional(),
  chat_template: z.boolean().default(false),
});

const sections = {
  name,
  question: z.string().min(1).default('Does teaching mathematics make the model reason better elsewhere?'),
  model: z.string().min(1).optional(),
  seeds: z.array(z.int().min(0)).min(1).default([1]),
  data: data.prefault({}),
  sources: z.record(name, sourceSchema).default({}),
  mixtures: z.record(name, mixture).default({}),
  budget: budget.optional(),
  match: z.enum(['supervised_tokens', 'none']).default('supervised_tokens'),
  training: training.optional(),
  // A string first: when neither form fits, the last branch (the long form) says what is wrong.
  arms: z.array(z.union([z.string(), arm])).min(1),
  evaluation,
};

const study = z.strictObject(sections);

/** Checks a whole study; `issues` is empty exactly when `study` is there. */
export function parseStudy(value: unknown): { study?: Study; issues: readonly Issue[] } {
  const result = study.safeParse(value);
  return result.success ? { study: result.data, issues: [] } : { issues: result.error.issues };
}

/** One section of a study, or undefined when it is wrong: parseStudy says why. */
export function parseSection<Name extends keyof Study>(key: Name, value: unknown): Study[Name] | undefined {
  const result = sections[key].safeParse(value);
  return result.success ? (result.data as Study[Name]) : undefined;
}

/** One arm in the long form, or undefined when it is wrong. */
export function parseArm(value: unknown): ArmSection | undefined {
  return arm.safeParse(value).data;
}

/** Keys that the schema knows at a path, for "did you mean"; empty where any key may stand. */
export function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  return keysOf(study, path);
}
