import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { carryover } from '../../test/support/run-cli.ts';
import { fileRows } from '../data/sources/read-rows.ts';
import { DOMAINS, type Domain } from '../domains/domains.ts';
import { GENERATORS } from '../procedural/index.ts';
import type { Problem } from '../procedural/problem.ts';

const folder = mkdtempSync(join(tmpdir(), 'carryover-procedural-cli-'));
const plain = (text: string): string => text.replaceAll(folder, '.');
const linesOf = (path: string): Record<string, unknown>[] =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('carryover procedural', () => {
  it('explains itself and every one of its commands', async () => {
    const { out, code } = await carryover('procedural', '--help');
    expect(code).toBe(0);
    for (const name of ['list', 'sample', 'export', 'audit']) {
      expect(out).toMatch(new RegExp(`^ {2}${name} \\[options\\]`, 'm'));
      const help = await carryover('procedural', name, '--help');
      expect([help.code, help.said, help.error]).toEqual([0, '', '']);
      expect(help.out).toContain(`Examples:\n  carryover procedural ${name}`);
    }
    expect((await carryover('procedural')).code).toBe(2);
  });

  it('meets a misspelt name with the nearest one, and writes nothing', async () => {
    const out = join(folder, 'none.jsonl');
    const commands = [
      ['lst'],
      ['list', '--domain', 'logic'],
      ['sample', 'aritmetic'],
      ['sample', 'proc/arithmetic', '--split', 'frish'],
      ['sample', 'arithmetic', '--difficulty', '5'],
      ['sample', 'arithmetic', '--difficulty', '2', '--split', 'harder'],
      ['sample', 'arithmetic', '--n', '0'],
      ['export', 'arithmetic,deducton', '--n', '5', '--out', out],
      ['export', 'domain:maths', '--n', '5', '--out', out],
      ['export', 'arithmetic', '--n', '5', '--out', out, '--difficulty', '9'],
      ['export', 'arithmetic', '--n', '5', '--out', out, '--layout', 'workd'],
      ['export', 'arithmetic', '--n', '5', '--out', join(folder, 'rows.json')],
      ['export', 'arithmetic', '--out', out],
      ['audit', 'arithmetic', '--draws', '20'],
      ['audit', 'deductions'],
    ];
    const said: string[] = [];
    for (const command of commands) {
      const { said: usage, error, code } = await carryover('procedural', ...command);
      expect(code, command.join(' ')).toBe(2);
      said.push(plain(usage + error));
    }
    expect(readdirSync(folder)).toEqual([]);
    expect(said.join('')).toMatchInlineSnapshot(`
      "error: unknown command 'lst'
      (Did you mean list?)
      There is no domain named "logic".
        Did you mean logical? Domains: mathematical, logical, scientific, commonsense, symbolic, code, guards.
      There is no procedural task named "aritmetic".
        Did you mean arithmetic? \`carryover procedural list\` lists all.
      There is no split named "frish".
        Did you mean fresh? Splits: train, test, fresh, perturbed, harder.
      --difficulty 5: arithmetic has the levels 1, 2, 3, 4
        Level 5 is the split harder: --split harder.
      --difficulty 2: the split harder has level 5 alone
        Leave --difficulty out, or choose another split.
      --n 0: not a whole number of at least 1
      There is no procedural task named "deducton".
        Did you mean deduction? \`carryover procedural list\` lists all.
      There is no domain named "maths".
        Domains: mathematical, logical, scientific, commonsense, symbolic, code, guards.
      arithmetic has no level 9 in the split train.
        Its levels there: 1, 2, 3, 4.
      There is no layout named "workd".
        Did you mean worked? Layouts: both, asked, worked, direct.
      --out ./rows.json: training data are read by the ending of the file, and this is no .jsonl
        Name it ./rows.jsonl.
      error: required option '--n <rows>' not specified
      --draws 20: not a whole number of at least 1000
      There is no procedural task named "deductions".
        Did you mean deduction? \`carryover procedural list\` lists all.
      "
    `);
  });
});

