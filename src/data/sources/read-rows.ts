/** Rows of any data file, and whole splits of hub datasets as benchmarks want them. */
import type { DatasetSplit, Row } from '../../benchmarks/benchmark.ts';
import { UserError } from '../../errors.ts';
import { fileStat } from '../../platform/files.ts';
import { type HubOptions, hubFiles } from '../../platform/hub.ts';
import { csvRows } from './csv-rows.ts';
import { jsonlRows, jsonRows } from './json-rows.ts';
import { parquetRows } from './parquet-rows.ts';
import type { DataFile, SourceRow } from './row.ts';

/** How each kind of file is read, by the end of its name. `.gz` files are decompressed on the way. */
const READERS: Readonly<Record<string, (file: DataFile) => AsyncGenerator<SourceRow>>> = {
  '.parquet': parquetRows,
  '.jsonl': jsonlRows,
  '.jsonl.gz': jsonlRows,
  '.ndjson': jsonlRows,
  '.json': jsonRows,
  '.json.gz': jsonRows,
  '.csv': csvRows,
  '.csv.gz': csvRows,
  '.tsv': csvRows,
};

export const DATA_ENDINGS: readonly string[] = Object.keys(READERS);

/** Rows of one file in its order. Throws UserError for an unknown ending, a missing file and malformed content. */
export async function* fileRows(file: DataFile): AsyncGenerator<SourceRow> {
  const ending = DATA_ENDINGS.find((end) => file.local.toLowerCase().endsWith(end));
  if (ending === undefined) {
    throw new UserError('This kind of data file is not known.', {
      place: { file: file.shown },
      remedy: `Known endings: ${DATA_ENDINGS.join(', ')}.`,
    });
  }
  const found = await fileStat(file.local);
  if (found === null || found.folder) {
    throw new UserError(found ? 'This is a folder, not a data file.' : 'There is no such file.', {
      place: { file: file.shown },
      remedy: 'Check the path.',
    });
  }
  yield* READERS[ending]!(file);
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
