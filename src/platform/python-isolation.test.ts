import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { closePython, runPython } from './python-worker.ts';

afterAll(closePython);

/** Python that goes around the refused imports: it finds pyodide's core among the live objects. */
const AROUND = `
import gc, sys
core = [o for o in gc.get_objects() if type(o) is type(sys) and o.__name__ == '_pyodide_core'][0]
script = core.to_js([1]).constructor.constructor
`;

describe('what a Python program can reach', () => {
  it('no shell, no processes, no sockets, no host files', async () => {
    const server = createServer((_, response) => response.end('reached')).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    let connections = 0;
    server.on('connection', () => {
      connections += 1;
    });
    const attempts = [
      'import os; assert os.system("echo") == 0',
      'import subprocess; subprocess.run(["ls"])',
      'import os; os.fork()',
      'import os; os.popen("ls").read()',
      `import socket; s = socket.create_connection(("127.0.0.1", ${port}), 2); s.send(b"GET / HTTP/1.0\\r\\n\\r\\n"); assert s.recv(9)`,
      `import urllib.request; urllib.request.urlopen("http://127.0.0.1:${port}").read()`,
      `open(${JSON.stringify(import.meta.filename)}).read()`,
      'open("/etc/hostname").read()',
      'open("/proc/self/environ").read()',
      'import js',
      'import pyodide_js',
      'from pyodide.code import run_js',
      'from pyodide.http import pyfetch',
      'import micropip',
      'import ctypes; ctypes.CDLL(None).system(b"ls")',
      'import threading; threading.Thread(target=print).start()',
    ];
    const got = [];
    for (const program of attempts) {
      const { status, exception } = await runPython(program, { timeoutMs: 5000 });
      got.push(`${status}: ${exception?.replace(/\(line.*/, '')?.replace(import.meta.filename, 'HERE')}`);
    }
    server.close();
    expect(got.filter((line) => !line.startsWith('exception'))).toEqual([]);
    expect(connections).toBe(0);
    expect(got).toMatchInlineSnapshot(`
      [
        "exception: not available in this sandbox",
        "exception: OSError: [Errno 138] emscripten does not support processes. ",
        "exception: OSError: [Errno 52] Function not implemented ",
        "exception: OSError: [Errno 138] emscripten does not support processes. ",
        "exception: OSError: [Errno 23] Host is unreachable ",
        "exception: urllib.error.URLError: <urlopen error [Errno 23] Host is unreachable> ",
        "exception: FileNotFoundError: [Errno 44] No such file or directory: 'HERE' ",
        "exception: FileNotFoundError: [Errno 44] No such file or directory: '/etc/hostname' ",
        "exception: FileNotFoundError: [Errno 44] No such file or directory: '/proc/self/environ' ",
        "exception: ImportError: js is not available to programs in this sandbox ",
        "exception: ImportError: pyodide_js is not available to programs in this sandbox ",
        "exception: ImportError: pyodide is not available to programs in this sandbox ",
        "exception: ImportError: pyodide is not available to programs in this sandbox ",
        "exception: ImportError: micropip is not available to programs in this sandbox ",
        "exception: ImportError: ctypes is not available to programs in this sandbox ",
        "exception: RuntimeError: can't start new thread ",
      ]
    `);
  });

  it('sees nothing of the host in the environment', async () => {
    const { stdout } = await runPython(
      'import os, sys\nprint(sorted(os.environ), sys.argv, os.listdir("/"))',
      {
        timeoutMs: 5000,
      },
    );
    expect(stdout).toMatchInlineSnapshot(`
      "['HOME', 'LANG', 'LD_LIBRARY_PATH', 'LOGNAME', 'PATH', 'PWD', 'PYTHONHASHSEED', 'PYTHONINSPECT', 'USER', '_'] [''] ['home', 'dev', 'proc', 'lib', 'work', 'tmp']
      "
    `);
  });

  it('a way around into JavaScript leads to emptied modules only', async () => {
    const modules =
      'fs fs/promises child_process net http https dgram dns tls worker_threads vm module inspector'.split(
        ' ',
      );
    const start = modules.map(
      (
        name,
      ) => `import('node:${name}').then((m) => { globalThis.found['${name}'] = Object.keys(m).filter((k) => {
        if (typeof m[k] !== 'function') return false;
        try { m[k](); return true; } catch (error) { return error.message !== 'not available in this sandbox'; }
      }); })`,
    );
    const globals = 'fetch WebSocket EventSource require BroadcastChannel'.split(' ');
    const first = `${AROUND}
script(${JSON.stringify(`globalThis.found = {}; ${start.join(';')}`)})()
for name in ${JSON.stringify(globals)}: print(script('return typeof ' + name)(), end=' ')
for code in ['process.binding("fs")', 'process.dlopen({}, "x")', 'process.kill(1)', 'process.chdir("/")']:
    try: print(script(code)())
    except BaseException as error: print(error)
`;
    const opened = await runPython(first, { timeoutMs: 10_000 });
    expect(opened.stdout).toMatchInlineSnapshot(`
      "undefined undefined undefined undefined undefined Error: not available in this sandbox
      Error: not available in this sandbox
      Error: not available in this sandbox
      Error: not available in this sandbox
      "
    `);
    // The imports finish between the two programs; both run in the same interpreter.
    const second = `${AROUND}print(script('return JSON.stringify(globalThis.found)')())`;
    const { stdout } = await runPython(second, { timeoutMs: 10_000 });
    const left = Object.entries(JSON.parse(stdout) as Record<string, string[]>).flatMap(([name, members]) =>
      members.map((member) => `${name}.${member}`),
    );
    expect(Object.keys(JSON.parse(stdout)).sort()).toEqual([...modules].sort());
    // Classes without an effect: address values, and the module class whose methods are emptied.
    expect(left.filter((name) => !/^net\.(BlockList|SocketAddress)$|^module\.default$/.test(name))).toEqual(
      [],
    );
  });
});
