/** A row as a line of JSON, with its own columns, for files of rows that were kept. */
import type { SourceRow } from '../sources/row.ts';

/**
 * Ended with a line break. A row of a JSON file is copied as it stands there, with every digit. Of what Parquet has and
 * JSON has not, dates become ISO texts, whole numbers beyond 2^53 texts of their digits, and bytes that are no text base64.
 */
export function rowLine({ values, json }: SourceRow): string {
  if (json !== undefined) return `${json}\n`;
  const plain = (_: string, value: unknown): unknown => {
    if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
    return typeof value === 'bigint' ? String(value) : value;
  };
  return `${JSON.stringify(values, plain)}\n`;
}
