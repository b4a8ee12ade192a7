/**
 * Packed rows on disk. `packed.bin`: for each row its ids (int32, little-endian) and its supervision mask (one byte a
 * token), padding included. `packed.json`: where each step begins, and the examples of each row.
 */
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../errors.ts';
import { exists, openRandomAccess, readText, writeAtomic } from '../platform/files.ts';
import type { BatchPlan } from './batch-plan.ts';
import type { Example } from './load-source.ts';
import type { PackedRow } from './packed-row.ts';
import type { PackedData } from './stage.ts';

const indexSchema = z.strictObject({
  version: z.literal(1),
  rowLength: z.int().min(1),
  tokens: z.int(),
  supervisedTokens: z.int(),
  sources: z.array(z.string()),
  /** First row of each step, and the number of rows at the end. */
  starts: z.array(z.int()).min(2),
  /** Examples of each row: length in tokens, index of the source, row in the source, epoch. */
  rows: z.array(z.array(z.tuple([z.int(), z.int(), z.int(), z.int()]))),
});
type PackedIndex = z.infer<typeof indexSchema>;

/** An example and where it is from. */
export interface PlacedExample extends Example {
  /** Index of its source. */
  readonly list: number;
  readonly epoch: number;
  /** The moment of the stage at which it is due, 0 to 1. */
  readonly at: number;
}

/** Bytes of a token: its id and its mask. */
const TOKEN_BYTES = 5;

/** The content of both files. */
export function packedFiles(
  examples: readonly PlacedExample[],
  plan: BatchPlan,
  sources: readonly string[],
): { readonly bin: Uint8Array; readonly index: string } {
  const { rowLength, rows, starts } = plan;
  const bin = new Uint8Array(rows.length * rowLength * TOKEN_BYTES);
  const view = new DataView(bin.buffer);
  let tokens = 0;
  let supervisedTokens = 0;
  for (const [row, members] of rows.entries()) {
    let place = 0;
    const base = row * rowLength * TOKEN_BYTES;
    for (const member of members) {
      const { ids, supervised, learns } = examples[member]!;
      for (const [index, id] of ids.entries()) view.setInt32(base + 4 * (place + index), id, true);
      bin.set(supervised, base + 4 * rowLength + place);
      place += ids.length;
      supervisedTokens += learns;
    }
    tokens += place;
  }
  const index: PackedIndex = {
    version: 1,
    rowLength,
    tokens,
    supervisedTokens,
    sources: [...sources],
    starts: [...starts],
    rows: rows.map((members) =>
      members.map((member) => {
        const { ids, list, row, epoch } = examples[member]!;
        return [ids.length, list, row, epoch] as [number, number, number, number];
      }),
    ),
  };
  return { bin, index: `${JSON.stringify(index)}\n` };
}

export async function writePacked(folder: string, files: ReturnType<typeof packedFiles>): Promise<void> {
  await writeAtomic(join(folder, 'packed.bin'), files.bin);
  await writeAtomic(join(folder, 'packed.json'), files.index);
}

/** Opens what `prepareStage` wrote. Throws UserError when it is not there or does not hold together. */
export async function openPacked(folder: string): Promise<PackedData> {
  const { path, index } = await readIndex(folder);
  const { rowLength, rows, starts } = index;
  const file = await openRandomAccess(join(folder, 'packed.bin'));
  const rowBytes = rowLength * TOKEN_BYTES;
  const fits = rows.every((row) => row.reduce((sum, [length]) => sum + length, 0) <= rowLength);
  if (file.size !== rows.length * rowBytes || starts.at(-1) !== rows.length || !fits) {
    await file.close();
    throw damaged(path, `packed.bin has ${file.size} bytes where ${rows.length * rowBytes} belong`);
  }
  const steps = starts.length - 1;
  return {
    steps,
    rowLength,
    tokens: index.tokens,
    supervisedTokens: index.supervisedTokens,
    batch: async (step) => {
      if (!Number.isInteger(step) || step < 0 || step >= steps) {
        throw new RangeError(`step ${step} of ${steps}`);
      }
      const from = starts[step]!;
      const bytes = await file.read(from * rowBytes, (starts[step + 1]! - from) * rowBytes);
      return rows.slice(from, starts[step + 1]!).map((members, row) => {
        return packedRow(bytes.subarray(row * rowBytes, (row + 1) * rowBytes), members, rowLength);
      });
    },
    close: () => file.close(),
  };
}

/**
 * Every example of what `prepareStage` wrote: its source's name and its row there, from 1. Throws UserError when the
 * index is not there or not what Carryover writes.
 */
export async function packedExamples(folder: string): Promise<{ source: string; row: number }[]> {
  const { sources, rows } = (await readIndex(folder)).index;
  return rows.flat().map(([, list, row]) => ({ source: sources[list]!, row }));
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
  const { sources, rows, starts } = (await readIndex(folder)).index;
  return rows
    .slice(starts[step]!, starts[step + 1]!)
    .map((members) =>
      members.map(([tokens, list, row, epoch]) => ({ tokens, source: sources[list]!, row, epoch })),
    );
}

function packedRow(bytes: Uint8Array, members: PackedIndex['rows'][number], rowLength: number): PackedRow {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const row: PackedRow = {
    ids: Int32Array.from({ length: rowLength }, (_, index) => view.getInt32(4 * index, true)),
    positions: new Int32Array(rowLength),
    segments: new Int32Array(rowLength).fill(-1),
    supervised: bytes.slice(4 * rowLength),
  };
  let place = 0;
  for (const [segment, [length]] of members.entries()) {
    row.segments.fill(segment, place, place + length);
    for (let index = 0; index < length; index++) row.positions[place + index] = index;
    place += length;
  }
  return row;
}

async function readIndex(folder: string): Promise<{ readonly path: string; readonly index: PackedIndex }> {
  const path = join(folder, 'packed.json');
  if (!(await exists(path))) {
    throw new UserError('There is no prepared data here.', {
      place: { file: path },
      remedy: 'Prepare the stage again: carryover run does it for the steps that need it.',
    });
  }
  return { path, index: parseIndex(path, await readText(path)) };
}

function parseIndex(path: string, text: string): PackedIndex {
  try {
    return indexSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw damaged(path, 'the index is not what Carryover writes', cause);
  }
}

function damaged(file: string, what: string, cause?: unknown): UserError {
  return new UserError(`The prepared data is damaged: ${what}.`, {
    place: { file },
    remedy: 'Delete this folder; the data is prepared again.',
    cause,
  });
}
