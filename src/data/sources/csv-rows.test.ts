import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { UserError } from '../../errors.ts';
import { fileRows } from './read-rows.ts';

async function rows(content: string | Uint8Array): Promise<unknown[]> {
  const local = join(mkdtempSync(join(tmpdir(), 'carryover-csv-')), 'rows.csv');
  writeFileSync(local, content);
  const found: unknown[] = [];
  for await (const { values } of fileRows({ local, shown: 'rows.csv' })) found.push(values);
  return found;
}

const failure = async (content: string | Uint8Array): Promise<string> => {
  try {
    await rows(content);
  } catch (error) {
    if (error instanceof UserError) return error.toString();
    throw error;
  }
  throw new Error('expected a UserError');
};

it('reads quoted commas, quotes and line breaks, and a byte order mark', async () => {
  expect(
    await rows('\ufeffQuestion,Correct Answer\r\n"Which, of ""these""?\nAll.", 4 \r\n\r\nplain,\r\n'),
  ).toEqual([
    { Question: 'Which, of "these"?\nAll.', 'Correct Answer': ' 4 ' },
    { Question: 'plain', 'Correct Answer': '' },
  ]);
  expect(await rows('a,b\n')).toEqual([]);
});

it.each([['a,b\n1,2\r\n3,4\r\n'], ['a,b\r\n1,2\n3,4\n'], ['a,b\r1,2\r3,4']])(
  'takes any end of a line for one, whatever the first line ends in: %j',
  async (text) => {
    expect(await rows(text)).toEqual([
      { a: '1', b: '2' },
      { a: '3', b: '4' },
    ]);
  },
);

it('says where a file is damaged', async () => {
  expect(await failure('a,b\n1,2\n3\n')).toMatchInlineSnapshot(`
    "rows.csv:3: Not valid CSV: Invalid Record Length: columns length is 2, got 1.
      Every row needs as many cells as the first line names columns; cells with commas, quotes or line breaks stand in quotes, and a quote in them is doubled."
  `);
  expect(await failure('a,b\n"1,2\n')).toMatchInlineSnapshot(`
    "rows.csv:2: Not valid CSV: Quote Not Closed: the parsing is finished with an opening quote.
      Every row needs as many cells as the first line names columns; cells with commas, quotes or line breaks stand in quotes, and a quote in them is doubled."
  `);
  expect(await failure(Uint8Array.of(0x61, 0x0a, 0xff, 0x0a))).toMatchInlineSnapshot(`
    "rows.csv:2:1: The bytes here are not UTF-8.
      Save the file as UTF-8."
  `);
});
