/**
 * Whether the values of a page are as many and as long as its bytes. `hyparquet` takes lengths as they stand, reads on in
 * the next page where they are wrong, and tells nobody.
 */
import { deltaBinaryUnpack } from 'hyparquet/src/delta.js';
import { sumOf } from '../../sum-of.ts';
import { checkRuns, shortNumber } from './runs.ts';

/** Values that follow each other in a page's bytes. */
export interface PageValues {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly count: number;
  readonly type: string;
  /** Bytes of a value of the type FIXED_LEN_BYTE_ARRAY. */
  readonly length: number | undefined;
  readonly encoding: string;
  /** Values of the chunk's dictionary, where it has one. */
  readonly dictionary: number | undefined;
  /** In pages of the first version an index of no bits needs no run. */
  readonly version: 1 | 2;
}

const WIDTHS: Readonly<Record<string, number>> = { INT32: 4, INT64: 8, INT96: 12, FLOAT: 4, DOUBLE: 8 };

/** Throws Error where they are not. Encodings that `hyparquet` does not know it refuses itself. */
export function checkValues(values: PageValues): void {
  const { encoding, bytes, start, count } = values;
  if (encoding === 'PLAIN') checkPlain(values);
  else if (encoding === 'PLAIN_DICTIONARY' || encoding === 'RLE_DICTIONARY') checkIndexes(values);
  else if (encoding === 'RLE') {
    const length = sizeAt(bytes, start);
    checkRuns(bytes, part(bytes, start + 4, length), { count, width: 1, most: 1, wanted: 0 });
  } else if (encoding === 'BYTE_STREAM_SPLIT') fill(values, count * widthOf(values));
  else if (encoding === 'DELTA_BINARY_PACKED') {
    if (count > 0) checkDeltas(bytes, start, count, values.type === 'INT32' ? 32 : 64);
  } else if (encoding === 'DELTA_LENGTH_BYTE_ARRAY') checkLengths(values);
  else if (encoding === 'DELTA_BYTE_ARRAY') checkPrefixes(values);
}

/** `length` bytes from `start` on, which must be there. */
export function part(bytes: Uint8Array, start: number, length: number): { start: number; end: number } {
  if (length < 0 || start + length > bytes.length) throw new Error('a page is shorter than its parts');
  return { start, end: start + length };
}

export function sizeAt(bytes: Uint8Array, at: number): number {
  if (at + 4 > bytes.length) throw new Error('a page is shorter than its parts');
  return new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0, true);
}

function widthOf({ type, length }: PageValues): number {
  const width = type === 'FIXED_LEN_BYTE_ARRAY' ? length : WIDTHS[type];
  if (width === undefined || !(width > 0)) throw new Error(`the type ${type} has no length`);
  return width;
}

function fill({ bytes, start }: PageValues, size: number): void {
  const there = bytes.length - start;
  if (size !== there) throw new Error(`the values of a page take ${size} bytes, ${there} are there`);
}

function checkPlain(values: PageValues): void {
  const { bytes, start, count, type } = values;
  if (type === 'BOOLEAN') part(bytes, start, Math.ceil(count / 8));
  else if (type === 'BYTE_ARRAY') {
    let at = start;
    for (let index = 0; index < count; index++) at = part(bytes, at + 4, sizeAt(bytes, at)).end;
    fill(values, at - start);
  } else fill(values, count * widthOf(values));
}

function checkIndexes({ bytes, start, count, dictionary, version }: PageValues): void {
  if (dictionary === undefined) throw new Error('a page refers to a dictionary that is not there');
  if (count === 0) return;
  const width = bytes[part(bytes, start, 1).start]!;
  if (width > 32) throw new Error(`the indexes of a page have ${width} bits`);
  if (dictionary === 0) throw new Error('a page refers to an empty dictionary');
  if (width === 0 && version === 1) return;
  const range = { start: start + 1, end: bytes.length };
  checkRuns(bytes, range, { count, width, most: dictionary - 1, wanted: 0 });
}

/** A block of deltas of 2^20 values is a thousand times what writers choose. */
const LARGEST_BLOCK = 2 ** 20;

/** Throws Error unless `count` deltas are there (DELTA_BINARY_PACKED of the format's encodings). `bits`: of a value. */
function checkDeltas(bytes: Uint8Array, start: number, count: number, bits: number): void {
  const end = bytes.length;
  const block = shortNumber(bytes, start, end);
  const groups = shortNumber(bytes, block.at, end);
  const total = shortNumber(bytes, groups.at, end);
  const size = block.value / groups.value;
  if (!(block.value <= LARGEST_BLOCK && Number.isInteger(size) && size > 0 && size % 8 === 0))
    throw new Error(`a page has ${groups.value} groups of deltas in ${block.value}`);
  if (total.value !== count) throw new Error(`a page has ${total.value} deltas, not ${count}`);
  let at = longNumberEnd(bytes, total.at);
  for (let left = count - 1; left > 0; ) {
    const widths = part(bytes, longNumberEnd(bytes, at), groups.value);
    at = widths.end;
    for (let group = 0; group < groups.value && left > 0; group++, left -= size) {
      const width = bytes[widths.start + group]!;
      if (width > bits) throw new Error(`a page has deltas of ${width} bits`);
      // The last group may lack the bits that fill it up.
      const full = (size / 8) * width;
      const needed = Math.ceil((Math.min(size, left) * width) / 8);
      at = Math.min(part(bytes, at, needed).start + full, end);
    }
  }
}

function longNumberEnd(bytes: Uint8Array, start: number): number {
  for (let at = start; at < Math.min(bytes.length, start + 10); at++) if (bytes[at]! < 0x80) return at + 1;
  throw new Error('a page holds a number without an end');
}

/** The lengths at `start`, and where they end. */
function lengthsAt(bytes: Uint8Array, start: number, count: number): { lengths: Int32Array; at: number } {
  const lengths = new Int32Array(count);
  checkDeltas(bytes, start, count, 32);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reader = { view, offset: start };
  deltaBinaryUnpack(reader, count, lengths);
  if (lengths.some((length) => length < 0)) throw new Error('a page has a value of less than no bytes');
  return { lengths, at: reader.offset };
}

/** Bytes of values that share their beginnings, written out: a few could stand for all the memory. */
const MOST_REPEATED = 512 * 1024 * 1024;

function checkLengths(values: PageValues): void {
  if (values.count === 0) return;
  const { lengths, at } = lengthsAt(values.bytes, values.start, values.count);
  fill({ ...values, start: at }, sumOf(lengths));
}

function checkPrefixes(values: PageValues): void {
  if (values.count === 0) return;
  const prefixes = lengthsAt(values.bytes, values.start, values.count);
  const suffixes = lengthsAt(values.bytes, prefixes.at, values.count);
  fill({ ...values, start: suffixes.at }, sumOf(suffixes.lengths));
  let before = 0;
  let total = 0;
  for (const [index, prefix] of prefixes.lengths.entries()) {
    if (prefix > before) throw new Error('a value of a page repeats more than the one before it has');
    before = prefix + suffixes.lengths[index]!;
    total += before;
    if (total > MOST_REPEATED) throw new Error(`the values of a page take more than ${MOST_REPEATED} bytes`);
  }
}
