import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { run } from './main.ts';

const hub = process.env['CARRYOVER_HUB'];
const why = hub ? '' : ' (skipped: needs CARRYOVER_HUB)';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-data-'));
});

const file = (name: string): string => join(folder, name);
const readRows = (name: string): Record<string, unknown>[] =>
  readFileSync(file(name), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

function write(name: string, rows: readonly unknown[]): string {
  writeFileSync(file(name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return file(name);
}

/** Runs a command line; folders are left out of what it prints. */
async function carryover(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += String(text);
    return true;
  });
  const log = vi.spyOn(console, 'error').mockImplementation((text) => {
    err += `${text}\n`;
  });
  process.exitCode = 0;
  try {
    await run(args);
  } finally {
    for (const spy of [stdout, stderr, log]) spy.mockRestore();
  }
  const code = Number(process.exitCode);
  process.exitCode = 0;
  return { code, out: out.replaceAll(folder, 'FOLDER').trim(), err: err.replaceAll(folder, 'FOLDER').trim() };
}

const asked = (instruction: string, output = 'Yes.') => ({ instruction, input: '', output });

describe('carryover data dedup', () => {
  it('keeps the first of equal rows and tells which stands for which', async () => {
    const first = write('a.jsonl', [asked('What is this?'), asked('Another'), asked('WHAT is this')]);
    const second = write('b.jsonl', [asked('another!'), asked('A third')]);
    const { code, out } = await carryover('data', 'dedup', '--in', first, second, '--out', file('out.jsonl'));
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "5 rows: 3 kept, 2 dropped; 2 exact duplicates and 0 near ones, 1 of them of a row of another source
      kept rows: FOLDER/out.jsonl
      which row stands for which: FOLDER/out.jsonl.duplicates.jsonl"
    `);
    expect(readRows('out.jsonl')).toEqual([asked('What is this?'), asked('Another'), asked('A third')]);
    expect(readRows('out.jsonl.duplicates.jsonl')).toEqual([
      {
        file: first,
        row: 3,
        kind: 'exact',
        similarity: 1,
        kept_file: first,
        kept_row: 1,
        text: 'WHAT is this\nYes.',
      },
      {
        file: second,
        row: 1,
        kind: 'exact',
        similarity: 1,
        kept_file: first,
        kept_row: 2,
        text: 'another!\nYes.',
      },
    ]);
  });

  it('refuses columns that the file has not: all texts would be compared in their place', async () => {
    const first = write('a.jsonl', [asked('What is this?')]);
    const args = ['data', 'dedup', '--in', first, '--columns', 'prompt=asked,completion=output'];
    const { code, err } = await carryover(...args, '--out', file('out.jsonl'));
    expect([code, err]).toEqual([2, expect.stringContaining('a.jsonl:1: there is no column "asked".')]);
  });

  it('numbers rows within their own file, also the one that stays', async () => {
    const first = write('a.jsonl', [asked('One'), asked('Two')]);
    const second = write('b.jsonl', [asked('Three'), asked('Four'), asked('four')]);
    const third = write('c.jsonl', [asked('Five'), asked('FOUR'), asked('two')]);
    const args = ['data', 'dedup', '--in', first, second, third, '--out', file('out.jsonl'), '--json'];
    expect(JSON.parse((await carryover(...args)).out)).toMatchObject({ exact: 3, across: 2 });
    expect(readRows('out.jsonl.duplicates.jsonl')).toMatchObject([
      { file: second, row: 3, kept_file: second, kept_row: 2 },
      { file: third, row: 2, kept_file: second, kept_row: 2 },
      { file: third, row: 3, kept_file: first, kept_row: 2 },
    ]);
  });

  it('refuses rows of two formats in one file, as inspect does, wherever they stand', async () => {
    const many = Array.from({ length: 300 }, (_, index) => asked(`Question ${index}`));
    const other = { question: 'One', answer: 'Yes.' };
    for (const rows of [
      [asked('One'), other],
      [...many, other],
    ]) {
      const first = write('a.jsonl', rows);
      const { code, err } = await carryover('data', 'dedup', '--in', first, '--out', file('out.jsonl'));
      expect([code, err]).toEqual([
        2,
        expect.stringContaining(
          `a.jsonl:${rows.length}: this row is in the format question-answer, the source in the format alpaca.`,
        ),
      ]);
    }
    expect(existsSync(file('out.jsonl'))).toBe(false);
  });

  it('reads every kind of source, and says what it replaces', async () => {
    const args = ['data', 'dedup', '--in', 'proc/arithmetic:20', 'proc/arithmetic:30'];
    const out = ['--out', file('out.jsonl')];
    const first = await carryover(...args, ...out, '--json');
    expect(JSON.parse(first.out)).toMatchObject({ rows: 50, exact: 20, across: 20, replaced: false });
    expect(readRows('out.jsonl.duplicates.jsonl')[0]).toMatchObject({ row: 1, kept_row: 1 });
    expect((await carryover(...args, ...out)).out).toContain('kept rows: FOLDER/out.jsonl (replaced)');
    const wrong = await carryover('data', 'dedup', '--in', '-', ...out);
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('-: This is a pipe or a device')]);
    const near = await carryover(...args, ...out, '--near', 'bla');
    expect([near.code, near.err]).toEqual([2, expect.stringContaining("'bla' is invalid")]);
  });

  it('flags near duplicates when told to', async () => {
    const text =
      'Tell me how the bakers of the old town made their bread before there were any machines for it';
    const rows = [asked(text), asked(text.replace('bread', 'cakes'))];
    const args = [
      'data',
      'dedup',
      '--in',
      write('a.jsonl', rows),
      '--out',
      file('out.jsonl'),
      '--similarity',
      '0.6',
    ];
    const flagged = await carryover(...args, '--near', 'flag', '--json');
    expect(JSON.parse(flagged.out)).toMatchObject({
      rows: 2,
      kept: 2,
      dropped: 0,
      flagged: 1,
      exact: 0,
      near: 1,
    });
    const dropped = await carryover(...args, '--json');
    expect(JSON.parse(dropped.out)).toMatchObject({ rows: 2, kept: 1, dropped: 1, flagged: 0, near: 1 });
    const off = await carryover(...args, '--near', 'off', '--json');
    expect(JSON.parse(off.out)).toMatchObject({ rows: 2, kept: 2, dropped: 0, flagged: 0, near: 0 });
  });

  it('refuses files of different formats, and leaves nothing behind', async () => {
    const first = write('a.jsonl', [asked('One')]);
    const second = write('b.jsonl', [{ question: 'One', answer: 'Two' }]);
    const { code, err } = await carryover('data', 'dedup', '--in', first, second, '--out', file('out.jsonl'));
    expect(code).toBe(2);
    expect(err).toMatchInlineSnapshot(`
      "FOLDER/b.jsonl has rows in the format question-answer, and FOLDER/a.jsonl in alpaca.
        One file holds rows of one format: bring them into the same one first, or run this for each file."
    `);
    expect(readdirSync(folder).sort()).toEqual(['a.jsonl', 'b.jsonl']);
  });
});

it('writes nothing over what it reads, not even what stands beside the rows', async () => {
  const rows = write('a.jsonl.duplicates.jsonl', [asked('One')]);
  const { code, err } = await carryover('data', 'dedup', '--in', rows, '--out', file('a.jsonl'));
  expect(code).toBe(2);
  expect(err).toMatchInlineSnapshot(`
    "--out FOLDER/a.jsonl would be written over FOLDER/a.jsonl.duplicates.jsonl, which is to be read
      Name another file."
  `);
});

describe('wrong input ends with exit code 2 and says how to mend it', () => {
  it.each([
    ['no file', ['--in', 'none.jsonl', '--against', 'gsm8k', '--out', 'o.jsonl']],
    ['another ending', ['--in', 'a.jsonl', '--against', 'gsm8k', '--out', 'o.csv']],
    ['the same file', ['--in', 'a.jsonl', '--against', 'gsm8k', '--out', 'a.jsonl']],
    ['no benchmark', ['--in', 'a.jsonl', '--out', 'o.jsonl']],
    ['an unknown benchmark', ['--in', 'a.jsonl', '--against', 'gsm9k', '--out', 'o.jsonl']],
    ['two ways', ['--in', 'a.jsonl', '--against', 'gsm8k', '--domain', 'code', '--out', 'o.jsonl']],
    [
      'an unknown layer',
      ['--in', 'a.jsonl', '--against', 'gsm8k', '--layers', 'nea=drop', '--out', 'o.jsonl'],
    ],
    [
      'an unknown action',
      ['--in', 'a.jsonl', '--against', 'gsm8k', '--layers', 'near=keep', '--out', 'o.jsonl'],
    ],
    ['no action', ['--in', 'a.jsonl', '--against', 'gsm8k', '--layers', 'near', '--out', 'o.jsonl']],
  ])('%s', async (_, args) => {
    write('a.jsonl', [asked('One')]);
    const placed = args.map((arg) => (/\.(jsonl|csv)$/.test(arg) ? file(arg) : arg));
    const { code, err } = await carryover('data', 'decontaminate', ...placed);
    expect(code).toBe(2);
    expect(err).toMatchSnapshot();
    expect(existsSync(file('o.jsonl'))).toBe(false);
  });
});

describe.skipIf(!hub)(`carryover data decontaminate${why}`, () => {
  const QUESTION =
    "Janet’s ducks lay 16 eggs per day. She eats three for breakfast every morning and bakes muffins for her friends every day with four. She sells the remainder at the farmers' market daily for $2 per fresh duck egg. How much in dollars does she make every day at the farmers' market?";

  it('drops rows that hold an item, flags others, and writes down both texts', async () => {
    const rows = [
      asked('Write a poem about the sea in spring.'),
      asked(`Solve: ${QUESTION.toUpperCase()}`),
      { text: 7, nested: [{ deep: QUESTION }] },
    ];
    const { code, out } = await carryover(
      'data',
      'decontaminate',
      '--in',
      write('a.jsonl', rows),
      '--against',
      'gsm8k',
      '--out',
      file('out.jsonl'),
    );
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "3 rows against 1,319 items of 1 benchmark: 1 kept, 2 dropped; 0 of the kept ones are flagged
        exact     1  drop  a turn, or a line of one, is the question
        ngram13   1  drop  13 words in a row of the question; in mathematics all its numbers, too
        ngram8    0  drop  runs of 8 words that cover half of the question, or of its solution
        template  0  flag  a mathematical problem with other numbers or names
        near      0  flag  most words of the question in another order or wording
      rows by benchmark: gsm8k 2
      kept rows: FOLDER/out.jsonl
      every item found: FOLDER/out.jsonl.hits.jsonl"
    `);
    expect(readRows('out.jsonl')).toEqual(rows.slice(0, 1));
    const hits = readRows('out.jsonl.hits.jsonl');
    expect(hits.map(({ row, layer, overlap }) => [row, layer, overlap])).toEqual([
      [2, 'ngram13', 1],
      [3, 'exact', 1],
    ]);
    expect(hits[0]).toMatchObject({ benchmark: 'gsm8k', item: 'b1e35ae3dca371b6' });
    expect(hits[0]?.['match']).toContain('Janet’s ducks lay 16 eggs');
    expect(hits[0]?.['text']).toContain('JANET’S DUCKS LAY 16 EGGS');
  });

  it('says how to drop what was only flagged', async () => {
    const args = ['--in', write('a.jsonl', [asked('Hello.'), asked(QUESTION)]), '--against', 'gsm8k'];
    const look = (layers: string) =>
      carryover('data', 'decontaminate', ...args, '--out', file('out.jsonl'), '--layers', layers);
    const flagged = await look('exact=flag,ngram13=off,near=drop');
    expect(flagged.out.split('\n').at(-1)).toBe(
      'to drop the flagged rows as well: --layers exact=drop,ngram13=off,near=drop',
    );
    expect((await look('exact=drop,ngram13=off,near=drop')).out).toContain('1 kept, 1 dropped; 0 of');
  });

  it('prints the counts of the contract with --json', async () => {
    const { out } = await carryover(
      'data',
      'decontaminate',
      '--in',
      write('a.jsonl', [asked(QUESTION), asked('Hello')]),
      '--against',
      'gsm8k',
      '--layers',
      'exact=flag',
      '--out',
      file('out.jsonl'),
      '--json',
    );
    expect(JSON.parse(out)).toMatchObject({
      rows: 2,
      kept: 2,
      dropped: 0,
      flagged: 1,
      layers: { exact: 1, ngram13: 0, ngram8: 0, template: 0, near: 0 },
      benchmarks: { gsm8k: 1 },
      left_out: [],
    });
  });
});