describe('carryover procedural list', () => {
  it('shows every task under its domain, also as data', async () => {
    const { out } = await carryover('procedural', 'list');
    for (const name of Object.keys(GENERATORS)) expect(out).toMatch(new RegExp(`^ {2}${name} `, 'm'));
    const { tasks } = JSON.parse((await carryover('procedural', 'list', '--json')).out) as {
      tasks: { name: string; domain: Domain }[];
    };
    expect(tasks.map(({ name }) => name).sort()).toEqual(Object.keys(GENERATORS).sort());
    const order = tasks.map(({ domain }) => DOMAINS.indexOf(domain));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(tasks.find(({ name }) => name === 'deduction')).toMatchInlineSnapshot(`
      {
        "abilities": [
          "deduction",
        ],
        "chance": 0.3333333333333333,
        "domain": "logical",
        "harder_level": 5,
        "kind": "choice",
        "levels": [
          1,
          2,
          3,
          4,
        ],
        "name": "deduction",
        "templates": 3,
        "title": "Deduction over invented kinds",
        "why": "What follows from given rules by their form alone: the words are invented, so knowledge cannot help.",
      }
    `);
    const logical = await carryover('procedural', 'list', '--domain', 'logical');
    expect(logical.out).toContain('deduction');
    expect(logical.out).not.toContain('  arithmetic ');
  });
});

describe('carryover procedural sample', () => {
  it('shows question, steps with their wrong turns, and answer', async () => {
    const { out } = await carryover('procedural', 'sample', 'arithmetic', '--n', '2', '--difficulty', '2');
    expect(out).toMatchInlineSnapshot(`
      "arithmetic, level 2, split train, problem 0: template arithmetic/0, 4 steps

        What is 781 - 708?

        1. ones: 1 - 8 + 10 = 3, write 3, borrow 1.
           not: ones: 8 - 1 = 7. So 781 - 708 = 87. (answers 87)
                The digits were turned around: 1 - 8 needs a 1 borrowed from the next column.
        2. tens: 8 - 0 - 1 = 7, write 7.
           not: tens: 8 - 0 = 8. So 781 - 708 = 83. (answers 83)
                The 1 borrowed from the ones was forgotten.
        3. hundreds: 7 - 7 = 0, write 0.
        4. So 781 - 708 = 73.
           not: So 781 - 708 = 1489. (answers 1489)
                That is the sum: the question asks for the difference.
        Answer: 73

      arithmetic, level 2, split train, problem 1: template arithmetic/2, 4 steps

        Add 763 and 917.

        1. ones: 3 + 7 = 10, write 0, carry 1.
        2. tens: 6 + 1 + 1 = 8, write 8.
           not: tens: 6 + 1 = 7. So 763 + 917 = 1670. (answers 1670)
                The 1 carried from the ones was forgotten.
        3. hundreds: 7 + 9 = 16, write 6, carry 1.
        4. So 763 + 917 = 1680.
           not: So 763 + 917 = 154. (answers 154)
                That is the difference: the question asks for the sum.
        Answer: 1680
      "
    `);
    const choice = await carryover('procedural', 'sample', 'deduction', '--n', '1');
    expect(choice.out).toMatch(/\((true|false|unknown) \| (true|false|unknown) \| (true|false|unknown)\)/);
  });

  it('gives whole problems as data, other ones for another seed', async () => {
    const sample = async (...more: string[]) =>
      JSON.parse(
        (await carryover('procedural', 'sample', 'deduction', '--n', '3', '--json', ...more)).out,
      ) as Problem[];
    const problems = await sample('--split', 'perturbed', '--difficulty', '2');
    expect(problems).toHaveLength(3);
    for (const problem of problems) {
      expect(problem).toMatchObject({ id: expect.any(String), split: 'perturbed', level: 2, seed: 0 });
      expect(problem.parent).not.toBeNull();
      expect(problem.tree.length).toBeGreaterThan(0);
    }
    expect(await sample('--seed', '0')).toEqual(await sample());
    expect(await sample('--seed', '1')).not.toEqual(await sample());
  });
});

