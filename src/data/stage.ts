/**
 * The data of one training stage, as `prepareStage` (prepare-stage.ts) writes it, `openPacked` (packing/packed-file.ts)
 * reads it and `estimateStage` (estimate-stage.ts) foresees it.
 *
 * Selection is per source and does not depend on the order in which a stage consumes the rows: the same source,
 * seed, `from` and number of supervised tokens always give the same examples. So a mixed stage with N tokens of math
 * and N of general data sees exactly the examples of a math stage with N followed by a general stage with N. A
 * larger budget takes the same rows first.
 */
import type { ChatTemplate, Tokenizer } from '../checkpoint/checkpoint.ts';
import type { HubOptions } from '../platform/hub.ts';
import type { RevisionFacts } from '../platform/hub-revision.ts';
import type { DropReason } from './formats/conversation.ts';
import type { Course } from './mixture/course.ts';
import type { ScreenReceipt, ScreenSpec } from './overlap/screen.ts';
import type { PackedRow } from './packing/packed-row.ts';
import type { NamedRows } from './receipt/named-rows.ts';
import type { StageCounts } from './render/example-answers.ts';
import type { TrainOn } from './render/render.ts';
import type { FaultReason } from './render/row-fault.ts';
import type { RowFates } from './selection/selection.ts';
import type { SourceSpec } from './source-spec.ts';

/** A run of supervised tokens of one source in the order that the seed gives its rows. */
export interface StagePart {
  readonly source: string;
  /** Supervised tokens to pass over: those that earlier stages have used. */
  readonly from: number;
  readonly tokens: number;
}

/** What becomes of an example that is longer than a packed row: all are counted. */
export const OVERLONG = ['drop', 'truncate', 'error'] as const;
export type Overlong = (typeof OVERLONG)[number];

export interface StageSpec {
  readonly sources: Readonly<Record<string, SourceSpec>>;
  /**
   * All sources in the order in which the user declares them, those of the stage among them: a row that several of them
   * hold belongs to the first, whichever of them the stage draws from. Left out: those of the stage as `sources` has
   * them. Of no account unless `screen` looks for duplicates.
   */
  readonly declared?: Readonly<Record<string, SourceSpec>>;
  /**
   * What is taken from each source, met exactly: a row on the border between two parts is in both of them, each
   * with its own share of the supervised tokens. Left out: every row of every source once.
   */
  readonly parts?: readonly StagePart[];
  /** How the shares of the parts change along the stage; left out: each part is spread evenly over it. */
  readonly course?: Course;
  readonly seed: number;
  /** Tokens of a packed row at most; no example may be longer. */
  readonly rowLength: number;
  /**
   * How rows become optimizer steps: `rowsPerStep` rows each (the last step may have fewer), packed as full as
   * possible; or exactly `steps` steps of nearly equal supervised tokens, each packed on its own.
   */
  readonly batches: { readonly rowsPerStep: number } | { readonly steps: number };
  /** What happens to an example that is longer than a row: `drop` (default, counted), `truncate` or `error`. */
  readonly overlong?: Overlong;
  /** What is supervised; `assistant` by default. */
  readonly trainOn?: TrainOn;
  /**
   * What is left out of every source but procedural ones, whose rows differ from each other and from what is asked by
   * how they are made; nothing by default.
   */
  readonly screen?: ScreenSpec | undefined;
  /** Folder that `file:` paths are relative to; the current folder by default. */
  readonly baseFolder?: string;
}

export interface StageTools {
  readonly tokenizer: Tokenizer;
  /** The model's own template; without one ChatML or a plain template stands in (render/stand-in-template.ts). */
  readonly chatTemplate: ChatTemplate | undefined;
  /** The model's end-of-text tokens (`config.eosTokens`), for the plain template. */
  readonly eosTokens?: readonly number[];
  /** The model's width (`config.width`), by which the rows of a step are as long as is cheapest. */
  readonly width?: number;
  readonly hub?: HubOptions;
  /** Bytes of a source's rows, and of its examples, that are kept in memory before they go to the disk. */
  readonly memory?: number | undefined;
  readonly onProgress?: (progress: StageProgress) => void;
  readonly signal?: AbortSignal;
}

/** How far a preparation is, in rows or supervised tokens (0 of 0 while rows are still being read). */
export interface StageProgress {
  readonly unit: 'tokens' | 'rows';
  readonly done: number;
  readonly total: number;
  readonly note: string;
}

/**
 * What one source gave. Rows are those of the source, each of which has one fate: see `dropped` and `kept`. Examples,
 * tokens and answers are those of the stage. Older receipts counted answers over all rows that were looked at.
 */
