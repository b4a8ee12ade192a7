/** One interpreter in its worker thread: starting it, running a program in it, and how waits for it end. */
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { PYTHON_HARNESS, PYTHON_PRELOAD } from './python-harness.ts';
import { MEMORY_LIMIT } from './python-limits.ts';
import {
  type SandboxReply,
  type SandboxRequest,
  type SandboxSettings,
  sandboxSource,
} from './python-sandbox.ts';
import type { PythonOptions, PythonResult } from './python-worker.ts';
import { LOOK_MS, ownTime } from './thread-time.ts';

/** Bytes of storage of a program's files; a small file takes up to twice its size. */
const FILES_LIMIT = 64 * 2 ** 20;
/** An interpreter that grew beyond this is replaced, because its memory never shrinks. */
const MEMORY_KEPT = 192 * 2 ** 20;
/** How long a program may take to stop after its interrupt before its worker is ended by force. */
const GRACE_MS = 400;
/** A start takes seconds; on a machine with far more work than cores it has been seen to take minutes. */
const START_LIMIT_MS = 1_200_000;
/** Putting back 512 MiB takes well under a second, taking up a program milliseconds. */
const ANSWER_LIMIT_MS = 20_000;

export interface Interpreter {
  readonly worker: Worker;
  readonly interrupt: Uint8Array;
  /** The worker's thread as thread-time.ts names it. */
  readonly thread: string | null;
  readonly next: (milliseconds: number, signal?: AbortSignal) => Promise<Ending>;
}

/** How a wait for the worker ends: its own reply, or what happened to it instead. */
type Ending = SandboxReply | { readonly kind: 'late' } | { readonly kind: 'ended'; readonly message: string };

/** From the first interpreter's start, for the others'. */
let image: Uint8Array<ArrayBuffer> | null = null;

/** Throws an Error when the interpreter does not start. `ended` is called when its thread ends, for whatever reason. */
export async function startInterpreter(ended: (interpreter: Worker) => void): Promise<Interpreter> {
  const interrupt = new SharedArrayBuffer(1);
  const settings: SandboxSettings = {
    pyodide: createRequire(import.meta.url).resolve('pyodide'),
    preload: PYTHON_PRELOAD,
    harness: PYTHON_HARNESS,
    image,
    memory: MEMORY_LIMIT,
    files: FILES_LIMIT,
    interrupt,
  };
  const worker = new Worker(sandboxSource(), {
    eval: true,
    workerData: settings,
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 512, stackSizeMb: 16 },
  });
  const replies = mailbox(worker);
  worker.on('exit', () => ended(worker));
  const first = await replies(null, START_LIMIT_MS);
  const thread = first.kind === 'thread' ? first.thread : null;
  const next = (milliseconds: number, signal?: AbortSignal) => replies(thread, milliseconds, signal);
  const reply = first.kind === 'thread' ? await next(START_LIMIT_MS) : first;
  if (reply.kind === 'ready') {
    image ??= reply.image;
    return { worker, interrupt: new Uint8Array(interrupt), thread, next };
  }
  void worker.terminate();
  throw new Error(`Python did not start: ${'message' in reply ? reply.message : reply.kind}`);
}

/**
 * Runs a program. `reusable` settles when the interpreter has been put back (true) or must be ended (false). Rejects
 * with the signal's reason when that aborts.
 */
export async function execute(
  interpreter: Interpreter,
  program: string,
  { timeoutMs, signal, maxOutputBytes = 65536 }: PythonOptions,
): Promise<{ result: PythonResult; reusable: Promise<boolean> }> {
  const { worker, interrupt, next } = interpreter;
  const request: SandboxRequest = { program, maxOutputBytes };
  const no = Promise.resolve(false);
  Atomics.store(interrupt, 0, 0);
  worker.postMessage(request);
  const begun = await next(ANSWER_LIMIT_MS, signal);
  if (begun.kind !== 'started') {
    const message = begun.kind === 'ended' ? begun.message : 'the interpreter does not answer';
    return { result: failure('error', message), reusable: no };
  }
  let reply = await next(timeoutMs, signal);
  const late = reply.kind === 'late';
  if (late) {
    // First as Ctrl-C does, which keeps the interpreter; a loop in C code or one that catches it ends by force.
    Atomics.store(interrupt, 0, 2);
    reply = await next(GRACE_MS, signal);
  }
  if (reply.kind !== 'done') {
    if (late) return { result: failure('timeout'), reusable: no };
    const message = 'message' in reply ? reply.message : reply.kind;
    const status = message.includes('ERR_WORKER_OUT_OF_MEMORY') ? 'memory' : 'error';
    return { result: failure(status, message), reusable: no };
  }
  const { stdout, stderr, truncated } = reply;
  const reusable = next(ANSWER_LIMIT_MS).then(
    (after) => after.kind === 'restored' && after.clean && after.memory <= MEMORY_KEPT,
  );
  // A program that answered between its time limit and the interrupt was late all the same.
  if (late) return { result: { status: 'timeout', stdout, stderr, truncated }, reusable };
  // Nobody interrupted it: it raised KeyboardInterrupt itself, or gave up the interpreter.
  const status = reply.status === 'interrupted' || reply.status === 'broken' ? 'exception' : reply.status;
  const exception = reply.exception ? { exception: reply.exception } : {};
  return { result: { status, stdout, stderr, truncated, ...exception }, reusable };
}

export function failure(
  status: 'exception' | 'timeout' | 'memory' | 'error',
  exception?: string,
): PythonResult {
  return { status, stdout: '', stderr: '', truncated: false, ...(exception ? { exception } : {}) };
}

/** Keeps what the worker says until somebody asks for it. At most one wait at a time. */
function mailbox(worker: Worker) {
  const arrived: Ending[] = [];
  let tell: ((ending: Ending) => void) | undefined;
  const arrive = (ending: Ending) => {
    if (tell) tell(ending);
    else arrived.push(ending);
  };
  worker.on('message', (reply: SandboxReply) => arrive(reply));
  // An interpreter that breaks between two programs must neither end this process nor get the next program.
  worker.on('error', (error) => arrive({ kind: 'ended', message: describe(error) }));
  worker.on('exit', () => arrive({ kind: 'ended', message: 'the interpreter was ended' }));

  /** `milliseconds` of the thread's own time. */
  return (thread: string | null, milliseconds: number, signal?: AbortSignal): Promise<Ending> =>
    new Promise((resolve, reject) => {
      const finish = (act: () => void) => {
        clearTimeout(timer);
        tell = undefined;
        signal?.removeEventListener('abort', onAbort);
        act();
      };
      const onAbort = () => finish(() => reject(signal?.reason as Error));
      const spent = ownTime(thread);
      const onTime = () => {
        const left = milliseconds - spent();
        if (left > 1) timer = setTimeout(onTime, Math.min(left, LOOK_MS));
        else finish(() => resolve({ kind: 'late' }));
      };
      let timer = setTimeout(onTime, Math.min(milliseconds, LOOK_MS));
      const first = arrived.shift();
      tell = (ending) => finish(() => resolve(ending));
      if (first) tell(first);
      // Aborted while nobody waited here, as when the interpreter was being started: no event comes any more.
      else if (signal?.aborted) onAbort();
      else signal?.addEventListener('abort', onAbort);
    });
}

function describe(error: Error & { code?: string }): string {
  return error.code ? `${error.code}: ${error.message}` : error.message;
}
