import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type IndexedMember, indexChunks, type PackedHead, readIndex } from './packed-index.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-index-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const write = (text: string) => writeFile(join(folder, 'packed.json'), text);

async function read(): Promise<{ head: PackedHead; rows: IndexedMember[][] }> {
  const rows: IndexedMember[][] = [];
  const { head } = await readIndex(folder, () => (row, members) => {
    expect(row).toBe(rows.length);
    rows.push([...members]);
  });
  return { head, rows };
}

const HEAD = { version: 1, rowLength: 8, tokens: 9, supervisedTokens: 4, starts: [0, 1] } as const;
const member = fc.tuple(fc.nat(4096), fc.nat(9), fc.nat(), fc.nat(3));
const rows = fc.array(fc.array(member, { minLength: 1, maxLength: 5 }), { maxLength: 30 });
const name = fc.oneof(fc.string(), fc.constantFrom('","rows":[[[', 'ü€𝛼', '\\"rows\\":[', ']]]}'));

test('what is written is the JSON of one object, and is read back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(name), rows, async (sources, rows) => {
      const head: PackedHead = { ...HEAD, sources };
      const text = [...indexChunks(head, rows)].join('');
      expect(text).toBe(`${JSON.stringify({ ...head, rows })}\n`);
      await write(text);
      expect(await read()).toEqual({ head, rows });
    }),
    { numRuns: 60 },
  );
});

test('an index of many pieces is written and read without its whole text', async () => {
  const rows = Array.from({ length: 60_000 }, (_, row): IndexedMember[] => [
    [100, 0, 2 * row + 1, 0],
    [90, 1, 2 * row + 2, 1],
  ]);
  const head: PackedHead = { ...HEAD, sources: ['a', 'ß'] };
  const chunks = [...indexChunks(head, rows)];
  expect(chunks.length).toBeGreaterThan(1);
  await write(chunks.join(''));
  expect((await read()).rows).toEqual(rows);
});

test.each([
  ['nothing', ''],
  ['another thing', '{"a":1}'],
  [
    'an end that is missing',
    '{"version":1,"rowLength":8,"tokens":1,"supervisedTokens":1,"sources":["a"],"starts":[0,1],"rows":[[[1,0,1,0]]',
  ],
  [
    'a head of another version',
    '{"version":2,"rowLength":8,"tokens":1,"supervisedTokens":1,"sources":["a"],"starts":[0,1],"rows":[[[1,0,1,0]]]}',
  ],
  [
    'an example without an epoch',
    '{"version":1,"rowLength":8,"tokens":1,"supervisedTokens":1,"sources":["a"],"starts":[0,1],"rows":[[[1,0,1]]]}',
  ],
  [
    'text among the rows',
    '{"version":1,"rowLength":8,"tokens":1,"supervisedTokens":1,"sources":["a"],"starts":[0,1],"rows":[[[1,0,1,0]],x]}',
  ],
])('%s is refused', async (_, text) => {
  await write(text);
  await expect(read()).rejects.toThrow('the index is not what Carryover writes');
});
