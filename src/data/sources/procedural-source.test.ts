import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { byteLevelTokenizer } from '../../../test/support/tiny-tokenizer.ts';
import { sha256 } from '../../platform/files.ts';
import { findTask, selectTasks } from '../../procedural/select.ts';
import { drawProblem, splitOf } from '../../procedural/split.ts';
import { type RowsRequest, type TrainingRow, trainingRows } from '../../procedural/training-rows.ts';
import { dataArgument } from '../data-argument.ts';
import { prepareStage } from '../prepare-stage.ts';
import type { ProceduralSource, SourceSpec } from '../source-spec.ts';
import { openSource } from './open-source.ts';
import { exportChunks } from './procedural-source.ts';

async function rowsOf(spec: ProceduralSource): Promise<TrainingRow[]> {
  const rows: TrainingRow[] = [];
  for await (const { values } of (await openSource(spec)).rows()) rows.push(values as unknown as TrainingRow);
  return rows;
}

const said = async (spec: ProceduralSource) =>
  openSource(spec).then(
    () => 'nothing',
    (error) => String(error),
  );

test('tasks and levels take turns, every second round without a solution, all of the split train', async () => {
  const spec = { procedural: ['arithmetic', 'proc/deduction'], rows: 40 };
  const rows = await rowsOf(spec);
  expect(rows.map(({ task }) => task).slice(0, 4)).toEqual([
    'arithmetic',
    'deduction',
    'arithmetic',
    'deduction',
  ]);
  const sums = rows.filter(({ task }) => task === 'arithmetic');
  expect(sums.map(({ level }) => level).slice(0, 6)).toEqual([1, 2, 3, 4, 1, 2]);
  expect(sums.map(({ layout }) => layout[0]).join('')).toBe('wwwwddddwwwwddddwwww');
  expect(rows.every(({ split }) => split === 'train')).toBe(true);
  expect(sums[0]).toMatchInlineSnapshot(`
    {
      "depth": 3,
      "id": "b2f3872c13d52729",
      "index": 0,
      "layout": "worked",
      "level": 1,
      "messages": [
        {
          "content": "Add 40 and 69.",
          "role": "user",
        },
        {
          "content": "Solution: ones: 0 + 9 = 9, write 9. tens: 4 + 6 = 10, write 0, carry 1. So 40 + 69 = 109.
    Answer: 109",
          "role": "assistant",
        },
      ],
      "seed": 0,
      "split": "train",
      "surface": "arithmetic/2",
      "task": "arithmetic",
    }
  `);
  // A longer source begins with the shorter one, and another seed is another source.
  expect((await rowsOf({ ...spec, rows: 60 })).slice(0, 40)).toEqual(rows);
  expect((await rowsOf({ ...spec, seed: 1 })).map((row) => row.messages)).not.toEqual(
    rows.map((row) => row.messages),
  );
});

test('levels alone are the problems of those levels', async () => {
  const all = await rowsOf({ procedural: ['arithmetic'], rows: 40, layout: 'worked' });
  const some = await rowsOf({ procedural: ['arithmetic'], rows: 20, layout: 'worked', levels: [2, 4] });
  expect(some).toEqual(all.filter(({ level }) => level === 2 || level === 4));
});

test('every task can be a source, and its rows are those of the split train', () => {
  const tasks = selectTasks(['all']);
  const request: RowsRequest = { tasks, split: 'train', seed: 5, layout: 'both', rows: 20 * tasks.length };
  for (const { messages, task, index, split, seed } of trainingRows(request)) {
    const problem = drawProblem(findTask(task), { split, seed, index });
    expect(splitOf(findTask(task), problem.key)).toBe('train');
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant']);
    expect(messages[0]!.content).toBe(problem.question);
    expect(messages[1]!.content.endsWith(`Answer: ${problem.answer}`)).toBe(true);
  }
});

