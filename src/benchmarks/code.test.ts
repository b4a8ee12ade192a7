/** The code benchmarks: prompts as the harness asks them, and what becomes of right, wrong and no answers. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mutants } from '../../test/support/mutants.ts';
import { readRows } from '../data/sources/read-rows.ts';
import { sha256 } from '../platform/files.ts';
import { closePython, runPython } from '../platform/python-worker.ts';
import type { Outcome, Score } from '../scoring/score.ts';
import type { Ending, GenerateItem, HubBenchmark, Row } from './benchmark.ts';
import { cruxevalInput, cruxevalOutput } from './cruxeval.ts';
import { humaneval, humanevalPlus } from './humaneval.ts';
import { mbpp, mbppPlus } from './mbpp.ts';
import { withoutUnjudged } from './unjudged-programs.ts';

// On a machine with far more work than cores the first start has been seen to take minutes.
beforeAll(() => runPython('pass', { timeoutMs: 1000 }), 1_200_000);
afterAll(closePython);

const itemOf = (benchmark: HubBenchmark, row: Row) => benchmark.items([row], [])[0] as GenerateItem;
/** The way of `carryover eval`: the benchmark's own item and its own score. */
const score = async (
  benchmark: HubBenchmark,
  row: Row,
  output: string,
  ending: Ending = 'stop',
  limit: { readonly seconds?: number } = {},
): Promise<Score> => await benchmark.score!(output, itemOf(benchmark, row), { ending, ...limit });
const said = ({ outcome, value, why, answer, readings }: Score) =>
  `${outcome} ${value}/${readings.compatible['pass@1']}${answer === null ? ' null' : ''}: ${why}`;

const HUMANEVAL = {
  task_id: 'Test/0',
  prompt: 'def double(x):\n    """ Twice x """\n',
  test: 'def check(candidate):\n    assert candidate(2) == 4\n    assert candidate(-1) == -2\n',
  entry_point: 'double',
};
const MBPP = {
  task_id: 900,
  text: 'Write a function to sum the values of two nodes.',
  code: 'class Node:\r\n    def __init__(self, v): self.v = v\r\ndef total(a, b):\r\n    return a.v + b.v',
  test_list: [
    'assert total(root, root) == 2',
    'assert total(root, Node(2)) == 3',
    'assert total(Node(0), root) == 1',
  ],
  test_setup_code: 'root = Node(1)',
  challenge_test_list: [],
};
const MBPP_PLUS = {
  task_id: 901n,
  prompt: 'Write a function to halve a number.',
  code: 'def half(x):\n    return x / 2',
  test_imports: ['import math'],
  test_list: ['assert half(2) == 1', 'assert half(4) == 2', 'assert half(6) == 3', 'assert half(1) == 0.5'],
  test: 'import numpy as np\nassert np.allclose(half(1), 0.5, rtol=1e-07, atol=1e-06)\nassert half(math.inf) == math.inf\n',
};
const CRUX = {
  id: 'sample_7',
  code: 'def f(a, b):\n    return (a + b) * 2',
  input: '"x", "y"',
  output: '"xyxy"',
};

