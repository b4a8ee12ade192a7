import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { carryover } from '../../test/support/run-cli.ts';
import { closePython } from '../platform/python-worker.ts';

const folder = mkdtempSync(join(tmpdir(), 'carryover-score-'));
const file = (name: string, rows: readonly unknown[]): string => {
  const path = join(folder, name);
  writeFileSync(path, rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n'));
  return path;
};
const rowsOf = (path: string): Record<string, unknown>[] =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const plain = (text: string): string => text.replaceAll(folder, '.');

describe('carryover score', () => {
  it('keeps the answers, and writes into no folder', async () => {
    const input = file('kept.jsonl', [{ id: 'a', output: '8', target: '8' }]);
    const before = readFileSync(input, 'utf8');
    const same = await carryover('score', '--task', 'math', '--in', input, '--out', input);
    expect([same.code, plain(same.error)]).toEqual([
      2,
      '--out ./kept.jsonl is the file to be read\n  Name another file.\n',
    ]);
    expect(readFileSync(input, 'utf8')).toBe(before);
    const inside = await carryover('score', '--task', 'math', '--in', input, '--out', folder);
    expect([inside.code, plain(inside.error)]).toEqual([
      2,
      '--out . is a folder, not a file\n  Choose another file.\n',
    ]);
  });

  it('adds value, answer, outcome and why to every row', async () => {
    const input = file('math.jsonl', [
      { id: 'a', output: 'So it is \\boxed{\\frac{1}{2}}', target: '0.5' },
      { id: 'b', output: 'I think 7.', target: '8' },
      { id: 'c', output: '', target: '8' },
      { id: 'd', output: 'Then we add', target: '8', finish: 'length' },
    ]);
    const output = join(folder, 'scored.jsonl');
    const { out, code } = await carryover('score', '--task', 'math', '--in', input, '--out', output);
    expect(code).toBe(0);
    expect(plain(out)).toMatchInlineSnapshot(`
      "4 answers: 1 correct, 1 wrong, 1 no answer, 1 truncated
        metric       score  95 % interval  reading
        exact_match   25.0  4.6 to 69.9    corrected
        in percent
      written to ./scored.jsonl
      "
    `);
    expect(rowsOf(output).map(({ id, value, answer, outcome }) => [id, value, answer, outcome])).toEqual([
      ['a', 1, '1/2', 'correct'],
      ['b', 0, '7', 'wrong'],
      ['c', 0, null, 'no_answer'],
      ['d', 0, null, 'truncated'],
    ]);
    expect(Object.keys(rowsOf(output)[0]!)).toEqual([
      'id',
      'output',
      'target',
      'value',
      'answer',
      'outcome',
      'why',
    ]);
  });

  it('takes rows that share id and target as answers to one problem', async () => {
    const input = file('drawn.jsonl', [
      { id: 'a', output: '\\boxed{8}', target: '8' },
      { id: 'a', output: '\\boxed{9}', target: '8' },
      { id: 7, output: '\\boxed{1}', target: '2' },
      { id: 7, output: '', target: '2' },
      { output: '\\boxed{3}', target: '3' },
      { output: '\\boxed{3}', target: '3' },
    ]);
    const output = join(folder, 'drawn-scored.jsonl');
    const alone = await carryover('score', '--task', 'math', '--in', input, '--out', output);
    expect(alone.out).toContain('6 answers to 4 problems: 3 correct, 2 wrong, 1 no answer');
    const two = file(
      'two.jsonl',
      rowsOf(input)
        .slice(0, 4)
        .map((row) => JSON.stringify(row)),
    );
    const { out } = await carryover('score', '--task', 'math', '--in', two, '--out', output, '--json');
    expect(JSON.parse(out)).toMatchObject({
      ...{ task: 'math', n: 4, problems: 2, value: 0.25 },
      metrics: { exact_match: { value: 0.25 }, 'pass@2': { value: 0.5 } },
    });
    const mixed = file('ambiguous.jsonl', [
      { id: 'a', output: '8', target: '8' },
      { id: 'a', output: '9', target: '9' },
    ]);
    const third = await carryover('score', '--task', 'math', '--in', mixed, '--out', output);
    expect(third.out).toContain('No pass@k: the id a stands for different references.');
    expect(third.out).not.toContain('pass@2');
  });

  it('leaves out what could not be judged, and says so', async () => {
    const target = { test: 'assert f() == 1' };
    const input = file('unjudged.jsonl', [
      { id: 'a', output: 'import numpy\ndef f(): return int(numpy.ones(1)[0])', target },
      { id: 'b', output: 'def f(): return 1', target },
    ]);
    const output = join(folder, 'unjudged-scored.jsonl');
    const { out } = await carryover('score', '--task', 'python', '--in', input, '--out', output);
    expect(rowsOf(output).map(({ outcome, readings }) => [outcome, readings])).toMatchInlineSnapshot(`
      [
        [
          "error",
          undefined,
        ],
        [
          "correct",
          {
            "compatible": {
              "pass@1": 1,
            },
            "corrected": {
              "pass@1": 1,
            },
          },
        ],
      ]
    `);
    expect(plain(out)).toMatchInlineSnapshot(`
      "2 answers: 1 correct, 1 error
        metric       score  95 % interval  reading
        pass@1       100.0  20.7 to 100.0  corrected
        pass@1,none  100.0  20.7 to 100.0  lm-evaluation-harness's
        in percent
      Over 1 answer: 1 could not be judged (error) and is left out.
      written to ./unjudged-scored.jsonl
      "
    `);
  });

  it('runs Python', async () => {
    const test = 'def check(f):\n    assert f(2) == 4\n';
    const target = { prompt: 'def twice(x):\n', test, entry_point: 'twice' };
    const input = file('python.jsonl', [
      { id: 'body', output: '    return 2 * x\n', target },
      { id: 'wrong', output: '    return x\n', target },
      { id: 'fenced', output: 'Here:\n```python\ndef twice(x):\n    return x + x\n```\nDone.', target },
      { id: 'stated again', output: 'def twice(x):\n    return x + x\n', target },
      { id: 'raises', output: '    raise ValueError(object())\n', target },
      { id: 'no entry point', output: 'y = 4\n', target: { test: 'assert y == 4' } },
    ]);
    const output = join(folder, 'ran.jsonl');
    const { code } = await carryover('score', '--task', 'python', '--in', input, '--out', output, '--json');
    await closePython();
    expect(code).toBe(0);
    expect(rowsOf(output).map(({ id, outcome }) => [id, outcome])).toEqual([
      ['body', 'correct'],
      ['wrong', 'wrong'],
      ['fenced', 'correct'],
      ['stated again', 'correct'],
      ['raises', 'wrong'],
      ['no entry point', 'correct'],
    ]);
    // No address: it would differ from run to run.
    expect(rowsOf(output)[4]!['why']).toContain('ValueError: <object object at 0x...>');
  });

  it('gives programs the time that is asked for, and says so', async () => {
    const sleeps = (seconds: number) => ({
      id: seconds,
      output: `import time; time.sleep(${seconds}); x = 1`,
      target: { test: 'assert x == 1', seconds: 30 },
    });
    const input = file('slow.jsonl', [sleeps(0), sleeps(3600)]);
    const output = join(folder, 'slow-scored.jsonl');
    const args = ['score', '--task', 'python', '--in', input, '--out', output, '--timeout', '0.5'];
    const { out, code } = await carryover(...args);
    const { out: json } = await carryover(...args, '--json');
    await closePython();
    expect(code).toBe(0);
    expect(out).toContain('2 answers: 1 correct, 1 timeout\n');
    expect(plain(out)).toContain('each program had 0.5 s\nwritten to ./slow-scored.jsonl\n');
    expect(JSON.parse(json)).toMatchObject({ settings: { timeout: 0.5 }, outcomes: { timeout: 1 } });
    expect(rowsOf(output).map(({ why, settings }) => [why, settings])).toEqual([
      ['All tests passed.', { timeout: 0.5 }],
      ['The program was stopped after 0.5 s.', { timeout: 0.5 }],
    ]);
    const wrong = [];
    for (const [task, seconds] of [
      ['math', '5'],
      ['mbpp', '0'],
      ['mbpp', 'soon'],
    ] as const) {
      const asked = ['score', '--task', task, '--in', input, '--out', output, '--timeout', seconds];
      const { error, code: end } = await carryover(...asked);
      wrong.push(`${end}: ${error.trim()}`);
    }
    expect(wrong).toMatchInlineSnapshot(`
      [
        "2: --timeout: the task math runs no programs
        Leave it out, or choose a task such as python or humaneval.",
        "2: --timeout 0: not a number from 0.1 to 3600",
        "2: --timeout soon: not a number from 0.1 to 3600",
      ]
    `);
  });

  it('can be interrupted while a program runs, and leaves nothing behind', async () => {
    const place = mkdtempSync(join(tmpdir(), 'carryover-stopped-'));
    const target = { test: 'pass' };
    const input = file('long.jsonl', [{ id: 'a', output: 'import time; time.sleep(3600)', target }]);
    const output = join(place, 'scored.jsonl');
    const args = ['--task', 'python', '--in', input, '--out', output, '--timeout', '3600'];
    const running = carryover('score', ...args);
    // A file that is not finished yet: from then on there is something to leave behind.
    const begun = () => readdirSync(place).some((name) => name.endsWith('.partial'));
    while (!begun()) await new Promise((resolve) => setTimeout(resolve, 5));
    process.emit('SIGINT');
    const { code } = await running;
    await closePython();
    expect([code, readdirSync(place)]).toEqual([130, []]);
  });

  it('names the place of a bad row, ends with 2 and writes nothing', async () => {
    const output = join(folder, 'never.jsonl');
    const messages: string[] = [];
    for (const [task, rows] of [
      ['math', [{ id: 1, output: '5', target: '5' }, '{"id": 2, output}']],
      ['math', [{ id: 1, target: '5' }]],
      ['math', [{ id: 1, output: '5' }]],
      ['python', [{ id: 1, output: 'x', target: 'assert True' }]],
      ['humaneval', [{ id: 1, output: 'x', target: 'assert True' }]],
      ['gsm8k', [{ id: 1, output: '5', target: { answer: '5' } }]],
      ['gsm8k', [{ id: 1, output: '5', target: 'unknown' }]],
      ['math', []],
    ] as const) {
      const input = file('bad.jsonl', rows);
      const { error, code } = await carryover('score', '--task', task, '--in', input, '--out', output);
      messages.push(plain(error));
      expect(code).toBe(2);
      expect(existsSync(output)).toBe(false);
    }
    expect(messages.join('\n')).toMatchInlineSnapshot(`
      "./bad.jsonl:2:11: Not valid JSON: Expected double-quoted property name.
        Each line must hold one JSON object, such as {"question": "...", "answer": "..."}.

      ./bad.jsonl:1: "output" is missing.
        Each row needs {id, output, target}.

      ./bad.jsonl:1: "target" is missing.
        "target" is an answer in LaTeX or plain text, or a solution with the answer in \\boxed{}.

      ./bad.jsonl:1: "target" is a text, not {prompt?, test, entry_point?}.
        "target" is {prompt?, test, entry_point?}: the output continues prompt; test raises when it fails.

      ./bad.jsonl:1: "target" is a text, not {prompt?, test, entry_point?}.
        "target" is {prompt, test, entry_point} with texts, as in the dataset.

      ./bad.jsonl:1: "target" is not a text.
        "target" is what the dataset gives as the answer.

      ./bad.jsonl:1: The reference answer holds no number.
        "target" is what the dataset gives as the answer.

      ./bad.jsonl: This file is empty (0 bytes).
        A download or a disk that was full leaves such files: make it again.
      "
    `);
  });

  it.each(['math', 'gsm8k'])('%s: a cut output counts only when it states its final answer', async (task) => {
    const input = file('cut.jsonl', [
      { id: 'stated', output: 'The answer is 8. Then we', target: '8', finish: 'length' },
      { id: 'other', output: '#### 7', target: '8', finish: 'length' },
      { id: 'last', output: 'So we have 8', target: '8', finish: 'length' },
      { id: 'whole', output: 'So we have 8', target: '8', finish: 'stop' },
    ]);
    const output = join(folder, 'cut-scored.jsonl');
    const { code } = await carryover('score', '--task', task, '--in', input, '--out', output);
    expect(code).toBe(0);
    expect(rowsOf(output).map(({ outcome }) => outcome)).toEqual([
      'correct',
      'wrong',
      'truncated',
      'correct',
    ]);
  });

  it('takes another name of one benchmark, and says for which', async () => {
    const input = file('named.jsonl', [{ id: 1, output: 'The answer is $8$.', target: '8' }]);
    const out = join(folder, 'named-scored.jsonl');
    const said = [];
    for (const name of ['minerva_math500', 'MATH-500', 'GSM8K', 'math', 'obqa', 'bbh', 'aime']) {
      const end = await carryover('score', '--task', name, '--in', input, '--out', out);
      said.push(`${name} ${end.code} ${`${end.said}${end.error}`.split('Tasks:')[0]!.trim()}`);
    }
    expect(said).toMatchInlineSnapshot(`
      [
        "minerva_math500 0 ",
        "MATH-500 0 MATH-500: minerva_math500 here.",
        "GSM8K 0 GSM8K: gsm8k here.",
        "math 0 ",
        "obqa 2 openbookqa is scored from the log-likelihoods of its choices, not from written answers.
        Ask a model with "carryover eval --benchmarks openbookqa".",
        "bbh 2 "bbh" stands for 27 benchmarks; one is scored at a time.
        Name one of them, such as bbh_cot_fewshot_boolean_expressions.",
        "aime 2 "aime" stands for 2 benchmarks; one is scored at a time.
        Name one of them, such as aime24.",
      ]
    `);
  });

  it('says what it can score when the task is another', async () => {
    const input = file('one.jsonl', [{ id: 1, output: '5', target: '5' }]);
    const messages: string[] = [];
    for (const task of ['maths', 'haiku', 'winogrande']) {
      const { error, code } = await carryover(
        'score',
        '--task',
        task,
        '--in',
        input,
        '--out',
        join(folder, 'x'),
      );
      messages.push(error);
      expect(code).toBe(2);
    }
    expect(messages.join('')).toMatchInlineSnapshot(`
      "There is no scoring task "maths".
        Did you mean math? Tasks: math, python, gsm8k, gsm_plus, gsm_symbolic, gsm_symbolic_p1, gsm_symbolic_p2, svamp, asdiv_cot_llama, minerva_math, aime24, aime25, folio, zebralogic, strategyqa, bbh_cot_fewshot_TASK, humaneval, humaneval_plus, mbpp, mbpp_plus, cruxeval_output, cruxeval_input, ifeval, mmlu_pro_SUBJECT, coin_flip, last_letters, proc/NAME.
      There is no scoring task "haiku".
        Tasks: math, python, gsm8k, gsm_plus, gsm_symbolic, gsm_symbolic_p1, gsm_symbolic_p2, svamp, asdiv_cot_llama, minerva_math, aime24, aime25, folio, zebralogic, strategyqa, bbh_cot_fewshot_TASK, humaneval, humaneval_plus, mbpp, mbpp_plus, cruxeval_output, cruxeval_input, ifeval, mmlu_pro_SUBJECT, coin_flip, last_letters, proc/NAME.
      winogrande is scored from the log-likelihoods of its choices, not from written answers.
        Ask a model with "carryover eval --benchmarks winogrande". Tasks: math, python, gsm8k, gsm_plus, gsm_symbolic, gsm_symbolic_p1, gsm_symbolic_p2, svamp, asdiv_cot_llama, minerva_math, aime24, aime25, folio, zebralogic, strategyqa, bbh_cot_fewshot_TASK, humaneval, humaneval_plus, mbpp, mbpp_plus, cruxeval_output, cruxeval_input, ifeval, mmlu_pro_SUBJECT, coin_flip, last_letters, proc/NAME.
      "
    `);
  });
});

describe('carryover score --task python', () => {
  it('says truncated for a cut program that fails, and survives a function name that is none', async () => {
    const test = 'def check(f):\n    assert f(2) == 4\n';
    const target = { prompt: 'def double(x):\n', test, entry_point: 'double' };
    const input = file('python.jsonl', [
      { id: 'cut', output: '    return 2 * (', target, finish: 'length' },
      { id: 'whole', output: '    return 2 * (', target },
      { id: 'right', output: '    return 2 * x\n', target, finish: 'length' },
      { id: 'name', output: '    return 2 * x\n', target: { ...target, entry_point: 'double(' } },
    ]);
    const output = join(folder, 'python-scored.jsonl');
    const { code, error } = await carryover('score', '--task', 'python', '--in', input, '--out', output);
    expect([code, error]).toEqual([0, '']);
    const outcomes = rowsOf(output).map(({ id, outcome }) => [id, outcome]);
    expect(outcomes).toEqual([
      ['cut', 'truncated'],
      ['whole', 'wrong'],
      ['right', 'correct'],
      ['name', 'error'],
    ]);
    expect(rowsOf(output)[3]!['why']).toBe(
      "The tests of the target are no Python, so nobody knows: SyntaxError: '(' was never closed (line 4: check(double()).",
    );
  });

  it('has no task of the names that every object has', async () => {
    const input = file('any.jsonl', [{ id: 'a', output: '1', target: '1' }]);
    const out = join(folder, 'any-scored.jsonl');
    const { code, error } = await carryover('score', '--task', 'constructor', '--in', input, '--out', out);
    expect([code, error.split('\n')[0]]).toEqual([2, 'There is no scoring task "constructor".']);
  });
});
