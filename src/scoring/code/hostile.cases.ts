/**
 * Programs that mean harm. Each ends in the outcome that its deeds deserve, and nothing of it reaches the machine or
 * the next program (hostile.test.ts). All are to define `double(x)`, twice x; `RIGHT` does. `FILE`, `PORT` and
 * `VARIABLE` stand for a file, a listening port and an environment variable of this machine.
 */
import type { Outcome } from '../score.ts';

export interface HostileProgram {
  readonly name: string;
  readonly program: string;
  readonly outcome: Outcome;
  /** Stopped by force, so that a new interpreter is started: dear, hence few of them. */
  readonly forced?: true;
}

const RIGHT = 'def double(x):\n    return 2 * x\n';
const WRONG = 'def double(x):\n    return x\n';

/** Ends as `wrong` by an exception of its own or of the sandbox. */
const refused = (name: string, deed: string): HostileProgram => ({
  name,
  program: `${deed}\n${RIGHT}`,
  outcome: 'wrong',
});
/** Does its deed, which has no effect, and a right function: nothing to hold against it. */
const harmless = (name: string, deed: string): HostileProgram => ({
  name,
  program: `${deed}\n${RIGHT}`,
  outcome: 'correct',
});
/** Would pass if its deed had the wanted effect on the verdict. */
const cheats = (name: string, program: string): HostileProgram => ({ name, program, outcome: 'wrong' });

/** Passes its tests by no right. No harness that joins a program with its tests can tell; docs/scoring.md says so. */
const undetected = (name: string, program: string): HostileProgram => ({ name, program, outcome: 'correct' });
/** Stopped at the limit of memory. */
const greedy = (name: string, program: string): HostileProgram => ({ name, program, outcome: 'timeout' });