describe('an answer', () => {
  it('to HumanEval: every kind of completion', async () => {
    const found = [];
    for (const completion of [
      '    return 2 * x\n',
      '    return x + 2\n',
      '    return y\n',
      '    return (\n',
      '    import sys; sys.exit(0)\n',
      '    while True: pass\n',
      '    import numpy as np; return np.array(x) * 2\n',
      'Sure:\n```python\ndef double(x):\n    return 2 * x\n```',
      '    return 2 * x\n```',
      '    return 2 * x\n```\n\nIt doubles.',
      'Sure:\n```python\ndef double(x):\n    return 2 * x\n',
      'Sure:\n```python',
      '    x = [0] * 10 ** 8\n    return 2 * x\n',
      '    return 2 * x\n@lambda check: print\n',
      '  \n',
      '',
    ]) {
      const judged = await score(humaneval, HUMANEVAL, completion, 'stop', { seconds: 2 });
      found.push(`${JSON.stringify(completion)} ${said(judged)}`);
    }
    expect(found).toMatchInlineSnapshot(`
      [
        ""    return 2 * x\\n" correct 1/1: All tests passed.",
        ""    return x + 2\\n" wrong 0/0: The program ended with AssertionError (line 8: assert candidate(-1) == -2).",
        ""    return y\\n" wrong 0/0: The program ended with NameError: name 'y' is not defined (line 3: return y).",
        ""    return (\\n" wrong 0/0: The program ended with SyntaxError: '(' was never closed (line 3: return ().",
        ""    import sys; sys.exit(0)\\n" wrong 0/0: The program ended with SystemExit: 0 (line 3: import sys; sys.exit(0)).",
        ""    while True: pass\\n" timeout 0/0: The program was stopped after 2 s.",
        ""    import numpy as np; return np.array(x) * 2\\n" error 0/0: The sandbox lacks a library, so nobody knows: ModuleNotFoundError: No module named 'numpy' (numpy.array is not available in this sandbox) (line 3: import numpy as np; return np.array(x) * 2).",
        ""Sure:\\n\`\`\`python\\ndef double(x):\\n    return 2 * x\\n\`\`\`" correct 1/0: In the fenced block: All tests passed.",
        ""    return 2 * x\\n\`\`\`" correct 1/0: Above the closing fence: All tests passed.",
        ""    return 2 * x\\n\`\`\`\\n\\nIt doubles." correct 1/0: Above the closing fence: All tests passed.",
        ""Sure:\\n\`\`\`python\\ndef double(x):\\n    return 2 * x\\n" correct 1/0: In the fenced block without an end: All tests passed.",
        ""Sure:\\n\`\`\`python" no_answer 0/0 null: In the fenced block without an end: there is no code.",
        ""    x = [0] * 10 ** 8\\n    return 2 * x\\n" timeout 0/0: The program reached the memory limit of 512 MB.",
        ""    return 2 * x\\n@lambda check: print\\n" wrong 0/0: The program ended with SyntaxError: invalid syntax (line 6: pass).",
        ""  \\n" no_answer 0/0 null: The completion is empty.",
        """ no_answer 0/0 null: The completion is empty.",
      ]
    `);
    const cut = await score(humaneval, HUMANEVAL, '    return (', 'length');
    expect([cut.outcome, (await score(humaneval, HUMANEVAL, '', 'length')).outcome]).toEqual([
      'truncated',
      'no_answer',
    ]);
  });

  it('to MBPP: the code that prepares the tests is run in the corrected reading alone', async () => {
    const found = [];
    for (const output of [
      MBPP.code,
      `Here:\n\`\`\`python\n${MBPP.code}\n\`\`\`\n`,
      'def total(a, b): return 0',
      '',
    ]) {
      found.push(said(await score(mbpp, MBPP, output)));
    }
    expect(found).toMatchInlineSnapshot(`
      [
        "correct 1/0: All tests passed.",
        "correct 1/0: In the fenced block: All tests passed.",
        "wrong 0/0: The program ended with NameError: name 'Node' is not defined (line 3: root = Node(1)).",
        "no_answer 0/0 null: The completion is empty.",
      ]
    `);
  });

  it('to MBPP+: the tests that make it so are run in the corrected reading alone', async () => {
    const found = [];
    for (const output of [
      MBPP_PLUS.code,
      'def half(x):\n    return x // 2',
      'def half(x):\n    return x',
      '',
    ]) {
      found.push(said(await score(mbppPlus, MBPP_PLUS, output)));
    }
    expect(found).toMatchInlineSnapshot(`
      [
        "correct 1/1: All tests passed.",
        "wrong 0/1: The program ended with AssertionError (line 6: assert np.allclose(half(1), 0.5, rtol=1e-07, atol=1e-06)).",
        "wrong 0/0: The program ended with AssertionError (line 6: assert np.allclose(half(1), 0.5, rtol=1e-07, atol=1e-06)).",
        "no_answer 0/0 null: The completion is empty.",
      ]
    `);
  });

  it('to CRUXEval, output', async () => {
    const found = [];
    for (const output of [
      '\n[ANSWER]\nassert f("x", "y") == "xyxy"\n',
      '\n[ANSWER]\nassert f("x", "y") == "xyx"\n[/ANSWER]',
      '"xyxy"',
      'assert f("x", "y") == f("x", "y")',
      'assert f("x", "y") == "xyxy"\nbecause it is doubled',
      '[ANSWER]f("x", "y")[/ANSWER]',
      '',
    ]) {
      found.push(`${JSON.stringify(output)} ${said(await score(cruxevalOutput, CRUX, output))}`);
    }
    expect(found).toMatchInlineSnapshot(`
      [
        ""\\n[ANSWER]\\nassert f(\\"x\\", \\"y\\") == \\"xyxy\\"\\n" correct 1/0: All tests passed.",
        ""\\n[ANSWER]\\nassert f(\\"x\\", \\"y\\") == \\"xyx\\"\\n[/ANSWER]" wrong 0/0: The program ended with AssertionError (line 4: assert f("x", "y") == _ast.literal_eval("\\"xyx\\"")).",
        ""\\"xyxy\\"" correct 1/0: All tests passed.",
        ""assert f(\\"x\\", \\"y\\") == f(\\"x\\", \\"y\\")" wrong 0/1: The program ended with ValueError: malformed node or string on line 1: Call(func=Name(id='f', ctx=Load()), args=[Constant(value='x', kind=None), Constant(value='y', kind=None)], keywords=[]) (line 4: assert f("x", "y") == _ast.literal_eval("f(\\"x\\", \\"y\\")")).",
        ""assert f(\\"x\\", \\"y\\") == \\"xyxy\\"\\nbecause it is doubled" correct 1/0: All tests passed.",
        ""[ANSWER]f(\\"x\\", \\"y\\")[/ANSWER]" no_answer 0/0 null: No predicted output was found.",
        """ no_answer 0/0 null: No predicted output was found.",
      ]
    `);
  });

  it('to CRUXEval, input', async () => {
    const found = [];
    for (const output of [
      '\n[ANSWER]\nassert f("x", "y") == "xyxy"\n',
      '\n[ANSWER]\nassert f("xy", "") == "xyxy"\n[/ANSWER]',
      'f(")x"[1:], "y")',
      '"x", "y"',
      'assert f("x") == "xyxy"',
      'I do not\nknow.',
      '',
    ]) {
      found.push(`${JSON.stringify(output)} ${said(await score(cruxevalInput, CRUX, output))}`);
    }
    expect(found).toMatchInlineSnapshot(`
      [
        ""\\n[ANSWER]\\nassert f(\\"x\\", \\"y\\") == \\"xyxy\\"\\n" correct 1/1: All tests passed.",
        ""\\n[ANSWER]\\nassert f(\\"xy\\", \\"\\") == \\"xyxy\\"\\n[/ANSWER]" correct 1/1: All tests passed.",
        ""f(\\")x\\"[1:], \\"y\\")" correct 1/1: All tests passed.",
        ""\\"x\\", \\"y\\"" correct 1/1: All tests passed.",
        ""assert f(\\"x\\") == \\"xyxy\\"" wrong 0/0: The program ended with TypeError: f() missing 1 required positional argument: 'b' (line 3: assert f("x") == "xyxy").",
        ""I do not\\nknow." no_answer 0/0 null: No call of f was found.",
        """ no_answer 0/0 null: No call of f was found.",
      ]
    `);
  });
});

