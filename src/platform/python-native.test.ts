import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { runNative } from './python-native.ts';
import { processorTime } from './thread-time.ts';

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

/** Processes two below this one that have worked for half a second: interpreters in the midst of their program. */
function busyGrandchildren(): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const [, parent] = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]!.split(' ').map(Number);
      parents.set(Number(name), parent!);
    } catch {
      // It ended meanwhile.
    }
  }
  return [...parents].flatMap(([one, parent]) =>
    parents.get(parent) === process.pid && (processorTime(String(one)) ?? 0) > 0.5 ? [one] : [],
  );
}

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
      'exception: an end of the interpreter, exit code 0',
      'memory: MemoryError',
    ]);
  });

  it('takes the word of no program for a report, a failed set-up or a killed interpreter', async () => {
    const wrong = 'assert 1 == 2';
    const programs = [
      `import os\nos.write(4, b'["ok", "", null]\\n')\nos._exit(0)`,
      `import os\nos.write(4, b'00 ["ok", "", null]\\n')\n${wrong}`,
      `import os\nos.close(4)\nos._exit(0)`,
      `import os, sys\nsys.stderr.write('mount: permission denied\\n')\nsys.stderr.flush()\nos._exit(1)`,
      `import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n${wrong}`,
      `import os\nif os.fork() == 0: os._exit(0)\nos.wait()\n${wrong}`,
      `import os\nif os.fork(): os.wait(); os._exit(0)`,
      `import os, threading, time\nthreading.Thread(target=lambda: (time.sleep(1), os._exit(0))).start()\n${wrong}`,
      `import atexit, os\natexit.register(os._exit, 0)\n${wrong}`,
      `import os, signal\nsignal.signal(signal.SIGALRM, lambda *a: os._exit(0))\nsignal.setitimer(signal.ITIMER_REAL, 0.05)\nwhile True: pass`,
      `import ctypes\nctypes.string_at(0)`,
      `import os\nos.abort()`,
      // From inside, its parent is process 0, which stands for its group.
      `import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\n${wrong}`,
      `import os, signal\nos.killpg(os.getpgid(0), signal.SIGKILL)\n${wrong}`,
      `import os, json\nos.write = os._exit = os.getpid = json.dumps = lambda *a: b''\n${wrong}`,
    ];
    const ends = await Promise.all(programs.map((program) => run(program)));
    expect(ends.map(({ status }) => status)).toEqual(programs.map(() => 'exception'));
    expect((await run(`import os\nif os.fork(): os.wait()`)).status).toBe('ok');
    expect((await run(`import os, json, sys\nos.write = json.dumps = sys.stdout = None`)).status).toBe('ok');
  });

  it('gives a program its time from its first statement on', async () => {
    // The start of the interpreter alone takes longer than this.
    expect((await run('pass', 15)).status).toBe('ok');
    expect((await run('import time\ntime.sleep(20)', 300)).status).toBe('timeout');
  });

  it('says that the system ended the interpreter, and does not blame the program', async () => {
    const running = run('print("runs", flush=True)\nwhile True: pass');
    await vi.waitFor(() => expect(busyGrandchildren()).toHaveLength(1), 20_000);
    process.kill(busyGrandchildren()[0]!, 'SIGKILL');
    const { status, exception } = await running;
    expect([status, exception]).toEqual([
      'error',
      'the system killed the interpreter, mostly for want of memory',
    ]);
  });

  it('calls an interpreter that is not there an error', async () => {
    const { status, exception } = await runNative('/usr/bin/no-python', 'pass', { timeoutMs: 20_000 });
    expect(status).toBe('error');
    expect(exception).toContain('/usr/bin/no-python');
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
