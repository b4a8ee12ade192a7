/** What a person should know of how rows were rendered, from a receipt. */
import { count, counted } from '../../text/counts.ts';
import type { TrainOn } from '../render/render.ts';
import { LONG_BEGINNING, SHARE_LIMIT } from '../selection/steady-order.ts';
import type { DataReceipt, SourceReceipt } from '../stage.ts';
import { ANSWER_NOTES, DROP_REASONS, DROP_WORDS } from './row-account.ts';

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

/** How often the rows of a source are used, `0.0029` or `1.50`. */
export const passText = (passes: number): string =>
  passes < 0.1 ? passes.toPrecision(2) : passes.toFixed(2);

/** Rows that repeat one of another source, in all. */
export function acrossRows(across: Readonly<Record<string, number>> = {}): number {
  return Object.values(across).reduce((sum, rows) => sum + rows, 0);
}

/** What was lost, cut or left unsupervised, a sentence each; empty where nothing was. */
export function lossTexts(sources: readonly SourceReceipt[]): string[] {
  const sum = (of: (source: SourceReceipt) => number) =>
    sources.reduce((total, source) => total + of(source), 0);
  const across = sum(({ screen }) => acrossRows(screen?.duplicates.across));
  const rows = DROP_REASONS.map((reason) => {
    const elsewhere = reason === 'duplicate' && across > 0 ? ` (${count(across)} of another source)` : '';
    return {
      number: sum(({ dropped }) => dropped[reason] ?? 0),
      unit: 'row',
      what: `left out: ${DROP_WORDS[reason]}${elsewhere}`,
    };
  });
  const told = ANSWER_NOTES.filter((note) => note.told);
  const answers = told.map(({ of, unit, what }) => ({ number: sum(of), unit, what }));
  return [...rows, ...answers]
    .filter(({ number }) => number > 0)
    .map(({ number, unit, what }) => `${counted(number, unit)} ${what}`);
}
