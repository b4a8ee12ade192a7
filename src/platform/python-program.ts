/**
 * Runs one program through the interpreter's C interface. Whether it ended well is what the interpreter's own
 * evaluation returns to JavaScript: there is no Python code around the program whose variables, functions or printed
 * lines it could change to forge a result.
 *
 * Handed to the worker as source text: see python-sandbox.ts.
 */

/** What is used of emscripten's module. Addresses and object references are numbers. */
export interface InterpreterModule {
  readonly HEAPU8: Uint8Array;
  readonly HEAPU32: Uint32Array;
  readonly UTF8ToString: (address: number, most: number) => string;
  readonly addFunction: (call: (...args: number[]) => number, signature: string) => number;
  readonly _malloc: (bytes: number) => number;
  readonly _Py_CompileStringExFlags: (
    s: number,
    name: number,
    start: number,
    flags: number,
    level: number,
  ) => number;
  readonly _PyEval_EvalCode: (code: number, globals: number, locals: number) => number;
  readonly _PyImport_AddModule: (name: number) => number;
  readonly _PyModule_GetDict: (module: number) => number;
  readonly _PySys_GetObject: (name: number) => number;
  readonly _PySys_SetObject: (name: number, value: number) => number;
  readonly _PySys_AddAuditHook: (hook: number, data: number) => number;
  readonly _Py_IncRef: (object: number) => void;
  readonly _PyErr_GetRaisedException: () => number;
  readonly _PyErr_GivenExceptionMatches: (error: number, type: number) => number;
  readonly _PyErr_SetString: (type: number, text: number) => void;
  readonly _PyErr_Clear: () => void;
  readonly _PyObject_CallOneArg: (callable: number, argument: number) => number;
  readonly _PyUnicode_AsUTF8: (text: number) => number;
  readonly _PyExc_MemoryError: number;
  readonly _PyExc_KeyboardInterrupt: number;
  readonly _PyExc_RuntimeError: number;
}

export interface ProgramEnd {
  readonly status: 'ok' | 'exception' | 'memory' | 'interrupted';
  readonly exception: string;
}

/** Call once, before the snapshot: it keeps the harness's functions and puts the watch over tracing in place. */
export function programRunner(python: InterpreterModule): (source: string) => ProgramEnd {
  /** A C string in the interpreter's memory; never freed, because the memory is put back after every program. */
  const cString = (text: string) => {
    const bytes = new TextEncoder().encode(text);
    const address = python._malloc(bytes.length + 1);
    if (address === 0) throw new Error('no memory for the program');
    python.HEAPU8.set(bytes, address);
    python.HEAPU8[address + bytes.length] = 0;
    return address;
  };
  const objectAt = (address: number) => python.HEAPU32[address >>> 2] as number;

  // Left in `sys` by the harness (python-harness.ts).
  const take = (name: string) => {
    const address = cString(name);
    const object = python._PySys_GetObject(address);
    if (object === 0) throw new Error(`the harness left no ${name}`);
    python._Py_IncRef(object);
    python._PySys_SetObject(address, 0);
    return object;
  };
  const describe = take('_carryover_describe');
  const flush = take('_carryover_flush');

  // A trace function may set the next line, past the tests that follow; walking the collector's objects leads to the
  // interpreter's insides. The interpreter reports both before it does them (PEP 578) and takes an error for a no.
  const watched = new Set(
    'sys.settrace sys.addaudithook sys.monitoring.register_callback sys.remote_exec gc.get_objects gc.get_referrers gc.get_referents'.split(
      ' ',
    ),
  );
  const longest = Math.max(...[...watched].map((name) => name.length)) + 1;
  const refusal = cString('not available to programs in this sandbox');
  const hook = python.addFunction((event) => {
    if (!watched.has(python.UTF8ToString(event as number, longest))) return 0;
    python._PyErr_SetString(objectAt(python._PyExc_RuntimeError), refusal);
    return -1;
  }, 'iiii');
  python._PySys_AddAuditHook(hook, 0);

  const fileName = cString('program.py');
  const main = python._PyModule_GetDict(python._PyImport_AddModule(cString('__main__')));
  // struct PyCompilerFlags { int cf_flags; int cf_feature_version; }: the source is UTF-8 whatever its first lines say.
  const flags = python._malloc(8);
  python.HEAPU32[flags >>> 2] = 0x0100 | 0x0800;
  python.HEAPU32[(flags + 4) >>> 2] = 14;

  const raised = (source: string): ProgramEnd => {
    const error = python._PyErr_GetRaisedException();
    const is = (type: number) => python._PyErr_GivenExceptionMatches(error, objectAt(type)) === 1;
    if (is(python._PyExc_MemoryError)) return { status: 'memory', exception: 'MemoryError' };
    const status = is(python._PyExc_KeyboardInterrupt) ? 'interrupted' : 'exception';
    // The program may have changed what describing needs; that changes the words and not the status.
    const text = python._PyObject_CallOneArg(describe, error);
    const address = text === 0 ? 0 : python._PyUnicode_AsUTF8(text);
    if (address === 0) {
      python._PyErr_Clear();
      return { status, exception: 'an exception that cannot be described' };
    }
    return { status, exception: withStatement(python.UTF8ToString(address, 8192), source) };
  };

  /** The harness gives the text and, behind the character U+0001, the line; the statement is read from the source. */
  const withStatement = (described: string, source: string) => {
    const [text = '', line = ''] = described.split('\u0001');
    const statement = source.split('\n')[Number(line) - 1];
    if (line === '' || statement === undefined) return text;
    return `${text} (line ${line}: ${statement.trim().slice(0, 200)})`;
  };

  return (source) => {
    // A C string ends there: what follows, such as the tests, would not be run.
    if (source.includes('\0')) {
      return { status: 'exception', exception: 'SyntaxError: source code string cannot contain null bytes' };
    }
    const fileInput = 257;
    const code = python._Py_CompileStringExFlags(cString(source), fileName, fileInput, flags, -1);
    const value = code === 0 ? 0 : python._PyEval_EvalCode(code, main, main);
    const end: ProgramEnd = value === 0 ? raised(source) : { status: 'ok', exception: '' };
    if (python._PyObject_CallOneArg(flush, main) === 0) python._PyErr_Clear();
    return end;
  };
}
