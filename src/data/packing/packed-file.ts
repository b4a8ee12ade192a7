/**
 * Packed rows on disk. `packed.bin`: for each row its ids (int32, little-endian) and its supervision mask (one byte a
 * token), padding included. `packed.json`: where each step begins, and the examples of each row.
 */
import { join } from 'node:path';
import { openRandomAccess } from '../../platform/files.ts';
import { Growing } from '../overlap/growing.ts';
import type { PackedData } from '../stage.ts';
import { sumOf } from '../sum-of.ts';
import { damagedData, type IndexedMember, readIndex } from './packed-index.ts';
import type { PackedRow } from './packed-row.ts';
import { RowList } from './row-list.ts';

/** Bytes of a token: its id and its mask. */
export const TOKEN_BYTES = 5;

/** Opens what `prepareStage` wrote. Throws UserError when it is not there or does not hold together. */
export async function openPacked(folder: string): Promise<PackedData> {
  const members = new RowList();
  let longest = 0;
  const { path, head, rows } = await readIndex(folder, () => (_, row) => {
    const lengths = row.map(([length]) => length);
    longest = Math.max(longest, sumOf(lengths));
    members.push(lengths);
  });
  const { rowLength, starts } = head;
  const file = await openRandomAccess(join(folder, 'packed.bin'));
  const rowBytes = rowLength * TOKEN_BYTES;
  if (file.size !== rows * rowBytes || starts.at(-1) !== rows || longest > rowLength) {
    await file.close();
    throw damagedData(path, `packed.bin has ${file.size} bytes where ${rows * rowBytes} belong`);
  }
  const steps = starts.length - 1;
  return {
    steps,
    rowLength,
    tokens: head.tokens,
    supervisedTokens: head.supervisedTokens,
    batch: async (step) => {
      if (!Number.isInteger(step) || step < 0 || step >= steps) {
        throw new RangeError(`step ${step} of ${steps}`);
      }
      const from = starts[step]!;
      const bytes = await file.read(from * rowBytes, (starts[step + 1]! - from) * rowBytes);
      return Array.from({ length: starts[step + 1]! - from }, (_, row) => {
        const own = bytes.subarray(row * rowBytes, (row + 1) * rowBytes);
        return packedRow(own, members.row(from + row), rowLength);
      });
    },
    close: () => file.close(),
  };
}

/** Examples of a stage in the order of its rows: of each the index of its source in `sources`, and its row there from 1. */
export interface PackedExamples {
  readonly sources: readonly string[];
  readonly lists: Uint32Array;
  readonly rows: Uint32Array;
}

/** Every example of what `prepareStage` wrote. Throws UserError when the index is not there or not what Carryover writes. */
export async function packedExamples(folder: string): Promise<PackedExamples> {
  const lists = new Growing(new Uint32Array(0));
  const rows = new Growing(new Uint32Array(0));
  const { head } = await readIndex(folder, () => (_, members) => {
    for (const [, list, row] of members) {
      lists.push(list);
      rows.push(row);
    }
  });
  const whole = (column: Growing<Uint32Array>) => column.array.subarray(0, column.length);
  return { sources: head.sources, lists: whole(lists), rows: whole(rows) };
}

/** An example in its place: its length in tokens, its source's name, its row there from 1, its epoch from 0. */
export interface PackedMember {
  readonly tokens: number;
  readonly source: string;
  readonly row: number;
  readonly epoch: number;
}

/** The examples of each row of step `step`, side by side as in `openPacked`'s rows. Throws as `packedExamples`. */
export async function packedMembers(folder: string, step: number): Promise<PackedMember[][]> {
  const found: (readonly IndexedMember[])[] = [];
  const { head } = await readIndex(folder, ({ starts }) => (row, members) => {
    if (row >= starts[step]! && row < starts[step + 1]!) found.push(members);
  });
  return found.map((members) =>
    members.map(([tokens, list, row, epoch]) => ({ tokens, source: head.sources[list]!, row, epoch })),
  );
}

function packedRow(bytes: Uint8Array, lengths: ArrayLike<number>, rowLength: number): PackedRow {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const row: PackedRow = {
    ids: Int32Array.from({ length: rowLength }, (_, index) => view.getInt32(4 * index, true)),
    positions: new Int32Array(rowLength),
    segments: new Int32Array(rowLength).fill(-1),
    supervised: bytes.slice(4 * rowLength),
  };
  let place = 0;
  for (let segment = 0; segment < lengths.length; segment++) {
    const length = lengths[segment]!;
    row.segments.fill(segment, place, place + length);
    for (let index = 0; index < length; index++) row.positions[place + index] = index;
    place += length;
  }
  return row;
}
