/** A row as a line of JSON, with its own columns, for files of rows that were kept. */
import type { SourceRow } from '../sources/row.ts';

/** Dates become ISO texts; whole numbers beyond 2^53 (from Parquet) texts of their digits. Ended with a line break. */
export function rowLine({ values }: SourceRow): string {
  const plain = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);
  return `${JSON.stringify(values, plain)}\n`;
}
