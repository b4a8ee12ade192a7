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

export const HOSTILE: readonly HostileProgram[] = [
  // Time.
  { name: 'an endless loop', program: 'while True:\n    pass\n', outcome: 'timeout' },
  {
    name: 'an endless loop in the function',
    program: 'def double(x):\n    while True: x += 1\n',
    outcome: 'timeout',
  },
  {
    name: 'an endless loop that catches the interrupt',
    program: 'while True:\n    try:\n        while True: pass\n    except BaseException:\n        continue\n',
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
  // Processes and threads.
  refused('a fork bomb', 'import os\nwhile True: os.fork()'),
  refused('a fork bomb of the shell', 'import subprocess\nsubprocess.Popen([":(){ :|:& };:"], shell=True)'),
  refused(
    'many processes',
    'import multiprocessing\n[multiprocessing.Process(target=print).start() for _ in range(100)]',
  ),
  refused('many threads', 'import threading\n[threading.Thread(target=print).start() for _ in range(100)]'),
  refused('a thread below threading', 'import _thread\n_thread.start_new_thread(print, ())'),
  harmless('a shell command', 'import os\nassert os.system("touch FILE") != 0'),
  refused('a pipe to the shell', 'import os\nos.popen("cat FILE").read()'),
  refused('another program in its place', 'import os\nos.execv("/bin/sh", ["sh", "-c", "touch FILE"])'),
  refused('a spawned program', 'import os\nos.posix_spawn("/bin/sh", ["sh"], {})'),
  harmless(
    'no signal to its parent',
    'import os, signal\ntry: os.kill(os.getppid(), signal.SIGKILL)\nexcept OSError: pass',
  ),
  // Memory and output.
  { name: 'a memory bomb', program: 'x = []\nwhile True: x.append(bytearray(2 ** 22))\n', outcome: 'wrong' },
  { name: 'one huge block', program: 'x = bytearray(2 ** 31)\n', outcome: 'wrong' },
  { name: 'a huge text', program: "x = 'a' * 2 ** 30\n", outcome: 'wrong' },
  { name: 'a doubling list', program: 'x = [0]\nwhile True: x += x\n', outcome: 'wrong' },
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
  // The machine's files, environment and network.
  refused('a file of the machine', 'print(open("FILE").read())'),
  refused('a file of the machine by a long way', 'print(open("/proc/self/root/FILE").read())'),
  refused('the names of the users', 'print(open("/etc/passwd").read())'),
  refused('the environment of the process', 'print(open("/proc/self/environ").read())'),
  refused('the environment', 'import os\nprint(os.environ["VARIABLE"])'),
  harmless(
    'nothing in the whole environment',
    'import os\nassert not any("VARIABLE" in k or "canary" in v for k, v in os.environ.items())',
  ),
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
  // JavaScript and C.
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
  // The checker and its verdict.
  cheats('an exit without a fault', `import sys\nsys.exit(0)\n${WRONG}`),
  cheats('an exit of the process', `import os\nos._exit(0)\n${WRONG}`),
  cheats('an exit while it is tested', 'import os\ndef double(x):\n    os._exit(0)\n'),
  cheats('an exit as an exception while it is tested', 'def double(x):\n    raise SystemExit(0)\n'),
  cheats('an abort', `import os\nos.abort()\n${WRONG}`),
  cheats('an interrupt of its own', `raise KeyboardInterrupt\n${WRONG}`),
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
  // What it would leave behind.
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
];
