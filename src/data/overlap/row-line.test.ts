import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileRows } from '../sources/read-rows.ts';
import { rowLine } from './row-line.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-row-line-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function written(name: string, content: string): Promise<string> {
  const local = join(folder, name);
  await writeFile(local, content);
  let lines = '';
  for await (const row of fileRows({ local, shown: name })) lines += rowLine(row);
  return lines;
}

/** What JSON.parse and JSON.stringify change: digits, forms of numbers, escapes, the order of keys. */
const ROWS = [
  '{"id":1234567890123456789,"score":1.0}',
  '{ "b" : 1e5,  "2": -0.0, "1": 0.10 , "t":"\\u00e9\\/ \\ud83d"}',
];

test('rows of JSON Lines are copied as they stand', async () => {
  expect(await written('a.jsonl', `\uFEFF${ROWS[0]}\r\n\n  ${ROWS[1]}`)).toBe(`${ROWS[0]}\n${ROWS[1]}\n`);
  expect(await written('lines.json', ROWS.join('\n'))).toBe(`${ROWS.join('\n')}\n`);
});

test('elements of an array are copied, each on one line', async () => {
  const spread = '{\r\n  "id": 1234567890123456789,\n\n\t"turns": [\n    "a\\n b",\n    1.0\n  ]\n}';
  expect(await written('a.json', `[${ROWS.join(',\n')},\n${spread}]`)).toBe(
    `${ROWS.join('\n')}\n{"id": 1234567890123456789,"turns": ["a\\n b",1.0]}\n`,
  );
});

test('an array of any rows, however it is indented, is written as lines of the same values', async () => {
  const rows = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 1, maxLength: 4 });
  const indents = fc.constantFrom('', ' ', '\t');
  await fc.assert(
    fc.asyncProperty(rows, indents, async (values, indent) => {
      const lines = (await written('a.json', JSON.stringify(values, null, indent))).split('\n');
      expect(lines.map((line) => line && JSON.parse(line))).toEqual([
        ...JSON.parse(JSON.stringify(values)),
        '',
      ]);
    }),
    { numRuns: 50 },
  );
});

test('rows of other files are written from their values', async () => {
  expect(await written('a.csv', 'id,score\n1234567890123456789,1.0')).toBe(
    '{"id":"1234567890123456789","score":"1.0"}\n',
  );
});
