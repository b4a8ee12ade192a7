/** A training row as a conversation: what every format is turned into. */
import type { ChatMessage } from '../../engine/engine.ts';
import { rowError, type SourceRow } from '../sources/row.ts';

/** Messages that end with an assistant's; turns after the last one teach nothing and are left out. */
export type Conversation = readonly ChatMessage[];

/**
 * What a row becomes: a conversation, of which the answers are learned, or plain text that is learned throughout. A row
 * with an empty answer would teach to say nothing; it is dropped and counted.
 */
export type Converted =
  | { readonly kind: 'conversation'; readonly messages: Conversation }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'dropped'; readonly reason: 'empty-answer' };

/** Checks the ends of a conversation. Throws UserError when no assistant speaks in it. */
export function converted(messages: readonly ChatMessage[], row: SourceRow): Converted {
  const last = messages.findLastIndex((message) => message.role === 'assistant');
  if (last < 0) {
    throw rowError(
      row,
      'no turn of this conversation is an assistant’s, so there is nothing to learn.',
      'Remove the row or add the answer.',
    );
  }
  const kept = messages.slice(0, last + 1);
  if (kept.some((message) => message.role === 'assistant' && message.content.trim() === '')) {
    return { kind: 'dropped', reason: 'empty-answer' };
  }
  return { kind: 'conversation', messages: kept };
}

/** A column that must hold text. Throws UserError with the place. */
export function text(row: SourceRow, column: string): string {
  const value = row.values[column];
  if (typeof value === 'string') return value;
  requireColumn(row, column);
  throw rowError(row, `column "${column}" holds ${kindOf(value)}, not text.`, needsText(row));
}

/** Throws UserError where a row has no column of this name. */
export function requireColumn(row: SourceRow, column: string): void {
  if (!Object.hasOwn(row.values, column)) {
    throw rowError(row, `there is no column "${column}".`, needsText(row));
  }
}

const needsText = (row: SourceRow): string =>
  `Columns of this row: ${Object.keys(row.values).join(', ')}. Every row needs text there.`;

/** As `text`, for what is to be learned: a missing text is an empty answer. */
export function answerText(row: SourceRow, column: string): string {
  return isMissing(row.values[column]) ? '' : text(row, column);
}

/** Null, and NaN as Python's tables write a missing text. */
export const isMissing = (value: unknown): boolean => value === null || Number.isNaN(value);

/** For messages: `a list`, `an object`, `null`, `a number`; never the value itself. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Number.isNaN(value)) return 'NaN';
  if (value === undefined) return 'nothing';
  if (value instanceof Uint8Array) return 'bytes that are not UTF-8';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
