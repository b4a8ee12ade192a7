/** What a score is: a value, the answer that was read, an outcome and the reason. Scorers are pure and never throw. */

/**
 * A sample ends in exactly one of these. Only `correct` and `wrong` are judgements of an answer that was read; `timeout`
 * is an answer whose judging was stopped at a limit of ours: of time, of memory, of steps.
 */
export const OUTCOMES = ['correct', 'wrong', 'no_answer', 'truncated', 'timeout', 'error'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Numbers of one reading of an answer, by metric name (`exact_match`, `acc`, `acc_norm`, `pass@1`). */
export type Metrics = Readonly<Record<string, number>>;

export interface Score {
  /** The corrected reading's headline value, 0 to 1. */
  readonly value: number;
  /** The answer as it was read, or null when none could be read. */
  readonly answer: string | null;
  readonly outcome: Outcome;
  /** One sentence a person can check: what was read where, and why it is or is not the reference. */
  readonly why: string;
  readonly readings: {
    /**
     * As lm-evaluation-harness computes it, flaws included. Where a task has several filters, each stands under the
     * harness's own key (`exact_match,strict-match`), and the first also under the metric's bare name.
     */
    readonly compatible: Metrics;
    /** As a careful human would. */
    readonly corrected: Metrics;
  };
  /** Per metric of either reading, how much of the mean over the items is this item's; 1 where it is not named. */
  readonly weights?: Metrics;
  /** Of a prompt with instructions: what became of each, in the prompt's order. */
  readonly instructions?: readonly InstructionVerdict[];
}

/** One instruction of a prompt: followed by the response as it is (strict) or by a cleaned version of it (loose). */
export interface InstructionVerdict {
  readonly id: string;
  /** As the original's code decides. */
  readonly strict: boolean;
  readonly loose: boolean;
  /** As a careful human would. */
  readonly corrected: { readonly strict: boolean; readonly loose: boolean };
  /** What the careful human found in the response as it is. */
  readonly why: string;
}

/** Where a procedural problem stands, so that scores can be drawn over difficulty, template and split. */
export interface ProblemFacts {
  readonly split: string;
  readonly level: number;
  /** Steps of the worked solution. */
  readonly depth: number;
  /** The template that told it: `<task>/<number>`. */
  readonly surface: string;
  /** Of a perturbed problem: the id of the training problem that it was made from. */
  readonly parent: string | null;
}

/** One line of `samples/<benchmark>.jsonl`. */
export interface Sample {
  readonly benchmark: string;
  readonly id: string;
  /** The item's id where several answers were drawn for it (`id` is then `ITEM#1`, `ITEM#2`, ...); absent: `id`. */
  readonly item?: string;
  readonly index: number;
  readonly cluster: string;
  readonly prompt_sha256: string;
  /** What the model saw, where it was asked to be written down: a text, for choices what was asked about each. */
  readonly prompt?: string | readonly { readonly context: string; readonly continuation: string }[];
  readonly kind: 'choice' | 'generate';
  /** Procedural tasks only. */
  readonly problem?: ProblemFacts;
  /** The generated text; for choices the text of the chosen one. */
  readonly output: string;
  /** In the benchmark's order; empty for generated answers. `logprob` in nats, summed over the tokens. */
  readonly choices: readonly {
    readonly text: string;
    readonly logprob: number;
    readonly chars: number;
    readonly bytes: number;
    readonly tokens: number;
  }[];
  readonly answer: string | null;
  readonly gold: unknown;
  readonly value: number;
  readonly outcome: Outcome;
  readonly why: string;
  readonly readings: Score['readings'];
  /** Only where the benchmark has them. */
  readonly weights?: Metrics;
  readonly instructions?: readonly InstructionVerdict[];
  /** `prompt`: read; `cut`: lost at the prompt's left, because the model's context is too short; absent: none. */
  readonly tokens: { readonly prompt: number; readonly completion: number; readonly cut?: number };
}
