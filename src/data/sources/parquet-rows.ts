/** Rows of Parquet files, some at a time, so that a file larger than the memory can be read. */
import { type AsyncBuffer, type FileMetaData, parquetReadObjects, type RowGroup } from 'hyparquet';
import { UserError } from '../../errors.ts';
import type { ReadOptions } from '../../platform/byte-stream.ts';
import { openRandomAccess, type RandomAccessFile } from '../../platform/files.ts';
import { fileError } from './file-fault.ts';
import { checkGroup, readFooter } from './parquet/check-footer.ts';
import { COMPRESSORS } from './parquet/decompress.ts';
import type { DataFile, SourceRow } from './row.ts';

/** Bytes of values, decompressed, that are turned into rows at once. */
const AT_ONCE = 64 * 1024 * 1024;
/** A column chunk is read and decompressed whole: beyond this many bytes a file is refused. */
const LARGEST_CHUNK = 512 * 1024 * 1024;
/** Bytes that a value takes in the memory at least. */
const PLACE = 8;

/** Rows between two reports of the bytes that they stand for: many rows are read at once, and used one by one. */
const REPORT_EVERY = 64;

/** Rows in the file's order. Integers of 64 bits become numbers where that is exact, and stay bigint elsewhere. */
export async function* parquetRows(file: DataFile, options: ReadOptions = {}): AsyncGenerator<SourceRow> {
  const handle = await open(file);
  try {
    const buffer: AsyncBuffer = {
      byteLength: handle.size,
      slice: (start, end = handle.size) => {
        const bytes = handle.read(start, end - start).then((read) => read.buffer);
        // Of several reads at once the first that fails is told; the others must not end the process.
        bytes.catch(() => undefined);
        return bytes;
      },
    };
    const metadata = await readable(file, () => readFooter(buffer));
    const bytesOfRow = handle.size / Math.max(1, Number(metadata.num_rows));
    let rowStart = 0;
    for (const group of metadata.row_groups) {
      const groupEnd = rowStart + Number(group.num_rows);
      const step = rowsAtOnce(file, group);
      await readable(file, () => checkGroup(buffer, metadata, group));
      for (; rowStart < groupEnd; rowStart = Math.min(groupEnd, rowStart + step)) {
        const rows = await readSome(file, buffer, metadata, rowStart, Math.min(groupEnd, rowStart + step));
        for (const [index, values] of rows.entries()) {
          const row = rowStart + index + 1;
          if (row % REPORT_EVERY === 0) options.onBytes?.(Math.floor(row * bytesOfRow));
          yield { values: plain(values) as SourceRow['values'], file: file.shown, row };
        }
      }
    }
    options.onBytes?.(handle.size);
  } finally {
    await handle.close();
  }
}

async function open(file: DataFile): Promise<RandomAccessFile> {
  try {
    return await openRandomAccess(file.local);
  } catch (cause) {
    throw fileError(file, cause);
  }
}

function rowsAtOnce(file: DataFile, group: RowGroup): number {
  let bytes = 0;
  for (const { meta_data } of group.columns) {
    const size = Math.max(
      Number(meta_data?.total_uncompressed_size ?? 0),
      Number(meta_data?.total_compressed_size ?? 0),
      // A run of one value takes no bytes in the file, but a place for each in the memory.
      PLACE * Number(meta_data?.num_values ?? 0),
    );
    bytes += size;
    if (size <= LARGEST_CHUNK) continue;
    throw new UserError(
      `The column ${meta_data!.path_in_schema.join('.')} has ${Math.round(size / 1024 / 1024)} MiB in one row group.`,
      {
        place: { file: file.shown },
        remedy: `At most ${LARGEST_CHUNK / 1024 / 1024} MiB are read: write the file with smaller row groups, of some 10,000 rows, or as JSONL.`,
      },
    );
  }
  const rows = Math.max(1, Number(group.num_rows));
  return Math.max(1, Math.floor(rows / Math.ceil(Math.max(1, bytes) / AT_ONCE)));
}

async function readSome(
  file: DataFile,
  buffer: AsyncBuffer,
  metadata: FileMetaData,
  rowStart: number,
  rowEnd: number,
): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = await readable(file, () =>
    parquetReadObjects({
      ...{ file: buffer, metadata, rowStart, rowEnd, compressors: COMPRESSORS, useOffsetIndex: true },
      parsers: { stringFromBytes: textOrBytes },
    }),
  );
  if (rows.length !== rowEnd - rowStart) {
    throw damaged(file, `rows ${rowStart + 1} to ${rowEnd} are announced, ${rows.length} are there`);
  }
  return rows;
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Bytes that are not UTF-8 stay bytes, so that who takes the column for text is told the row: replacement characters
 * would be learned. Columns of images, which nobody takes for text, are no fault of a file.
 */
function textOrBytes(bytes: Uint8Array | undefined): unknown {
  try {
    return bytes && UTF8.decode(bytes);
  } catch {
    return bytes;
  }
}

const NONSENSE = 'what it says about its columns makes no sense';

async function readable<T>(file: DataFile, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    // A TypeError's own words are about our library, which looks for what a whole file would have.
    const why = cause instanceof Error && !(cause instanceof TypeError) ? cause.message : NONSENSE;
    throw damaged(file, why.replace(/\.$/, ''), cause);
  }
}

function damaged(file: DataFile, why: string, cause?: unknown): UserError {
  return new UserError(`Cannot read this Parquet file: ${why}.`, {
    place: { file: file.shown },
    remedy: 'It is damaged or cut short: fetch it again.',
    cause,
  });
}

/** JSON's values where they are exact. Lists and structs that are not there come as undefined: they are null. */
function plain(value: unknown): unknown {
  if (value === undefined) return null;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  }
  return value;
}
