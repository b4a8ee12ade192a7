/**
 * Runs Python programs that nobody has read: pyodide (CPython compiled to WebAssembly) in a worker thread.
 *
 * Isolated: Python sees only an in-memory file system, no environment variables of the host, and no JavaScript
 * globals; imports of `js`, `pyodide`, `pyodide_js` and `ctypes` are refused. In the worker thread itself the
 * functions of Node's modules for files, processes, sockets, threads and module loading are replaced before the
 * first program runs, so `os.system` and `socket.connect`, which pyodide passes on to the host, end in an error,
 * and so does code that finds a way into the worker's JavaScript. Time, memory and output are limited. Each program
 * gets a fresh namespace, and what it assigned to modules is put back (python-harness.ts).
 *
 * Not isolated: this is one process. A hole in V8 or in Node's internal bindings is a hole in the sandbox; a program
 * that wants to can burn a core until its time limit, read the clock, or tamper with the harness that shares its
 * interpreter, that is, forge its own result. Good enough against accidents and careless model output, not
 * against an adversary.
 */
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';
import { cores } from './machine.ts';
import { PYTHON_HARNESS } from './python-harness.ts';
import {
  pythonSandbox,
  type SandboxReply,
  type SandboxRequest,
  type SandboxSettings,
} from './python-sandbox.ts';

export interface PythonOptions {
  /** Wall time of the program in milliseconds; loading an interpreter does not count. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Kept of stdout and of stderr; the rest is dropped. Default 64 KiB. */
  readonly maxOutputBytes?: number;
}

export interface PythonResult {
  /**
   * `exception`: the program raised (SystemExit included) or ended the interpreter. `timeout`: stopped at the time
   * limit; what it had printed may be lost. `memory`: it asked for more than 512 MiB. `error`: the sandbox failed,
   * which says nothing about the program.
   */
  readonly status: 'ok' | 'exception' | 'timeout' | 'memory' | 'error';
  readonly stdout: string;
  readonly stderr: string;
  /** True when more was printed than was kept. */
  readonly truncated: boolean;
  /** One line: type, message and the program's line, as in `AssertionError (line 9: assert f(1) == 2)`. */
  readonly exception?: string;
}

const MEMORY_LIMIT = 512 * 2 ** 20;
/** An interpreter that grew beyond this is replaced, because its memory never shrinks. */
const MEMORY_KEPT = 192 * 2 ** 20;
/** How long a program may take to stop after its interrupt before its worker is ended by force. */
const GRACE_MS = 400;
const LOAD_LIMIT_MS = 120_000;

interface Interpreter {
  readonly worker: Worker;
  readonly interrupt: Uint8Array;
}

const idle: Interpreter[] = [];
const busy = new Set<Interpreter>();
const limit = pLimit(Math.max(1, Math.min(4, cores())));

/**
 * Runs a program as `__main__`. Never rejects for what the program does; rejects with the signal's reason when the
 * signal aborts. At most one program per core runs at a time, others wait; waiting does not count as their time.
 */
export async function runPython(program: string, options: PythonOptions): Promise<PythonResult> {
  return limit(async () => {
    options.signal?.throwIfAborted();
    let interpreter: Interpreter;
    try {
      interpreter = idle.pop() ?? (await load());
    } catch (error) {
      return failure('error', error instanceof Error ? error.message : String(error));
    }
    busy.add(interpreter);
    interpreter.worker.ref();
    try {
      const { result, reusable } = await execute(interpreter, program, options);
      if (reusable) idle.push(interpreter);
      else void interpreter.worker.terminate();
      return result;
    } catch (error) {
      void interpreter.worker.terminate();
      throw error;
    } finally {
      busy.delete(interpreter);
      // An idle interpreter must not keep the process alive.
      interpreter.worker.unref();
    }
  });
}

/** Ends all interpreters at once; a program that still runs ends with status `error`. */
export async function closePython(): Promise<void> {
  const all = [...idle.splice(0), ...busy];
  await Promise.all(all.map(({ worker }) => worker.terminate()));
}

