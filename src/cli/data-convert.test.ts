import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carryover } from '../../test/support/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'carryover-convert-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);
const write = (name: string, content: string | Uint8Array): string => {
  writeFileSync(at(name), content);
  return at(name);
};
const rowsOf = (name: string): unknown[] =>
  readFileSync(at(name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
const convert = async (source: string, ...more: string[]) => {
  const { code, out, error } = await carryover('data', 'convert', '--in', source, ...more);
  return { code, text: (out + error).replaceAll(`${folder}/`, '') };
};

const ALPACA = `${[
  { instruction: 'Add.', input: '1, 2', output: '3' },
  { instruction: 'Say nothing.', input: '', output: '' },
  { instruction: 'Greet.', input: '', output: 'Hello.' },
]
  .map((row) => JSON.stringify(row))
  .join('\n')}\n`;

describe('carryover data convert', () => {
  it('explains itself', async () => {
    const group = await carryover('data', '--help');
    expect(group.out).toMatch(/^ {2}convert \[options\]/m);
    const help = await carryover('data', 'convert', '--help');
    expect([help.code, help.error]).toEqual([0, '']);
    expect(help.out).toContain('Examples:\n  carryover data convert');
    expect((await carryover('data')).code).toBe(2);
  });

  it('writes messages unless told otherwise, and counts what it leaves out', async () => {
    const source = write('alpaca.jsonl.gz', gzipSync(ALPACA));
    expect(await convert(source, '--out', at('rows.jsonl'))).toEqual({
      code: 0,
      text: '2 rows of alpaca.jsonl.gz, alpaca to messages; 1 row with empty answers left out: rows.jsonl\n',
    });
    expect(rowsOf('rows.jsonl')).toEqual([
      {
        messages: [
          { role: 'user', content: 'Add.\n\n1, 2' },
          { role: 'assistant', content: '3' },
        ],
      },
      {
        messages: [
          { role: 'user', content: 'Greet.' },
          { role: 'assistant', content: 'Hello.' },
        ],
      },
    ]);
  });

  it('prints its counts as JSON', async () => {
    const source = write('problems.csv', 'problem,solution\n1+1,2\n2+2,4\n');
    const { code, text } = await convert(
      ...([
        source,
        '--out',
        at('pairs.jsonl'),
        '--to',
        'prompt-completion',
        '--limit',
        '1',
        '--json',
      ] as const),
      '--columns',
      'prompt=problem,completion=solution',
    );
    expect(code).toBe(0);
    expect(JSON.parse(text)).toEqual({
      in: 'problems.csv',
      licence: null,
      from: { name: 'columns', by: 'stated' },
      to: 'prompt-completion',
      rows: 1,
      written: 1,
      dropped: { 'empty-answer': 0, 'empty-question': 0 },
      left_out_columns: [],
      out: 'pairs.jsonl',
      replaced: false,
    });
    expect(rowsOf('pairs.jsonl')).toEqual([{ prompt: '1+1', completion: '2' }]);
  });

  it('keeps instruction and input of alpaca apart, and names the columns that go', async () => {
    const rows = [
      { instruction: 'Add.', input: '1, 2', output: 3, id: 7, text: '' },
      { instruction: 'Greet.', input: ' ', output: 'Hello.', id: 8, source: null },
      { instruction: ' ', input: '', output: 'Hm.', level: 'easy' },
    ];
    const source = write('more.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'));
    const again = ['--to', 'alpaca', '--out', at('same.jsonl')];
    expect((await convert(source, ...again)).text).toBe(
      '2 rows of more.jsonl, alpaca to alpaca; 1 row with empty questions left out; columns left out: id, level: same.jsonl\n',
    );
    const { text } = await convert(source, ...again, '--json');
    expect(JSON.parse(text)).toMatchObject({ left_out_columns: ['id', 'level'], replaced: true });
    expect(rowsOf('same.jsonl')).toEqual([
      { instruction: 'Add.', input: '1, 2', output: '3' },
      { instruction: 'Greet.', input: ' ', output: 'Hello.' },
    ]);
    expect((await convert(source, ...again)).text).toContain('same.jsonl (replaced)\n');
  });

  it('reads and writes files alone, whole ones, into folders that are there', async () => {
    const source = write('alpaca.jsonl', ALPACA);
    const said = async (input: string, out: string) => {
      const { code, text } = await convert(input, '--out', out);
      expect(code).toBe(2);
      return text;
    };
    expect(
      [
        await said('-', at('none.jsonl')),
        await said('/dev/stdin', at('none.jsonl')),
        await said('/dev/fd/63', at('none.jsonl')),
        await said(at('*.jsonl'), at('none.jsonl')),
        await said(source, '-'),
        await said(source, '/dev/stdout'),
        await said(source, at('q.jsonl.gz')),
        await said(source, at('q.json')),
        await said(source, at('no/such/q.jsonl')),
        await said(source, '/no-such-folder-of-anyone/q.jsonl'),
      ].join(''),
    ).toMatchInlineSnapshot(`
      "-: This is a pipe or a device, not a file.
        Rows are read more than once: write them to a file first, and name it.
      /dev/stdin: This is a pipe or a device, not a file.
        Rows are read more than once: write them to a file first, and name it.
      /dev/fd/63: This is a pipe or a device, not a file.
        Rows are read more than once: write them to a file first, and name it.
      Cannot read the data "*.jsonl": it is a pattern, and patterns are only known in repositories of the hub.
        Name the files one by one, or leave the pattern to the shell (without quotes) where a command takes several files: data dedup and data decontaminate. Of the hub: ORG/NAME:FOLDER/*.parquet.
      --out - is no file: what is written is there only when all of it is
        Name a file, and read it when the command is done.
      --out /dev/stdout is no file: what is written is there only when all of it is
        Name a file, and read it when the command is done.
      --out q.jsonl.gz: rows are read compressed, but not written so
        Name it q.jsonl, and compress it afterwards: gzip q.jsonl.
      --out q.json: training data are read by the ending of the file, and this is no .jsonl
        Name it q.jsonl.
      --out no/such/q.jsonl: there is no folder no/such
        Make it first (mkdir -p no/such), or choose another file.
      --out /no-such-folder-of-anyone/q.jsonl: there is no folder /no-such-folder-of-anyone
        Make it first (mkdir -p /no-such-folder-of-anyone), or choose another file.
      "
    `);
    expect((await convert(source, '--out', at('new/q.jsonl'))).code).toBe(0);
  });

  it('makes procedural rows, and the same ones as procedural export', async () => {
    expect((await convert('proc/arithmetic:5', '--out', at('sums.jsonl'))).code).toBe(0);
    await carryover('procedural', 'export', 'arithmetic', '--n', '5', '--out', at('exported.jsonl'));
    const messages = (row: unknown) => (row as { messages: unknown }).messages;
    expect(rowsOf('sums.jsonl').map(messages)).toEqual(rowsOf('exported.jsonl').map(messages));
  });

  it('refuses what is wrong with exit code 2, and writes nothing', async () => {
    const alpaca = write('alpaca.jsonl', ALPACA);
    const bad = write('bad.jsonl', `${ALPACA}{"instruction": "x", "output": ["nested"]}\n`);
    const mixed = write('mixed.jsonl', `${ALPACA}{"prompt": "x", "completion": "y"}\n`);
    const empty = write('empty.jsonl', '{"prompt": "x", "completion": null}\n');
    const chat = write('chat.jsonl', '{"messages": [{"role": "assistant", "content": "x"}]}\n');
    const out = at('none.jsonl');
    const results = [
      await convert(alpaca, '--out', at('none.csv')),
      await convert(alpaca, '--out', alpaca),
      await convert(bad, '--out', out),
      await convert(mixed, '--out', out),
      await convert(empty, '--from', 'prompt-completion', '--out', out),
      await convert(chat, '--to', 'alpaca', '--out', out),
      await convert(alpaca, '--to', 'text', '--out', out),
      await convert(alpaca, '--test-items', '--out', out),
      await convert('proc/arithmetic', '--limit', '5', '--out', out),
      await convert(at('gone.jsonl'), '--out', out),
      await convert('no-such-thing', '--out', out),
    ];
    expect(results.map(({ code }) => code)).toEqual(results.map(() => 2));
    expect(existsSync(out)).toBe(false);
    expect(readFileSync(alpaca, 'utf8')).toBe(ALPACA);
    expect(results.map(({ text }) => text).join('')).toMatchInlineSnapshot(`
      "--out none.csv: training data are read by the ending of the file, and this is no .jsonl
        Name it none.jsonl.
      --out alpaca.jsonl is the file to be read
        Name another file.
      bad.jsonl:4: column "output" holds a list, not text.
        Columns of this row: instruction, output. Every row needs text there.
      mixed.jsonl:4: this row is in the format prompt-completion, the source in the format alpaca.
        A source has one format: put the rows into two files, and name both.
      empty.jsonl: The source has 1 rows, all with empty answers or questions.
        Check the file, the split and the columns.
      chat.jsonl:1: this row has other turns than one question and one answer.
        Choose a format of whole conversations: --to messages or --to sharegpt.
      alpaca.jsonl:1: this row is a conversation, which is no plain text before a model’s template is known.
        Choose another format (--to messages): training renders it with the model’s own template.
      --test-items cannot be used with files and datasets of the hub
        Leave out --test-items.
      --limit cannot be used with procedural tasks: proc/TASK:ROWS says how many rows
        Leave out --limit.
      gone.jsonl: There is no such data file.
        Looked for gone.jsonl. A path is relative to the file that names it, or to the current folder on the command line.
      Cannot read the data "no-such-thing": it is neither a data file nor a mixture file nor a dataset of the hub nor proc/TASK nor samples:FOLDER.
        For example: --data my.jsonl, --data openai/gsm8k:main:train, --data llamafactory/demo_data:identity.json, --data proc/arithmetic, --data 0.3*my.jsonl,0.7*tatsu-lab/alpaca.
      "
    `);
  });
});

describe('answers of an earlier evaluation', () => {
  const run = at('run');
  beforeAll(async () => {
    const result = await carryover(
      ...['eval', '--model', 'builtin:seedling', '--benchmarks', 'proc/arithmetic@train,proc/arithmetic'],
      ...['--limit', '8', '--out', run],
    );
    expect(result.code).toBe(0);
  });
  const samples = (name: string) =>
    readFileSync(join(run, 'samples', 'proc', `${name}.jsonl`), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string>);

  it('become rows with the prompts as they were asked', async () => {
    const out = at('own.jsonl');
    const all = ['--outcomes', 'correct,wrong,no_answer'];
    const { code, text } = await convert(
      `samples:${run}`,
      ...['--benchmarks', 'proc/arithmetic@train', ...all, '--out', out, '--json'],
    );
    expect([code, text]).toEqual([0, expect.stringContaining('"written":')]);
    const whole = samples('arithmetic@train').filter(
      ({ outcome, output }) => outcome !== 'truncated' && output!.trim() !== '',
    );
    expect(whole.length).toBeGreaterThan(0);
    const rows = rowsOf('own.jsonl') as { messages: { role: string; content: string }[] }[];
    expect(rows.map(({ messages }) => messages.at(-1)!.content)).toEqual(
      whole.map(({ output }) => output!.trimStart()),
    );
    expect(rows.every(({ messages }) => messages.length === 2 && messages[0]!.role === 'user')).toBe(true);
  });

  it('become conversations where a chat template asked, one for each answer that was drawn', async () => {
    const chats = at('chats');
    await carryover(
      ...['eval', '--model', 'builtin:seedling', '--benchmarks', 'proc/arithmetic@train', '--limit', '4'],
      ...['--apply-chat-template', '--samples', '3', '--temperature', '1', '--out', chats],
    );
    const all = ['--outcomes', 'correct,wrong,no_answer', '--out', at('chats.jsonl')];
    expect((await convert(`samples:${chats}`, ...all)).text).toContain('name the model (--model)');
    expect((await convert(`samples:${chats}`, '--model', 'builtin:seedling', ...all)).code).toBe(0);
    const rows = rowsOf('chats.jsonl') as { messages: { role: string; content: string }[] }[];
    const exported = rowsOf('exported.jsonl') as { messages: { content: string }[] }[];
    expect(rows.length).toBeGreaterThan(4);
    expect(rows[0]!.messages.at(-2)!.content).toContain(exported[0]!.messages[0]!.content);
  });

  it('are refused where they would train on what is tested, unless the user says so', async () => {
    const out = at('tested.jsonl');
    const all = ['--outcomes', 'correct,wrong,no_answer', '--out', out];
    const refused = await convert(`samples:${run}`, ...all);
    expect(refused.code).toBe(2);
    expect(refused.text).toMatchInlineSnapshot(`
      "run: Training on answers to proc/arithmetic would train on the items that it tests with.
        Draw answers to a split for training (proc/TASK@train, or a benchmark file of your own over a train split). If these are items for training, say so: test_items: true, on the command line --test-items.
      "
    `);
    expect(existsSync(out)).toBe(false);
    expect((await convert(`samples:${run}`, '--test-items', ...all)).code).toBe(0);
  });

  it('are refused when their prompts cannot be made again, and when they are none', async () => {
    const [first] = samples('arithmetic@train');
    const place = at('changed/samples/proc');
    mkdirSync(place, { recursive: true });
    const file = join(place, 'arithmetic@train.jsonl');
    const said = async (content: object, ...more: string[]) => {
      writeFileSync(file, `${JSON.stringify(content)}\n`);
      return (await convert(`samples:${at('changed')}`, '--out', at('x.jsonl'), ...more)).text;
    };
    const right = { ...first, outcome: 'correct', output: 'x' };
    expect(
      [
        await said({ ...right, prompt_sha256: '0'.repeat(64) }),
        await said({ ...right, prompt_sha256: '0'.repeat(64) }, '--model', 'builtin:seedling'),
        await said({ ...right, id: 'another' }),
        await said({ a: 1 }),
        await said(right, '--outcomes', 'truncated'),
        await said(right, '--benchmarks', 'gsm8k'),
        (await convert(`samples:${at('nowhere')}`, '--out', at('x.jsonl'))).text,
        (await convert(`samples:${folder}`, '--out', at('x.jsonl'))).text,
      ].join(''),
    ).toMatchInlineSnapshot(`
      "changed/samples/proc/arithmetic@train.jsonl:1: the prompt of item b2f3872c13d52729 cannot be made again: its hash is another.
        If it was asked through a chat template, name the model (--model).
      changed/samples/proc/arithmetic@train.jsonl:1: the prompt of item b2f3872c13d52729 cannot be made again: its hash is another.
        The benchmark has changed since, or another model’s chat template was used: evaluate again.
      changed/samples/proc/arithmetic@train.jsonl:1: proc/arithmetic@train has no item another.
        The benchmark or its data have changed since: evaluate again.
      changed/samples/proc/arithmetic@train.jsonl:1: this line is no sample.
        Name a samples file that an evaluation wrote.
      "truncated" is no outcome to train on.
        Outcomes: correct, wrong, no_answer. Answers that were cut or failed teach nothing.
      changed: There are no samples of gsm8k.
        There are some of proc/arithmetic@train.
      nowhere: There is no such file or folder.
        Name a folder that "carryover eval --out" wrote, or evaluations/base-1 of a run, or one of its samples files.
      alpaca.jsonl: These are samples of alpaca, which is no benchmark of ours.
        Name the file that describes it among the source’s benchmarks.
      "
    `);
  });
});
