/**
 * Runs Python programs that nobody has read: pyodide (CPython compiled to WebAssembly) in worker threads.
 *
 * Isolated: WebAssembly can do only what it is given to call, and it is given an in-memory file system, a clock and
 * randomness (python-border.ts): no files, environment, network or processes of the host, and no JavaScript. In the
 * worker thread itself the functions of Node's modules for files, processes, sockets, threads and module loading are
 * replaced before the first program runs (python-lockdown.ts). Time, memory and output are limited. After every
 * program the interpreter's whole state is put back from a copy (python-snapshot.ts). Whether a program ended well is
 * told by the interpreter's C interface, not by Python code that the program could change (python-program.ts).
 * CARRYOVER_PYTHON chooses the machine's own Python instead (python-native.ts).
 *
 * Not isolated: this is one process. A hole in V8 is a hole in the sandbox; a program that wants to can burn a core
 * until its time limit and read the clock. And a program shares its interpreter with its tests, as in every harness:
 * an object that says it equals everything passes `assert f(1) == 2`.
 */
import pLimit from 'p-limit';
import { cores } from './machine.ts';
import { execute, failure, type Interpreter, startInterpreter } from './python-interpreter.ts';
import { nativePython, runNative } from './python-native.ts';
import { processorTime } from './thread-time.ts';

export interface PythonOptions {
  /**
   * Milliseconds for the program from its start: its thread's own time (thread-time.ts), so that a busy machine does not
   * turn answers into timeouts. Loading an interpreter does not count.
   */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Kept of stdout and of stderr; the rest is dropped. Default 64 KiB. */
  readonly maxOutputBytes?: number;
}

export interface PythonResult {
  /**
   * `exception`: the program raised (SystemExit included) or ended the interpreter. `timeout`: stopped at the time
   * limit; what it had printed may be lost. `memory`: it got no more memory than `MEMORY_LIMIT` (python-limits.ts), or
   * raised MemoryError itself, which looks the same. `error`: the sandbox failed,
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

const idle: Interpreter[] = [];
const busy = new Set<Interpreter>();
/** Interpreters that are being put back after their program, each with the end of that. */
const returning = new Set<Promise<unknown>>();
const limit = pLimit(Math.max(1, Math.min(4, cores())));

/**
 * Runs a program as `__main__`. Never rejects for what the program does; rejects with the signal's reason when the
 * signal aborts. At most one program per core runs at a time, others wait; waiting does not count as their time.
 */
export function runPython(program: string, options: PythonOptions): Promise<PythonResult> {
  const native = nativePython();
  if (native !== undefined) return limit(() => runNative(native, program, options));
  return new Promise((resolve, reject) => {
    // The caller has the result before the interpreter is put back; the place in the queue is free after that.
    limit(async () => {
      options.signal?.throwIfAborted();
      let interpreter: Interpreter;
      try {
        interpreter = await takeInterpreter();
      } catch (error) {
        resolve(failure('error', error instanceof Error ? error.message : String(error)));
        return;
      }
      busy.add(interpreter);
      interpreter.worker.ref();
      let again = false;
      try {
        const { result, reusable } = await execute(interpreter, program, options);
        resolve(result);
        returning.add(reusable);
        again = await reusable;
        returning.delete(reusable);
      } finally {
        busy.delete(interpreter);
        // An idle interpreter must not keep the process alive.
        interpreter.worker.unref();
        if (again) idle.push(interpreter);
        else void interpreter.worker.terminate();
      }
    }).catch(reject);
  });
}

/** To stand in a verdict: empty for the sandbox, which is what everybody has. */
export function interpreterName(): string {
  return nativePython() === undefined ? '' : ' in native Python';
}

/** Waiting for one that is being put back takes milliseconds, starting one takes seconds. */
async function takeInterpreter(): Promise<Interpreter> {
  while (idle.length === 0 && returning.size > 0) await Promise.race(returning);
  return idle.pop() ?? (await startInterpreter(forget));
}

/** Ends all interpreters at once; a program that still runs ends with status `error`. */
export async function closePython(): Promise<void> {
  const all = [...idle.splice(0), ...busy];
  await Promise.all(all.map(({ worker }) => worker.terminate()));
}

/** Seconds of processor time that the living interpreters' threads have used; null where the system does not tell. */
export function pythonProcessorTime(): number | null {
  const times = [...idle, ...busy].map(({ thread }) => processorTime(thread));
  return times.reduce((sum, time) => (sum === null || time === null ? null : sum + time), 0);
}

function forget(worker: Interpreter['worker']): void {
  const at = idle.findIndex((interpreter) => interpreter.worker === worker);
  if (at >= 0) idle.splice(at, 1);
}
