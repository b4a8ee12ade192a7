/** Rows of CSV files (RFC 4180: quotes, commas and line breaks inside quotes), read by `csv-parse` as a stream. */
import { Readable } from 'node:stream';
import { CsvError, type Info, parse } from 'csv-parse';
import { UserError } from '../../errors.ts';
import type { ReadOptions } from '../../platform/byte-stream.ts';
import { LONGEST_LINE, readLineBlocks } from '../../platform/lines.ts';
import { fileError } from './file-fault.ts';
import type { DataFile, SourceRow } from './row.ts';

/**
 * Rows of a `.csv` or `.tsv` file whose first line names the columns. Every value is text; empty cells are empty
 * texts. Throws UserError with file and line for a row of another length, an open quote, a column named twice.
 */
export async function* csvRows(file: DataFile, options?: ReadOptions): AsyncGenerator<SourceRow> {
  const parser = parse({
    columns: (head: string[]) => uniqueNames(head, file),
    info: true,
    skip_empty_lines: true,
    delimiter: /\.tsv(\.gz|\.zst)?$/i.test(file.local) ? '\t' : ',',
    max_record_size: LONGEST_LINE,
    // All of them, and not the one that the first line ends in: files joined from several systems' have both.
    record_delimiter: ['\r\n', '\n', '\r'],
  });
  const blocks = Readable.from(readLineBlocks(file.local, options));
  blocks.on('error', (error) => parser.destroy(error));
  blocks.pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      yield { values: record, file: file.shown, row: info.records, line: info.lines };
    }
  } catch (cause) {
    throw cause instanceof CsvError ? csvError(file, cause) : fileError(file, cause);
  } finally {
    blocks.destroy();
  }
}

interface Parsed {
  readonly record: Record<string, string>;
  readonly info: Info;
}

function csvError(file: DataFile, cause: CsvError): UserError {
  const { lines } = cause as unknown as { lines?: number };
  const place = { file: file.shown, ...(lines === undefined ? {} : { line: lines }) };
  if (cause.code === 'CSV_MAX_RECORD_SIZE') {
    return new UserError(`A row here is longer than ${LONGEST_LINE / 1024 / 1024} MiB.`, {
      place,
      remedy: 'A quote before it may be open to the end of the file: close it.',
      cause,
    });
  }
  return new UserError(`Not valid CSV: ${cause.message.replace(/\s*(at|on) line \d+.*$/, '')}.`, {
    place,
    remedy:
      'Every row needs as many cells as the first line names columns; cells with commas, quotes or line breaks stand in quotes, and a quote in them is doubled.',
    cause,
  });
}

function uniqueNames(head: string[], file: DataFile): string[] {
  const twice = head.find((name, at) => head.indexOf(name) < at);
  if (twice === undefined) return head;
  throw new UserError(`The column "${twice}" is there twice.`, {
    place: { file: file.shown, line: 1 },
    remedy: 'Give every column a name of its own in the first line.',
  });
}
