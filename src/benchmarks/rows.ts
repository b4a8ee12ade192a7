/** Reads columns of a dataset row. A missing column or another type is a damaged copy: UserError names the column. */
import { UserError } from '../errors.ts';
import type { Row } from './benchmark.ts';

function wrong(row: Row, column: string, expected: string): UserError {
  return new UserError(`The column "${column}" of a dataset row is not ${expected}.`, {
    remedy: `The row has the columns ${Object.keys(row).join(', ')}. Is the copy of the dataset the right one?`,
  });
}

export function textOf(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw wrong(row, column, 'text');
  return value;
}

/** Whole numbers come as `number` or, from 64-bit columns, as `bigint`. */
export function integerOf(row: Row, column: string): number {
  const value = row[column];
  const number = typeof value === 'bigint' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number)) throw wrong(row, column, 'a whole number');
  return number;
}

export function booleanOf(row: Row, column: string): boolean {
  const value = row[column];
  if (typeof value !== 'boolean') throw wrong(row, column, 'true or false');
  return value;
}

/** A list of whole numbers, such as the places of the right choices. */
export function indicesOf(row: Row, column: string): number[] {
  const value = row[column];
  if (!Array.isArray(value)) throw wrong(row, column, 'a list of whole numbers');
  return value.map((entry: unknown) => integerOf({ [column]: entry }, column));
}

export function textsOf(row: Row, column: string): string[] {
  const value = row[column];
  if (!Array.isArray(value) || value.some((entry) => typeof entry !== 'string')) {
    throw wrong(row, column, 'a list of texts');
  }
  return value as string[];
}

/** The hub's `choices` column of ARC and CommonsenseQA: two lists of equal length. */
export function labelledChoicesOf(row: Row, column: string): { texts: string[]; labels: string[] } {
  const value = row[column];
  if (typeof value !== 'object' || value === null) throw wrong(row, column, 'a pair of lists');
  const texts = textsOf(value as Row, 'text');
  const labels = textsOf(value as Row, 'label');
  if (texts.length !== labels.length) throw wrong(row, column, 'two lists of equal length');
  return { texts, labels };
}
