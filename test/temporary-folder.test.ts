import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import setUp from './support/temporary-folder.ts';

it('tests and what they start make their temporary folders in one that goes when they end', () => {
  expect(basename(tmpdir())).toMatch(/^carryover-tests-/);
  const { stdout } = spawnSync(process.execPath, ['-p', 'os.tmpdir()'], { encoding: 'utf8' });
  expect(stdout.trim()).toBe(tmpdir());
});

it('it goes with all that is in it, and the variables are as before', () => {
  const before = tmpdir();
  const tearDown = setUp();
  const own = tmpdir();
  expect(dirname(own)).toBe(before);
  mkdtempSync(join(own, 'carryover-left-'));
  tearDown();
  expect([existsSync(own), tmpdir()]).toEqual([false, before]);
});
