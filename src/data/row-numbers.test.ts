/** A row has one number, from 1 over all files of its source: in packed rows, receipts and the inspector. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { byteLevelTokenizer } from '../../test/support/tiny-tokenizer.ts';
import { wantedRows } from './inspect/inspect-source.ts';
import { DEFAULT_ACTIONS } from './overlap/layers.ts';
import { packedExamples } from './packing/packed-file.ts';
import { prepareStage } from './prepare-stage.ts';
import { openSource } from './sources/open-source.ts';

const ITEM =
  'Anna bakes 12 loaves of rye bread every morning and sells each of them for 3 dollars. How much does she take home?';
/** Two files of a dataset, with a row to drop in front of each thing that has a number. */
const FILES = [
  [
    { question: 'Nobody answers this.', answer: null },
    { question: 'What is the capital of France?', answer: 'Paris.' },
    { question: 'Why is the sky blue?', answer: 'Scattering.' },
  ],
  [
    { question: 'what is the capital of FRANCE', answer: 'Paris' },
    { question: ITEM, answer: '36' },
    { question: 'How deep is the sea?', answer: 'Deep.' },
    { question: 'how DEEP is the sea', answer: 'deep' },
  ],
];
const source = { dataset: 'org/name' };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-numbers-'));
  const data = join(folder, 'datasets/org/name/data');
  await mkdir(data, { recursive: true });
  for (const [at, rows] of FILES.entries()) {
    const name = `train-0000${at}-of-00002.jsonl`;
    await writeFile(join(data, name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  }
  await writeFile(join(folder, 'items.jsonl'), `${JSON.stringify({ question: ITEM, answer: '36' })}\n`);
  await writeFile(
    join(folder, 'bakery.yaml'),
    'name: bakery\ndomain: mathematical\nabilities: [arithmetic]\nwhy: Bread.\ndata: { file: items.jsonl }\nprompt: "{{question}}"\nanswer: "{{answer}}"\nscore: number\n',
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const hub = () => ({ env: { CARRYOVER_HUB: folder } });

test('in what is packed, and in what was left out', async () => {
  const { tokenizer } = byteLevelTokenizer(['<|im_start|>', '<|im_end|>']);
  const out = join(folder, 'out');
  const receipt = await prepareStage(
    {
      sources: { rows: source },
      seed: 1,
      rowLength: 256,
      batches: { rowsPerStep: 2 },
      baseFolder: folder,
      screen: { dedup: 'exact', against: ['./bakery.yaml'], layers: DEFAULT_ACTIONS },
    },
    { tokenizer, chatTemplate: undefined, hub: hub(), folder: out },
  );
  const packed = [...(await packedExamples(out)).rows];
  expect(packed.sort()).toEqual([2, 3, 6]);
  expect(receipt.sources[0]).toMatchObject({
    rows: 7,
    dropped: { 'empty-answer': 1, duplicate: 2, contaminated: 1 },
    screen: {
      duplicates: {
        first: [
          { row: 4, kept: 2 },
          { row: 7, kept: 6 },
        ],
      },
      hits: [{ row: 5, benchmark: 'bakery' }],
    },
  });
});

test('in the inspector', async () => {
  const opened = await openSource(source, { hub: hub() });
  const shown: string[] = [];
  for await (const { row, converted } of wantedRows(source, opened, (one) => one >= 3, 5)) {
    shown.push(`${row} ${converted.kind === 'conversation' ? converted.messages[0]!.content : ''}`);
  }
  expect(shown).toEqual(['3 Why is the sky blue?', '4 what is the capital of FRANCE', `5 ${ITEM}`]);
});
