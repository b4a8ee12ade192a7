/**
 * Whether the pages of a column chunk are what the footer and their own headers say: sizes, numbers of values, levels,
 * indexes and, where they are noted, checksums (https://parquet.apache.org/docs/file-format/). `hyparquet` asserts none of
 * this: a changed byte keeps it busy for minutes, shifts values to other rows, or leaves some out.
 */
import { crc32 } from 'node:zlib';
import type { ColumnMetaData, OffsetIndex, PageHeader, SchemaTree } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { decompressPage } from 'hyparquet/src/datapage.js';
import { getMaxDefinitionLevel, getMaxRepetitionLevel } from 'hyparquet/src/schema.js';
import { COMPRESSORS } from './decompress.ts';
import { checkRuns } from './runs.ts';
import { structEnd } from './thrift-walk.ts';
import { checkValues, type PageValues, part, sizeAt } from './values.ts';

export interface Chunk {
  readonly bytes: Uint8Array;
  readonly column: ColumnMetaData;
  /** From the root of the schema to the column. */
  readonly path: readonly SchemaTree[];
  /** Rows of the row group. */
  readonly rows: number;
}

/** A data page: its place in the chunk, its size with its header, and the first of its rows in the row group. */
export interface PagePlace {
  readonly offset: number;
  readonly size: number;
  readonly firstRow: number;
}

/** Returns the chunk's data pages. Throws Error, in words, for the first thing that is not as announced. */
export function checkChunk(chunk: Chunk): PagePlace[] {
  const { column, rows } = chunk;
  const wanted = Number(column.num_values);
  const places: PagePlace[] = [];
  let dictionary: number | undefined;
  let values = 0;
  let row = 0;
  for (let offset = 0; values < wanted; ) {
    const { header, data, end } = pageAt(chunk, offset);
    if (header.type === 'DICTIONARY_PAGE') dictionary = checkDictionary(chunk, header, data);
    else {
      places.push({ offset, size: end - offset, firstRow: row });
      const page = checkPage(chunk, header, data, dictionary, values === 0);
      values += page.values;
      row += page.rows;
    }
    offset = end;
  }
  if (values !== wanted) throw new Error(`${wanted} values are announced, its pages have ${values}`);
  if (row !== rows) throw new Error(`its row group has ${rows} rows, its pages have ${row}`);
  return places;
}

/** Throws Error unless an index of pages, which says what to read for a row, agrees with the pages. */
export function checkIndex(index: OffsetIndex, places: readonly PagePlace[], chunkStart: number): void {
  const agree =
    index.page_locations.length === places.length &&
    index.page_locations.every(
      (page, at) =>
        Number(page.offset) === chunkStart + places[at]!.offset &&
        page.compressed_page_size === places[at]!.size &&
        Number(page.first_row_index) === places[at]!.firstRow,
    );
  if (!agree) throw new Error('its index of pages does not agree with the pages');
}

interface Page {
  readonly header: PageHeader;
  /** As it stands in the file. */
  readonly data: Uint8Array;
  readonly end: number;
}

function pageAt({ bytes, column }: Chunk, offset: number): Page {
  const start = structEnd(bytes, offset);
  const header = parquetHeader({ view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), offset });
  const { compressed_page_size: size, uncompressed_page_size: whole, crc } = header;
  if (!(size >= 0 && start + size <= bytes.length)) throw new Error('a page reaches beyond its column');
  const most = Math.max(Number(column.total_uncompressed_size), Number(column.total_compressed_size));
  if (!(whole >= 0 && whole <= most)) throw new Error(`a page of ${whole} bytes is in a column of ${most}`);
  const data = bytes.subarray(start, start + size);
  if (crc !== undefined && crc32(data) !== crc >>> 0) throw new Error('the checksum of a page is another');
  return { header, data, end: start + size };
}

