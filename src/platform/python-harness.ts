/** The Python side of the sandbox: runs one program in a fresh namespace, then puts the interpreter back in order. */

/**
 * Evaluates to a function `run(source) -> JSON text`: `{"status", "exception", "clean"}`.
 * Between programs it restores what a program can change by assignment: the globals of every loaded module (so a
 * replaced `math.sqrt` or `builtins.len` is undone), `sys.modules`, `sys.path`, the environment, the working folder,
 * files, the recursion limit, the random generator. It cannot undo changes inside objects that modules share
 * (an attribute set on `collections.Counter`); whoever needs that too starts a new worker. `clean` is false when the
 * interpreter cannot serve another program: it could not be put back, or something waits in its event loop.
 */
export const PYTHON_HARNESS = `
def _carryover_harness():
    import asyncio, builtins, gc, json, os, random, shutil, sys, traceback
    import bisect, collections, copy, datetime, decimal, fractions, functools, hashlib, heapq, io, itertools
    import math, operator, re, statistics, string, time, typing, unicodedata

    HIDDEN = {'js', 'pyodide', 'pyodide_js', '_pyodide', '_pyodide_core', 'ctypes', '_ctypes', 'micropip'}

    class Guard:
        """Refuses the modules that lead out of the interpreter."""
        @staticmethod
        def find_spec(name, path=None, target=None):
            if name.split('.')[0] in HIDDEN:
                raise ImportError(name + ' is not available to programs in this sandbox', name=name)
            return None

    # linecache would look for the program's file; format tracebacks from the source that is at hand.
    sys.meta_path[:] = [Guard] + [f for f in sys.meta_path if 'pyodide' not in str(type(f)) + str(getattr(f, '__module__', ''))]
    for name in list(sys.modules):
        if name.split('.')[0] in HIDDEN:
            del sys.modules[name]
    sys.set_int_max_str_digits(4300)
    os.makedirs('/work', exist_ok=True)
    os.chdir('/work')

    # What a program leaves in the event loop would run in the middle of the next one's time.
    scheduled, loop = [], type(asyncio.get_event_loop())
    def watch(name):
        original = getattr(loop, name)
        def watched(*args, **options):
            scheduled.append(name)
            return original(*args, **options)
        setattr(loop, name, watched)
    for name in ('call_soon', 'call_later', 'call_at'):
        watch(name)

    baseline = [(name, module, dict(vars(module))) for name, module in sys.modules.items() if hasattr(module, '__dict__')]
    names = {name for name, _, _ in baseline}
    lists = [(value, list(value)) for value in (sys.path, sys.meta_path, sys.path_hooks, sys.argv, sys.warnoptions)]
    environment, limit, dumps = dict(os.environ), sys.getrecursionlimit(), json.dumps

    def restore():
        sys.settrace(None)
        sys.setprofile(None)
        for name in [name for name in sys.modules if name not in names]:
            del sys.modules[name]
        for name, module, saved in baseline:
            sys.modules[name] = module
            current = vars(module)
            for key in [key for key in current if key not in saved]:
                del current[key]
            for key, value in saved.items():
                if key not in current or current[key] is not value:
                    current[key] = value
        for value, saved in lists:
            value[:] = saved
        os.environ.clear()
        os.environ.update(environment)
        sys.setrecursionlimit(limit)
        gc.enable()
        gc.collect()
        os.chdir('/')
        for folder in ('/work', '/tmp', '/home/pyodide'):
            shutil.rmtree(folder, ignore_errors=True)
            os.makedirs(folder, exist_ok=True)
        os.chdir('/work')

    def describe(error, source):
        try:
            text = ''.join(traceback.format_exception_only(error)).strip()
        except BaseException:
            text = type(error).__name__
        if isinstance(error, SyntaxError) and error.filename == 'program.py':
            return f'{type(error).__name__}: {error.msg} (line {error.lineno}: {(error.text or "").strip()[:200]})'
        if len(text) > 600:
            text = text[:600] + ' ...'
        lines = [line for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == 'program.py']
        if not lines:
            return text
        written = source.split('\\n')
        where = written[lines[-1] - 1].strip() if 0 < lines[-1] <= len(written) else ''
        return f'{text} (line {lines[-1]}: {where[:200]})'

    def run(source):
        random.seed(0)
        scheduled.clear()
        status, exception, clean = 'ok', '', True
        try:
            exec(compile(source, 'program.py', 'exec'), {'__name__': '__main__', '__builtins__': builtins})
        except KeyboardInterrupt:
            status = 'interrupted'
        except MemoryError:
            status, exception = 'memory', 'MemoryError'
        except BaseException as error:
            # SystemExit too: a program that ends early has not shown what its tests would have shown.
            status, exception = 'exception', describe(error, source)
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        except BaseException:
            pass
        try:
            restore()
        except BaseException:
            clean = False
        clean = clean and not scheduled
        return dumps({'status': status, 'exception': exception, 'clean': clean})

    return run
_carryover_harness()
`;
