/** Rows that hold one question and one answer in columns of their own. */
import type { ChatMessage } from '../../engine/engine.ts';
import type { ColumnMapping } from '../source-spec.ts';
import { rowError, type SourceRow } from '../sources/row.ts';
import { answerText, type Converted, converted, isEmpty, kindOf, text } from './conversation.ts';

/**
 * Alpaca: `instruction`, `output` and an optional `input`. The instruction is the user's turn, followed by the
 * input after an empty line; Stanford's frame text ("Below is an instruction ...") is left out because the chat
 * template is the frame. Stanford's file writes `input: ""` where there is none.
 */
export function alpacaRow(row: SourceRow): Converted {
  const input = row.values['input'];
  if (input !== undefined && input !== null && typeof input !== 'string') {
    throw rowError(row, `column "input" holds ${kindOf(input)}, not text.`, 'Leave it out or write text.');
  }
  refuseParts(row);
  const instruction = text(row, 'instruction');
  const prompt = joinedInput(instruction, input ?? '');
  return pair(row, prompt, answerText(row, 'output'), optionalSystem(row, 'system'));
}

/** The one text that Alpaca's instruction and input become. */
export function joinedInput(instruction: string, input: string): string {
  return input.trim() === '' ? instruction : `${instruction}\n\n${input}`;
}

/** As `mappedRow`, for columns that nobody stated: none beside them may hold a part of the question. */
export function recognisedPair(row: SourceRow, columns: ColumnMapping): Converted {
  refuseParts(row);
  return mappedRow(row, columns);
}

/** Columns that hold a part of the question in common datasets (MMLU-Pro, SQuAD, LLaMA-Factory's alpaca). */
const PARTS = ['choices', 'options', 'context', 'passage', 'history'];

/** A model would be taught to answer what it was not shown. */
function refuseParts(row: SourceRow): void {
  const part = PARTS.find((column) => !isEmpty(row.values[column]));
  if (part === undefined) return;
  throw rowError(
    row,
    `column "${part}" holds a part of the question that this format has no place for.`,
    'Write it into the question, or the rows as messages; to leave it out, say which columns to use: in a study ' +
      'columns: { prompt: ..., completion: ... }, on the command line --columns prompt=...,completion=....',
  );
}

/** Two columns, and a third for the system turn where the mapping names one. */
export function mappedRow(row: SourceRow, columns: ColumnMapping): Converted {
  const system = columns.system === undefined ? undefined : optionalSystem(row, columns.system);
  return pair(row, text(row, columns.prompt), answerText(row, columns.completion), system);
}

function optionalSystem(row: SourceRow, column: string): string | undefined {
  const value = row.values[column];
  if (value === undefined || value === null || value === '') return undefined;
  return text(row, column);
}

function pair(row: SourceRow, prompt: string, answer: string, system: string | undefined): Converted {
  const messages: ChatMessage[] = [
    { role: 'user', content: prompt },
    { role: 'assistant', content: answer },
  ];
  if (system !== undefined) messages.unshift({ role: 'system', content: system });
  return converted(messages, row);
}