function checkDictionary(
  chunk: Chunk,
  { dictionary_page_header: head, ...page }: PageHeader,
  data: Uint8Array,
) {
  const count = head?.num_values ?? -1;
  if (!(count >= 0)) throw new Error(`a dictionary has ${count} values`);
  const bytes = decompressPage(data, page.uncompressed_page_size, chunk.column.codec, COMPRESSORS);
  // PLAIN_DICTIONARY is the older name of the same.
  checkValues({ ...valuesOf(chunk, bytes, 0, count), encoding: 'PLAIN', dictionary: undefined, version: 1 });
  return count;
}

function valuesOf(
  { path, column }: Chunk,
  bytes: Uint8Array,
  start: number,
  count: number,
): Pick<PageValues, 'bytes' | 'start' | 'count' | 'type' | 'length'> {
  if (count < 0) throw new Error('a page has less than no values');
  return { bytes, start, count, type: column.type, length: path.at(-1)!.element.type_length };
}

/** Values of the page, those that are null among them, and how many rows begin in it. */
function checkPage(
  chunk: Chunk,
  header: PageHeader,
  data: Uint8Array,
  dictionary: number | undefined,
  isFirst: boolean,
): { values: number; rows: number } {
  const { codec } = chunk.column;
  const path = [...chunk.path];
  const levels = { repetition: getMaxRepetitionLevel(path), definition: getMaxDefinitionLevel(path) };
  const one = header.data_page_header;
  const two = header.data_page_header_v2;
  const head = header.type === 'DATA_PAGE' ? one : header.type === 'DATA_PAGE_V2' ? two : undefined;
  if (head === undefined) throw new Error(`a page is of the kind ${header.type}`);
  const values = head.num_values;
  // Arrow writes pages without any value behind long lists.
  if (!(values >= 0)) throw new Error(`a page has ${values} values`);
  let bytes = data;
  let at = 0;
  const level = (most: number, length: number | undefined, wanted: number): ReturnType<typeof checkRuns> => {
    if (most === 0) return { equal: wanted === 0 ? values : 0, first: 0 };
    const range = length === undefined ? part(bytes, at + 4, sizeAt(bytes, at)) : part(bytes, at, length);
    at = range.end;
    return checkRuns(bytes, range, { count: values, width: 32 - Math.clz32(most), most, wanted });
  };
  if (head === one) {
    const { repetition_level_encoding, definition_level_encoding } = one;
    if (levels.repetition > 0 && repetition_level_encoding !== 'RLE')
      throw new Error(`levels in ${repetition_level_encoding} cannot be read`);
    if (levels.definition > 0 && definition_level_encoding !== 'RLE')
      throw new Error(`levels in ${definition_level_encoding} cannot be read`);
    bytes = decompressPage(data, header.uncompressed_page_size, codec, COMPRESSORS);
  }
  const starts = level(levels.repetition, two?.repetition_levels_byte_length, 0);
  if (isFirst && values > 0 && starts.first !== 0)
    throw new Error('its first value goes on with a row that is not there');
  const defined =
    levels.definition === 0
      ? values
      : level(levels.definition, two?.definition_levels_byte_length, levels.definition).equal;
  if (head === two) {
    if (two.num_nulls !== values - defined)
      throw new Error(`a page announces ${two.num_nulls} empty values, ${values - defined} are there`);
    if (two.num_rows !== starts.equal)
      throw new Error(`a page announces ${two.num_rows} rows, ${starts.equal} are there`);
    const rest =
      header.uncompressed_page_size - two.repetition_levels_byte_length - two.definition_levels_byte_length;
    bytes = data.subarray(two.repetition_levels_byte_length + two.definition_levels_byte_length);
    if (two.is_compressed !== false) bytes = decompressPage(bytes, rest, codec, COMPRESSORS);
    at = 0;
  }
  checkValues({
    ...valuesOf(chunk, bytes, at, defined),
    ...{ encoding: head.encoding, dictionary, version: head === one ? 1 : 2 },
  });
  return { values, rows: starts.equal };
}
