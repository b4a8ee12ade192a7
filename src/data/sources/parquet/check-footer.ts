/** Whether a Parquet file's footer agrees with itself, and its row groups with it: before any row is read. */
import {
  type AsyncBuffer,
  type ColumnMetaData,
  type FileMetaData,
  parquetMetadataAsync,
  parquetSchema,
  type RowGroup,
  readOffsetIndex,
  type SchemaTree,
} from 'hyparquet';
import { getPhysicalColumns, getTreePath } from 'hyparquet/src/schema.js';
import { checkChunk, checkIndex } from './check-chunk.ts';
import { structEnd } from './thrift-walk.ts';

/** The footer's length and the file's mark stand behind it. */
const TAIL = 8;

/** Throws Error, in words, for a footer that is none or contradicts itself. */
export async function readFooter(buffer: AsyncBuffer): Promise<FileMetaData> {
  if (buffer.byteLength > TAIL) {
    const tail = await buffer.slice(buffer.byteLength - TAIL, buffer.byteLength);
    const length = new DataView(tail).getUint32(0, true);
    // Other lengths are refused by the reader itself.
    if (length <= buffer.byteLength - TAIL) {
      const start = buffer.byteLength - TAIL - length;
      structEnd(new Uint8Array(await buffer.slice(start, start + length)), 0);
    }
  }
  // Looking for columns of places on the earth, it goes round for ever where an element has less than no children.
  const metadata = await parquetMetadataAsync(buffer, { geoparquet: false });
  const counts = metadata.row_groups.map((group) => Number(group.num_rows));
  const all = counts.reduce((sum, count) => sum + count, 0);
  // Numbers of rows that are none would make reading endless or empty.
  if (counts.some((count) => !(count >= 0)) || all !== Number(metadata.num_rows))
    throw new Error(`${all} rows are in its groups, ${metadata.num_rows} in the file`);
  const { count } = parquetSchema(metadata);
  if (count !== metadata.schema.length)
    throw new Error(
      `its schema has ${metadata.schema.length} elements, of which ${count} are in their place`,
    );
  return metadata;
}

/** Throws Error for the first thing in a row group that is not as the footer announces. */
export async function checkGroup(
  buffer: AsyncBuffer,
  metadata: FileMetaData,
  group: RowGroup,
): Promise<void> {
  const tree = parquetSchema(metadata);
  const names = group.columns.map(({ meta_data }) => meta_data?.path_in_schema.join('.') ?? '?');
  if (names.toSorted().join('\n') !== getPhysicalColumns(tree).toSorted().join('\n'))
    throw new Error('the columns of a row group are not those of its schema');
  for (const [index, chunk] of group.columns.entries()) {
    try {
      await checkColumn(buffer, tree, group, chunk, chunk.meta_data!);
    } catch (cause) {
      // A RangeError or TypeError is about our library, which looked for what a whole file would have.
      const why =
        cause instanceof Error && cause.constructor === Error ? cause.message : 'its bytes make no sense';
      throw new Error(`column ${names[index]}: ${why}`, { cause });
    }
  }
}

async function checkColumn(
  buffer: AsyncBuffer,
  tree: SchemaTree,
  group: RowGroup,
  chunk: RowGroup['columns'][number],
  column: ColumnMetaData,
): Promise<void> {
  const path = getTreePath(tree, column.path_in_schema);
  if (path.at(-1)!.element.type !== column.type)
    throw new Error(`it is of ${column.type}, in the schema of ${path.at(-1)!.element.type}`);
  const start = Number(column.dictionary_page_offset || column.data_page_offset);
  const size = Number(column.total_compressed_size);
  if (!(start >= 0 && size >= 0 && start + size <= buffer.byteLength))
    throw new Error('it reaches beyond the file');
  const bytes = new Uint8Array(await buffer.slice(start, start + size));
  const places = checkChunk({ bytes, column, path, rows: Number(group.num_rows) });
  if (!chunk.offset_index_offset || !chunk.offset_index_length) return;
  const indexStart = Number(chunk.offset_index_offset);
  const index = await buffer.slice(indexStart, indexStart + chunk.offset_index_length);
  structEnd(new Uint8Array(index), 0);
  checkIndex(readOffsetIndex({ view: new DataView(index), offset: 0 }), places, start);
}