it('an answer to a problem whose own solution fails is no wrong answer, and may be a right one', () => {
  const wrong: Score = {
    ...{ value: 0, answer: 'x', outcome: 'wrong', why: 'The program ended with AssertionError.' },
    readings: { compatible: { 'pass@1': 0 }, corrected: { 'pass@1': 0 } },
  };
  expect(withoutUnjudged('mbpp/596', wrong)).toMatchObject({
    outcome: 'error',
    why: expect.stringMatching(/32-bit.*AssertionError/),
    readings: { compatible: {}, corrected: {} },
  });
  const right: Score = { ...wrong, value: 1, outcome: 'correct' };
  expect(withoutUnjudged('mbpp/596', right)).toBe(right);
  expect(withoutUnjudged('mbpp/597', wrong)).toBe(wrong);
});

const REFERENCE = JSON.parse(
  readFileSync(new URL('../../test/fixtures/lm-eval-code-prompts.json', import.meta.url), 'utf8'),
) as { tasks: Record<string, { n: number; prompts: string; until: string[]; rows?: Row[] }> };
const { CARRYOVER_HUB: hub, CARRYOVER_ALL_PROGRAMS: all } = process.env;

describe('prompts and stop strings', () => {
  for (const benchmark of [humanevalPlus, mbpp, mbppPlus, cruxevalOutput, cruxevalInput]) {
    const { n, prompts, until, rows } = REFERENCE.tasks[benchmark.name]!;
    const skipped = !rows && !hub;
    it.skipIf(skipped)(
      `of ${benchmark.name} are lm-evaluation-harness's, byte for byte${skipped ? ' (skipped: CARRYOVER_HUB is not set)' : ''}`,
      async () => {
        const items = benchmark.items(
          rows ?? (await readRows(benchmark.test)),
          [],
        ) as readonly GenerateItem[];
        const hashes = items.map(({ prompt }) => sha256(JSON.stringify([[prompt, null]])));
        expect({ n: items.length, prompts: sha256(hashes.join('\n')) }).toEqual({ n, prompts });
        expect(items[0]!.stop).toEqual(until);
      },
    );
  }
});