describe('carryover procedural export', () => {
  it('writes rows that training reads, the same bytes every time', async () => {
    const out = join(folder, 'new', 'rows.jsonl');
    const write = (...more: string[]) =>
      carryover('procedural', 'export', 'all', '--n', '600', '--out', out, ...more);
    const first = await write();
    expect([first.code, plain(first.out)]).toEqual([
      0,
      expect.stringMatching(/^600 rows of .*, split train, seed 0: \.\/new\/rows\.jsonl\n$/),
    ]);
    const bytes = readFileSync(out);
    const rows: unknown[] = [];
    for await (const { values } of fileRows({ local: out, shown: 'rows.jsonl' })) rows.push(values);
    expect(rows).toHaveLength(600);
    expect(new Set(linesOf(out).map((row) => row['task']))).toEqual(new Set(Object.keys(GENERATORS)));
    await write();
    expect(readFileSync(out).equals(bytes)).toBe(true);
    await write('--seed', '2');
    expect(readFileSync(out).equals(bytes)).toBe(false);
    // Nothing but the file: no half-written neighbour.
    expect(readdirSync(join(folder, 'new'))).toEqual(['rows.jsonl']);
  });

  it('takes one level, one layout, another split', async () => {
    const out = join(folder, 'some.jsonl');
    const more = ['--split', 'fresh', '--difficulty', '3', '--layout', 'direct'];
    await carryover('procedural', 'export', 'proc/arithmetic', '--n', '20', '--out', out, ...more);
    for (const row of linesOf(out)) {
      expect(row).toMatchObject({ task: 'arithmetic', split: 'fresh', level: 3, layout: 'direct' });
      expect(JSON.stringify(row['messages'])).toMatch(/"assistant","content":"Answer: \d+"/);
    }
  });

  it('tells each task as its benchmark asks for it', async () => {
    const out = join(folder, 'asked.jsonl');
    const tasks = ['proc/coin_flips', 'proc/syllogisms'];
    await carryover('procedural', 'export', tasks.join(), '--n', '8', '--out', out, '--layout', 'asked');
    const told = linesOf(out).map(({ task, layout }) => `${task} ${layout}`);
    expect([...new Set(told)]).toEqual(['coin_flips worked', 'syllogisms direct']);
  });

  it('refuses a folder before any work', async () => {
    const out = join(folder, 'a-folder.jsonl');
    mkdirSync(out);
    const { error, code } = await carryover('procedural', 'export', 'all', '--n', '5', '--out', out);
    expect([code, plain(error)]).toEqual([
      2,
      '--out ./a-folder.jsonl is a folder, not a file\n  Choose another file.\n',
    ]);
  });
});

describe('carryover procedural audit', () => {
  it('shows every guesser of a task, or the best one of each task', async () => {
    const one = await carryover('procedural', 'audit', 'deduction', '--draws', '1000');
    expect(one.code).toBe(0);
    const rows = one.out.trim().split('\n');
    expect(rows[0]).toMatch(/^guesser +score +chance +above$/);
    expect(rows.slice(1).map((row) => row.replace(/ {2}.*/, ''))).toEqual(
      expect.arrayContaining(['a random option', 'most frequent answer', 'last number of the question']),
    );
    const { rows: data, ...counts } = JSON.parse(
      (await carryover('procedural', 'audit', 'arithmetic', '--draws', '1000', '--json')).out,
    ) as { rows: unknown[] };
    expect(counts).toEqual({ draws: 1000, tolerance: 0.03, shortcuts: 0 });
    expect(data[0]).toMatchObject({ generator: 'arithmetic', chance: 0, binding: true, within: true });
  });
});

