/**
 * The JavaScript side of the sandbox: the body of the worker thread that holds one pyodide interpreter.
 * `pythonSandbox` and its parts are handed to the worker as source text (`Function.toString`), because a worker's
 * entry must be a file that plain Node can load, and these files exist as TypeScript in src/ and as JavaScript in
 * dist/. Each must therefore use nothing but its arguments.
 */
import type { MessagePort } from 'node:worker_threads';
import { pythonBorder, type WasmImports } from './python-border.ts';
import { type FileSystem, limitFiles } from './python-files.ts';
import { lockDownThread } from './python-lockdown.ts';
import { type InterpreterModule, programRunner } from './python-program.ts';
import { type InterpreterExports, interpreterSnapshot } from './python-snapshot.ts';

/** What the pool tells the worker when it starts it. */
export interface SandboxSettings {
  /** Absolute path of pyodide's CommonJS entry. */
  readonly pyodide: string;
  /** Sources of the Python side (python-harness.ts). */
  readonly preload: string;
  readonly harness: string;
  /** pyodide's own snapshot of an interpreter after `preload`, made by an earlier worker: spares most of the start. */
  readonly image: Uint8Array<ArrayBuffer> | null;
  /** Largest size of the interpreter's memory in bytes. */
  readonly memory: number;
  /** Bytes a program may give to files; they lie outside that memory. */
  readonly files: number;
  /** One byte; 2 in it interrupts the running program as Ctrl-C would. */
  readonly interrupt: SharedArrayBuffer;
}

export interface SandboxRequest {
  readonly program: string;
  readonly maxOutputBytes: number;
}

export type SandboxReply =
  /** Said first: the worker's thread as thread-time.ts names it. */
  | { readonly kind: 'thread'; readonly thread: string | null }
  /** `image`: for the interpreters to come, when this one was started without. */
  | { readonly kind: 'ready'; readonly image: Uint8Array<ArrayBuffer> | null }
  | { readonly kind: 'failed'; readonly message: string }
  /** The program begins: its time runs from here. */
  | { readonly kind: 'started' }
  | {
      readonly kind: 'done';
      readonly status: 'ok' | 'exception' | 'memory' | 'interrupted' | 'broken';
      readonly exception: string;
      readonly stdout: string;
      readonly stderr: string;
      readonly truncated: boolean;
    }
  /** Follows `done`: whether the interpreter is as it was after its start, and the bytes its memory has grown to. */
  | { readonly kind: 'restored'; readonly clean: boolean; readonly memory: number };

const PARTS = { limitFiles, pythonBorder, lockDownThread, programRunner, interpreterSnapshot };
type Parts = typeof PARTS;

/** The worker's whole source text, for plain Node. */
export function sandboxSource(): string {
  const parts = Object.entries(PARTS).map(([name, part]) => `${name}: ${part.toString()}`);
  // Some transpilers wrap inner functions in a helper of this name; the worker has only the functions' own text.
  return `const __name = (target) => target; (${pythonSandbox.toString()})(require, {${parts.join(', ')}});`;
}

/** The part of `WebAssembly` used here; the compiler's library without a browser does not know it. */
interface Wasm {
  readonly Memory: { readonly prototype: { grow: (this: WasmMemory, pages: number) => number } };
  instantiate: (binary: unknown, imports: WasmImports) => Promise<{ instance: { exports: unknown } }>;
}
interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

interface Pyodide {
  readonly _module: InterpreterModule & { readonly FS: FileSystem; readonly TTY?: object };
  runPython(code: string): unknown;
  makeMemorySnapshot(): Uint8Array<ArrayBuffer>;
  setInterruptBuffer(buffer: Uint8Array): void;
  setStdin(options: { stdin: () => null }): void;
  setStdout(options: { write: (bytes: Uint8Array) => number; isatty: boolean }): void;
  setStderr(options: { write: (bytes: Uint8Array) => number; isatty: boolean }): void;
}