function failure(status: 'exception' | 'timeout' | 'memory' | 'error', exception?: string): PythonResult {
  return { status, stdout: '', stderr: '', truncated: false, ...(exception ? { exception } : {}) };
}

async function load(): Promise<Interpreter> {
  const interrupt = new SharedArrayBuffer(1);
  const settings: SandboxSettings = {
    pyodide: createRequire(import.meta.url).resolve('pyodide'),
    harness: PYTHON_HARNESS,
    memory: MEMORY_LIMIT,
    interrupt,
  };
  // Some transpilers wrap inner functions in a helper of this name; the worker has only the function's own text.
  const source = `const __name = (target) => target; (${pythonSandbox.toString()})(require);`;
  const worker = new Worker(source, {
    eval: true,
    workerData: settings,
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 512, stackSizeMb: 16 },
  });
  // An interpreter that breaks between two programs must neither end this process nor get the next program.
  worker.on('error', () => undefined);
  worker.on('exit', () => {
    const at = idle.findIndex((interpreter) => interpreter.worker === worker);
    if (at >= 0) idle.splice(at, 1);
  });
  const reply = await nextReply(worker, LOAD_LIMIT_MS);
  if (reply.kind === 'ready') return { worker, interrupt: new Uint8Array(interrupt) };
  void worker.terminate();
  throw new Error(`Python did not start: ${'message' in reply ? reply.message : reply.kind}`);
}

/** How a wait for the worker ends: its own reply, or what happened to it instead. */
type Ending = SandboxReply | { readonly kind: 'late' } | { readonly kind: 'ended'; readonly message: string };

function nextReply(worker: Worker, milliseconds: number, signal?: AbortSignal): Promise<Ending> {
  return new Promise((resolve, reject) => {
    const finish = (act: () => void) => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      signal?.removeEventListener('abort', onAbort);
      act();
    };
    const onMessage = (reply: SandboxReply) => finish(() => resolve(reply));
    const onError = (error: Error) => finish(() => resolve({ kind: 'ended', message: describe(error) }));
    const onExit = () => finish(() => resolve({ kind: 'ended', message: 'the interpreter was ended' }));
    const onAbort = () => finish(() => reject(signal?.reason as Error));
    const timer = setTimeout(() => finish(() => resolve({ kind: 'late' })), milliseconds);
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    signal?.addEventListener('abort', onAbort);
  });
}

function describe(error: Error & { code?: string }): string {
  return error.code ? `${error.code}: ${error.message}` : error.message;
}

async function execute(
  { worker, interrupt }: Interpreter,
  program: string,
  { timeoutMs, signal, maxOutputBytes = 65536 }: PythonOptions,
): Promise<{ result: PythonResult; reusable: boolean }> {
  const request: SandboxRequest = { program, maxOutputBytes };
  Atomics.store(interrupt, 0, 0);
  worker.postMessage(request);
  let reply = await nextReply(worker, timeoutMs, signal);
  const late = reply.kind === 'late';
  if (late) {
    // First as Ctrl-C does, which keeps the interpreter; a loop in C code or one that catches it ends by force.
    Atomics.store(interrupt, 0, 2);
    reply = await nextReply(worker, GRACE_MS, signal);
  }
  if (reply.kind !== 'done') {
    if (late) return { result: failure('timeout'), reusable: false };
    const message = 'message' in reply ? reply.message : reply.kind;
    const status = message.includes('ERR_WORKER_OUT_OF_MEMORY') ? 'memory' : 'error';
    return { result: failure(status, message), reusable: false };
  }
  const { stdout, stderr, truncated } = reply;
  // A program that answered between its time limit and the interrupt was late all the same.
  const status = late || reply.status === 'interrupted' ? 'timeout' : reply.status;
  const exception = status === 'timeout' ? {} : reply.exception ? { exception: reply.exception } : {};
  return {
    result: { status: status === 'broken' ? 'exception' : status, stdout, stderr, truncated, ...exception },
    reusable: reply.clean && reply.memory <= MEMORY_KEPT,
  };
}
