/** What a person should know of how rows were rendered, from a receipt. */
import { counted } from '../text/counts.ts';
import type { TrainOn } from './render.ts';
import { FAULT_REASONS, FAULT_WORDS } from './row-fault.ts';
import type { DataReceipt, SourceReceipt } from './stage.ts';

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

/** What was lost or left unsupervised, a sentence each; empty where nothing was. */
export function lossTexts(sources: readonly SourceReceipt[]): string[] {
  const sum = (of: (source: SourceReceipt) => number) =>
    sources.reduce((total, source) => total + of(source), 0);
  const faults = FAULT_REASONS.map(
    (reason) => [sum(({ dropped }) => dropped[reason]), `left out: ${FAULT_WORDS[reason]}`] as const,
  );
  const rows: readonly (readonly [number, string])[] = [
    [sum(({ dropped }) => dropped.overlong), 'left out: longer than a packed row'],
    [sum(({ dropped }) => dropped['empty-answer']), 'left out: an answer is empty'],
    [sum(({ dropped }) => dropped['empty-question']), 'left out: a question is empty'],
    ...faults,
    [sum(({ dropped }) => dropped.duplicate ?? 0), 'left out: repeats an earlier row'],
    [sum(({ dropped }) => dropped.contaminated ?? 0), 'left out: holds an item of the benchmarks'],
    [sum(({ truncated }) => truncated), 'cut at the length of a packed row'],
  ];
  const answers: readonly (readonly [number, string])[] = [
    [sum(({ cutAnswers }) => cutAnswers), 'cut, so that no stop is taught'],
    [
      sum(({ rewritten }) => rewritten),
      'not supervised: the template shows it otherwise once it is answered',
    ],
    [sum(({ inserted }) => inserted), 'behind something that the template inserts and the prompt lacks'],
  ];
  const texts = (of: typeof rows, unit: string) =>
    of.filter(([number]) => number > 0).map(([number, what]) => `${counted(number, unit)} ${what}`);
  return [...texts(rows, 'row'), ...texts(answers, 'answer')];
}
