/** The words in which benchmarks are described beside their domain: how they ask, what they take, what is wrong with them. */

/** How an item is put to a model. */
export const FORMATS = {
  'choice-texts': "each option's text is weighed as the continuation of the question",
  'choice-letters': 'the options are listed and their letters are weighed',
  cloze: 'the fillings of a gap are weighed by what follows them',
  written: 'a short answer is written and read by a rule',
  worked: 'a solution is written out, and the answer read at its end',
  program: 'a program is written and run',
} as const;
export type Format = keyof typeof FORMATS;

/** What an answer is, whatever way it is given. */
export const ANSWER_KINDS = {
  option: 'one of the options',
  letter: 'the letter of an option',
  'yes-no': 'yes or no, true or false, or a third value beside them',
  number: 'a number',
  expression: 'a mathematical object: number, expression, set, interval, matrix',
  words: 'a word or a list of words',
  structure: 'several values in a stated form, such as a grid',
  program: 'a program that passes tests',
  value: 'a value of a programming language',
  text: 'free text, checked by rules',
} as const;
export type AnswerKind = keyof typeof ANSWER_KINDS;

/** What may be wrong with a benchmark, or has to be known to read its scores. */
export const FLAW_KINDS = {
  labels: 'wrong or doubtful reference answers',
  items: 'questions that are unclear, garbled or badly translated',
  ceiling: 'the best possible score is below 1, or good models are near it',
  floor: 'small models score no better than a guesser',
  contamination: 'in training data: reported, or public for so long that it is likely',
  artefacts: 'solvable in part without the ability',
  resolution: 'too few independent items to see small effects',
  overlap: 'shares items with another benchmark, or with its own examples',
  placement: 'asks for what another domain stands for as well',
  form: 'the form asked for, or the reading of it, decides as well',
  'set-up': 'asked, cut or judged otherwise than elsewhere, so published scores differ',
  scope: 'speaks for less than its name says',
  other: '',
} as const;
export type FlawKind = keyof typeof FLAW_KINDS;

/** What a reader of the scores should know. A plain text, as users' own files have it, is of the kind `other`. */
export type Flaw =
  | string
  | {
      readonly kind: Exclude<FlawKind, 'other'>;
      readonly text: string;
      /** Who found it. */
      readonly source?: string;
    };

/** A published way of asking the benchmark that Carryover reproduces. */
export interface Setup {
  /** Whose it is: `lm-evaluation-harness`, a repository, a paper. */
  readonly by: string;
  readonly version?: string;
  /** The task's name there. */
  readonly task?: string;
  /** Worked examples before the question; absent where it is not stated. */
  readonly shots?: number;
  readonly note?: string;
}
