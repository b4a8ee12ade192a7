import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { carryover } from '../../test/support/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'carryover-score-rows-'));
const out = join(folder, 'out.jsonl');

/** Exit code and what was said, with the folder as `.`. */
async function scored(task: string, rows: readonly unknown[]): Promise<string> {
  rmSync(out, { force: true });
  const input = join(folder, 'in.jsonl');
  writeFileSync(input, rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n'));
  const { code, error } = await carryover('score', '--task', task, '--in', input, '--out', out);
  expect(existsSync(out)).toBe(code === 0);
  return `${code} ${error}`.replaceAll(folder, '.');
}

/** What is said of each target alone, without the place and the remedy. */
async function faults(task: string, targets: readonly unknown[]): Promise<string[]> {
  const said: string[] = [];
  for (const target of targets) {
    const text = await scored(task, [{ id: 'a', output: 'x', target }]);
    said.push(text.split('\n')[0]!.replace('./in.jsonl:1: ', ''));
  }
  return said;
}

/** A reference that holds something but no answer, where "?!" is not one. */
const UNREADABLE: Readonly<Record<string, unknown>> = {
  math: '$\\boxed{}$',
  minerva_math500: '$\\boxed{}$',
  'proc/arithmetic': { core: null },
};

describe('rows that cannot be scored', () => {
  it('are found before a program runs, all at once', async () => {
    const good = {
      id: 'a',
      output: 'import time; time.sleep(3600)',
      target: { test: 'pass', seconds: 3600 },
    };
    const rows = [
      good,
      { id: 'b', output: null, target: {} },
      { id: 'c', output: 'x = 1', target: { test: 'assert x == 1' }, finish: 'lenght' },
      { id: 'd', output: 'x = 1', target: null },
      '{"id": "e", output}',
      { id: 'f' },
    ];
    expect(await scored('python', rows)).toMatchInlineSnapshot(`
      "2 ./in.jsonl: 5 mistakes; nothing was scored:
        ./in.jsonl:2: "output" is null.
        ./in.jsonl:2: "target" has no "test".
        ./in.jsonl:3: "finish" is "lenght".
        ./in.jsonl:4: "target" is null.
        ./in.jsonl:5:13: Not valid JSON: Expected double-quoted property name.
        Each row needs {id, output, target}.
        "target" is {prompt?, test, entry_point?}: the output continues prompt; test raises when it fails.
        Did you mean "length"? "length" marks an output that was cut; known are stop, eos, tool_calls, function_call, length, content_filter, null, or no "finish".
        Each line must hold one JSON object, such as {"question": "...", "answer": "..."}.
      "
    `);
  });

  it('are listed up to twenty', async () => {
    const rows = Array.from({ length: 23 }, () => ({ id: 'a', output: '5' }));
    const said = await scored('math', rows);
    expect(said.split('\n')[0]).toBe('2 ./in.jsonl: 23 mistakes, the first 20 of them; nothing was scored:');
    expect(said.match(/"target" is missing\./g)).toHaveLength(20);
  });

  it('have a reference that cannot be read, in every task', async () => {
    const said: Record<string, string[]> = {};
    for (const task of ['math', 'minerva_math500', 'gsm8k', 'strategyqa', 'last_letters', 'proc/arithmetic'])
      said[task] = await faults(task, ['', ' ', null, true, UNREADABLE[task] ?? '?!']);
    expect(said).toMatchInlineSnapshot(`
      {
        "gsm8k": [
          "2 "target" is empty.",
          "2 "target" is empty.",
          "2 "target" is null.",
          "2 "target" is not a text.",
          "2 The reference answer holds no number.",
        ],
        "last_letters": [
          "2 "target" is empty.",
          "2 "target" is empty.",
          "2 "target" is null.",
          "2 "target" is not a text.",
          "2 The reference "?!" has no letters.",
        ],
        "math": [
          "2 "target" is empty.",
          "2 "target" is empty.",
          "2 "target" is null.",
          "2 "target" is not a text.",
          "2 The reference holds no answer.",
        ],
        "minerva_math500": [
          "2 "target" is empty.",
          "2 "target" is empty.",
          "2 "target" is null.",
          "2 "target" is not a text.",
          "2 The reference holds no answer.",
        ],
        "proc/arithmetic": [
          "2 The answer of "target" is empty.",
          "2 The answer of "target" is empty.",
          "2 "target" is null.",
          "2 "target" is not an answer as text, or a problem {answer, core}, as "carryover procedural sample --json" prints it.",
          "2 "target" is not an answer as text, or a problem {answer, core}, as "carryover procedural sample --json" prints it.",
        ],
        "strategyqa": [
          "2 "target" is empty.",
          "2 "target" is empty.",
          "2 "target" is null.",
          "2 "target" is not a text.",
          "2 The reference "?!" is neither yes nor no.",
        ],
      }
    `);
  });

  it('have a target whose fault is named: programs', async () => {
    const test = 'assert True';
    const targets = [
      test,
      [],
      { prompt: 'x' },
      { test: ' ' },
      { test: 1 },
      { test, prompt: null },
      { test, seconds: 0 },
    ];
    expect(await faults('python', targets)).toMatchInlineSnapshot(`
      [
        "2 "target" is a text, not {prompt?, test, entry_point?}.",
        "2 "target" is a list, not {prompt?, test, entry_point?}.",
        "2 "target" has no "test".",
        "2 "test" of "target" is empty.",
        "2 "test" of "target" is not a text.",
        "2 "prompt" of "target" is null.",
        "2 "seconds" of "target" must be a number above 0; it is 0.",
      ]
    `);
    expect(await faults('humaneval', [{ prompt: '', test }])).toMatchInlineSnapshot(`
      [
        "2 "target" has no "entry_point".",
      ]
    `);
  });

  it('have a target whose fault is named: instructions', async () => {
    const of = (id: string, ...kwargs: unknown[]) => ({ instruction_id_list: [id], kwargs });
    const words = 'length_constraints:number_words';
    const targets = [
      {},
      { instruction_id_list: [], kwargs: [] },
      of('punctuation:no_coma', {}),
      of('punctuation:no_comma'),
      of('punctuation:no_comma', null),
      of(words, {}),
      of(words, { num_words: 3, relation: 'around' }),
      of(words, { num_words: '3', relation: 'at least' }),
      of('keywords:letter_frequency', { letter: 'ab', let_frequency: 1, let_relation: 'at least' }),
      of('length_constraints:nth_paragraph_first_word', {
        ...{ num_paragraphs: 1, nth_paragraph: 2, first_word: 'a' },
      }),
    ];
    expect(await faults('ifeval', targets)).toMatchInlineSnapshot(`
      [
        "2 "target" has no "instruction_id_list".",
        "2 "instruction_id_list" of "target" is empty.",
        "2 IFEval has no instruction "punctuation:no_coma". Did you mean punctuation:no_comma?",
        "2 "kwargs" of "target" has 0 records for 1 ids: one is needed for each, {} where there is nothing to say.",
        "2 "kwargs" of punctuation:no_comma is no record: {} where there is nothing to say.",
        "2 length_constraints:number_words: its kwargs lack "num_words" and "relation".",
        "2 length_constraints:number_words: "relation" must be one of "less than", "at least"; it is "around".",
        "2 length_constraints:number_words: "num_words" must be a whole number from 1; it is "3".",
        "2 keywords:letter_frequency: its kwargs {"letter": "ab", "let_frequency": 1, "let_relation": "at least"} do not fit: "letter" is one character.",
        "2 length_constraints:nth_paragraph_first_word: its kwargs {"num_paragraphs": 1, "nth_paragraph": 2, "first_word": "a"} do not fit: "nth_paragraph" may not be above "num_paragraphs", and "first_word" is a text.",
      ]
    `);
  });
});

describe('why an output ended', () => {
  it('is what servers say, and null is as good as nothing', async () => {
    const finishes = ['stop', 'eos', 'tool_calls', 'function_call', null, 'length', 'content_filter'];
    const rows = finishes.map((finish) => ({ id: finish, output: 'So we have 8', target: '8', finish }));
    expect(await scored('math', rows)).toBe('0 ');
    const found = readFileSync(out, 'utf8').trim().split('\n');
    expect(found.map((line) => (JSON.parse(line) as { outcome: string }).outcome)).toEqual([
      ...Array<string>(5).fill('correct'),
      ...['truncated', 'truncated'],
    ]);
  });
});
