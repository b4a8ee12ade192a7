/** Rows that hold one question and one answer in columns of their own. */
import type { ChatMessage } from '../../engine/engine.ts';
import type { ColumnMapping } from '../source-spec.ts';
import { rowError, type SourceRow } from '../sources/row.ts';
import { answerText, type Converted, converted, kindOf, text } from './conversation.ts';

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
  const instruction = text(row, 'instruction');
  const prompt = input?.trim() ? `${instruction}\n\n${input}` : instruction;
  return pair(row, prompt, answerText(row, 'output'), optionalSystem(row, 'system'));
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
