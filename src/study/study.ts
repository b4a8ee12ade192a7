/** A study as study.yaml says it, defaults filled in. Keys are the file's own, so that a message can quote them. */

import type { TemplateName } from '../checkpoint/templates/templates.ts';
import type { Mixture } from '../data/mixture/mixture.ts';
import type { Action, Layer } from '../data/overlap/layers.ts';
import type { DedupMode } from '../data/overlap/screen.ts';
import type { TrainOn } from '../data/render/render.ts';
import type { ColumnMapping, FormatName, SampleOutcome } from '../data/source-spec.ts';
import type { Overlong } from '../data/stage.ts';
import type { LoraTarget } from '../engine/engine.ts';
import type { ItemLimits } from '../evaluation/item-limit.ts';
import type { RowLayout } from '../procedural/training-rows.ts';

export interface Study {
  readonly name: string;
  readonly question: string;
  /** `builtin:NAME`, a folder in Hugging Face layout, a .gguf file or a hub id. `--model` overrides it. */
  readonly model?: string | undefined;
  readonly seeds: readonly number[];
  readonly sources: Readonly<Record<string, SourceSection>>;
  readonly data: DataSection;
  readonly mixtures: Readonly<Record<string, MixtureSection>>;
  readonly budget?: BudgetSection | undefined;
  readonly match: 'supervised_tokens' | 'none';
  readonly training?: TrainingSection | undefined;
  readonly arms: readonly (string | ArmSection)[];
  readonly evaluation: EvaluationSection;
}

/** What is left out of the sources. Procedural ones are not looked at: their rows differ by how they are made. */
export interface DataSection {
  /**
   * Rows that repeat an earlier one, of their source or of one declared before it: `exact` up to case and punctuation,
   * `near`, or `off`.
   */
  readonly dedup: DedupMode;
  /** Whether rows that hold items of the study's own benchmarks are left out. */
  readonly decontaminate: boolean;
  /** What is done about what a layer found, where it is not the default (`src/data/overlap/layers.ts`). */
  readonly layers?: { readonly [Name in Layer]?: Action | undefined } | undefined;
}

/**
 * Where training examples come from: a data set of the hub, a file (JSONL, JSON or Parquet; a relative path starts
 * at the study's folder), procedural tasks, or the stored answers of an earlier evaluation. The format of the rows is
 * recognised from their columns unless stated.
 */
export interface SourceSection {
  readonly dataset?: string | undefined;
  readonly config?: string | undefined;
  /** `train` unless stated. */
  readonly split?: string | undefined;
  /** Path pattern in the data set's repository, for what config and split cannot find. */
  readonly files?: string | undefined;
  readonly revision?: string | undefined;
  readonly file?: string | undefined;
  /** Names of procedural tasks, `domain:DOMAIN` or `all`. */
  readonly procedural?: readonly string[] | undefined;
  /** Only these levels of difficulty. */
  readonly levels?: readonly number[] | undefined;
  /** How many rows are made. */
  readonly rows?: number | undefined;
  readonly seed?: number | undefined;
  readonly layout?: RowLayout | undefined;
  /** A folder of an earlier evaluation: its answers are the rows. */
  readonly samples?: string | undefined;
  /** Only answers to these benchmarks. */
  readonly benchmarks?: readonly string[] | undefined;
  /** `[correct]` unless stated. */
  readonly outcomes?: readonly SampleOutcome[] | undefined;
  /** That items of benchmarks may be trained on. */
  readonly test_items?: boolean | undefined;
  readonly format?: FormatName | undefined;
  readonly columns?: ColumnMapping | undefined;
  /** Only the first so many rows. */
  readonly limit?: number | undefined;
}

/** A mixture that stages name: schedules run over the stage that names it. */
export interface MixtureSection extends Mixture {
  /** Those it is of; by default those that it names, or all of the study where their sizes decide. */
  readonly sources?: readonly string[] | undefined;
}

/** What one trained arm may use. */
export interface BudgetSection {
  readonly supervised_tokens: number;
  /** How often an example may be seen when a source is smaller than the budget. */
  readonly max_epochs: number;
}

export interface TrainingSection {
  readonly method: 'lora' | 'full';
  readonly rank?: number | undefined;
  readonly alpha?: number | undefined;
  readonly targets?: readonly LoraTarget[] | undefined;
  readonly learning_rate: number;
  readonly schedule: 'constant' | 'linear' | 'cosine';
  readonly warmup: number;
  /** Decoupled, as in torch.optim.AdamW: of every trained weight, norms and biases too. Default 0. */
  readonly weight_decay: number;
  readonly clip: number;
  /** Tokens in a packed row. */
  readonly max_length: number;
  /** Longer examples are left out, cut, or an error; what is lost is counted. */
  readonly overlong: Overlong;
  /**
   * A chat template by name instead of the model's own, for every model of the study: its training, and its prompts
   * where the evaluation uses a chat template. Without it a model that has none of its own gets ChatML (or headings,
   * where its tokenizer lacks ChatML's tokens) once it is trained.
   */
  readonly template?: TemplateName | undefined;
  /** Which tokens are supervised. */
  readonly train_on: TrainOn;
  /** Optimizer steps of a whole arm, the same for every arm; a stage takes its share of them. */
  readonly steps: number;
  readonly checkpoint_every: number;
}

export interface StageSection {
  /** Share of the arm's supervised tokens, 0 to 1. */
  readonly share: number;
  /** Weights by source, or the name of a mixture. */
  readonly mix: Readonly<Record<string, number>> | string;
}

export interface ArmSection {
  readonly name: string;
  readonly strategy?: string | undefined;
  readonly stages?: readonly StageSection[] | undefined;
  /** Another model to start from. Compute is then not matched: what went into that model is unknown. */
  readonly from?: string | undefined;
  readonly matched?: boolean | undefined;
}

export interface EvaluationSection extends ItemLimits {
  readonly benchmarks: readonly string[];
  readonly chat_template: boolean;
}