export const HOSTILE_BY_KIND: Readonly<Record<string, readonly HostileProgram[]>> = {
  'endless loops': [
    {
      name: 'an endless loop while its result is compared',
      program:
        'class E:\n    def __eq__(self, other):\n        while True: pass\ndef double(x):\n    return E()\n',
      outcome: 'timeout',
    },
    {
      name: 'an endless flush at its end',
      program: `import sys\nclass Out:\n    def write(self, text): pass\n    def flush(self):\n        while True: pass\nsys.stdout = Out()\n${RIGHT}`,
      outcome: 'timeout',
    },
    { name: 'an endless loop', program: 'while True:\n    pass\n', outcome: 'timeout' },
    {
      name: 'an endless loop in the function',
      program: 'def double(x):\n    while True: x += 1\n',
      outcome: 'timeout',
    },
    {
      name: 'an endless loop that catches the interrupt',
      program:
        'while True:\n    try:\n        while True: pass\n    except BaseException:\n        continue\n',
      outcome: 'timeout',
      forced: true,
    },
    {
      name: 'an endless loop that ignores the interrupt',
      program: 'import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True:\n    pass\n',
      outcome: 'timeout',
      forced: true,
    },
    {
      name: 'a long sleep',
      program: `import time\ntime.sleep(3600)\n${RIGHT}`,
      outcome: 'timeout',
      forced: true,
    },
    {
      name: 'an endless loop while its exception is described',
      program: `class E(Exception):\n    def __str__(self):\n        while True: pass\ndef double(x):\n    raise E\n`,
      outcome: 'timeout',
    },
    {
      name: 'an endless iteration in C',
      program: 'import itertools\nsum(itertools.repeat(0))\n',
      outcome: 'timeout',
      forced: true,
    },
    {
      name: 'a catastrophic regular expression',
      program: "import re\nre.match('(a+)+$', 'a' * 60 + 'b')\n",
      outcome: 'timeout',
    },
  ],
  'fork bombs and processes': [
    refused('a fork bomb', 'import os\nwhile True: os.fork()'),
    refused('a fork bomb of the shell', 'import subprocess\nsubprocess.Popen([":(){ :|:& };:"], shell=True)'),
    refused(
      'many processes',
      'import multiprocessing\n[multiprocessing.Process(target=print).start() for _ in range(100)]',
    ),
  ],
  threads: [
    harmless(
      'an executor that outlives it',
      'import concurrent.futures\npool = concurrent.futures.ThreadPoolExecutor()\ntry: pool.submit(print)\nexcept RuntimeError: pass',
    ),
    refused('a watchdog', 'import faulthandler\nfaulthandler.dump_traceback_later(0.01, exit=True)'),
    refused(
      'another interpreter',
      'from concurrent import interpreters\ninterpreters.create().exec("import js")',
    ),
    refused('many threads', 'import threading\n[threading.Thread(target=print).start() for _ in range(100)]'),
    refused('a thread below threading', 'import _thread\n_thread.start_new_thread(print, ())'),
  ],
  'other programs': [
    harmless('a shell command', 'import os\nassert os.system("touch FILE") != 0'),
    refused('a pipe to the shell', 'import os\nos.popen("cat FILE").read()'),
    refused('another program in its place', 'import os\nos.execv("/bin/sh", ["sh", "-c", "touch FILE"])'),
    refused('a spawned program', 'import os\nos.posix_spawn("/bin/sh", ["sh"], {})'),
  ],
  signals: [
    cheats(
      'a handler of an alarm',
      `import os, signal\nsignal.signal(signal.SIGALRM, lambda *a: os._exit(0))\nsignal.alarm(1)\n${WRONG}`,
    ),
    cheats('a signal that ends the process', `import signal\nsignal.raise_signal(signal.SIGKILL)\n${RIGHT}`),
    cheats(
      'a handler that jumps',
      `import signal\ndef jump(number, frame): frame.f_lineno = 99\nsignal.signal(signal.SIGINT, jump)\nsignal.raise_signal(signal.SIGINT)\n${RIGHT}`,
    ),
    cheats('a broken memory', 'import faulthandler\nfaulthandler._sigsegv()\n'),
    harmless('a stop of its process', 'import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)'),
    harmless(
      'no signal to its parent',
      'import os, signal\ntry: os.kill(os.getppid(), signal.SIGKILL)\nexcept OSError: pass',
    ),
  ],
  'memory bombs': [
    greedy('a memory bomb', 'x = []\nwhile True: x.append(bytearray(2 ** 22))\n'),
    greedy('a huge text', "x = 'a' * 2 ** 30\n"),
    greedy('a doubling list', 'x = [0]\nwhile True: x += x\n'),
    greedy('a huge integer', 'x = 1 << 2 ** 33\n'),
    greedy('a memory bomb in the function', 'def double(x):\n    return [x] * 10 ** 9\n'),
    refused('a block beyond the addresses', 'x = bytearray(2 ** 31)'),
    refused('a huge mapped block', 'import mmap\nmmap.mmap(-1, 2 ** 30)'),
    harmless(
      'a memory bomb that catches its end',
      'try:\n    x = bytearray(2 ** 30)\nexcept MemoryError: x = None',
    ),
  ],
  'huge output and files': [
    refused('a path as long as memory', 'import os\nos.stat("/x" * 2 ** 26)'),
    refused(
      'the name of a link as long as memory',
      'import os\nfor i in range(10 ** 6): os.symlink("x" * 10 ** 7, f"l{i}")',
    ),
    refused('many links', 'import os\nfor i in range(10 ** 6): os.symlink("x" * 4000, f"l{i}")'),
    refused('many folders', 'import os\nfor i in range(10 ** 7): os.mkdir(f"d{i}")'),
    {
      name: 'a folder without a bottom',
      program: 'import os\nwhile True: os.mkdir("d"); os.chdir("d")\n',
      outcome: 'timeout',
    },
    refused('many descriptors', 'import os\nwhile True: os.dup(1)'),
    refused('a far descriptor', 'import fcntl\nfcntl.fcntl(1, fcntl.F_DUPFD, 2 ** 30)'),
    refused(
      'a file in small pieces',
      'import os\nf = os.open("f", os.O_CREAT | os.O_RDWR)\nb = bytes(2 ** 16)\nwhile True: os.writev(f, [b] * 64)',
    ),
    cheats('a huge mistake of syntax', "raise SyntaxError('x' * 10 ** 7, ('program.py', 1, 1, 'x'))\n"),
    cheats('a huge name of an exception', "raise type('x' * 10 ** 6, (Exception,), {})()\n"),
    harmless('huge output', 'for _ in range(50): print("x" * 10 ** 6)'),
    harmless('huge output as errors', 'import sys\nfor _ in range(50): sys.stderr.write("x" * 10 ** 6)'),
    {
      name: 'a huge exception',
      program: "def double(x):\n    raise ValueError('x' * 10 ** 7)\n",
      outcome: 'wrong',
    },
    refused('a huge file', 'f = open("big", "wb")\nwhile True: f.write(bytes(2 ** 24))'),
    refused('many large files', 'for i in range(10 ** 6): open(f"f{i}", "wb").write(bytes(2 ** 20))'),
    refused('a file with a hole', 'import os\nos.truncate(os.open("big", os.O_CREAT | os.O_RDWR), 2 ** 33)'),
  ],
  'stack exhaustion': [
    cheats('deep recursion of a reader in C', "import json\njson.loads('[' * 10 ** 6)\n"),
    cheats(
      'deep recursion of a comparison in C',
      'x = y = None\nfor _ in range(10 ** 6): x, y = [x], [y]\nx == y\n',
    ),
    cheats(
      'deep recursion of iterators in C',
      'x = iter([1])\nfor _ in range(10 ** 6): x = map(abs, x)\nlist(x)\n',
    ),
    cheats(
      'deep recursion of the end of objects',
      'class E: pass\nx = None\nfor _ in range(10 ** 6):\n    e = E()\n    e.x = x\n    x = e\ndel x, e\n' +
        WRONG,
    ),
    { name: 'endless recursion', program: 'def double(x):\n    return double(x)\n', outcome: 'wrong' },
    {
      name: 'endless recursion without a limit',
      program: 'import sys\nsys.setrecursionlimit(10 ** 9)\ndef double(x):\n    return double(x)\n',
      outcome: 'wrong',
    },
    {
      name: 'deep recursion in C',
      program: 'x = []\nfor _ in range(10 ** 6): x = [x]\nrepr(x)\n',
      outcome: 'wrong',
    },
    {
      name: 'a deeply nested source',
      program: `x = ${'('.repeat(5000)}${')'.repeat(5000)}\n`,
      outcome: 'wrong',
    },
  ],
  'files and environment of the machine': [
    refused(
      'a link to a file of the machine',
      'import os\nos.symlink("FILE", "link")\nprint(open("link").read())',
    ),
    refused(
      'a link around the root',
      'import os\nos.symlink("../" * 99 + "FILE", "link")\nprint(open("link").read())',
    ),
    refused('links in a circle', 'import os\nos.symlink("a", "b")\nos.symlink("b", "a")\nopen("a")'),
    refused(
      'the descriptors of the process',
      'import os\nprint([open(f"/proc/self/fd/{i}", "rb").read(9) for i in range(3, 99)])',
    ),
    refused('the memory of the process', 'open("/proc/self/mem", "rb").read(9)'),
    refused('a file of the machine', 'print(open("FILE").read())'),
    refused('a file of the machine by a long way', 'print(open("/proc/self/root/FILE").read())'),
    refused('the names of the users', 'print(open("/etc/passwd").read())'),
    refused('the environment of the process', 'print(open("/proc/self/environ").read())'),
    refused('the environment', 'import os\nprint(os.environ["VARIABLE"])'),
    harmless(
      'nothing in the whole environment',
      'import os\nassert not any("VARIABLE" in k or "canary" in v for k, v in os.environ.items())',
    ),
  ],
  network: [
    refused('a connection', 'import socket\nsocket.create_connection(("127.0.0.1", PORT))'),
    refused(
      'a bare socket',
      'import socket\ns = socket.socket(socket.AF_INET, socket.SOCK_STREAM)\ns.connect(("127.0.0.1", PORT))',
    ),
    refused('a page of the web', 'import urllib.request\nurllib.request.urlopen("http://127.0.0.1:PORT/")'),
    refused('a name of the network', 'import socket\nprint(socket.gethostbyname("localhost"))'),
    refused(
      'a server',
      'import http.server\nhttp.server.HTTPServer(("", 0), http.server.BaseHTTPRequestHandler)',
    ),
    refused(
      'an asynchronous connection',
      'import asyncio\nasyncio.run(asyncio.open_connection("127.0.0.1", PORT))',
    ),
  ],
  'JavaScript and C': [
    refused(
      'the module pyodide from the library',
      'import sys, importlib.machinery\nsys.meta_path[:] = [importlib.machinery.PathFinder]\nsys.modules.pop("pyodide", None)\nimport pyodide.code\npyodide.code.run_js("process.exit(0)")',
    ),
    refused(
      'the core of pyodide made anew',
      'import _imp, types\ncore = _imp.create_builtin(types.SimpleNamespace(name="_pyodide_core"))\ncore.create_proxy(print)',
    ),
    refused(
      'ctypes made anew',
      'import _imp, types\nc = _imp.create_builtin(types.SimpleNamespace(name="_ctypes"))\nc.dlsym(c.dlopen(None, 0), "system")',
    ),
    refused(
      'an address of its own',
      'import _imp, types\nc = _imp.create_builtin(types.SimpleNamespace(name="_ctypes"))\nc.PyObj_FromPtr(1)',
    ),
    refused('a look into another process', 'import _remote_debugging\n_remote_debugging.RemoteUnwinder(1)'),
    refused('the module js', 'import js\njs.fetch("http://127.0.0.1:PORT/")'),
    refused('the module pyodide_js', 'import pyodide_js'),
    refused('code for JavaScript', 'from pyodide.code import run_js\nrun_js("process.exit(0)")'),
    refused('a package from the network', 'import micropip\nmicropip.install("numpy")'),
    refused('ctypes', 'import ctypes\nctypes.CDLL(None).system(b"touch FILE")'),
    refused('ctypes below ctypes', 'import _ctypes'),
    refused(
      'a wild pointer by the collector',
      'import gc\n[o for o in gc.get_objects() if "js" in str(type(o)).lower()][0].eval("1")',
    ),
    refused('an import hook taken out', 'import sys\nsys.meta_path.clear()\nimport js'),
    refused(
      'a library of its own',
      'import importlib.machinery, importlib.util\nopen("evil.so", "wb").write(b"\\0asm\\1\\0\\0\\0")\nspec = importlib.util.spec_from_file_location("evil", "evil.so", loader=importlib.machinery.ExtensionFileLoader("evil", "evil.so"))\nimportlib.util.module_from_spec(spec)',
    ),
    {
      name: 'bytecode of its own',
      program:
        'def double(x): pass\ndouble.__code__ = double.__code__.replace(co_code=bytes([100, 255]) * 50)\n',
      outcome: 'wrong',
    },
  ],
  'exit codes': [
    cheats('an exit without a fault', `import sys\nsys.exit(0)\n${WRONG}`),
    cheats('an exit of the process', `import os\nos._exit(0)\n${WRONG}`),
    cheats('an exit while it is tested', 'import os\ndef double(x):\n    os._exit(0)\n'),
    cheats('an exit as an exception while it is tested', 'def double(x):\n    raise SystemExit(0)\n'),
    cheats('an abort', `import os\nos.abort()\n${WRONG}`),
    cheats('an interrupt of its own', `raise KeyboardInterrupt\n${WRONG}`),
  ],
  'tampering with the checker and the result': [
    cheats('a decorator without a function, for the checker', `${WRONG}@lambda check: print\n`),
    cheats('a line that goes on in the tests', `${WRONG}x = 1 if 1 else \\`),
    cheats('a trace in all threads', `import sys\nsys._settraceallthreads(lambda *a: None)\n${WRONG}`),
    cheats(
      'a jump by a profiler',
      `import sys\ndef jump(frame, event, arg):\n    while frame:\n        try: frame.f_lineno = 99\n        except (ValueError, AttributeError): pass\n        frame = frame.f_back\nsys.setprofile(jump)\n${WRONG}`,
    ),
    cheats(
      'the comparison of integers',
      `class Leak:\n    def __eq__(self, real):\n        real['__eq__'] = lambda *a: True\n        return True\nint.__dict__ == Leak()\n${WRONG}`,
    ),
    cheats(
      'an exit taken out',
      `import os, sys\nos._exit = sys.exit = exit = quit = lambda *a: None\n${WRONG}`,
    ),
    cheats(
      'an exception that says it is none',
      'class E(Exception):\n    __class__ = SystemExit\n    def __bool__(self): return False\ndef double(x):\n    raise E\n',
    ),
    cheats('the words of a missing place', "raise ValueError('\\1' + '99')\n"),
    cheats(
      'an exit in a collector',
      `import gc, os\ngc.callbacks.append(lambda *a: os._exit(0))\ngc.set_threshold(1)\ngc.collect()\n${WRONG}`,
    ),
    cheats(
      'a last word',
      `import os\nclass Last:\n    def __del__(self): os._exit(0)\nlast = Last()\n${WRONG}`,
    ),
    cheats(
      'another main module',
      `import sys, types\nsys.modules['__main__'] = types.ModuleType('__main__')\n${WRONG}`,
    ),
    cheats(
      'another import for the tests',
      `import builtins\nbuiltins.__import__ = lambda *a: None\nbuiltins.__build_class__ = None\n${WRONG}`,
    ),
    cheats('a NUL that ends the source', `${WRONG}\0`),
    cheats('a comment without an end', `${WRONG}"""\n`),
    cheats('a printed verdict', `print('{"status": "ok", "exception": "", "clean": true}')\n${WRONG}`),
    cheats(
      'a jump over the tests by a trace',
      `import sys\ndef trace(frame, event, arg):\n    frame.f_lineno = 99\n    return trace\nsys.settrace(trace)\nsys._getframe().f_trace = trace\n${WRONG}`,
    ),
    cheats(
      'a jump over the tests by monitoring',
      `import sys\nm = sys.monitoring\nm.use_tool_id(3, 'x')\nm.register_callback(3, m.events.LINE, lambda code, line: None)\n${WRONG}`,
    ),
    cheats(
      'another exception for failed tests',
      `import builtins\nclass AssertionError(Exception): pass\nbuiltins.AssertionError = AssertionError\n${WRONG}`,
    ),
    cheats('asserts switched off', `import builtins\nvars(builtins)['__debug__'] = False\n${WRONG}`),
    cheats('no checker left', `def check(candidate): pass\n${WRONG}`),
    cheats(
      'the frames of a harness',
      `import sys\nframe = sys._getframe()\nwhile frame:\n    frame.f_locals.update(status='ok', result='passed') if frame.f_back else None\n    frame = frame.f_back\n${WRONG}`,
    ),
    cheats(
      'the words of the verdict',
      `import traceback\ntraceback.format_exception_only = lambda *a: ['All tests passed']\n${WRONG}`,
    ),
    cheats(
      'an exception without words',
      'class E(BaseException):\n    def __str__(self): raise SystemExit(0)\n    __repr__ = __str__\ndef double(x):\n    raise E\n',
    ),
    cheats('an exception hook', `import sys\nsys.excepthook = lambda *a: print('passed')\n${WRONG}`),
    cheats('a hook at the end', `import atexit, os\natexit.register(lambda: os._exit(0))\n${WRONG}`),
  ],
  'what it would leave behind': [
    harmless(
      'changed built-ins',
      'import builtins, math, json\nbuiltins.left = 1\nbuiltins.print = lambda *a: None\nmath.sqrt = None\njson.dumps = None',
    ),
    harmless(
      'a changed class of the library',
      'import collections, decimal\ncollections.Counter.left = 1\ndecimal.getcontext().prec = 3',
    ),
    harmless(
      'changed modules',
      'import sys, types\nsys.modules["json"] = types.ModuleType("json")\nsys.modules["left"] = types.ModuleType("left")\nsys.path.insert(0, "/work")',
    ),
    harmless('no modules', 'import sys\nsys.modules.clear()'),
    harmless(
      'files',
      'import os\nopen("left.txt", "w").write("x")\nos.makedirs("/tmp/left/deep")\nopen("/left", "w").write("x")\nos.chdir("/tmp/left")',
    ),
    harmless(
      'a changed library on its disk',
      'import glob\nfor path in glob.glob("/lib/*.zip"): open(path, "r+b").write(bytes(10 ** 6))',
    ),
    harmless(
      'open files',
      'import os\nfiles = [open(f"f{i}", "w") for i in range(50)]\nos.dup2(files[0].fileno(), 1)',
    ),
    harmless(
      'settings of the interpreter',
      'import sys, gc, signal, os, locale, random\nsys.setrecursionlimit(77)\ngc.disable()\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nos.environ["LEFT"] = "x"\nos.umask(0)\nrandom.seed(99)\nsys.set_int_max_str_digits(0)\nsys.setswitchinterval(9)',
    ),
    harmless(
      'an audit hook that refuses everything',
      'import sys\ntry: sys.addaudithook(lambda *a: 1 / 0)\nexcept RuntimeError: pass',
    ),
    harmless(
      'an import hook',
      'import sys\nclass Hook:\n    @staticmethod\n    def find_spec(name, path=None, target=None): raise ImportError("left")\nsys.meta_path.insert(0, Hook)',
    ),
    harmless(
      'a timer in an event loop',
      'import asyncio\nloop = asyncio.new_event_loop()\nasyncio.set_event_loop(loop)\nloop.call_later(0, print, "left")',
    ),
    harmless(
      'an object that wakes when it dies',
      'class Left:\n    def __del__(self): import builtins; builtins.left = 1\nleft = Left()\nleft.me = left',
    ),
  ],
  'what shares the interpreter with its tests': [
    undetected(
      'an object that equals everything',
      'class Every(int):\n    def __eq__(self, other): return True\ndef double(x):\n    return Every()\n',
    ),
  ],
};

export const HOSTILE: readonly HostileProgram[] = Object.values(HOSTILE_BY_KIND).flat();
