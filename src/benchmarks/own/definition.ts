/**
 * A benchmark of the user's own, as its file says it. In a YAML file texts are templates over the columns of a row; in a
 * module each may be a function of the row instead.
 */
import type { Domain } from '../../domains/domains.ts';
import type { Row } from '../benchmark.ts';
import type { AnswerKind, Format } from '../vocabulary.ts';

export type Text = string | ((row: Row) => unknown);

/** Rows of a file beside this one, or of a data set of the hub. */
export interface DataSection {
  readonly file?: string | undefined;
  readonly dataset?: string | undefined;
  readonly config?: string | undefined;
  /** `test` unless stated. */
  readonly split?: string | undefined;
  readonly files?: string | undefined;
  readonly revision?: string | undefined;
  readonly limit?: number | undefined;
}

export interface ShotsSection {
  readonly count: number;
  /** Where examples come from; the benchmark's own rows without it, the item itself left out. */
  readonly data?: DataSection | undefined;
  /** `random`: as lm-evaluation-harness draws them. `first`: the first rows, the same for every item. */
  readonly draw: 'random' | 'first';
  /** What follows the question in an example; the reference answer without it. */
  readonly answer?: Text | undefined;
}

/** What a module's own scorer may say: right or not, null where nothing could be read, or that with the reason. */
export type OwnVerdict =
  | boolean
  | null
  | { readonly right: boolean | null; readonly answer?: string; readonly why?: string };

export type ScoreSection =
  | 'exact'
  | 'number'
  | 'math'
  | 'choice'
  | { readonly regex: string; readonly take: 'first' | 'last'; readonly ignore_case: boolean }
  | ((output: string, answer: unknown, row: Row) => OwnVerdict | Promise<OwnVerdict>);

export interface Definition {
  readonly name: string;
  readonly title?: string | undefined;
  readonly domain: Domain;
  readonly abilities: readonly string[];
  readonly why?: string | undefined;
  readonly data: DataSection;
  /** Before the first example. */
  readonly description?: string | undefined;
  readonly prompt: Text;
  /** A list of templates, or one that names a column with a list. */
  readonly choices?: string | readonly string[] | ((row: Row) => unknown) | undefined;
  /** What follows the question when a choice is weighed: its text, or its letter. */
  readonly ask: 'text' | 'letter';
  readonly answer: Text;
  /** How the answer names its choice: by its text, its letter, its number from 0 or its place from 1. */
  readonly answer_as: 'text' | 'letter' | 'number' | 'place';
  readonly score?: ScoreSection | undefined;
  readonly shots?: ShotsSection | undefined;
  readonly stop: readonly string[];
  readonly max_tokens: number;
  readonly chance?: number | undefined;
  readonly id?: Text | undefined;
  readonly cluster?: Text | undefined;
  readonly format?: Format | undefined;
  readonly answer_kind?: AnswerKind | undefined;
  readonly family?: string | undefined;
  readonly licence: string;
  readonly source: string;
  readonly paper?: string | undefined;
  readonly flaws: readonly string[];
}