describe('procedural tasks as benchmarks', () => {
  it('are evaluated, written down with level, split and template, and compared', async () => {
    const out = join(folder, 'evaluated');
    const names = ['proc/arithmetic', 'proc/syllogisms@perturbed'];
    const model = ['--model', 'test/fixtures/models/llama'];
    const evaluate = () =>
      carryover('eval', ...model, '--benchmarks', names.join(), '--limit', '5', '--out', out, '--json');
    const { code, out: json } = await evaluate();
    expect(code).toBe(0);
    const { benchmarks } = JSON.parse(json) as { benchmarks: Record<string, { n: number }> };
    expect(Object.keys(benchmarks)).toEqual(names);
    const samples = linesOf(join(out, 'samples', 'proc', 'syllogisms@perturbed.jsonl'));
    expect(samples.map((sample) => (sample['problem'] as { level: number }).level)).toEqual([1, 2, 3, 4, 1]);
    for (const sample of samples) {
      const { problem, outcome, cluster } = sample as { problem: { parent: string }; [key: string]: unknown };
      expect(problem).toMatchObject({
        split: 'perturbed',
        surface: expect.stringMatching(/^syllogisms\/\d$/),
      });
      expect(cluster).toBe(problem.parent);
      expect(['correct', 'wrong']).toContain(outcome);
    }
    const compared = await carryover('compare', out, out, '--json');
    expect(JSON.parse(compared.out)).toMatchObject({
      benchmarks: [{ benchmark: names[0] }, { benchmark: names[1] }],
    });
    // What an interrupted evaluation left for another benchmark goes, and nothing else.
    const stray = join(out, 'samples', 'proc', 'stray.jsonl');
    writeFileSync(stray, '');
    expect((await evaluate()).out).toBe(json);
    expect(existsSync(stray)).toBe(false);
  });

  it('are scored without a model, against the answer or the whole problem', async () => {
    const problems = JSON.parse(
      (await carryover('procedural', 'sample', 'arithmetic', '--n', '1', '--json')).out,
    ) as Problem[];
    const { solution, answer } = problems[0]!;
    const rows = [
      { id: 'worked', output: ` ${solution}\nAnswer: ${answer}`, target: problems[0] },
      { id: 'text', output: `Answer: ${answer}.`, target: answer },
      { id: 'number', output: `Answer: ${answer}`, target: Number(answer) },
      { id: 'wrong', output: 'Answer: -1', target: answer },
      { id: 'none', output: solution, target: answer },
      { id: 'cut', output: solution, target: answer, finish: 'length' },
    ];
    const input = join(folder, 'outputs.jsonl');
    writeFileSync(input, rows.map((row) => JSON.stringify(row)).join('\n'));
    const out = join(folder, 'scored.jsonl');
    const score = (task: string) => carryover('score', '--task', task, '--in', input, '--out', out);
    expect((await score('proc/arithmetic')).code).toBe(0);
    expect(linesOf(out).map(({ outcome }) => outcome)).toEqual([
      'correct',
      'correct',
      'correct',
      'wrong',
      'no_answer',
      'truncated',
    ]);
    const misspelt = await score('proc/aritmetic');
    expect([misspelt.code, misspelt.error.split('\n')[1]]).toEqual([
      2,
      expect.stringContaining('Did you mean proc/arithmetic? Tasks: math, python'),
    ]);
    writeFileSync(input, JSON.stringify({ id: 'a', output: 'Answer: true', target: { core: {} } }));
    const shape = await score('proc/deduction');
    expect([shape.code, plain(shape.error)]).toMatchInlineSnapshot(`
      [
        2,
        "./outputs.jsonl:1: "target" is not an answer as text, or a problem {answer, core}, as "carryover procedural sample --json" prints it.
        "target" is an answer as text, or a problem {answer, core}, as "carryover procedural sample --json" prints it.
      ",
      ]
    `);
    // Problems with choices are scored from what was written, too.
    writeFileSync(input, JSON.stringify({ id: 'a', output: 'So it is.\nAnswer: True', target: 'true' }));
    expect((await score('proc/deduction@harder')).code).toBe(0);
    expect(linesOf(out)[0]).toMatchObject({ outcome: 'correct', answer: 'True' });
  });
});
