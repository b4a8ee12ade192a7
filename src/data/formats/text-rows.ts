/** Plain text, learned from its first word to its last: rows with a column `text`, as corpora of web pages have it. */
import type { SourceRow } from '../sources/row.ts';
import { answerText, type Converted, isMissing } from './conversation.ts';

/** Columns of questions and answers: beside them a `text` is something else, such as Alpaca's framed row. */
const OF_PAIRS = new Set([
  ...['prompt', 'question', 'instruction', 'query', 'problem', 'input', 'inputs'],
  ...['completion', 'answer', 'response', 'output', 'solution', 'target', 'targets', 'label'],
]);

/** Whether a row is plain text: it has a text of that name and nothing that looks like a question or an answer. */
export function isPlainText(values: SourceRow['values']): boolean {
  const text = values['text'];
  return (
    (typeof text === 'string' || isMissing(text)) && !Object.keys(values).some((name) => OF_PAIRS.has(name))
  );
}

export function textRow(row: SourceRow): Converted {
  const text = answerText(row, 'text');
  return text.trim() === '' ? { kind: 'dropped', reason: 'empty-answer' } : { kind: 'text', text };
}
