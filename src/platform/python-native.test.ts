import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runNative } from './python-native.ts';

const PYTHON = '/usr/bin/python3';
/** Namespaces can be forbidden by the kernel's settings or by the container this runs in. */
function missing(): string {
  if (!existsSync(PYTHON)) return `there is no ${PYTHON}`;
  const { status } = spawnSync(
    'unshare',
    ['--user', '--map-root-user', '--mount', '--net', '--pid', '--fork', 'true'],
    {
      ...(process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}),
    },
  );
  return status === 0 ? '' : 'this machine allows no namespaces';
}
const why = missing();
const folder = mkdtempSync(join(tmpdir(), 'carryover-native-'));
afterAll(() => rmSync(folder, { recursive: true }));
const run = (program: string, timeoutMs = 20_000) => runNative(PYTHON, program, { timeoutMs });

describe.skipIf(why !== '')(`native Python${why && ` (skipped: ${why})`}`, () => {
  it('runs programs and says how they ended', async () => {
    expect(await run('print(2 ** 70)')).toEqual({
      status: 'ok',
      stdout: '1180591620717411303424\n',
      stderr: '',
      truncated: false,
    });
    const ends = [];
    for (const program of [
      'def f(x):\n    return x\nassert f(1) == 2',
      'def',
      'import sys; sys.exit(0)',
      'import os; os._exit(0)',
      "x = 'a' * 2 ** 31",
    ]) {
      const { status, exception } = await run(program);
      ends.push(`${status}: ${exception}`);
    }
    expect(ends).toEqual([
      'exception: AssertionError (line 3: assert f(1) == 2)',
      'exception: SyntaxError: invalid syntax (line 1: def)',
      'exception: SystemExit: 0 (line 1: import sys; sys.exit(0))',
      'exception: an end of the interpreter',
      'memory: MemoryError',
    ]);
  });

  it('shows nothing of the machine, and ends what a program started', async () => {
    const canary = join(folder, 'canary.txt');
    writeFileSync(canary, 'canary', { mode: 0o644 });
    let connections = 0;
    const server = createServer().on('connection', () => {
      connections += 1;
    });
    server.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const attempts = [
      `open(${JSON.stringify(canary)})`,
      'open("/etc/passwd")',
      'open("/proc/self/environ")',
      'open("/usr/left", "w")',
      `import socket; socket.create_connection(("127.0.0.1", ${port}), 1)`,
      'import os; assert "HOME" in os.environ',
      'import os\nwhile True: os.fork()',
      'f = open("big", "wb")\nwhile True: f.write(bytes(2 ** 20)); f.flush()',
    ];
    const got = [];
    for (const program of attempts) got.push((await run(program)).status);
    server.close();
    expect(got).toEqual(attempts.map(() => 'exception'));
    expect(connections).toBe(0);
    expect(existsSync('/usr/left')).toBe(false);
    expect((await run('while True: pass', 500)).status).toBe('timeout');
  });
});
