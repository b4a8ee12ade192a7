/** Rows of Parquet files, one row group at a time, so that a file larger than the memory can be read. */
import { type AsyncBuffer, type FileMetaData, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { UserError } from '../../errors.ts';
import { openRandomAccess } from '../../platform/files.ts';
import type { DataFile, SourceRow } from './row.ts';

/** Rows in the file's order. Integers of 64 bits become numbers where that is exact, and stay bigint elsewhere. */
export async function* parquetRows(file: DataFile): AsyncGenerator<SourceRow> {
  const handle = await openRandomAccess(file.local);
  try {
    const buffer: AsyncBuffer = {
      byteLength: handle.size,
      slice: async (start, end = handle.size) => (await handle.read(start, end - start)).buffer,
    };
    const metadata = await readable(file, () => parquetMetadataAsync(buffer));
    let rowStart = 0;
    for (const group of metadata.row_groups) {
      const rowEnd = rowStart + Number(group.num_rows);
      const rows = await readGroup(file, buffer, metadata, rowStart, rowEnd);
      for (const [index, values] of rows.entries()) {
        yield { values: plain(values) as SourceRow['values'], file: file.shown, row: rowStart + index + 1 };
      }
      rowStart = rowEnd;
    }
  } finally {
    await handle.close();
  }
}

async function readGroup(
  file: DataFile,
  buffer: AsyncBuffer,
  metadata: FileMetaData,
  rowStart: number,
  rowEnd: number,
): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = await readable(file, () =>
    parquetReadObjects({ file: buffer, metadata, rowStart, rowEnd, compressors }),
  );
  if (rows.length !== rowEnd - rowStart) {
    throw damaged(file, `rows ${rowStart + 1} to ${rowEnd} are announced, ${rows.length} are there`);
  }
  return rows;
}

async function readable<T>(file: DataFile, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw damaged(file, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function damaged(file: DataFile, why: string, cause?: unknown): UserError {
  return new UserError(`Cannot read this Parquet file: ${why}.`, {
    place: { file: file.shown },
    remedy: 'It is damaged or cut short: fetch it again.',
    cause,
  });
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  }
  return value;
}