/** Runs inside the worker. Self-contained: see the head of this file. */
function pythonSandbox(require: NodeJS.Require, parts: Parts): void {
  const threads: typeof import('node:worker_threads') = require('node:worker_threads');
  const files: typeof import('node:fs') = require('node:fs');
  const port = threads.parentPort as MessagePort;
  const settings = threads.workerData as SandboxSettings;
  const post = (reply: SandboxReply) => port.postMessage(reply);
  const wasm = (globalThis as unknown as { WebAssembly: Wasm }).WebAssembly;

  /** The C library asks JavaScript for more memory; refusing there becomes a MemoryError in Python. */
  const limitMemory = () => {
    const { prototype } = wasm.Memory;
    const grow = prototype.grow;
    prototype.grow = function limited(this: WasmMemory, pages: number): number {
      if (this.buffer.byteLength + pages * 65536 > settings.memory) throw new RangeError('memory limit');
      return grow.call(this, pages);
    };
  };

  const capture = () => {
    let chunks: Uint8Array[] = [];
    let size = 0;
    let limit = 0;
    return {
      begin: (bytes: number) => {
        chunks = [];
        size = 0;
        limit = bytes;
      },
      write: (bytes: Uint8Array) => {
        const room = Math.max(0, limit - size);
        // A copy: the bytes lie in the interpreter's memory.
        if (room > 0) chunks.push(bytes.slice(0, room));
        size += bytes.length;
        return bytes.length;
      },
      text: () => Buffer.concat(chunks).toString('utf8'),
      truncated: () => size > limit,
    };
  };

  /** Loads pyodide with a guarded border; also hands back the exports of its instance. */
  const load = async (border: ReturnType<typeof pythonBorder>) => {
    let exports: InterpreterExports | undefined;
    const { instantiate } = wasm;
    wasm.instantiate = async (binary, imports) => {
      if (imports?.['env']) border.guard(imports);
      const result = await instantiate(binary, imports);
      if (imports?.['env']) exports = result.instance.exports as InterpreterExports;
      return result;
    };
    const { loadPyodide } = require(settings.pyodide) as {
      loadPyodide: (options: object) => Promise<Pyodide>;
    };
    const python = await loadPyodide({
      jsglobals: Object.freeze(Object.create(null)),
      // Equal programs shall give equal results: sets of strings are ordered by their hashes.
      env: { PYTHONHASHSEED: '0', HOME: '/home/pyodide' },
      ...(settings.image ? { _loadSnapshot: settings.image } : { _makeSnapshot: true }),
    });
    wasm.instantiate = instantiate;
    if (!exports) throw new Error('pyodide was not instantiated as expected');
    return { python, exports };
  };

  /** Linux: `PID/task/THREAD`. Elsewhere nobody tells. */
  const ownThread = () => {
    try {
      return files.readlinkSync('/proc/thread-self');
    } catch {
      return null;
    }
  };

  const start = async () => {
    post({ kind: 'thread', thread: ownThread() });
    limitMemory();
    const border = parts.pythonBorder();
    const { python, exports } = await load(border);
    let image: Uint8Array<ArrayBuffer> | null = null;
    if (!settings.image) {
      python.runPython(settings.preload);
      image = python.makeMemorySnapshot();
    }
    python.runPython(settings.harness);
    python.setInterruptBuffer(new Uint8Array(settings.interrupt));
    python.setStdin({ stdin: () => null });
    const stdout = capture();
    const stderr = capture();
    python.setStdout({ write: stdout.write, isatty: false });
    python.setStderr({ write: stderr.write, isatty: false });
    const run = parts.programRunner(python._module);
    const { FS, TTY } = python._module;
    const forgetFiles = parts.limitFiles(FS, settings.files);
    parts.lockDownThread(require);
    border.close(exports.memory);
    const snapshot = parts.interpreterSnapshot(exports, TTY ? [FS, TTY] : [FS]);
    const runGuarded = (program: string) => {
      border.left();
      try {
        return run(program);
      } catch (error) {
        // The interpreter itself gave up: os._exit, a stack deeper than the thread's, a call across the border.
        const message = error instanceof Error ? error.message : String(error);
        const exception = border.left() ?? message.trim().split('\n').at(-1) ?? '';
        return { status: 'broken' as const, exception };
      }
    };
    port.on('message', ({ program, maxOutputBytes }: SandboxRequest) => {
      stdout.begin(maxOutputBytes);
      stderr.begin(maxOutputBytes);
      post({ kind: 'started' });
      const end = runGuarded(program);
      const truncated = stdout.truncated() || stderr.truncated();
      post({ kind: 'done', ...end, stdout: stdout.text(), stderr: stderr.text(), truncated });
      let clean = false;
      try {
        clean = snapshot.restore();
        forgetFiles();
      } catch {
        // Not to be used again, whatever the reason.
      }
      post({ kind: 'restored', clean, memory: exports.memory.buffer.byteLength });
    });
    port.postMessage({ kind: 'ready', image } satisfies SandboxReply, image ? [image.buffer] : []);
  };
  start().catch((error: unknown) => post({ kind: 'failed', message: String(error) }));
}
