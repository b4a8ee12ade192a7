/** A training row as a conversation: what every format is turned into. */
import type { ChatMessage } from '../../engine/engine.ts';
import { rowError, type SourceRow } from '../sources/row.ts';

/** Messages that end with an assistant's; turns after the last one teach nothing and are left out. */
export type Conversation = readonly ChatMessage[];

/** Why a row is left out before it is rendered. */
export type DropReason = 'empty-answer' | 'empty-question';

/**
 * What a row becomes: a conversation, of which the answers are learned, or plain text that is learned throughout. A row
 * with an empty answer would teach to say nothing, one with an empty question to answer what nobody asked; both are
 * dropped and counted.
 */
export type Converted =
  | {
      readonly kind: 'conversation';
      readonly messages: Conversation;
      /** Turns behind the last answer that were left out, where there are any. */
      readonly unanswered?: number;
    }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'dropped'; readonly reason: DropReason };

/** What may be rendered. */
export type KeptRow = Exclude<Converted, { kind: 'dropped' }>;

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
  if (kept.some((message) => message.role === 'assistant' && saysNothing(message.content))) {
    return { kind: 'dropped', reason: 'empty-answer' };
  }
  if (asksNothing(kept)) return { kind: 'dropped', reason: 'empty-question' };
  const unanswered = messages.length - kept.length;
  return { kind: 'conversation', messages: kept, ...(unanswered > 0 && { unanswered }) };
}

const CLOSE = '</think>';

/**
 * Whether an answer is blank, or nothing but its thoughts, whose tag a prompt may have opened: a model would learn to
 * think and then to stop.
 */
function saysNothing(content: string): boolean {
  const answer = content.trim();
  if (!answer.endsWith(CLOSE)) return answer === '';
  const thinksFirst = answer.startsWith('<think>') || !answer.includes('<think>');
  return thinksFirst && answer.indexOf(CLOSE) === answer.length - CLOSE.length;
}

/**
 * Whether a turn of the user is blank. The first one may be where a system text stands before it: there it asks. A
 * conversation that an assistant opens has no such turn at all, and is whole.
 */
function asksNothing(messages: Conversation): boolean {
  const first = messages.findIndex((message) => message.role === 'user');
  const asked = messages.some(
    ({ role, content }, index) => role === 'system' && index < first && content.trim() !== '',
  );
  return messages.some(
    ({ role, content }, index) => role === 'user' && content.trim() === '' && !(asked && index === first),
  );
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

/**
 * As `text`, for what is to be learned: a missing text is an empty answer, and a number its digits. Files of problems
 * have numbers as answers; JSON does not tell 2.0 from 2, so that both become `2`.
 */
export function answerText(row: SourceRow, column: string): string {
  const value = row.values[column];
  if (isMissing(value)) return '';
  const digits = numberText(value);
  if (digits !== undefined) return digits;
  if (typeof value === 'number') {
    throw rowError(
      row,
      `column "${column}" holds a number whose digits are lost when JSON is read: whole numbers are exact to 2^53 - 1 (9007199254740991), and fractions below 0.000001 come back with an exponent.`,
      'Write it in quotes, with the digits that shall be learned.',
    );
  }
  if (typeof value === 'boolean') {
    throw rowError(
      row,
      `column "${column}" holds ${value}, which is no text.`,
      'Write the word that shall be learned, in quotes: "yes", "True" and "correct" are different answers.',
    );
  }
  return text(row, column);
}

/** Undefined for what is no number, or one whose digits JSON may have changed on the way. */
function numberText(value: unknown): string | undefined {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  const digits = String(value);
  const exact = Number.isInteger(value) ? Number.isSafeInteger(value) : !digits.includes('e');
  return exact ? digits : undefined;
}

/** Null, and NaN as Python's tables write a missing text. */
export const isMissing = (value: unknown): boolean => value === null || Number.isNaN(value);

/** Whether a column says nothing. */
export const isEmpty = (value: unknown): boolean =>
  value === undefined || isMissing(value) || value === '' || (Array.isArray(value) && value.length === 0);

/** Texts and what may stand for one; of true and false the conversion says why they may not. */
export const isAnswer = (values: SourceRow['values'], name: string): boolean =>
  ['string', 'number', 'bigint', 'boolean'].includes(typeof values[name]) || isMissing(values[name]);

/** For messages: `a list`, `an object`, `null`, `a number`; never the value itself. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Number.isNaN(value)) return 'NaN';
  if (value === undefined) return 'nothing';
  if (value instanceof Uint8Array) return 'bytes that are not UTF-8';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
