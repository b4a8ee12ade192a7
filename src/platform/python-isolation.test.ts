import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePython, runPython } from './python-worker.ts';

// On a machine with far more work than cores the first start has been seen to take minutes.
beforeAll(() => runPython('pass', { timeoutMs: 1000 }), 1_200_000);
afterAll(closePython);

/** Makes pyodide's module anew, and collects its objects from what the functions of all classes can see. */
const WALK = `
import _imp, types
core = _imp.create_builtin(types.SimpleNamespace(name='_pyodide_core'))
def classes(base, seen):
    for one in type.__subclasses__(base):
        if one not in seen:
            seen.add(one)
            classes(one, seen)
    return seen
found = {}
for one in classes(object, set()):
    for member in list(vars(one).values()):
        seen = getattr(getattr(member, '__func__', member), '__globals__', {})
        if seen.get('__name__') == 'pyodide.webloop':
            for name in ('scheduleCallback', 'run_sync', 'create_once_callable'): found[name] = seen[name]
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
        "exception: AssertionError ",
        "exception: OSError: [Errno 138] emscripten does not support processes. ",
        "exception: OSError: [Errno 52] Function not implemented ",
        "exception: OSError: [Errno 138] emscripten does not support processes. ",
        "exception: socket.gaierror: [Errno -4] Non-recoverable error ",
        "exception: urllib.error.URLError: <urlopen error [Errno -4] Non-recoverable error> ",
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
      "['HOME', 'LANG', 'LD_LIBRARY_PATH', 'LOGNAME', 'PATH', 'PWD', 'PYTHONHASHSEED', 'PYTHONINSPECT', 'USER', '_'] [''] ['tmp', 'home', 'dev', 'proc', 'lib', 'work']
      "
    `);
  });

  it('finds the way to JavaScript, and it is closed', async () => {
    const { stdout } = await runPython(
      `${WALK}print(core.to_js, type(found['scheduleCallback']).__name__, sorted(found))`,
      { timeoutMs: 10_000 },
    );
    expect(stdout).toMatchInlineSnapshot(`
      "<built-in function to_js> JsProxy ['create_once_callable', 'run_sync', 'scheduleCallback']
      "
    `);
    const attempts = [
      'core.to_js([1])',
      'core.create_proxy(print)',
      "found['scheduleCallback'](print, 0)",
      "found['scheduleCallback'].constructor",
      "str(found['scheduleCallback'])",
      "found['run_sync'](1)",
      "found['create_once_callable'](print)",
    ];
    const got = [];
    for (const attempt of attempts) {
      const { status, exception } = await runPython(WALK + attempt, { timeoutMs: 10_000 });
      got.push(`${attempt} ${status}: ${exception?.replace(/\(line.*/, '')}`);
    }
    expect(got.filter((line) => !line.includes(' exception: '))).toEqual([]);
    expect(got).toMatchInlineSnapshot(`
      [
        "core.to_js([1]) exception: a call of JsvArray_New, which is not available in this sandbox",
        "core.create_proxy(print) exception: a call of pyproxy_new_ex, which is not available in this sandbox",
        "found['scheduleCallback'](print, 0) exception: a call of JsvArray_New, which is not available in this sandbox",
        "found['scheduleCallback'].constructor exception: a call of JsProxy_GetAttr_js, which is not available in this sandbox",
        "str(found['scheduleCallback']) exception: a call of JsvObject_toString, which is not available in this sandbox",
        "found['run_sync'](1) exception: RuntimeError: WebAssembly stack switching not supported in this JavaScript runtime ",
        "found['create_once_callable'](print) exception: a call of create_once_callable, which is not available in this sandbox",
      ]
    `);
  });
});
