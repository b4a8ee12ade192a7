import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { carryover } from '../../test/support/run-cli.ts';
import { prepareStage } from '../data/prepare-stage.ts';
import { readReceipt } from '../data/receipt/read-receipt.ts';
import { readSampleRows } from '../data/sample-rows.ts';
import type { SourceReceipt } from '../data/stage.ts';
import { stageTools } from '../data/stage-tools.ts';
import { withCheckpoint } from '../study/facts.ts';

let folder: string;
let rows: string;
let step: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'receipt-'));
  rows = join(folder, 'rows.jsonl');
  const lines = Array.from({ length: 20 }, (_, index) => ({
    prompt: `What is ${index}?`,
    completion: index === 3 ? ' ' : `It is ${index}${index === 5 ? ' or so'.repeat(60) : ''}.`,
  }));
  await writeFile(rows, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  step = join(folder, 'run', 'steps', 'data-1');
  await withCheckpoint({ ref: 'builtin:seedling' }, (checkpoint) =>
    prepareStage(
      { sources: { [rows]: { file: rows } }, seed: 1, rowLength: 64, batches: { rowsPerStep: 8 } },
      { ...stageTools(checkpoint), folder: step },
    ),
  );
});

const json = async (...args: string[]) =>
  JSON.parse((await carryover('data', 'receipt', ...args, '--json')).out);

describe('a source is prepared without being written', () => {
  test('and its receipt is the one that a prepared step has', async () => {
    const [{ name, receipt }] = await json(rows, '--length', '64');
    expect(name).toBe(rows);
    expect(receipt).toEqual(await readReceipt(step));
  });

  test('drops are said with their reasons', async () => {
    const { out, code } = await carryover('data', 'receipt', rows, '--length', '64');
    expect(code).toBe(0);
    expect(out).toMatch(/rows.jsonl +1 +left out: an answer is empty/);
    expect(out).toMatch(/rows.jsonl +1 +left out: longer than a packed row may be/);
    expect(out).toContain('18 of 18 answers end in a supervised stop token');
  });

  test('template, supervision, tokens and seed are those asked for', async () => {
    const [{ receipt }] = await json(
      rows,
      '--template',
      'alpaca',
      '--train-on',
      'all',
      '--tokens',
      '100',
      '--seed',
      '4',
    );
    expect(receipt).toMatchObject({
      seed: 4,
      trainOn: 'all',
      template: { name: 'alpaca' },
      supervisedTokens: 100,
    });
  });
});

test('a mixture file is settled as training settles it; longer rows are cut where that is asked for', async () => {
  const mixture = join(folder, 'mix.yaml');
  await writeFile(
    mixture,
    'sources:\n  own: { file: rows.jsonl }\n  sums: { procedural: [arithmetic], rows: 60 }\nweights: { own: 1, sums: 3 }\n',
  );
  const [{ receipt }] = await json(mixture, '--tokens', '200', '--length', '64', '--overlong', 'truncate');
  const shares = receipt.sources.map((source: SourceReceipt) => [source.name, source.supervisedTokens]);
  expect(shares).toEqual([
    ['own', 50],
    ['sums', 150],
  ]);
  expect(receipt.overlong).toBe('truncate');
  expect(await carryover('data', 'receipt', mixture, '--columns', 'prompt=a,completion=b')).toMatchObject({
    code: 2,
    error: expect.stringContaining('--columns has no effect on a mixture'),
  });
  expect(await carryover('data', 'inspect', mixture)).toMatchObject({
    code: 2,
    error: expect.stringContaining('is a mix of sources'),
  });
});

describe('duplicates and items of benchmarks in a source', () => {
  test('are not looked for unless told, and the receipt says so with the options', async () => {
    const { out } = await carryover('data', 'receipt', rows);
    expect(out).toContain('Duplicates     not looked for (--dedup exact or near)');
    expect(out).toContain('Contamination  not looked for (--against NAMES)');
    expect(out).toContain(
      '512 tokens, the longest of 432, 98.4 % full, in 1 optimizer step (of at most 8 rows, the default of train)',
    );
    const prepared = await carryover('data', 'receipt', step);
    expect(prepared.out).toContain('Contamination  not looked for\n');
  });

  test('are not looked for in rows that are made, whatever the options say', async () => {
    const { out } = await carryover('data', 'receipt', 'proc/arithmetic:20', '--dedup', 'exact');
    expect(out).toContain('Duplicates     not looked for: rows that are made differ from each other\n');
    expect(out).toContain(
      'Contamination  not looked for: problems that are made stand in no benchmark of others',
    );
  });

  test('are left out as a study leaves them out, of a source and of a mixture', async () => {
    const own = join(folder, 'own.yaml');
    const items = join(folder, 'items.jsonl');
    const asked = (number: number) =>
      `How many of the ${number} grey ships did come home by the end of the storm?`;
    await writeFile(items, [1, 2].map((n) => `${JSON.stringify({ q: asked(n), a: `${n}` })}\n`).join(''));
    await writeFile(
      own,
      'name: ships\ndomain: guards\nabilities: [general-knowledge]\nwhy: A test.\ndata: { file: items.jsonl }\nprompt: "{{q}}"\nanswer: "{{a}}"\nscore: number\n',
    );
    const dirty = join(folder, 'dirty.jsonl');
    const lines = [asked(1), 'What is 1?', 'what is 1', 'What is 2?'];
    await writeFile(
      dirty,
      lines.map((prompt) => `${JSON.stringify({ prompt, completion: 'It is so.' })}\n`).join(''),
    );
    const mixture = join(folder, 'dirty.yaml');
    await writeFile(mixture, 'sources: { dirty: { file: dirty.jsonl } }\n');
    for (const data of [dirty, mixture]) {
      const [{ receipt }] = await json(data, '--dedup', 'exact', '--against', own);
      expect(receipt.sources[0]).toMatchObject({
        rows: 4,
        dropped: { duplicate: 1, contaminated: 1 },
        kept: { used: 2, passedOver: 0, notReached: 0 },
        screen: { dedup: 'exact', against: ['ships'] },
      });
    }
    const { out } = await carryover('data', 'receipt', dirty, '--against', own);
    expect(out).toContain('Contamination  items of ships looked for');
    expect(out).toContain('Duplicates     not looked for (--dedup exact or near)');
  });
});

