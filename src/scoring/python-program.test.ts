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
