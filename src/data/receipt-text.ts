/** What a person should know of how rows were rendered, from a receipt. */
import { count, counted } from '../text/counts.ts';
import type { TrainOn } from './render.ts';
import { FAULT_REASONS, FAULT_WORDS } from './row-fault.ts';
import type { DataReceipt, SourceReceipt } from './stage.ts';
import { LONG_BEGINNING, SHARE_LIMIT } from './steady-order.ts';

/** The template in words: `the model’s own chat template`, `the chat template chatml`. */
export function templateText({
  template,
}: {
  readonly template: Pick<DataReceipt['template'], 'name'>;
}): string {
  return template.name === 'model' ? 'the model’s own chat template' : `the chat template ${template.name}`;
}

/** What is supervised, in words. */
export const TRAINED_ON_WORDS: Readonly<Record<TrainOn, string>> = {
  assistant: 'every answer is trained on',
  last: 'the last answer of each conversation is trained on',
  all: 'the whole text is trained on, questions included',
};

/** A warning where long rows keep the sources from their shares; empty where they are kept. */
export function shareTexts({ furthest }: Pick<DataReceipt, 'furthest'>): string[] {
  if (furthest === undefined || furthest === null || furthest <= SHARE_LIMIT) return [];
  return [
    `warning: in the order of training a beginning of at least ${count(LONG_BEGINNING)} supervised tokens is ${offText(furthest)}`,
  ];
}

/** How far shares are off, and what brings them nearer. */
export const offText = (furthest: number): string =>
  `${(100 * furthest).toFixed(2)} points off the shares of its sources, more than ${100 * SHARE_LIMIT}: rows weigh too much in it, and more tokens or shorter rows bring it nearer`;

/** Why an answer has an example of its own. */
export const SHOWN_OTHERWISE = 'the template or the tokenizer shows it otherwise once it is answered';

/** Rows that repeat one of another source, in all. */
export function acrossRows(across: Readonly<Record<string, number>> = {}): number {
  return Object.values(across).reduce((sum, rows) => sum + rows, 0);
}

/** What was lost or left unsupervised, a sentence each; empty where nothing was. */
export function lossTexts(sources: readonly SourceReceipt[]): string[] {
  const sum = (of: (source: SourceReceipt) => number) =>
    sources.reduce((total, source) => total + of(source), 0);
  const faults = FAULT_REASONS.map(
    (reason) => [sum(({ dropped }) => dropped[reason]), `left out: ${FAULT_WORDS[reason]}`] as const,
  );
  const across = sum(({ screen }) => acrossRows(screen?.duplicates.across));
  const elsewhere = across === 0 ? '' : ` (${count(across)} of another source)`;
  const rows: readonly (readonly [number, string])[] = [
    [sum(({ dropped }) => dropped.overlong), 'left out: longer than a packed row'],
    [sum(({ dropped }) => dropped['empty-answer']), 'left out: an answer is empty'],
    [sum(({ dropped }) => dropped['empty-question']), 'left out: a question is empty'],
    ...faults,
    [sum(({ dropped }) => dropped.duplicate ?? 0), `left out: repeats an earlier row${elsewhere}`],
    [sum(({ dropped }) => dropped.contaminated ?? 0), 'left out: holds an item of the benchmarks'],
    [sum(({ truncated }) => truncated), 'cut at the length of a packed row'],
  ];
  const answers: readonly (readonly [number, string])[] = [
    [sum(({ cutAnswers }) => cutAnswers), 'cut, so that no stop is taught'],
    [sum(({ rewritten }) => rewritten), 'not supervised: the template shows it otherwise than it is written'],
    [
      sum(({ overlongAnswers = 0 }) => overlongAnswers),
      'left out: with the conversation before it longer than a packed row',
    ],
    [sum(({ expanded = 0 }) => expanded), `in an example of its own: ${SHOWN_OTHERWISE}`],
    [sum(({ inserted }) => inserted), 'behind something that the template inserts and the prompt lacks'],
  ];
  const texts = (of: typeof rows, unit: string) =>
    of.filter(([number]) => number > 0).map(([number, what]) => `${counted(number, unit)} ${what}`);
  return [...texts(rows, 'row'), ...texts(answers, 'answer')];
}
