/** How a study file or a command names training data. */
import type { RowLayout } from '../procedural/training-rows.ts';

/** Formats of rows that are recognised from their columns or stated in the source (`src/data/formats/`). */
export const FORMAT_NAMES = [
  'messages',
  'sharegpt',
  'alpaca',
  'prompt-completion',
  'question-answer',
  'text',
] as const;
export type FormatName = (typeof FORMAT_NAMES)[number];

/** Which columns hold the prompt and the answer, for rows of no known format. */
export interface ColumnMapping {
  readonly prompt: string;
  readonly completion: string;
  readonly system?: string | undefined;
}

interface SourceOptions {
  readonly format?: FormatName | undefined;
  readonly columns?: ColumnMapping | undefined;
  /** Only the first so many rows, in the files' order, before anything is shuffled. */
  readonly limit?: number | undefined;
  /** How often a row may be used when the budget is larger than the source; 1 by default. */
  readonly maxEpochs?: number | undefined;
}

/** A dataset of the hub. `split` is `train` unless stated; `files` overrules what config and split would find. */
export interface HubSource extends SourceOptions {
  readonly dataset: string;
  readonly config?: string | undefined;
  readonly split?: string | undefined;
  /** Path pattern in the dataset's repository with `*` as the only wildcard. */
  readonly files?: string | undefined;
  readonly revision?: string | undefined;
}

/** A file of the user's own: JSONL, JSON, CSV or Parquet, relative to the study file (or the current folder). */
export interface FileSource extends SourceOptions {
  readonly file: string;
}

/** Procedural tasks, split `train`: rows that are made from a seed. */
export interface ProceduralSource extends Pick<SourceOptions, 'maxEpochs'> {
  /** Names of tasks, `domain:DOMAIN` or `all`; the tasks take turns. */
  readonly procedural: readonly string[];
  /** Only these levels of each task; all trained ones by default. */
  readonly levels?: readonly number[] | undefined;
  /** In all, over all tasks; 10,000 by default. */
  readonly rows?: number | undefined;
  /** 0 by default: evaluations of perturbed items change problems of this seed. */
  readonly seed?: number | undefined;
  /** Whether the solution is written before the answer; `both` by default, in turn. */
  readonly layout?: RowLayout | undefined;
  readonly format?: undefined;
  readonly columns?: undefined;
}

/** Outcomes of stored samples that can be trained on: the answer is whole, and known for what it is. */
export const SAMPLE_OUTCOMES = ['correct', 'wrong', 'no_answer'] as const;
export type SampleOutcome = (typeof SAMPLE_OUTCOMES)[number];

/** Answers that a model gave in an earlier evaluation, for training on what it says itself. */
export interface SamplesSource extends Pick<SourceOptions, 'limit' | 'maxEpochs'> {
  /** A folder that an evaluation wrote (`eval --out`, `evaluations/base-1` of a run), or one of its samples files. */
  readonly samples: string;
  /** Only these benchmarks; files of the user's own benchmarks must be named. All in the folder by default. */
  readonly benchmarks?: readonly string[] | undefined;
  /** `correct` alone by default (rejection sampling). */
  readonly outcomes?: readonly SampleOutcome[] | undefined;
  /** Says that a benchmark's items may be trained on; without it only those of procedural splits `train` may. */
  readonly testItems?: boolean | undefined;
  readonly format?: undefined;
  readonly columns?: undefined;
}

export type SourceSpec = HubSource | FileSource | ProceduralSource | SamplesSource;
