import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carryover } from '../../test/support/run-cli.ts';
import { byASlowClock } from '../../test/support/slow-clock.ts';

const folder = mkdtempSync(join(tmpdir(), 'carryover-data-mix-'));
const mix = join(folder, 'mix.yaml');
const plain = (text: string): string => text.replaceAll(folder, '.');

beforeAll(() => {
  for (const [name, rows] of [
    ['math', 120],
    ['general', 80],
  ] as const) {
    const lines = Array.from({ length: rows }, (_, index) =>
      JSON.stringify({
        question: `${name} ${index}?`,
        answer: `It is ${index}. ${'so '.repeat((index * 5) % 17)}`,
      }),
    );
    writeFileSync(join(folder, `${name}.jsonl`), `${lines.join('\n')}\n`);
  }
  writeFileSync(
    mix,
    `sources:
  math: { file: math.jsonl }
  general: { file: general.jsonl }
schedule:
  - { at: 0.5, weights: { math: 1 } }
  - { at: 0.5, weights: { general: 1 } }
at_least: { general: 0.1 }
tokens: 2000
`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Mixed {
  readonly rows: number;
  readonly supervisedTokens: number;
  readonly furthest: number | null;
  readonly sources: readonly { readonly name: string; readonly used: number; readonly share: number }[];
  readonly stretches: readonly { readonly asked: Record<string, number> }[];
}
interface Row {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly source: string;
  readonly row: number;
  readonly epoch: number;
  readonly supervisedTokens: number;
}
const rowsOf = (path: string): Row[] =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);

describe('carryover data mix', () => {
  it('says how far it is: rows while sizes are counted, tokens while rows are rendered', async () => {
    const whole = join(folder, 'whole.yaml');
    writeFileSync(whole, readFileSync(mix, 'utf8').replace('tokens: 2000\n', ''));
    const { said, out } = await byASlowClock(() => carryover('data', 'mix', whole, '--json'));
    expect(JSON.parse(out)).toMatchObject({ mixture: whole });
    const lines = said.trimEnd().split('\n');
    expect(lines.filter((line) => line.includes('counting the tokens of math'))).toContainEqual(
      expect.stringMatching(/^64 of 120 rows {2}\S+ rows\/s {2}.* left {2}counting/),
    );
    expect(lines.filter((line) => line.includes('rendering math'))).toContainEqual(
      expect.stringMatching(/^\d+ of \d+ tokens {2}\S+ tokens\/s {2}.* left {2}rendering math$/),
    );
  });

  it('says of a file of rows that it is no mixture', async () => {
    const { code, error } = await carryover('data', 'mix', join(folder, 'math.jsonl'));
    expect([code, plain(error)]).toEqual([
      2,
      expect.stringMatching(
        /^\.\/math\.jsonl: this is a data file, not a mixture\n {2}.*data receipt \.\/math\.jsonl/,
      ),
    ]);
  });

  it('does not write over a source', async () => {
    const { code, error } = await carryover('data', 'mix', mix, '--out', join(folder, 'math.jsonl'));
    expect(code).toBe(2);
    expect(plain(error)).toContain('--out ./math.jsonl is the file to be read');
    expect(rowsOf(join(folder, 'math.jsonl'))).toHaveLength(120);
  });

  it('explains itself', async () => {
    for (const args of [
      ['data', '--help'],
      ['data', 'mix', '--help'],
    ]) {
      const { out, code, error } = await carryover(...args);
      expect([code, error]).toEqual([0, '']);
      expect(out).toMatch(/Examples:\n(.*\n)* {2}carryover data mix /);
    }
  });

  it('prints what the mixture comes to', async () => {
    const { out, code, error } = await carryover('data', 'mix', mix);
    expect([code, error]).toEqual([0, '']);
    expect(plain(out)).toMatchInlineSnapshot(`
      "./mix.yaml: 2,000 supervised tokens of 2 sources, counted as builtin:seedling does, seed 1

      source   rows  looked at  not looked at  not left out  rows used  passes  tokens  supervised    share    asked
      general    80         66             14            80         66    0.82   1,826       1,100   55.0 %   55.0 %
      math      120         57             63           120         57    0.47   1,484         900   45.0 %   45.0 %
      all                                                          123           3,310       2,000  100.0 %  100.0 %
      passes: rows used, one of two epochs twice, for each row not left out; rows not looked at may be left out yet.

      share of the supervised tokens along the run
      run done  general    asked    math   asked
      0-10 %     12.0 %   10.0 %  88.0 %  90.0 %
      10-20 %     7.5 %   10.0 %  92.5 %  90.0 %
      20-30 %     9.5 %   10.0 %  90.5 %  90.0 %
      30-40 %     9.0 %   10.0 %  91.0 %  90.0 %
      40-50 %    14.5 %   10.0 %  85.5 %  90.0 %
      50-60 %    97.5 %  100.0 %   2.5 %   0.0 %
      60-70 %   100.0 %  100.0 %   0.0 %   0.0 %
      70-80 %   100.0 %  100.0 %   0.0 %   0.0 %
      80-90 %   100.0 %  100.0 %   0.0 %   0.0 %
      90-100 %  100.0 %  100.0 %   0.0 %   0.0 %

      How far shares are off those asked for is not given: it is said of beginnings of at least 50,000 supervised tokens, and this mixture has fewer. In shorter ones single rows decide.
      "
    `);
  });

  it('writes the rows in their order, which adds up to the printed figures, and can be trained on', async () => {
    const out = join(folder, 'mixed.jsonl');
    const { out: printed, code } = await carryover(
      'data',
      'mix',
      mix,
      '--tokens',
      '1000',
      '--out',
      out,
      '--json',
    );
    expect(code).toBe(0);
    const facts = JSON.parse(printed) as Mixed;
    const rows = rowsOf(out);
    expect(facts).toMatchObject({
      tokenizer: 'builtin:seedling',
      seed: 1,
      supervisedTokens: 1000,
      furthest: null,
      out,
    });
    expect(rows).toHaveLength(facts.rows);
    expect(rows.reduce((sum, { supervisedTokens }) => sum + supervisedTokens, 0)).toBe(1000);
    for (const { name, used, share } of facts.sources) {
      const own = rows.filter(({ source }) => source === name);
      expect(own).toHaveLength(used);
      expect(own.reduce((sum, row) => sum + row.supervisedTokens, 0)).toBeCloseTo(share * 1000, 9);
      for (const { messages, row } of own) expect(messages[0]!.content).toBe(`${name} ${row - 1}?`);
    }
    expect(facts.stretches.map(({ asked }) => asked['math'])).toEqual(
      [0.9, 0.9, 0.9, 0.9, 0.9, 0, 0, 0, 0, 0].map((share) => expect.closeTo(share, 9)),
    );
    // The second stage is general data alone: math has no floor, and its last row is due before the middle.
    const last = rows.findLastIndex(({ source }) => source === 'math');
    const before = rows.slice(0, last).reduce((sum, row) => sum + row.supervisedTokens, 0);
    expect(Math.abs(before + rows[last]!.supervisedTokens - 500)).toBeLessThan(40);
    const again = await carryover('data', 'mix', written(out), '--json');
    expect(JSON.parse(again.out)).toMatchObject({ rows: rows.length });
  });

  it('counts the sources with the rows that --length leaves', async () => {
    const once = join(folder, 'once.yaml');
    writeFileSync(once, 'sources: { general: { file: general.jsonl }, math: { file: math.jsonl } }\n');
    const facts = async (...length: string[]): Promise<Mixed> => {
      const { out, code, error } = await carryover('data', 'mix', once, '--json', ...length);
      expect([code, error]).toEqual([0, '']);
      return JSON.parse(out) as Mixed;
    };
    const [all, short] = [await facts(), await facts('--length', '30')];
    expect(all.rows).toBe(200);
    expect(short.rows).toBeLessThan(150);
    expect(short.rows).toBeGreaterThan(20);
  });

  it('numbers epochs from 1, and a row of the second one names the same row', async () => {
    const twice = join(folder, 'twice.yaml');
    writeFileSync(twice, 'sources: { general: { file: general.jsonl } }\nepochs: { general: 2 }\n');
    const out = join(folder, 'twice.jsonl');
    expect((await carryover('data', 'mix', twice, '--out', out)).code).toBe(0);
    const rows = rowsOf(out);
    const numbers = (epoch: number) =>
      rows.flatMap((row) => (row.epoch === epoch ? [row.row] : [])).sort((a, b) => a - b);
    expect(numbers(1)).toEqual(Array.from({ length: 80 }, (_, at) => at + 1));
    expect(numbers(2)).toEqual(numbers(1));
    for (const { messages, row } of rows) expect(messages[0]!.content).toBe(`general ${row - 1}?`);
  });

  it('does not write plain text and conversations into one file, which nothing could read', async () => {
    writeFileSync(join(folder, 'plain.jsonl'), '{"text": "Once upon a time."}\n');
    const both = join(folder, 'both.yaml');
    writeFileSync(
      both,
      'sources: { general: { file: general.jsonl }, plain: { file: plain.jsonl } }\nweights: { general: 1, plain: 1 }\n',
    );
    const out = join(folder, 'both.jsonl');
    const { code, error } = await carryover('data', 'mix', both, '--tokens', '8', '--out', out);
    expect(code).toBe(2);
    expect(plain(error)).toMatchInlineSnapshot(`
      "--out ./both.jsonl: the rows of plain are plain text and those of general conversations
        One file holds rows of one format: train on the mixture file itself (train --data).
      "
    `);
    expect(existsSync(out)).toBe(false);
    expect((await carryover('data', 'mix', both, '--tokens', '8')).code).toBe(0);
  });

  function written(file: string): string {
    const path = join(folder, 'written.yaml');
    writeFileSync(path, `sources: { all: { file: ${JSON.stringify(file)} } }\n`);
    return path;
  }

  it('gives the same bytes in another process with another number of threads, and others for another seed', async () => {
    const out = (name: string): string => join(folder, `${name}.jsonl`);
    const args = (name: string): string[] => ['data', 'mix', mix, '--out', out(name)];
    for (const [name, ...rest] of [['here'], ['seed', '--seed', '2']] as const)
      expect((await carryover(...args(name), ...rest)).code).toBe(0);
    const env = { ...process.env, UV_THREADPOOL_SIZE: '1', OMP_NUM_THREADS: '1' };
    const there = ['--import', 'tsx', resolve('test/carryover.ts'), ...args('there')];
    expect(spawnSync(process.execPath, there, { env, encoding: 'utf8' }).status).toBe(0);
    expect(readFileSync(out('there'), 'utf8')).toBe(readFileSync(out('here'), 'utf8'));
    expect(readFileSync(out('seed'), 'utf8')).not.toBe(readFileSync(out('here'), 'utf8'));
  }, 60_000);

  it('refuses what is wrong with exit code 2 and writes nothing', async () => {
    const out = join(folder, 'none.jsonl');
    const bad = join(folder, 'bad.yaml');
    writeFileSync(bad, readFileSync(mix, 'utf8').replace('{ math: 1 }', '{ maths: 1 }'));
    const lost = join(folder, 'lost.yaml');
    writeFileSync(lost, readFileSync(mix, 'utf8').replace('math.jsonl', 'gone.jsonl'));
    const before = readdirSync(folder);
    const commands = [
      [bad],
      [join(folder, 'none.yaml')],
      [lost],
      [mix, '--tokens', '0'],
      [mix, '--tokens', '900000'],
      [mix, '--length', '4'],
      [mix, '--length', '100000'],
      [mix, '--out', join(folder, 'rows.txt')],
    ];
    const said: string[] = [];
    for (const args of commands) {
      const { code, error } = await carryover(
        'data',
        'mix',
        ...args,
        ...(args.includes('--out') ? [] : ['--out', out]),
      );
      expect(code, args.join(' ')).toBe(2);
      said.push(plain(error).trim());
    }
    expect(said.join('\n\n')).toMatchInlineSnapshot(`
      "./bad.yaml:2:3: sources.math: is never used
         2 |   math: { file: math.jsonl }
           |   ~~~~
             give it a weight (0 at some points of a schedule), a share in at_least, or remove it
      ./bad.yaml:5:27: schedule[0].weights.maths: there is no source maths
         5 |   - { at: 0.5, weights: { maths: 1 } }
           |                           ~~~~~
             did you mean math?
        2 problems in ./bad.yaml; nothing was started.

      ./none.yaml: there is no such mixture file
        Give the path of a mixture, such as studies/mixture.yaml.

      gone.jsonl: There is no such data file.
        Looked for ./gone.jsonl. A path is relative to the file that names it, or to the current folder on the command line.

      --tokens 0: not a whole number of at least 1

      general.jsonl: The source general cannot give 495,000 supervised tokens: it has 1,346 in 80 rows, and one epoch may be used.
        Ask for at most 1,346 of this source (budget.supervised_tokens in a study, --tokens on the command line), allow 368 epochs (budget.max_epochs in a study, epochs in a mixture file), or add data.

      general.jsonl: Every one of the 80 rows of general is longer than a packed row may be.
        Allow longer rows: max_length in a study, --length on the command line.

      rows of 100000 tokens do not fit the context of builtin:seedling, 512 tokens
        Use --length 512 or less, or name another model (--model).

      --out ./rows.txt: training data are read by the ending of the file, and this is no .jsonl
        Name it ./rows.jsonl."
    `);
    expect(existsSync(out)).toBe(false);
    expect(readdirSync(folder)).toEqual(before);
  });
});
