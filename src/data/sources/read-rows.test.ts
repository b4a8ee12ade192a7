import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rawZstd } from '../../../test/support/zstd-frames.ts';
import { fileRows, readRows } from './read-rows.ts';
import type { SourceRow } from './row.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-rows-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function rowsOf(name: string, content: string | Uint8Array): Promise<SourceRow[]> {
  const local = join(folder, name);
  await writeFile(local, content);
  const rows: SourceRow[] = [];
  for await (const row of fileRows({ local, shown: name })) rows.push(row);
  return rows;
}
const said = (name: string, content: string | Uint8Array) =>
  rowsOf(name, content).then(
    () => 'no error',
    (error) => String(error),
  );

describe('JSON Lines', () => {
  test('rows know their line; blank lines, CRLF, BOM and U+2028 inside strings are fine', async () => {
    expect(await rowsOf('a.jsonl', '\ufeff{"a":1}\r\n\n{"a":"x\u2028y"}')).toEqual([
      { values: { a: 1 }, file: 'a.jsonl', row: 1, line: 1, json: '{"a":1}' },
      { values: { a: 'x\u2028y' }, file: 'a.jsonl', row: 2, line: 3, json: '{"a":"x\u2028y"}' },
    ]);
  });

  test('whatever is written is read, compressed or not', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 1, maxLength: 20 }),
        async (rows) => {
          const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
          const expected = JSON.parse(JSON.stringify(rows));
          expect((await rowsOf('p.jsonl', text)).map((row) => row.values)).toEqual(expected);
          expect((await rowsOf('p.jsonl.gz', gzipSync(text))).map((row) => row.values)).toEqual(expected);
          expect((await rowsOf('p.jsonl.zst', rawZstd(text))).map((row) => row.values)).toEqual(expected);
          for (const indent of [0, 2]) {
            const array = JSON.stringify(rows, null, indent);
            expect((await rowsOf('p.json', array)).map((row) => row.values)).toEqual(expected);
          }
          expect((await rowsOf('q.json', text)).map((row) => row.values)).toEqual(expected);
        },
      ),
      { numRuns: 40 },
    ));

  test('errors name file, line and column', async () => {
    expect(await said('bad.jsonl', '{"a":1}\n{"a":1,}\n')).toMatchInlineSnapshot(`
      "bad.jsonl:2:8: Not valid JSON: Expected double-quoted property name.
        Each line must hold one JSON object, such as {"question": "...", "answer": "..."}."
    `);
    expect(await said('bad.jsonl', '{"a":1}\n[1]\n')).toMatchInlineSnapshot(`
      "bad.jsonl:2: This line is valid JSON but an array, whose values have no names.
        Each line must hold one JSON object, such as {"question": "...", "answer": "..."}."
    `);
    expect(await said('bad.jsonl', '{"a":1}\n{"a":\n')).toMatchInlineSnapshot(`
      "bad.jsonl:2:6: Not valid JSON: Unexpected end of JSON input.
        Each line must hold one JSON object, such as {"question": "...", "answer": "..."}."
    `);
    expect(await said('bad.jsonl', new Uint8Array([0x7b, 0x7d, 0x0a, 0xff, 0xfe]))).toMatchInlineSnapshot(`
      "bad.jsonl:2:1: The bytes here are not UTF-8.
        Save the file as UTF-8."
    `);
    expect(
      await said('bad.jsonl.gz', gzipSync('{"a":1}\n'.repeat(1000)).subarray(0, 30)),
    ).toMatchInlineSnapshot(`
      "bad.jsonl.gz: The compressed file ends too early.
        It was cut short: fetch it again."
    `);
  });
});

test('JSON files: errors', async () => {
  expect(await said('bad.json', '[\n  {"a": 1},\n  {"a": oops}\n]')).toMatchInlineSnapshot(`
    "bad.json:3:9: Not valid JSON: Unexpected token 'o'.
      Mend the file at this place."
  `);
  expect(await said('bad.json', '[{"a":1}, 7]')).toMatchInlineSnapshot(`
    "bad.json:1:11: Element 2 of the array is not an object.
      Every element must be one object, such as {"question": "...", "answer": "..."}."
  `);
  expect(await said('bad.json', '{\n "data": []\n}')).toMatchInlineSnapshot(`
    "bad.json:1: The file holds one JSON object that is not an array of rows.
      Write an array of objects, or one object a line."
  `);
});

test('CSV: quotes, commas and line breaks in cells, columns by name, and what is wrong with its line', async () => {
  await writeFile(join(folder, 'a.csv'), '\uFEFFq,a\n"x, ""y""\nz",1\n\n2,\n');
  await writeFile(join(folder, 'a.tsv'), 'q\ta\nx,y\t1\n');
  const rows = async (name: string) => {
    const found = [];
    for await (const row of fileRows({ local: join(folder, name), shown: name })) found.push(row);
    return found.map(({ values, row, line }) => [values, row, line]);
  };
  expect(await rows('a.csv')).toEqual([
    [{ q: 'x, "y"\nz', a: '1' }, 1, 3],
    [{ q: '2', a: '' }, 2, 5],
  ]);
  expect(await rows('a.tsv')).toEqual([[{ q: 'x,y', a: '1' }, 1, 2]]);
  expect(await said('b.csv', 'q,a\n1,2,3\n')).toMatchInlineSnapshot(`
    "b.csv:2: Not valid CSV: Invalid Record Length: columns length is 2, got 3.
      Every row needs as many cells as the first line names columns; cells with commas, quotes or line breaks stand in quotes, and a quote in them is doubled."
  `);
  expect(await said('b.csv', 'q,q\n1,2\n')).toMatchInlineSnapshot(`
    "b.csv:1: The column "q" is there twice.
      Give every column a name of its own in the first line."
  `);
});

test('unknown ending, missing file, damaged Parquet', async () => {
  expect(await said('a.xls', 'a,b')).toMatchInlineSnapshot(`
    "a.xls: This kind of data file is not known.
      Known endings: .parquet; .jsonl, .ndjson, .json, .csv, .tsv, also with .gz or .zst after them."
  `);
  expect(await said('a.parquet', 'PAR1 this is not one PAR1')).toContain('Cannot read this Parquet file');
  const missing = fileRows({ local: join(folder, 'x.jsonl'), shown: 'x.jsonl' }).next();
  await expect(missing).rejects.toThrow('There is no such file');
});

describe.skipIf(!process.env['CARRYOVER_HUB'])('real hub rows (needs CARRYOVER_HUB)', () => {
  test('published row counts, types and order', async () => {
    const alpaca = await readRows({
      dataset: 'tatsu-lab/alpaca',
      split: 'train',
      files: 'data/train-*.parquet',
    });
    expect(alpaca).toHaveLength(52_002);
    expect(alpaca[0]!['instruction']).toBe('Give three tips for staying healthy.');
    const gsm8k = await readRows({
      dataset: 'openai/gsm8k',
      config: 'main',
      split: 'train',
      files: 'main/train-*.parquet',
    });
    expect(gsm8k).toHaveLength(7_473);
    const mmlu = await readRows({
      dataset: 'cais/mmlu',
      split: 'dev',
      files: 'abstract_algebra/dev-*.parquet',
    });
    expect(mmlu[0]).toMatchObject({ answer: 1, choices: ['0', '1', '2', '3'] });
    expect(
      await readRows({ dataset: 'tasksource/folio', split: 'validation', files: 'folio-validation.jsonl' }),
    ).toHaveLength(204);
    expect(
      await readRows({ dataset: 'llamafactory/demo_data', split: 'train', files: 'identity.json' }),
    ).toHaveLength(91);
  });
});
