/** `builtin:NAME` on a shelf of the test's own: found, named as typed, and refused with the names that there are. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UserError } from '../errors.ts';
import { locateModel } from './locate.ts';

let shelf = '';
beforeAll(() => {
  shelf = mkdtempSync(join(tmpdir(), 'carryover-shelf-'));
  cpSync(resolve('test/fixtures/models/llama'), join(shelf, 'sprout'), { recursive: true });
  cpSync(resolve('test/fixtures/models/qwen2'), join(shelf, 'twig'), { recursive: true });
  mkdirSync(join(shelf, 'notes'));
});
afterAll(() => rmSync(shelf, { recursive: true, force: true }));

async function refused(ref: string, on = shelf): Promise<string> {
  const error = await locateModel(ref, on).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  return String(error);
}

test('a built-in model lies in the package and is named as typed, wherever the command is run', async () => {
  const before = process.cwd();
  process.chdir(tmpdir());
  try {
    expect(await locateModel('builtin:sprout', shelf)).toEqual({
      kind: 'folder',
      path: join(shelf, 'sprout'),
      name: 'builtin:sprout',
    });
  } finally {
    process.chdir(before);
  }
});

test('other names are refused with those that there are', async () => {
  expect(await refused('builtin:sprot')).toBe(
    'there is no built-in model builtin:sprot\n  Did you mean builtin:sprout? Built in: builtin:sprout, builtin:twig.',
  );
  // A folder without a model is none, and no name leads out of the shelf.
  for (const name of ['notes', '', '..', `../${shelf.split('/').at(-1)}/sprout`, 'sprout/'])
    expect(await refused(`builtin:${name}`)).toContain('Built in: builtin:sprout, builtin:twig.');
  expect(await refused('builtin:sprout', join(shelf, 'notes'))).toContain(
    'This package holds no built-in model.',
  );
});
