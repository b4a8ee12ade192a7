import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chooseFormat } from '../formats/choose-format.ts';
import { rowLine } from '../overlap/row-line.ts';
import { rowTurns } from '../overlap/row-turns.ts';
import { parquetRows } from './parquet-rows.ts';
import type { SourceRow } from './row.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-parquet-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Two rows of a question, an answer and a picture, the answers given by their bytes. */
async function rowsWith(...answers: readonly Uint8Array[]): Promise<SourceRow[]> {
  const local = join(folder, 'rows.parquet');
  const columnData = [
    { name: 'question', data: ['One?', 'Two?'], type: 'STRING' as const },
    { name: 'answer', data: [...answers], type: 'BYTE_ARRAY' as const },
    { name: 'image', data: [Uint8Array.of(0xff), Uint8Array.of(0xd8)], type: 'BYTE_ARRAY' as const },
  ];
  await writeFile(local, Buffer.from(parquetWriteBuffer({ columnData })));
  const rows: SourceRow[] = [];
  for await (const row of parquetRows({ local, shown: 'rows.parquet' })) rows.push(row);
  return rows;
}

test('bytes that are not UTF-8 are an error of the row that takes them for text', async () => {
  const [first, second] = await rowsWith(Buffer.from('Un été.'), Buffer.from('Un été.', 'latin1'));
  const { convert } = chooseFormat({ file: 'rows.parquet' }, first!);
  expect(convert(first!)).toMatchObject({ messages: [{}, { content: 'Un été.' }] });
  expect(() => convert(second!)).toThrow('row 2: column "answer" holds bytes that are not UTF-8, not text.');
});

test('bytes of a column that nobody takes for text are no fault, no text and no loss', async () => {
  const [first] = await rowsWith(Buffer.from('Yes.'), Buffer.from('No.'));
  expect(first!.values['image']).toEqual(Uint8Array.of(0xff));
  expect(rowTurns(first!, undefined).map(({ text }) => text)).toEqual(['One?', 'Yes.']);
  expect(rowLine(first!)).toBe('{"question":"One?","answer":"Yes.","image":"/w=="}\n');
});
