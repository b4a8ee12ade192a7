/**
 * Runs a program in the machine's own Python, for programs that need its libraries or its speed. Off unless
 * CARRYOVER_PYTHON names an interpreter; every verdict then says so. Linux only: the program gets namespaces of its own
 * (users, processes, network, mounts) and limits on memory, processor time, processes, files and their size
 * (`unshare`, `prlimit` and `pivot_root` of util-linux). It sees the machine's /usr read-only, and nothing else.
 *
 * Weaker than the default (python-worker.ts): the kernel is the wall, and the program shares its interpreter with the
 * few lines that report its end, so a program that looks for them can forge a result.
 */
import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { PythonOptions, PythonResult } from './python-worker.ts';

const MEMORY_LIMIT = 512 * 2 ** 20;
const NOBODY = 65534;

/** The interpreter the user asked for, or undefined. */
export function nativePython(): string | undefined {
  return process.env['CARRYOVER_PYTHON'] || undefined;
}

/**
 * $1: the interpreter, $2: seconds, $3: bytes of memory, $4: the runner. The new root lies over /tmp: nobody outside
 * sees that mount, and a folder made for it could lie where an unprivileged user may not go.
 */
const SET_UP = `set -e
mount -t tmpfs -o size=64m,mode=755 tmpfs /tmp
cd /tmp
mkdir usr work tmp dev old
mount --rbind /usr usr
mount -o remount,bind,ro usr
for name in bin lib lib64; do
  if [ -L "/$name" ]; then ln -s "usr/$name" "$name"; elif [ -d "/$name" ]; then mkdir "$name"; mount --rbind "/$name" "$name"; mount -o remount,bind,ro "$name"; fi
done
: > dev/null
mount --bind /dev/null dev/null
pivot_root . old
cd /work
exec prlimit --as="$3" --cpu="$2" --nproc=64 --fsize=1048576 --nofile=64 --core=0 -- "$1" -I -B -X utf8 -c "$4"`;

/** Lets go of the machine's own root, reads the program from descriptor 3 and reports on 4. */
const RUNNER = `
import ctypes, os, sys, random, json, traceback
# umount(8) would need /proc.
if ctypes.CDLL(None).umount2(b'/old', 2) != 0:
    sys.exit('umount: the root of the machine stays mounted')
os.rmdir('/old')
def run():
    with open(3, encoding='utf-8', newline='') as pipe:
        source = pipe.read()
    random.seed(0)
    status, text, line = 'ok', '', None
    try:
        exec(compile(source, 'program.py', 'exec'), {'__name__': '__main__', '__builtins__': __builtins__})
    except MemoryError:
        status, text = 'memory', 'MemoryError'
    except BaseException as error:
        status = 'exception'
        text = ''.join(traceback.format_exception_only(error)).strip()[:600]
        lines = [n for frame, n in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == 'program.py']
        if isinstance(error, SyntaxError):
            text, lines = type(error).__name__ + ': ' + str(error.msg), [error.lineno]
        line = lines[-1] if lines else None
    sys.stdout.flush()
    sys.stderr.flush()
    os.write(4, json.dumps([status, text, line]).encode())
    os._exit(0)
run()
`;

/** Like `runPython`. A machine that does not allow the namespaces ends every program as `error`. */
export async function runNative(
  python: string,
  program: string,
  { timeoutMs, signal, maxOutputBytes = 65536 }: PythonOptions,
): Promise<PythonResult> {
  signal?.throwIfAborted();
  const seconds = String(Math.ceil(timeoutMs / 1000) + 1);
  const namespaces = '--user --map-root-user --mount --pid --net --ipc --uts --fork --kill-child=KILL'.split(
    ' ',
  );
  const script = ['sh', '-c', SET_UP, 'sh', python, seconds, String(MEMORY_LIMIT), RUNNER];
  // Limits on processes do not bind root.
  const asRoot = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const child = spawn('unshare', [...namespaces, ...script], {
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', PYTHONHASHSEED: '0' },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    ...asRoot,
  });
  const stdout = kept(child.stdout as Readable, maxOutputBytes);
  const stderr = kept(child.stderr as Readable, maxOutputBytes);
  const report = kept(child.stdio[4] as Readable, 65536);
  const source = child.stdio[3] as Writable;
  // A program that ended before it was read whole.
  source.on('error', () => undefined);
  source.end(program);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill('SIGKILL');
  }, timeoutMs);
  const stop = () => child.kill('SIGKILL');
  signal?.addEventListener('abort', stop);
  const failed = await new Promise<string | null>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', () => resolve(null));
  });
  clearTimeout(timer);
  signal?.removeEventListener('abort', stop);
  signal?.throwIfAborted();
  const printed = {
    stdout: stdout.text(),
    stderr: stderr.text(),
    truncated: stdout.full() || stderr.full(),
  };
  if (failed !== null) return { status: 'error', ...printed, exception: failed };
  if (late || child.signalCode === 'SIGXCPU') return { status: 'timeout', ...printed };
  return { ...printed, ...readReport(report.text(), program, printed.stderr) };
}

function readReport(
  text: string,
  program: string,
  stderr: string,
): Pick<PythonResult, 'status' | 'exception'> {
  const [status, exception, line] = parsed(text) ?? [];
  if (status === undefined) {
    const setUp = /^(unshare|mount|sh|prlimit|pivot_root|umount): .*/m.exec(stderr)?.[0];
    if (setUp) return { status: 'error', exception: setUp };
    return { status: 'exception', exception: 'an end of the interpreter' };
  }
  if (status === 'ok') return { status };
  const statement = line ? program.split('\n')[line - 1]?.trim().slice(0, 200) : undefined;
  const where = statement === undefined ? '' : ` (line ${line}: ${statement})`;
  return { status, exception: `${exception}${where}` };
}

function parsed(text: string): ['ok' | 'exception' | 'memory', string, number | null] | null {
  try {
    return JSON.parse(text) as ['ok' | 'exception' | 'memory', string, number | null];
  } catch {
    return null;
  }
}

/** The first bytes of a stream; the rest is read and dropped. */
function kept(stream: Readable, limit: number) {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('error', () => undefined);
  stream.on('data', (chunk: Buffer) => {
    if (size < limit) chunks.push(chunk.subarray(0, limit - size));
    size += chunk.length;
  });
  return { text: () => Buffer.concat(chunks).toString('utf8'), full: () => size > limit };
}
