/** The Python side of the sandbox: what is set up once, before the interpreter's state is remembered. */

/** Loads what programs mostly need. Slow (seconds), and the same in every interpreter: see `image` in python-sandbox.ts. */
export const PYTHON_PRELOAD = `
import abc, array, ast, asyncio, base64, bisect, calendar, cmath, collections, collections.abc, contextlib, copy, csv
import dataclasses, datetime, decimal, enum, fractions, functools, hashlib, heapq, inspect, io, itertools, json
import math, numbers, operator, os, pathlib, pprint, queue, random, re, secrets, statistics, string, struct, sys
import textwrap, time, traceback, types, typing, unicodedata, unittest, uuid, warnings, zlib
`;

/**
 * Takes away the modules that lead to JavaScript, and leaves two functions in `sys`
 * for python-program.ts: one that describes an exception as `text\u0001line`, one that writes out what was printed.
 *
 * `numpy` is not part of the sandbox. A stand-in has the four names that the tests of HumanEval+ and MBPP+ use:
 * `allclose` with numpy's rule |a - b| <= atol + rtol |b| (numpy's documentation of `isclose`), and three types that
 * no value here has. Every other name raises ModuleNotFoundError, as a missing numpy would.
 */
export const PYTHON_HARNESS = `
def _carryover_harness():
    import asyncio, builtins, math, numbers, os, random, sys, time, traceback, types

    HIDDEN = {'js', 'pyodide', 'pyodide_js', '_pyodide', '_pyodide_core', 'ctypes', '_ctypes', 'micropip'}

    class Guard:
        """Refuses the modules that lead out of the interpreter."""
        @staticmethod
        def find_spec(name, path=None, target=None):
            if name.split('.')[0] in HIDDEN:
                raise ImportError(name + ' is not available to programs in this sandbox', name=name)
            return None

    sys.meta_path[:] = [Guard] + [f for f in sys.meta_path if 'pyodide' not in str(type(f)) + str(getattr(f, '__module__', ''))]
    for name in list(sys.modules):
        if name.split('.')[0] in HIDDEN:
            del sys.modules[name]

    class Waiting:
        """Stands in for the selector of a loop that has nothing to wait for but the clock."""
        def select(self, timeout):
            if timeout is None:
                raise RuntimeError('the event loop waits for something that cannot happen in this sandbox')
            if timeout > 0:
                time.sleep(timeout)
            return []

    class Loop(asyncio.BaseEventLoop):
        def __init__(self):
            super().__init__()
            self._selector = Waiting()
        def _process_events(self, events):
            pass
        def _write_to_self(self):
            pass

    class Policy(asyncio.events._BaseDefaultEventLoopPolicy):
        _loop_factory = Loop

    # pyodide's own loop, which runs in JavaScript, counts as running for ever.
    asyncio._set_running_loop(None)
    asyncio.events._set_event_loop_policy(Policy())
    asyncio.run = asyncio.runners.run

    numpy = types.ModuleType('numpy')
    def close(a, b, rtol, atol):
        if isinstance(a, (list, tuple)) or isinstance(b, (list, tuple)):
            a = a if isinstance(a, (list, tuple)) else [a] * len(b)
            b = b if isinstance(b, (list, tuple)) else [b] * len(a)
            if len(a) != len(b):
                raise ValueError('operands could not be broadcast together')
            return all(close(x, y, rtol, atol) for x, y in zip(a, b))
        if a == b:
            return True
        if not all(isinstance(x, numbers.Number) for x in (a, b)):
            raise TypeError('allclose is for numbers and lists of numbers')
        return abs(b) != math.inf and abs(a - b) <= atol + rtol * abs(b)
    def allclose(a, b, rtol=1e-05, atol=1e-08):
        return close(a, b, rtol, atol)
    def missing(name):
        if name.startswith('__'):
            raise AttributeError(name)
        raise ModuleNotFoundError(f"No module named 'numpy' (numpy.{name} is not available in this sandbox)", name='numpy')
    numpy.allclose, numpy.__getattr__ = allclose, missing
    for name in ('ndarray', 'float64', 'float32'):
        setattr(numpy, name, type(name, (), {'__module__': 'numpy'}))
    sys.modules['numpy'] = numpy

    sys.set_int_max_str_digits(4300)
    # An interpreter from an image has its first entry twice.
    sys.path[:] = dict.fromkeys(sys.path)
    os.makedirs('/work', exist_ok=True)
    os.chdir('/work')

    def describe(error):
        line = ''
        try:
            text = ''.join(traceback.format_exception_only(error)).strip()
            lines = [at for frame, at in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == 'program.py']
            if isinstance(error, SyntaxError) and error.filename == 'program.py':
                text, lines = f'{type(error).__name__}: {error.msg}', [error.lineno]
            line = str(lines[-1])[:20] if lines else ''
        except BaseException:
            text = type(error).__name__
        if len(text) > 600:
            text = text[:600] + ' ...'
        return text.replace('\\1', ' ') + '\\1' + line

    def flush(_):
        sys.stdout.flush()
        sys.stderr.flush()

    sys._carryover_describe, sys._carryover_flush = describe, flush
    main = sys.modules['__main__'].__dict__
    main.clear()
    main.update(__name__='__main__', __builtins__=builtins, __doc__=None)
    random.seed(0)
    # The first call loads Node's module for it, which the thread may not do later.
    os.urandom(1)
_carryover_harness()
`;
