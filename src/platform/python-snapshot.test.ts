/**
 * The facts about pyodide that the snapshot and the border rest on, read from the package's own file. When a new
 * version changes them, read python-snapshot.ts and python-border.ts again.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { pythonBorder } from './python-border.ts';
import { type InterpreterExports, interpreterSnapshot } from './python-snapshot.ts';

interface WasmFacts {
  readonly imports: { readonly module: string; readonly name: string; readonly kind: number }[];
  readonly tables: number;
  /** Indexes of the mutable globals. */
  readonly mutable: number[];
  readonly exports: Map<string, { readonly kind: number; readonly index: number }>;
}

/** Imports, tables, globals and exports of a WebAssembly file (specification 2.0, section 5.5). */
function readWasm(bytes: Buffer): WasmFacts {
  let at = 8;
  const byte = () => bytes[at++]!;
  const number = () => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const next = byte();
      value += (next & 127) * shift;
      if (next < 128) return value;
    }
  };
  const text = () => {
    const length = number();
    at += length;
    return bytes.toString('utf8', at - length, at);
  };
  const limits = () => {
    const withMost = number() & 1;
    number();
    if (withMost) number();
  };
  const imports: WasmFacts['imports'] = [];
  const exports: WasmFacts['exports'] = new Map();
  const mutable: number[] = [];
  let tables = 0;
  let globals = 0;
  while (at < bytes.length) {
    const section = byte();
    const size = number();
    const end = at + size;
    if (section === 2) {
      for (let count = number(); count > 0; count--) {
        const [module, name, kind] = [text(), text(), byte()];
        imports.push({ module, name, kind });
        if (kind === 0) number();
        else if (kind === 1) {
          at += 1;
          limits();
        } else if (kind === 2) limits();
        else if (kind === 3) {
          globals += 1;
          at += 2;
        } else {
          at += 1;
          number();
        }
      }
    } else if (section === 4) tables = number();
    else if (section === 6) {
      for (let count = number(); count > 0; count--) {
        at += 1;
        if (byte() === 1) mutable.push(globals);
        globals += 1;
        const before = byte();
        // The only initial values in use: a constant or another global, then the end.
        if (before !== 0x41 && before !== 0x23) throw new Error(`initial value ${before}`);
        number();
        if (byte() !== 0x0b) throw new Error('end of an initial value');
      }
    } else if (section === 7) {
      for (let count = number(); count > 0; count--) {
        const [name, kind, index] = [text(), byte(), number()];
        exports.set(name, { kind, index });
      }
    }
    at = end;
  }
  return { imports, tables, mutable, exports };
}

const folder = dirname(createRequire(import.meta.url).resolve('pyodide'));
const wasm = readWasm(readFileSync(join(folder, 'pyodide.asm.wasm')));

it('knows all mutable globals and tables of pyodide', () => {
  const stack = wasm.exports.get('__stack_pointer')!;
  expect(wasm.mutable).toEqual([stack.index, stack.index + 1, stack.index + 2, stack.index + 3]);
  expect(wasm.tables).toBe(3);
  expect(wasm.imports.filter(({ kind }) => kind === 1 || kind === 2)).toEqual([]);
});