describe('folders', () => {
  test('a step, and every step of a run', async () => {
    const expected = [{ name: 'data-1', receipt: await readReceipt(step) }];
    expect(await json(step)).toEqual(expected);
    expect(await json(join(folder, 'run'))).toEqual(expected);
  });

  test('a training that is not finished', async () => {
    const out = join(folder, 'unfinished');
    await mkdir(join(out, '.carryover'), { recursive: true });
    await cp(step, join(out, '.carryover', 'data'), { recursive: true });
    expect(await json(out)).toEqual([{ name: 'data', receipt: await readReceipt(step) }]);
  });

  test('a finished training keeps its receipt in its notes', async () => {
    const out = join(folder, 'trained');
    await mkdir(out);
    await writeFile(join(out, 'training.json'), JSON.stringify({ data: await readReceipt(step) }));
    expect(await json(out)).toEqual([{ name: out, receipt: await readReceipt(step) }]);
  });
});

test('a step keeps rows to show: the first ones that are drawn, with the tokens that are trained', async () => {
  const shown = await readSampleRows(step);
  expect(shown).toHaveLength(2);
  for (const { row, epoch, tokens, length } of shown) {
    expect(epoch).toBe(1);
    expect(tokens).toHaveLength(length);
    expect(tokens.map(({ text }) => text).join('')).toContain(`It is ${row - 1}`);
    expect(tokens.filter(({ supervised }) => supervised).at(-1)).toMatchObject({
      role: 'stop',
      special: true,
    });
  }
  await writeFile(join(step, 'sample-rows.json'), '{}');
  await expect(readSampleRows(step)).rejects.toThrow('not what Carryover writes');
});

describe('bad input ends with exit code 2', () => {
  test.each([
    [['nowhere'], 'neither a data file'],
    [
      ['proc/arithmetic', '--columns', 'prompt=a,completion=b'],
      '--columns has no effect on procedural tasks',
    ],
    [['proc/arithmetic', '--tokens', 'x'], 'not a whole number'],
  ])('%j', async (args, message) => {
    const { code, error } = await carryover('data', 'receipt', ...args);
    expect([code, error]).toEqual([2, expect.stringContaining(message)]);
  });

  test('options of a source with what is prepared', async () => {
    const { code, error } = await carryover('data', 'receipt', step, '--seed', '1', '--tokens', '5');
    expect([code, error]).toEqual([
      2,
      expect.stringContaining('--tokens and --seed cannot be used with data that are prepared'),
    ]);
  });

  test('notes of a training that are damaged, with their place', async () => {
    const out = join(folder, 'damaged');
    await mkdir(out);
    await writeFile(join(out, 'training.json'), '{"data": ');
    const { code, error } = await carryover('data', 'receipt', out);
    expect([code, error]).toEqual([
      2,
      expect.stringMatching(
        /damaged\/training\.json: The notes of this training are damaged\.\n {2}Train again/,
      ),
    ]);
  });

  test.each(['{', '[]', '{"version":1,"sources":[]}', 'null'])('a receipt that is %s', async (text) => {
    const broken = join(folder, 'broken-step');
    await cp(step, broken, { recursive: true });
    await writeFile(join(broken, 'receipt.json'), text);
    for (const command of ['receipt', 'inspect']) {
      const { code, error } = await carryover('data', command, broken, '--json');
      expect([code, error]).toEqual([
        2,
        expect.stringMatching(
          /broken-step\/receipt\.json: The receipt of these data is damaged[^\n]*\n {2}Remove/,
        ),
      ]);
    }
  });

  test('notes of a training with half a receipt, and notes that are no object', async () => {
    const out = join(folder, 'half');
    await mkdir(out);
    await writeFile(join(out, 'training.json'), '{"data": {"version": 1}}');
    expect(await carryover('data', 'receipt', out)).toMatchObject({
      code: 2,
      error: expect.stringContaining('half/training.json: The receipt of these data is damaged (at '),
    });
    await writeFile(join(out, 'training.json'), 'null');
    expect((await carryover('data', 'receipt', out)).code).toBe(2);
  });

  test('problems that nobody can have in his data, and names of nothing', async () => {
    const made = await carryover('data', 'receipt', rows, '--against', 'proc/arithmetic');
    expect([made.code, made.error]).toEqual([2, expect.stringContaining('made from a seed')]);
    const none = await carryover('data', 'receipt', rows, '--against', 'gsm9k');
    expect([none.code, none.error]).toEqual([2, expect.stringContaining('gsm8k')]);
  });

  test('rows in no known format, with their place', async () => {
    const odd = join(folder, 'odd.jsonl');
    await writeFile(odd, '{"a": "x", "b": "y"}\n');
    const { code, error } = await carryover('data', 'receipt', odd);
    expect([code, error]).toEqual([
      2,
      expect.stringContaining('odd.jsonl:1: the columns a, b are in no known format'),
    ]);
    expect((await carryover('data', 'receipt', odd, '--columns', 'prompt=a,completion=b')).code).toBe(0);
  });
});
