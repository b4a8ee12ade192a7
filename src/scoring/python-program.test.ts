import { expect, it } from 'vitest';
import { scorePython } from './python-program.ts';

it('stops when the user does, and does not call that an outcome', async () => {
  const target = { test: 'assert f() == 1' };
  const signal = AbortSignal.abort(new Error('stopped'));
  await expect(scorePython('def f(): return 1', target, { signal })).rejects.toThrow('stopped');
});

it('calls a target of another shape an error, never a wrong answer', async () => {
  expect((await scorePython('x = 1', { tests: 'assert x' })).outcome).toBe('error');
});

it('calls tests that are no Python an error, whatever the answer is, and a faulty answer wrong', async () => {
  const judged = async (output: string, test: string, full_test?: string) => {
    const { outcome, why } = await scorePython(output, { test, ...(full_test ? { full_test } : {}) });
    return `${outcome}: ${why}`;
  };
  const right = 'def f(): return 1';
  expect([
    await judged(right, 'assert f() == 1\nassert f( == 1'),
    await judged(`\`\`\`python\n${right}\n\`\`\``, 'assert f() == 1', 'if f() == 1:\npass'),
    await judged(right, 'from __future__ import annotations\nassert f() == 1'),
    await judged('def f(: return 1', 'assert f() == 1'),
    // Nothing of the tests is run when they are looked at.
    await judged('def f(: return 1', 'while True: pass'),
    await judged('raise SyntaxError("mine")', 'assert f() == 1'),
  ]).toMatchInlineSnapshot(`
    [
      "error: The tests of the target are no Python, so nobody knows: SyntaxError: invalid syntax (line 2: assert f( == 1).",
      "error: In the fenced block: The tests of the target are no Python, so nobody knows: IndentationError: expected an indented block after 'if' statement on line 2 (line 2: pass).",
      "error: The tests of the target are no Python, so nobody knows: SyntaxError: from __future__ imports must occur at the beginning of the file (line 1: from __future__ import annotations).",
      "wrong: The program ended with SyntaxError: invalid syntax (line 1: def f(: return 1).",
      "wrong: The program ended with SyntaxError: invalid syntax (line 1: def f(: return 1).",
      "wrong: The program ended with SyntaxError: mine (line 1: raise SyntaxError("mine")).",
    ]
  `);
});

it.each([
  ['numpy, which the evaluations of others have', 'numpy', {}, 'error'],
  ['one that nobody but the answer asks for', 'torch', {}, 'wrong'],
  ['one that the prompt names', 'torch', { prompt: '# Use torch.\n' }, 'error'],
  ['one that the tests name', 'scipy', { test: 'import scipy' }, 'error'],
])('a missing library: %s', async (_, library, target, outcome) => {
  const score = await scorePython(`import ${library}\n${library}.ones(3)`, { test: 'pass', ...target });
  expect([score.outcome, score.why.includes(`No module named '${library}'`)]).toEqual([outcome, true]);
});
