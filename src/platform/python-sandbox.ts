/**
 * The JavaScript side of the sandbox: the body of the worker thread that holds one pyodide interpreter.
 * `pythonSandbox` is handed to the worker as source text (`Function.toString`), because a worker's entry must be a
 * file that plain Node can load, and this file exists as TypeScript in src/ and as JavaScript in dist/. It must
 * therefore use nothing but its arguments.
 */
import type { MessagePort } from 'node:worker_threads';

/** What the pool tells the worker when it starts it. */
export interface SandboxSettings {
  /** Absolute path of pyodide's CommonJS entry. */
  readonly pyodide: string;
  /** Source of the Python side (python-harness.ts). */
  readonly harness: string;
  /** Largest size of the interpreter's memory in bytes. */
  readonly memory: number;
  /** One byte; 2 in it interrupts the running program as Ctrl-C would. */
  readonly interrupt: SharedArrayBuffer;
}

export interface SandboxRequest {
  readonly program: string;
  readonly maxOutputBytes: number;
}

export type SandboxReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly message: string }
  | {
      readonly kind: 'done';
      readonly status: 'ok' | 'exception' | 'memory' | 'interrupted' | 'broken';
      readonly exception: string;
      readonly stdout: string;
      readonly stderr: string;
      readonly truncated: boolean;
      /** False when the interpreter must not be used again. */
      readonly clean: boolean;
      /** Bytes the interpreter's memory has grown to; it never shrinks. */
      readonly memory: number;
    };

/** The part of `WebAssembly.Memory` used here; the compiler's library without a browser does not know it. */
interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

interface Pyodide {
  runPython(code: string): (source: string) => string;
  setInterruptBuffer(buffer: Uint8Array): void;
  setStdin(options: { stdin: () => null }): void;
  setStdout(options: { write: (bytes: Uint8Array) => number; isatty: boolean }): void;
  setStderr(options: { write: (bytes: Uint8Array) => number; isatty: boolean }): void;
}

