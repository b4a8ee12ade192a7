/**
 * Rows of CSV files (RFC 4180): the first line names the columns, every value is text, quoted values may hold line
 * breaks. Parsed by csv-parse. GPQA is given out in this form.
 */
import { CsvError, parse } from 'csv-parse/sync';
import { UserError } from '../../errors.ts';
import { readWholeText } from '../../platform/lines.ts';
import type { DataFile, SourceRow } from './row.ts';

/** Blank lines are skipped. Throws UserError with file and line where the file is no CSV, or not UTF-8. */
export async function* csvRows(file: DataFile): AsyncGenerator<SourceRow> {
  const text = await wholeText(file);
  let rows: Record<string, string>[];
  try {
    rows = parse(text, { columns: true, skip_empty_lines: true });
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const line = (cause as CsvError & { readonly lines?: number }).lines;
    throw new UserError(`Not valid CSV: ${cause.message.replace(/\s*(at|on) line \d+.*$/, '')}.`, {
      place: { file: file.shown, ...(line === undefined ? {} : { line }) },
      remedy:
        'Every row needs as many values as the first line names columns; quotes inside quotes are doubled.',
      cause,
    });
  }
  for (const [index, values] of rows.entries()) yield { values, file: file.shown, row: index + 1 };
}

async function wholeText(file: DataFile): Promise<string> {
  try {
    return await readWholeText(file.local);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new UserError('The bytes here are not UTF-8.', {
      place: { file: file.shown },
      remedy: 'Save the file as UTF-8.',
      cause,
    });
  }
}
