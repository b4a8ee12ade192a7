import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const COMMAND = fileURLToPath(new URL('../../test/carryover.ts', import.meta.url));

test.skipIf(process.platform === 'win32')('whoever reads only the beginning sees no error', () => {
  const run = `'${process.execPath}' --import tsx '${COMMAND}' benchmarks --json`;
  const script = `${run} | head -c 1; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout).toBe('{141\n');
});