export interface SourceReceipt extends StageCounts {
  readonly name: string;
  /** `openai/gsm8k main train`, or the file's name. */
  readonly source: string;
  readonly licence: string | null;
  /** The revision of the hub that was stated, if one was, and whether it is known to be the one that was read. */
  readonly revision?: RevisionFacts;
  readonly format: string;
  /** How the format was decided: `stated`, or the columns that it was recognised by. */
  readonly formatFrom: string;
  readonly files: readonly { readonly file: string; readonly bytes: number; readonly sha256: string }[];
  /** Rows of the source after `limit`. */
  readonly rows: number;
  /**
   * Rows left out, by reason. Empty answers, duplicates and contamination were looked for in all rows, what is too long
   * or faulty in those that were looked at until the budget was reached.
   */
  readonly dropped: Readonly<
    Record<DropReason | 'overlong' | FaultReason, number> &
      Partial<Record<'duplicate' | 'contaminated', number>>
  >;
  /** Which rows were left out or cut, by what became of them: the first 20 each. Earlier versions named none. */
  readonly named?: NamedRows;
  /** Duplicates and contamination, where they were looked for. */
  readonly screen?: ScreenReceipt;
  /** The other rows, a row used in two epochs once: with `dropped` they sum to `rows`. Absent in older receipts. */
  readonly kept?: RowFates;
  /** Examples used, a row used in two epochs counted twice. */
  readonly examples: number;
  /** Epochs begun: an epoch uses every row that is not left out once. */
  readonly epochs: number;
  /**
   * Rows used, a row used in two epochs counted twice, for each row that was not left out (used, passed over or not
   * looked at). Rows not looked at may be left out yet, so there are at least so many. Absent in older receipts.
   */
  readonly passes?: number;
  readonly supervisedTokens: number;
  readonly tokens: number;
  /** Supervised tokens of the source's order that this stage passes over. */
  readonly from: number;
  /** Examples at the borders of the part of which only some supervised tokens count, to meet it exactly. */
  readonly shared: readonly { readonly row: number; readonly supervised: number; readonly of: number }[];
}

/** `receipt.json`: everything that decides the data, nothing that differs between equal runs (times, folders). */
export interface DataReceipt {
  readonly version: 1;
  readonly seed: number;
  readonly tokenizer: string;
  /** The model's own, or one by name. */
  readonly template: { readonly name: ChatTemplate['name']; readonly sha256: string };
  readonly renderer: number;
  readonly trainOn: TrainOn;
  readonly overlong: Overlong;
  /** Tokens of the longest packed row, at most the length asked for: a step's rows are as short as it allows. */
  readonly rowLength: number;
  /** Tokens that a packed row may have, as asked for; absent in older receipts. */
  readonly maxLength?: number;
  readonly steps: number;
  readonly packedRows: number;
  readonly examples: number;
  /** Tokens without padding. */
  readonly tokens: number;
  readonly supervisedTokens: number;
  /** Share of the places that training computes (a step's rows are as long as its fullest) that hold a token, 0 to 1. */
  readonly fill: number;
  /**
   * The furthest that a source's share of the supervised tokens is off its share of the whole behind an optimizer step,
   * from 50,000 supervised tokens on, 0 to 1; null where there are fewer. Absent where shares change along the stage, and
   * in older receipts.
   */
  readonly furthest?: number | null;
  readonly sources: readonly SourceReceipt[];
  /** Examples by length in tokens: more than the last bound, up to and including `upTo`. */
  readonly lengths: readonly { readonly upTo: number; readonly examples: number }[];
  /** SHA-256 of `packed.bin`. */
  readonly packed: string;
}

/** A prepared stage, open for training. */
export interface PackedData {
  readonly steps: number;
  readonly supervisedTokens: number;
  readonly tokens: number;
  readonly rowLength: number;
  /** The rows of optimizer step `step`, 0 to `steps - 1`: a pure function of the step. */
  batch(step: number): Promise<PackedRow[]>;
  close(): Promise<void>;
}

/** What a stage will come to, from a sample of each source. */
export interface StageEstimate {
  /** Estimated from the sample, and counted where that leaves in doubt whether every optimizer step gets one. */
  readonly examples: number;
  readonly supervisedTokens: number;
  /** Tokens that go through the model, padding included. */
  readonly tokens: number;
  readonly packedRows: number;
  readonly steps: number;
  readonly sources: readonly {
    readonly name: string;
    readonly supervisedTokens: number;
    /** Estimated from the sample: supervised tokens of the whole source, one epoch. */
    readonly available: number;
    readonly rows: number;
  }[];
}