/** Runs inside the worker. Self-contained: see the head of this file. */
export function pythonSandbox(require: NodeJS.Require): void {
  const threads: typeof import('node:worker_threads') = require('node:worker_threads');
  const port = threads.parentPort as MessagePort;
  const settings = threads.workerData as SandboxSettings;
  const post = (reply: SandboxReply) => port.postMessage(reply);
  let memory: WasmMemory | undefined;

  /** The C library asks JavaScript for more memory; refusing there becomes a MemoryError in Python. */
  const limitMemory = () => {
    const { prototype } = (globalThis as unknown as { WebAssembly: { Memory: { prototype: WasmMemory } } })
      .WebAssembly.Memory;
    const grow = prototype.grow;
    prototype.grow = function limited(this: WasmMemory, pages: number): number {
      memory = this;
      if (this.buffer.byteLength + pages * 65536 > settings.memory) throw new RangeError('memory limit');
      return grow.call(this, pages);
    };
  };

  /** Takes from this thread every way to files, processes, sockets, other threads and the messages of the pool. */
  const lockDown = () => {
    const harmless = new Set(
      'assert assert/strict async_hooks buffer console constants crypto diagnostics_channel events path path/posix path/win32 perf_hooks process querystring stream stream/consumers stream/promises stream/web string_decoder timers timers/promises url util util/types'.split(
        ' ',
      ),
    );
    const refuse = () => {
      throw new Error('not available in this sandbox');
    };
    const empty = (target: Record<string, unknown>, keep: readonly string[] = []) => {
      for (const name of Object.getOwnPropertyNames(target)) {
        if (keep.includes(name)) continue;
        try {
          const type = typeof target[name];
          if (type === 'function') target[name] = refuse;
          else if (type === 'object') target[name] = undefined;
        } catch {
          // A few members are read-only or throw when read; the functions behind them are refused elsewhere.
        }
      }
    };
    const load = (name: string): Record<string, unknown>[] => {
      try {
        return [require(name) as Record<string, unknown>];
      } catch {
        return []; // A module that this build of Node lists but does not have.
      }
    };
    // Loading every module warns about a few of them; later the interpreter prints when it gives up.
    process.emitWarning = () => {};
    Object.assign(console, Object.fromEntries(Object.keys(console).map((name) => [name, () => {}])));
    process.stdout.write = process.stderr.write = () => true;
    const modules: typeof import('node:module') = require('node:module');
    const net: typeof import('node:net') = require('node:net');
    const dgram: typeof import('node:dgram') = require('node:dgram');
    const children: typeof import('node:child_process') = require('node:child_process');
    const prototypes = [net.Socket, net.Server, dgram.Socket, children.ChildProcess, modules].map(
      ({ prototype }) => prototype as unknown as Record<string, unknown>,
    );
    // All are loaded before the first is emptied: loading needs several of them.
    const doors = modules.builtinModules
      .filter((name) => !harmless.has(name) && !name.startsWith('_stream'))
      .flatMap(load);
    const sync = modules.syncBuiltinESMExports;
    for (const module of doors) empty(module);
    for (const prototype of prototypes) empty(prototype, ['constructor']);
    sync();
    const host =
      'binding _linkedBinding dlopen kill _kill abort chdir umask setuid seteuid setgid setegid setgroups initgroups getBuiltinModule loadEnvFile openStdin _debugProcess _debugEnd _rawDebug mainModule report';
    for (const name of host.split(' ')) Reflect.set(process, name, refuse);
    const names =
      'fetch WebSocket EventSource XMLHttpRequest BroadcastChannel MessageChannel MessagePort Worker require module exports navigator localStorage sessionStorage';
    for (const name of names.split(' ')) Reflect.deleteProperty(globalThis, name);
  };

  const capture = (limit: number) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    return {
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

  const start = async () => {
    limitMemory();
    const { loadPyodide } = require(settings.pyodide) as {
      loadPyodide: (options: object) => Promise<Pyodide>;
    };
    const python = await loadPyodide({
      jsglobals: Object.freeze(Object.create(null)),
      // Equal programs shall give equal results: sets of strings are ordered by their hashes.
      env: { PYTHONHASHSEED: '0', HOME: '/home/pyodide' },
    });
    const run = python.runPython(settings.harness);
    const interrupt = new Uint8Array(settings.interrupt);
    python.setInterruptBuffer(interrupt);
    python.setStdin({ stdin: () => null });
    lockDown();
    port.on('message', ({ program, maxOutputBytes }: SandboxRequest) => {
      const stdout = capture(maxOutputBytes);
      const stderr = capture(maxOutputBytes);
      python.setStdout({ write: stdout.write, isatty: false });
      python.setStderr({ write: stderr.write, isatty: false });
      const reply = (
        status: 'ok' | 'exception' | 'memory' | 'interrupted' | 'broken',
        exception: string,
        clean: boolean,
      ) =>
        post({
          kind: 'done',
          status,
          exception,
          clean,
          stdout: stdout.text(),
          stderr: stderr.text(),
          truncated: stdout.truncated() || stderr.truncated(),
          memory: memory?.buffer.byteLength ?? 0,
        });
      try {
        const result = JSON.parse(run(program)) as {
          status: 'ok' | 'exception' | 'memory' | 'interrupted';
          exception: string;
          clean: boolean;
        };
        reply(result.status, result.exception, result.clean);
      } catch (error) {
        // The interpreter itself gave up: os._exit, a stack deeper than the thread's, an interrupt between programs.
        const message = error instanceof Error ? error.message : String(error);
        reply('broken', message.trim().split('\n').at(-1) ?? '', false);
      }
    });
    post({ kind: 'ready' });
  };
  start().catch((error: unknown) => post({ kind: 'failed', message: String(error) }));
}
