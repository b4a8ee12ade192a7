/** Rows of any data file, and whole splits of hub datasets as benchmarks want them. */
import type { DatasetSplit, Row } from '../../benchmarks/benchmark.ts';
import { UserError } from '../../errors.ts';
import type { ReadOptions } from '../../platform/byte-stream.ts';
import { type HubOptions, hubFiles } from '../../platform/hub.ts';
import { whyNotReadable } from '../../platform/readable.ts';
import { csvRows } from './csv-rows.ts';
import { jsonlRows, jsonRows } from './json-rows.ts';
import { parquetRows } from './parquet-rows.ts';
import type { DataFile, SourceRow } from './row.ts';

type Reader = (file: DataFile, options?: ReadOptions) => AsyncGenerator<SourceRow>;

/** How each kind of text file is read, by the end of its name. */
const TEXT_READERS: Readonly<Record<string, Reader>> = {
  '.jsonl': jsonlRows,
  '.ndjson': jsonlRows,
  '.json': jsonRows,
  '.csv': csvRows,
  '.tsv': csvRows,
};

/** All kinds. Text files may be compressed. */
const READERS: Readonly<Record<string, Reader>> = {
  '.parquet': parquetRows,
  ...Object.fromEntries(
    Object.entries(TEXT_READERS).flatMap(([ending, reader]) =>
      ['', '.gz', '.zst'].map((packed) => [`${ending}${packed}`, reader]),
    ),
  ),
};

export const DATA_ENDINGS: readonly string[] = Object.keys(READERS);

/**
 * Rows of one file in its order, read as they are asked for. Throws UserError for an unknown ending, for a file that is
 * missing, empty or not to be read, and for malformed content.
 */
export async function* fileRows(file: DataFile, options?: ReadOptions): AsyncGenerator<SourceRow> {
  const ending = DATA_ENDINGS.find((end) => file.local.toLowerCase().endsWith(end));
  if (ending === undefined) {
    throw new UserError('This kind of data file is not known.', {
      place: { file: file.shown },
      remedy: `Known endings: .parquet; ${Object.keys(TEXT_READERS).join(', ')}, also with .gz or .zst after them.`,
    });
  }
  const blocked = await whyNotReadable(file.local);
  if (blocked) throw new UserError(blocked.what, { place: { file: file.shown }, remedy: blocked.remedy });
  yield* READERS[ending]!(file, options);
}

/**
 * All rows of a benchmark's split in the hub's order: files by name, rows as they stand. Throws UserError when the
 * dataset or a file that fits cannot be had.
 */
export async function readRows(split: DatasetSplit, options: HubOptions = {}): Promise<Row[]> {
  const rows: Row[] = [];
  const repo = { kind: 'dataset', id: split.dataset } as const;
  for (const { path, local } of await hubFiles(repo, split.files, options)) {
    for await (const { values } of fileRows({ local, shown: `${split.dataset}/${path}` })) rows.push(values);
  }
  return rows;
}
