/**
 * The border of the interpreter: the functions that its WebAssembly may call. WebAssembly has no other way out, so
 * what is not on the list below cannot be done by a Python program, however it is written. The list is also what
 * makes the snapshot (python-snapshot.ts) complete: every function on it keeps its state in the interpreter's memory
 * or in emscripten's file system, and nowhere else.
 *
 * Handed to the worker as source text: see python-sandbox.ts.
 */

/** The functions WebAssembly imports, by module and name. */
export type WasmImports = Record<string, Record<string, unknown>>;

export interface Border {
  /** Puts the border guard in the place of every imported function that is not on the list. */
  readonly guard: (imports: WasmImports) => void;
  /**
   * From now on refused calls end in an error code or an exception; until then they pass, for the start needs them.
   * `memory` is the interpreter's.
   */
  readonly close: (memory: { readonly buffer: ArrayBuffer }) => void;
  /** How the program left through the border, if it did. */
  readonly left: () => string | null;
}

export function pythonBorder(): Border {
  const allowed = new Set(
    [
      // Files, of emscripten's file system in memory (checked against its sources: all state is below `FS`).
      'openat faccessat chdir fchdir chmod fchmod fchmodat2 fchownat fchown32 dup dup3 fdatasync fstat64 stat64',
      'newfstatat lstat64 ftruncate64 truncate64 getcwd getdents64 mkdirat mknodat fadvise64 fallocate readlinkat',
      'unlinkat rmdir renameat statfs64 fstatfs64 symlinkat utimensat fcntl64 ioctl poll umask_js',
    ]
      .flatMap((names) => names.split(' '))
      .map((name) => `__syscall_${name}`)
      .concat(
        'fd_close fd_read fd_write fd_sync fd_seek fd_pread fd_pwrite fd_fdstat_get _mmap_js _munmap_js _msync_js _try_fcntl64 _maybe_poll_async'.split(
          ' ',
        ),
        // Clock, calendar, randomness, the (empty) environment: they answer and remember nothing.
        'clock_res_get clock_time_get emscripten_date_now emscripten_get_now _tzset_js _timegm_js _mktime_js _localtime_js _gmtime_js random_get environ_sizes_get environ_get'.split(
          ' ',
        ),
        // The interpreter itself: more memory, calls of its own functions, the pending interrupt.
        'emscripten_resize_heap emscripten_get_heap_max _PyEM_TrampolineCall_JS _Py_CheckEmscriptenSignals_Helper __call_sighandler'.split(
          ' ',
        ),
      ),
  );
  /** Emscripten's ENOSYS (and EAI_FAIL): what a C library answers for what the system does not have. */
  const answers: Record<string, number> = {
    _emscripten_system: -52,
    getaddrinfo: -4,
    _setitimer_js: -1,
    _dlopen_js: 0,
    // pyodide's `time.sleep` asks whether JavaScript can wait for it; if not, it waits itself.
    can_run_sync_js: 0,
  };
  const root = 0;
  // Which arguments are paths. Emscripten splits a path of any length into objects of its own, beyond all limits of
  // memory: one of 2^27 bytes has ended the whole process. Linux's PATH_MAX is the limit here, too.
  const paths: Record<string, readonly number[]> = {
    ...Object.fromEntries(
      'chdir chmod stat64 lstat64 truncate64 rmdir statfs64'
        .split(' ')
        .map((name) => [`__syscall_${name}`, [0]]),
    ),
    ...Object.fromEntries(
      'openat faccessat fchmodat2 fchownat newfstatat mkdirat mknodat readlinkat unlinkat utimensat'
        .split(' ')
        .map((name) => [`__syscall_${name}`, [1]]),
    ),
    __syscall_renameat: [1, 3],
    __syscall_symlinkat: [0, 2],
  };
  const pathMax = 4096;
  const nameTooLong = -37;
  let memory: { readonly buffer: ArrayBuffer } | null = null;
  const endsSoon = (address: unknown) =>
    memory !== null &&
    new Uint8Array(memory.buffer)
      .subarray(Number(address) >>> 0)
      .subarray(0, pathMax)
      .includes(0);
  let closed = false;
  let left: string | null = null;

  const refusal = (name: string, code: unknown) => {
    left = /^(proc_)?exit$/.test(name)
      ? `an end of the interpreter, exit code ${Number(code)}`
      : /abort|assert/.test(name)
        ? 'an abort of the interpreter'
        : `a call of ${name}, which is not available in this sandbox`;
    return new Error(left);
  };

  return {
    guard: (imports) => {
      // Both hold the same functions in emscripten's output; the entries for its linker are no functions.
      for (const module of new Set([imports['env'], imports['wasi_snapshot_preview1']])) {
        for (const [name, original] of Object.entries(module ?? {})) {
          if (typeof original !== 'function') continue;
          if (name in paths) {
            const checked = (...args: unknown[]): unknown =>
              closed && !paths[name]!.every((at) => endsSoon(args[at])) ? nameTooLong : original(...args);
            module![name] = Object.assign(checked, original);
            continue;
          }
          if (allowed.has(name)) continue;
          const guarded = (...args: unknown[]): unknown => {
            if (!closed) return original(...args);
            if (name === '__syscall_getuid32_js') return root;
            if (name in answers) return answers[name];
            if (name.startsWith('__syscall_')) return -52;
            throw refusal(name, args[0]);
          };
          // The linker reads the signature that hangs on the function.
          module![name] = Object.assign(guarded, original);
        }
      }
    },
    close: (interpreters) => {
      memory = interpreters;
      closed = true;
    },
    left: () => {
      const how = left;
      left = null;
      return how;
    },
  };
}
