/** One row of a data file and where it came from. */
import { type Place, UserError } from '../../errors.ts';

export interface SourceRow {
  /** Column values: JSON values, and Date, bigint or bytes (Uint8Array) where a Parquet column holds what JSON cannot. */
  readonly values: Readonly<Record<string, unknown>>;
  /** As the user knows it: the path they typed, or `<dataset id>/<path in the repository>`. */
  readonly file: string;
  /** Number of the row in its file, from 1. */
  readonly row: number;
  /** Line of the file, from 1, where rows are lines. */
  readonly line?: number;
  /** The row as it stands in a file of JSON, on one line and without a line break: `values` lacks long digits and 1.0. */
  readonly json?: string;
}

/** A file to read: its path on this machine, and the name used in messages and receipts. */
export interface DataFile {
  readonly local: string;
  readonly shown: string;
}

/** The error for a row that cannot be used. The place is `file:line`, or the row's number where rows are no lines. */
export function rowError(row: SourceRow, what: string, remedy: string): UserError {
  const place: Place = row.line === undefined ? { file: row.file } : { file: row.file, line: row.line };
  return new UserError(row.line === undefined ? `row ${row.row}: ${what}` : what, { place, remedy });
}
