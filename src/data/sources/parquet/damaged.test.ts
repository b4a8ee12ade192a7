import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UserError } from '../../../errors.ts';
import { parquetRows } from '../parquet-rows.ts';

/** Files of pyarrow in several encodings and compressions (test/fixtures/parquet/make.py), whole and damaged. */
const FIXTURES = 'test/fixtures/parquet';
const EXPECTED = JSON.parse(readFileSync(`${FIXTURES}/rows.json`, 'utf8')) as Record<string, unknown[]>;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-damaged-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function rowsOf(bytes: Uint8Array): Promise<unknown[]> {
  const local = join(folder, 'damaged.parquet');
  await writeFile(local, bytes);
  const rows: unknown[] = [];
  for await (const { values } of parquetRows({ local, shown: 'damaged.parquet' })) rows.push(values);
  return rows;
}

/** The rows, or what the error says. Other errors than the user's are thrown on. */
async function outcome(bytes: Uint8Array): Promise<unknown[] | string> {
  try {
    return await rowsOf(bytes);
  } catch (error) {
    if (!(error instanceof UserError) || error.place?.file !== 'damaged.parquet') throw error;
    return error.message;
  }
}

test.each(Object.keys(EXPECTED))('%s is read as pyarrow reads it', async (name) => {
  expect(await rowsOf(readFileSync(`${FIXTURES}/${name}.parquet`))).toEqual(EXPECTED[name]);
});

describe('a byte changed ends in as many rows or in an error that names the file', () => {
  test.each(['none', 'snappy', 'zstd', 'deltas', 'second-version', 'page-index'])('%s', async (name) => {
    const whole = readFileSync(`${FIXTURES}/${name}.parquet`);
    // Every third byte: all of them take a minute.
    for (let at = 4; at < whole.length; at += 3) {
      const changed = Buffer.from(whole);
      changed[at]! ^= [0x80, 0xff, 0x41, 1][at % 4]!;
      const found = await outcome(changed);
      if (typeof found === 'string') expect(found).toMatch(/^Cannot read this Parquet file: |MiB in one row/);
      else expect(found.length, `byte ${at}`).toBe(EXPECTED[name]!.length);
    }
  });

  test('with checksums, in other rows never', async () => {
    const whole = readFileSync(`${FIXTURES}/checksums.parquet`);
    const footer = whole.length - 8 - whole.readUInt32LE(whole.length - 8);
    for (let at = 4; at < footer; at++) {
      const changed = Buffer.from(whole);
      changed[at]! ^= 0x20;
      const found = await outcome(changed);
      if (typeof found !== 'string') expect(found, `byte ${at}`).toEqual(EXPECTED['checksums']);
    }
  });
});

test('a number without an end in the footer is no work of minutes', async () => {
  const footer = Buffer.concat([Buffer.from([0x16]), Buffer.alloc(4e6, 0xff), Buffer.from([0x01, 0x00])]);
  const tail = Buffer.alloc(8, 'PAR1');
  tail.writeUInt32LE(footer.length);
  expect(await outcome(Buffer.concat([Buffer.from('PAR1'), footer, tail]))).toBe(
    'Cannot read this Parquet file: a header holds a number of more than 64 bits.',
  );
});

test('an element of the schema with less than no children does not go round for ever', async () => {
  const changed = readFileSync(`${FIXTURES}/snappy.parquet`);
  // The number of children of `choices`, 1 as a zigzag of 2.
  const at = changed.indexOf('choices') + 'choices'.length + 1;
  expect(changed[at]).toBe(2);
  changed[at] = 3;
  expect(await outcome(changed)).toMatch(/^Cannot read this Parquet file: its schema has 6 elements/);
});
