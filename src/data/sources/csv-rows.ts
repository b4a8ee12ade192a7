/** Rows of CSV files (RFC 4180: quotes, commas and line breaks inside quotes), read by `csv-parse`. */
import { CsvError, type Info, parse } from 'csv-parse/sync';
import { UserError } from '../../errors.ts';
import { readWholeText } from '../../platform/lines.ts';
import type { DataFile, SourceRow } from './row.ts';

/**
 * Rows of a `.csv` or `.tsv` file whose first line names the columns. Every value is text; empty cells are empty
 * texts. Throws UserError with file and line for a row of another length, an open quote, a column named twice.
 */
export async function* csvRows(file: DataFile): AsyncGenerator<SourceRow> {
  const text = await readText(file);
  const tabs = /\.tsv(\.gz)?$/i.test(file.local);
  for (const { record, info } of parseAll(text, file, tabs ? '\t' : ',')) {
    yield { values: record, file: file.shown, row: info.records, line: info.lines };
  }
}

interface Parsed {
  readonly record: Record<string, string>;
  readonly info: Info;
}

function parseAll(text: string, file: DataFile, delimiter: string): Parsed[] {
  try {
    return parse(text, {
      columns: (head: string[]) => uniqueNames(head, file),
      info: true,
      bom: true,
      skip_empty_lines: true,
      delimiter,
    }) as unknown as Parsed[];
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const { lines } = cause as unknown as { lines?: number };
    throw new UserError(`Not valid CSV: ${cause.message.replace(/\s*(at|on) line \d+.*$/, '')}.`, {
      place: { file: file.shown, ...(lines === undefined ? {} : { line: lines }) },
      remedy:
        'Every row needs as many cells as the first line names columns; cells with commas, quotes or line breaks stand in quotes, and a quote in them is doubled.',
      cause,
    });
  }
}

function uniqueNames(head: string[], file: DataFile): string[] {
  const twice = head.find((name, at) => head.indexOf(name) < at);
  if (twice === undefined) return head;
  throw new UserError(`The column "${twice}" is there twice.`, {
    place: { file: file.shown, line: 1 },
    remedy: 'Give every column a name of its own in the first line.',
  });
}

async function readText(file: DataFile): Promise<string> {
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
