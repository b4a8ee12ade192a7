/** What a benchmark is: data plus a little code. One file each; the registry in index.ts is a literal. */
import type { Domain } from '../domains/domains.ts';
import type { ChatMessage } from '../engine/engine.ts';
import type { ProblemFacts, Score } from '../scoring/score.ts';

/** A file group on the hub, read row by row in the order of the file names. */
export interface DatasetSplit {
  readonly dataset: string;
  readonly config?: string;
  readonly split: string;
  /** Path pattern inside the dataset's repository with `*` as the only wildcard. */
  readonly files: string;
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
  /** What a reader of its scores should know. */
  readonly flaws: readonly string[];
  /** What items of one cluster have in common; `item` when every item stands for itself. */
  readonly clusterKey: string;
  readonly kind: 'choice' | 'generate';
  /** Expected score of a guesser, 0 to 1. */
  readonly chance: number;
  readonly licence: string;
  /** Where prompt, extraction and metric come from. */
  readonly source: string;
  /** The number of test items: as published, for the check that a copy is complete, or as made. */
  readonly size: number;
  /** Metric shown first: `acc`, `acc_norm`, `exact_match`, `pass@1`. */
  readonly metric: string;
  /** What `gold` must be when it comes from a user's file (`carryover score`); a text when left out. */
  readonly goldShape?: { readonly text: string; readonly fits: (gold: unknown) => boolean };
  /**
   * Scores a generated answer. Choice benchmarks are scored by `src/scoring/choice.ts`. When the generation was cut
   * by the token limit (`ending` is `length`), only an explicit final answer counts as one in the corrected reading.
   */
  readonly score?: (output: string, item: GenerateItem, options?: ScoreOptions) => Score | Promise<Score>;
}

/** A benchmark whose items are rows of a dataset. */
export interface HubBenchmark extends BenchmarkFacts {
  /** The benchmark whose items these are in another set-up, or part of: found by name, left out of tables and domains. */
  readonly variantOf?: string;
  readonly test: DatasetSplit;
  /** Where few-shot examples are drawn from, if not from the test split; `rows` as published, since draws depend on it. */
  readonly shots?: DatasetSplit & { readonly rows: number };
  /** All items in the benchmark's own order. `shots` is empty when the benchmark names no such split. */
  readonly items: (test: readonly Row[], shots: readonly Row[]) => readonly Item[];
}

/** A benchmark whose items are made from a seed: nothing is read. */
export interface GeneratedBenchmark extends BenchmarkFacts {
  readonly generated: { readonly generator: string; readonly split: string; readonly seed: number };
  /** The benchmark whose other split this is: found by name, left out of tables and domains. */
  readonly variantOf?: string;
  /** The first `count` items, at most `size`: a longer list begins with the shorter one. */
  readonly make: (count: number) => readonly Item[];
}

export type Benchmark = HubBenchmark | GeneratedBenchmark;

export interface ScoreOptions {
  readonly ending?: Ending;
  readonly signal?: AbortSignal;
}
