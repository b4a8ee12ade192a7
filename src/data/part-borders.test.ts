/** What parts, epochs and sources without a number of tokens take of a source, read back from the packed rows. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { byteLevelTokenizer } from '../../test/support/tiny-tokenizer.ts';
import { openPacked, packedMembers } from './packing/packed-file.ts';
import { prepareStage } from './prepare-stage.ts';
import type { StagePart, StageSpec } from './stage.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-parts-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const { tokenizer } = byteLevelTokenizer(['<|im_start|>', '<|im_end|>']);
const STOP = tokenizer.tokenId('<|im_end|>')!;
/** Supervised tokens of every row: ten characters and the stop token. */
const LEARNS = 11;

interface Taken {
  readonly row: number;
  readonly epoch: number;
  readonly ids: readonly number[];
  /** Places of the supervised tokens. */
  readonly supervised: readonly number[];
}

/** Two examples do not fit into one packed row, so that the rows have the order of the stage. */
async function taken(
  name: string,
  part: Omit<StagePart, 'source'> | undefined,
  maxEpochs = 1,
): Promise<Taken[]> {
  const spec: StageSpec = {
    sources: { rows: { file: 'rows.jsonl', maxEpochs } },
    ...(part ? { parts: [{ source: 'rows', ...part }] } : {}),
    seed: 3,
    rowLength: 56,
    batches: { rowsPerStep: 1 },
    baseFolder: folder,
  };
  const out = join(folder, name);
  await prepareStage(spec, { tokenizer, chatTemplate: undefined, folder: out });
  const data = await openPacked(out);
  const found: Taken[] = [];
  for (let step = 0; step < data.steps; step++) {
    const [row] = await data.batch(step);
    const [[member, ...others] = []] = await packedMembers(out, step);
    expect(others).toEqual([]);
    const { tokens, row: number, epoch } = member!;
    const supervised = [...row!.supervised.keys()].filter((place) => row!.supervised[place] === 1);
    found.push({ row: number, epoch, ids: [...row!.ids.subarray(0, tokens)], supervised });
  }
  await data.close();
  return found;
}

/** Digits that the tokenizer merges with nothing. */
const lettered = (number: number, length: number): string =>
  [...String(number).padStart(length, '0')].map((digit) => 'kmnprstvwx'[Number(digit)]).join('');

/** Rows of one length; question and answer have the row's number. */
async function write(rows: number): Promise<void> {
  const line = (number: number): string =>
    JSON.stringify({
      question: lettered(number, 6),
      answer: lettered(number, 10),
    });
  await writeFile(
    join(folder, 'rows.jsonl'),
    Array.from({ length: rows }, (_, at) => `${line(at + 1)}\n`).join(''),
  );
}

test('a row on a border: the part that ends inside it takes its last tokens with the stop, the next one the others', async () => {
  await write(6);
  const whole = await taken('whole', undefined);
  for (let border = 2 * LEARNS + 1; border < 3 * LEARNS; border++) {
    const before = (await taken(`before-${border}`, { from: 0, tokens: border })).at(-1)!;
    const [after] = await taken(`after-${border}`, { from: border, tokens: 2 * LEARNS });
    const row = whole.find((one) => one.row === before.row)!;
    expect(after!.row).toBe(row.row);
    expect(before.supervised).toHaveLength(border - 2 * LEARNS);
    expect([...after!.supervised, ...before.supervised]).toEqual(row.supervised);
    expect(before.ids).toEqual(row.ids);
    expect(before.ids[before.supervised.at(-1)!]).toBe(STOP);
    // What stands behind its last supervised token is not trained.
    expect(after!.ids).toEqual(row.ids.slice(0, after!.supervised.at(-1)! + 1));
  }
});

test('every epoch has each row once, in an order of its own', async () => {
  await write(40);
  const rows = await taken('epochs', { from: 0, tokens: 3 * 40 * LEARNS }, 3);
  const orders = [0, 1, 2].map((epoch) => rows.filter((one) => one.epoch === epoch).map(({ row }) => row));
  const sorted = Array.from({ length: 40 }, (_, at) => at + 1);
  for (const order of orders) expect([...order].sort((a, b) => a - b)).toEqual(sorted);
  expect(new Set(orders.map(String)).size).toBe(3);
  expect(rows.map(({ epoch }) => epoch)).toEqual([0, 1, 2].flatMap((epoch) => sorted.map(() => epoch)));
});

test('without a number of tokens a source is taken once, however many epochs it may have', async () => {
  await write(12);
  const rows = await taken('once', undefined, 3);
  expect(rows.map(({ row }) => row).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 12 }, (_, at) => at + 1),
  );
});