/** All take minutes on a busy machine; every twentieth is always run. */
const STEP = all ? 1 : 20;
const which = all ? 'all' : 'every twentieth (all with CARRYOVER_ALL_PROGRAMS=1) of';
const SOLVED = [
  { benchmark: humaneval, solution: 'canonical_solution', size: 164 },
  { benchmark: humanevalPlus, solution: 'canonical_solution', size: 164 },
  { benchmark: mbpp, solution: 'code', size: 500 },
  { benchmark: mbppPlus, solution: 'code', size: 378 },
];
/** Solutions of the dataset itself that do not pass, and how they end (unjudged-programs.ts says why). */
const UNSOLVED: Readonly<Record<string, readonly Outcome[]>> = {
  'HumanEval/32 of humaneval_plus': ['error'],
  'mbpp/590 of mbpp_plus': ['error'],
  'mbpp/596 of mbpp_plus': ['error'],
  // Their lists take more than 512 MB.
  'mbpp/255 of mbpp_plus': ['timeout'],
  // 40 s in CPython.
  'mbpp/599 of mbpp_plus': ['timeout', 'correct'],
};
/** Mutants that pass, in CPython outside the sandbox as well: no test of the dataset comes to the changed line. */
const UNNOTICED: ReadonlySet<string> = new Set([
  'HumanEval/39 adds where it subtracts',
  'mbpp/20 returns something else',
  'mbpp/29 returns something else',
  'mbpp/34 adds where it subtracts',
  'mbpp/177 returns nothing',
  'mbpp/289 takes the other branch',
  'mbpp/351 returns nothing',
  'mbpp/364 takes the other branch',
  'mbpp/382 returns nothing',
  'mbpp/404 returns something else',
]);

describe.skipIf(!hub)(`solutions${hub ? '' : ' (skipped: CARRYOVER_HUB names no mirror of the hub)'}`, () => {
  const problems = async (benchmark: HubBenchmark) => {
    const rows = await readRows(benchmark.test);
    return rows.flatMap((row, i) => (i % STEP === 0 ? [row] : []));
  };
  const outcomes = async (benchmark: HubBenchmark, rows: readonly Row[], solution: (row: Row) => string) =>
    Promise.all(
      rows.map(async (row) => ({
        id: itemOf(benchmark, row).id,
        result: await score(benchmark, row, solution(row)),
      })),
    );

  for (const { benchmark, solution, size } of SOLVED) {
    it(`pass: ${which} ${size} of ${benchmark.name}`, async () => {
      const rows = await problems(benchmark);
      expect(rows).toHaveLength(Math.ceil(size / STEP));
      const scores = await outcomes(benchmark, rows, (row) => String(row[solution]));
      const failed = scores.filter(
        ({ id, result }) => !(UNSOLVED[`${id} of ${benchmark.name}`] ?? ['correct']).includes(result.outcome),
      );
      expect(failed.map(({ id, result }) => `${id}: ${result.outcome}, ${result.why}`)).toEqual([]);
    }, 3_600_000);
  }

  it(`do not pass without a body: ${which} 164 of humaneval`, async () => {
    const scores = await outcomes(humaneval, await problems(humaneval), () => '    pass\n');
    expect(scores.filter(({ result }) => result.outcome !== 'wrong')).toEqual([]);
  }, 3_600_000);

  it(`do not pass with a fault: ${which} mutants of humaneval and mbpp`, async () => {
    let made = 0;
    const passed: string[] = [];
    for (const { benchmark, solution } of SOLVED.filter(
      ({ benchmark }) => !benchmark.name.endsWith('plus'),
    )) {
      const rows = await problems(benchmark);
      await Promise.all(
        rows.map(async (row, i) => {
          const choices = mutants(String(row[solution]));
          if (choices.length === 0) return;
          const { kind, code } = choices[i % choices.length]!;
          const name = `${itemOf(benchmark, row).id} ${kind}`;
          if (UNNOTICED.has(name)) return;
          made += 1;
          const { outcome } = await score(benchmark, row, code);
          if (outcome === 'correct') passed.push(name);
        }),
      );
    }
    expect(passed).toEqual([]);
    expect(made).toBeGreaterThanOrEqual(all ? 200 : 10);
  }, 3_600_000);
});