it('lets through only functions that pyodide imports, and refuses all others once closed', () => {
  const names = wasm.imports.filter(({ kind }) => kind === 0).map(({ name }) => name);
  const called: string[] = [];
  const env: Record<string, unknown> = Object.fromEntries(
    names.map((name) => [name, () => called.push(name)]),
  );
  const border = pythonBorder();
  border.guard({ env, wasi_snapshot_preview1: env });
  // A path at every address, and it ends.
  border.close({ buffer: new ArrayBuffer(8) });
  const through = names.filter((name) => {
    const before = called.length;
    try {
      (env[name] as () => unknown)();
    } catch {
      // Refused with an exception.
    }
    return called.length > before;
  });
  expect(through.sort().join(' ')).toMatchInlineSnapshot(
    `"_PyEM_TrampolineCall_JS _Py_CheckEmscriptenSignals_Helper __call_sighandler __syscall_chdir __syscall_chmod __syscall_dup __syscall_dup3 __syscall_faccessat __syscall_fadvise64 __syscall_fallocate __syscall_fchdir __syscall_fchmod __syscall_fchmodat2 __syscall_fchown32 __syscall_fchownat __syscall_fcntl64 __syscall_fdatasync __syscall_fstat64 __syscall_fstatfs64 __syscall_ftruncate64 __syscall_getcwd __syscall_getdents64 __syscall_ioctl __syscall_lstat64 __syscall_mkdirat __syscall_mknodat __syscall_newfstatat __syscall_openat __syscall_poll __syscall_readlinkat __syscall_renameat __syscall_rmdir __syscall_stat64 __syscall_statfs64 __syscall_symlinkat __syscall_truncate64 __syscall_umask_js __syscall_unlinkat __syscall_utimensat _gmtime_js _localtime_js _maybe_poll_async _mktime_js _mmap_js _msync_js _munmap_js _timegm_js _try_fcntl64 _tzset_js clock_res_get clock_time_get emscripten_date_now emscripten_get_heap_max emscripten_get_now emscripten_resize_heap environ_get environ_sizes_get fd_close fd_fdstat_get fd_pread fd_pwrite fd_read fd_seek fd_sync fd_write random_get"`,
  );
  expect(names.length).toBeGreaterThan(4 * through.length);
});

it('puts back memory, stack, objects and files, what was added, changed and taken away', () => {
  const memory = { buffer: new ArrayBuffer(64) };
  const bytes = new Uint8Array(memory.buffer).fill(7);
  const objects: unknown[] = [null, 'a', { js: true }];
  const exports: InterpreterExports = {
    memory,
    __stack_pointer: { value: 48 },
    __indirect_function_table: { length: 5 },
    _hiwire_get: (index) => {
      if (index >= objects.length) throw new RangeError('table index is out of bounds');
      return objects[index];
    },
    _hiwire_set: (index, value) => {
      objects[index] = value;
      return 0;
    },
    emscripten_stack_get_base: () => 64,
    emscripten_stack_get_end: () => 32,
  };
  const file = { name: 'a', contents: new Uint8Array([1, 2, 3]), parent: null as unknown };
  const root = {
    contents: { a: file } as Record<string, unknown>,
    streams: [null, file] as unknown[],
    view: bytes,
  };
  file.parent = root;
  const kept = file.contents;
  const snapshot = interpreterSnapshot(exports, [root]);

  memory.buffer = new ArrayBuffer(128);
  new Uint8Array(memory.buffer).fill(9);
  exports.__stack_pointer.value = 1;
  const [, , object] = objects;
  objects[2] = undefined;
  file.contents[0] = 99;
  file.contents = new Uint8Array(0);
  delete root.contents['a'];
  root.contents['b'] = { name: 'b' };
  root.streams.push('c');
  root.streams[1] = null;

  expect(snapshot.restore()).toBe(true);
  expect([...new Uint8Array(memory.buffer)]).toEqual([...Array(64).fill(7), ...Array(64).fill(0)]);
  expect(exports.__stack_pointer.value).toBe(48);
  expect(objects[2]).toBe(object);
  expect(root.contents).toEqual({ a: file });
  expect(root.streams).toEqual([null, file]);
  expect(file.contents).toBe(kept);
  expect([...kept]).toEqual([1, 2, 3]);
});

it('says so when the table of functions has grown, and refuses what it does not know', () => {
  const table = { length: 5 };
  const exports = {
    memory: { buffer: new ArrayBuffer(8) },
    __stack_pointer: { value: 0 },
    __indirect_function_table: table,
    _hiwire_get: () => {
      throw new RangeError('empty');
    },
    _hiwire_set: () => 0,
    emscripten_stack_get_base: () => 0,
    emscripten_stack_get_end: () => 0,
  };
  const snapshot = interpreterSnapshot(exports, [{}]);
  expect(snapshot.restore()).toBe(true);
  table.length = 6;
  expect(snapshot.restore()).toBe(false);
  expect(() => interpreterSnapshot(exports, [{ files: new Map() }])).toThrow('Map');
});
