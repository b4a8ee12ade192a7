/** What became of a source's rows and of the answers in its examples: one list with one wording for whoever says it. */
import { count } from '../../text/counts.ts';
import type { StageCounts } from '../render/example-answers.ts';
import { FAULT_REASONS, FAULT_WORDS, type FaultReason } from '../render/row-fault.ts';
import type { RowFates } from '../selection/selection.ts';
import type { SourceReceipt } from '../stage.ts';

/** Why a row is left out. */
export type LossReason = keyof SourceReceipt['dropped'];
/** What becomes of a row: exactly one of these. */
export type RowFate = keyof RowFates | LossReason;

/** Why a row is left out, said of the row. */
export const DROP_WORDS: Readonly<Record<LossReason, string>> = {
  'empty-answer': 'an answer is empty',
  'empty-question': 'a question is empty',
  duplicate: 'repeats an earlier row',
  contaminated: 'holds an item of a benchmark',
  overlong: 'longer than a packed row may be',
  ...FAULT_WORDS,
};

/** In the order of accounts: the first four of all rows, the others of those that were looked at. */
export const DROP_REASONS: readonly LossReason[] = [
  'empty-answer',
  'empty-question',
  'duplicate',
  'contaminated',
  'overlong',
  ...(FAULT_REASONS satisfies readonly FaultReason[]),
];

const FATE_WORDS: Readonly<Record<keyof RowFates, string>> = {
  used: 'used',
  passedOver: 'passed over: earlier stages have used them',
  notReached: 'not looked at: there were enough supervised tokens without them',
};

type Accounted = Pick<SourceReceipt, 'dropped' | 'kept'>;

/** Rows by why they are left out, without the reasons that left none out. */
export function leftOut({ dropped }: Pick<Accounted, 'dropped'>): { reason: LossReason; rows: number }[] {
  return DROP_REASONS.map((reason) => ({ reason, rows: dropped[reason] ?? 0 })).filter(
    ({ rows }) => rows > 0,
  );
}

/** `2 an answer is empty; 31 longer than a packed row may be`; empty where none is left out. */
export function leftOutText(source: Pick<Accounted, 'dropped'>): string {
  return leftOut(source)
    .map(({ reason, rows }) => `${count(rows)} ${DROP_WORDS[reason]}`)
    .join('; ');
}

/** Rows that nothing was found against so far: those not looked at among them. The divisor of `passes`. */
export function notLeftOut({ kept }: { readonly kept: RowFates }): number {
  return kept.used + kept.passedOver + kept.notReached;
}

/** Rows left out, for whatever reason. */
export function leftOutRows({ dropped }: Pick<Accounted, 'dropped'>): number {
  return DROP_REASONS.reduce((sum, reason) => sum + (dropped[reason] ?? 0), 0);
}

/**
 * What became of every row of a source, in words; the numbers sum to its rows. Receipts of earlier versions say only
 * what was left out.
 */
export function accountOf({ dropped, kept }: Accounted): { readonly rows: number; readonly what: string }[] {
  const fates = Object.keys(FATE_WORDS) as (keyof RowFates)[];
  const used = fates.map((fate) => ({ rows: kept?.[fate] ?? 0, what: FATE_WORDS[fate] }));
  const lost = leftOut({ dropped }).map(({ reason, rows }) => ({
    rows,
    what: `left out: ${DROP_WORDS[reason]}`,
  }));
  return [...used.filter(({ rows }) => rows > 0), ...lost];
}

interface AnswerNote {
  readonly of: (source: SourceReceipt) => number;
  readonly unit: 'row' | 'example' | 'answer';
  readonly what: string;
  /** Worth a word in the log of a run: something is lost or taught otherwise than the rows say. */
  readonly told: boolean;
}

const counted =
  (key: keyof StageCounts) =>
  (source: SourceReceipt): number =>
    source[key] ?? 0;

/** What is cut, left out or changed in the examples of a stage. */
export const ANSWER_NOTES: readonly AnswerNote[] = [
  {
    of: counted('truncated'),
    unit: 'example',
    what: 'cut at the length of a packed row',
    told: true,
  },
  {
    of: counted('cutAnswers'),
    unit: 'answer',
    what: 'cut before the end: no stop is taught there',
    told: true,
  },
  {
    of: counted('overlongAnswers'),
    unit: 'answer',
    what: 'left out: too long for a packed row with the conversation before it',
    told: true,
  },
  {
    of: counted('expanded'),
    unit: 'answer',
    what: 'in an example of its own: the template or the tokenizer shows it otherwise once the conversation goes on',
    told: true,
  },
  {
    of: counted('rewritten'),
    unit: 'answer',
    what: 'not supervised: the template never shows it as the row writes it',
    told: true,
  },
  {
    of: counted('inserted'),
    unit: 'answer',
    what: 'begun by the template with a text of its own, such as empty think tags: that text is not supervised',
    told: true,
  },
  {
    of: counted('straddled'),
    unit: 'answer',
    what: 'whose first token holds text from before the answer too: that token is not supervised',
    told: false,
  },
  {
    of: counted('promptDiffers'),
    unit: 'answer',
    what: 'whose prompt has other tokens alone than in the example',
    told: false,
  },
  {
    of: ({ shared }) => shared.length,
    unit: 'example',
    what: 'where the stage begins or ends: only some of its supervised tokens count',
    told: false,
  },
];