test('what is named wrongly is met with the nearest name, and a level with those that there are', async () => {
  expect(
    [
      await said({ procedural: ['arithmetik'] }),
      await said({ procedural: ['domain:logic'] }),
      await said({ procedural: [' '] }),
      await said({ procedural: ['arithmetic'], levels: [5] }),
      await dataArgument('proc/arithmetik').catch(String),
      await dataArgument('proc/arithmetic@test').catch(String),
      await dataArgument('proc/arithmetic:0').catch(String),
    ].join('\n'),
  ).toMatchInlineSnapshot(`
    "There is no procedural task named "arithmetik".
      Did you mean arithmetic? \`carryover procedural list\` lists all.
    There is no domain named "logic".
      Did you mean logical? Domains: mathematical, logical, scientific, commonsense, symbolic, code, guards.
    No procedural task was named.
      Name tasks between commas, domain:DOMAIN, or all. \`carryover procedural list\` lists them.
    arithmetic has no level 5 in the split train.
      Its levels there: 1, 2, 3, 4. The level beyond them is the split harder.
    There is no procedural task named "arithmetik".
      Did you mean arithmetic? \`carryover procedural list\` lists all.
    Cannot read the data "proc/arithmetic@test": a model is trained on the split train alone.
      Write proc/arithmetic. The other splits are for evaluation: --benchmarks proc/arithmetic@test.
    Cannot read the data "proc/arithmetic:0": it is not proc/TASK or proc/TASK:ROWS.
      For example: --data proc/arithmetic, --data proc/domain:logical:20000, --data proc/all."
  `);
  expect(await dataArgument('0.25*proc/domain:logical:300,0.75*proc/arithmetic', 100)).toEqual({
    sources: {
      'proc/domain:logical:300': { procedural: ['domain:logical'], rows: 300 },
      'proc/arithmetic': { procedural: ['arithmetic'] },
    },
    parts: [
      { source: 'proc/domain:logical:300', from: 0, tokens: 25 },
      { source: 'proc/arithmetic', from: 0, tokens: 75 },
    ],
  });
});

test('a prepared stage says what it is made of; equal requests give equal bytes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'carryover-procedural-'));
  const { tokenizer } = byteLevelTokenizer(['<|im_start|>', '<|im_end|>']);
  const prepare = async (name: string, source: SourceSpec) => {
    const spec = { sources: { sums: source }, seed: 1, rowLength: 512, batches: { rowsPerStep: 4 } };
    const receipt = await prepareStage(spec, {
      tokenizer,
      chatTemplate: undefined,
      folder: join(folder, name),
    });
    return { receipt, packed: await readFile(join(folder, name, 'packed.bin')) };
  };
  const source = { procedural: ['arithmetic'], rows: 30, layout: 'worked' } as const;
  try {
    const first = await prepare('first', source);
    expect(first.receipt.sources[0]).toMatchObject({
      source: 'procedural train: arithmetic; layout worked, seed 0, 30 rows',
      licence: 'Apache-2.0',
      format: 'messages',
      rows: 30,
      examples: 30,
    });
    const request = { tasks: [findTask('arithmetic')], split: 'train', seed: 0, layout: 'worked', rows: 30 };
    const chunks: Uint8Array[] = [];
    for await (const chunk of exportChunks(request as RowsRequest)) chunks.push(chunk);
    const exported = Buffer.concat(chunks);
    expect(first.receipt.sources[0]!.files).toEqual([
      { file: first.receipt.sources[0]!.source, bytes: exported.length, sha256: sha256(exported) },
    ]);
    // A file of these rows is the same data, whatever it is called.
    const file = join(folder, 'sums.jsonl');
    await writeFile(file, exported);
    expect((await prepare('file', { file })).packed).toEqual(first.packed);
    expect((await prepare('again', source)).packed).toEqual(first.packed);
    expect((await prepare('other', { ...source, seed: 3 })).packed).not.toEqual(first.packed);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
