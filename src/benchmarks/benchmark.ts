/** What a benchmark is: data plus a little code. One file each; the registry in index.ts is a literal. */
import type { Domain } from '../domains/domains.ts';
import type { ChatMessage } from '../engine/engine.ts';
import type { ProblemFacts, Score } from '../scoring/score.ts';
import type { AnswerKind, Flaw, Format, Setup } from './vocabulary.ts';

/** A file group on the hub, read row by row in the order of the file names. */
export interface DatasetSplit {
  readonly dataset: string;
  readonly config?: string;
  readonly split: string;
  /** Path pattern inside the dataset's repository with `*` as the only wildcard. */
  readonly files: string;
  /** What has to be done before the hub gives it out, where it does not give it to everybody. */
  readonly access?: string;
}

export type Row = Readonly<Record<string, unknown>>;

interface ItemBase {
  /** Stable across versions of the product: from the dataset's own id, else a hash of the row's text. */
  readonly id: string;
  /** Position in the benchmark's own order, from 0. */
  readonly index: number;
  /** Items with the same cluster are not independent (same passage, same template, same subject). */
  readonly cluster: string;
  /** Of a problem that a generator made: what its scores can be broken down by. */
  readonly problem?: ProblemFacts;
  /** Where several answers are drawn for an item: its own id, while `id` tells the draws apart. */
  readonly drawnFor?: string;
}

/** What is asked about one choice: how probable the continuation is after the context. */
export interface ChoicePair {
  readonly context: string;
  readonly continuation: string;
  /** The same as a conversation, for models asked through their chat template. */
  readonly chat: { readonly messages: readonly ChatMessage[]; readonly continuation: string };
}

export interface ChoiceItem extends ItemBase {
  readonly kind: 'choice';
  /** One pair for each choice, in the benchmark's order. */
  readonly pairs: readonly ChoicePair[];
  /** The choice texts that `acc_norm` measures the length of. */
  readonly choices: readonly string[];
  readonly gold: number;
}

export interface GenerateItem extends ItemBase {
  readonly kind: 'generate';
  readonly prompt: string;
  /** The same as a conversation, for models asked through their chat template. */
  readonly messages: readonly ChatMessage[];
  readonly stop: readonly string[];
  readonly maxTokens: number;
  /** What `score` needs: the reference answer, or a structure of the benchmark's own. */
  readonly gold: unknown;
}

export type Item = ChoiceItem | GenerateItem;

/** How a generation ended; `length`: the token limit came first, so a final answer may be missing. */
export type Ending = 'eos' | 'stop' | 'length';

interface BenchmarkFacts {
  /** lm-evaluation-harness's task name where it has the task; `proc/NAME` for procedural tasks. */
  readonly name: string;
  readonly title: string;
  readonly domain: Domain;
  /** Ids of abilities of that domain (`src/domains/taxonomy.ts`). */
  readonly abilities: readonly string[];
  /** Why it stands in this domain. */
  readonly why: string;
  /** Why it asks for each ability, by id, where `why` does not say it for all of them. */
  readonly abilityReasons?: Readonly<Record<string, string>>;
  /** What a reader of its scores should know. */
  readonly flaws: readonly Flaw[];
  /** What items of one cluster have in common; `item` when every item stands for itself. */
  readonly clusterKey: string;
  readonly kind: 'choice' | 'generate';
  /** How an item is put; `describe.ts` derives it from kind and metric where it is absent. */
  readonly format?: Format;
  /** What an answer is; derived from format and domain where it is absent. */
  readonly answer?: AnswerKind;
  /** Published set-ups that it reproduces; derived from `source` where absent: name a second one, or one of another form. */
  readonly setups?: readonly Setup[];
  /** The paper that presents it: `Cobbe et al. 2021, arXiv 2110.14168`. */
  readonly paper?: string;
  /**
   * Benchmarks of one family share items or their making, so that their scores go together whatever they measure: the
   * data set, unless stated. `gsm8k` for everything made from GSM8K's problems, wherever its rows lie.
   */
  readonly family?: string;
  /** Expected score of a guesser, 0 to 1. */
  readonly chance: number;
  readonly licence: string;
  /** The benchmark whose other split or set-up this is: found by name, left out of tables and domains. */
  readonly variantOf?: string;
  /**
   * Where prompt, extraction and metric come from, the shots behind a semicolon:
   * `lm-evaluation-harness 0.4.13, tasks/gsm8k/gsm8k.yaml; 5-shot from train`.
   */
  readonly source: string;
  /** The number of test items: as published, for the check that a copy is complete, or as made. */
  readonly size: number;
  /** Metric shown first: `acc`, `acc_norm`, `exact_match`, `pass@1`. */
  readonly metric: string;
  /** What `gold` must be when it comes from a user's file (`carryover score`); a text when left out. */
  readonly goldShape?: GoldShape;
  /**
   * Scores a generated answer. Choice benchmarks are scored by `src/scoring/choice.ts`. When the generation was cut
   * by the token limit (`ending` is `length`), only an explicit final answer counts as one in the corrected reading.
   */
  readonly score?: (output: string, item: GenerateItem, options?: ScoreOptions) => Score | Promise<Score>;
}

export interface GoldShape {
  readonly text: string;
  readonly fits: (gold: unknown) => boolean;
  /** What is wrong with one that does not fit, where more can be said than that; null for one that fits. */
  readonly fault?: (gold: unknown) => string | null;
}

/** A benchmark whose items are rows of a dataset. */
export interface HubBenchmark extends BenchmarkFacts {
  readonly test: DatasetSplit;
  /** Where few-shot examples are drawn from, if not from the test split; `rows` as published, since draws depend on it. */
  readonly shots?: DatasetSplit & { readonly rows: number };
  /** All items in the benchmark's own order. `shots` is empty when the benchmark names no such split. */
  readonly items: (test: readonly Row[], shots: readonly Row[]) => readonly Item[];
}

/** A benchmark whose items are made from a seed: nothing is read. */
export interface GeneratedBenchmark extends BenchmarkFacts {
  readonly generated: { readonly generator: string; readonly split: string; readonly seed: number };
  /** The first `count` items, at most `size`: a longer list begins with the shorter one. */
  readonly make: (count: number) => readonly Item[];
}

/** A benchmark of the user's own file (`own/`), read whole when it was opened. */
export interface OwnBenchmark extends BenchmarkFacts {
  readonly own: OwnFile;
  /** The first `count` items. */
  readonly make: (count: number) => readonly Item[];
}

/** Where a benchmark of the user's own comes from. */
export interface OwnFile {
  /** As the user named it. */
  readonly file: string;
  /** Of everything that its scores depend on: the file that defines it, and the rows it reads. */
  readonly sha256: string;
}

export type Benchmark = HubBenchmark | GeneratedBenchmark | OwnBenchmark;

export interface ScoreOptions {
  readonly ending?: Ending;
  /** Seconds a program may run, in the place of what its target or the benchmark gives; for answers that are run. */
  readonly seconds?: number;
  readonly signal?: AbortSignal;
}
