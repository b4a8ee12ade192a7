/**
 * Runs a program in the machine's own Python, for programs that need its libraries or its speed. Off unless
 * CARRYOVER_PYTHON names an interpreter; every verdict then says so. Linux only: the program gets namespaces of its own
 * (users, processes, network, mounts) and limits on memory, processor time, processes, files and their size
 * (`unshare`, `prlimit` and `pivot_root` of util-linux). It sees the machine's /usr read-only, and nothing else.
 *
 * Weaker than the default (python-worker.ts): the kernel is the wall, and the program shares its interpreter with the
 * few lines that report its end. What it prints or writes to their descriptor forges nothing, for every report carries
 * a random token; a program that searches the frames above its own can find that.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { Readable, Writable } from 'node:stream';
import { cores } from './machine.ts';
import { MEMORY_LIMIT } from './python-limits.ts';
import { RUNNER, SET_UP } from './python-native-runner.ts';
import type { PythonOptions, PythonResult } from './python-worker.ts';
import { LOOK_MS, ownTime } from './thread-time.ts';

const NOBODY = 65534;
/** A start takes a tenth of a second; on a machine with far more work than cores it has been seen to take minutes. */
const START_LIMIT_MS = 1_200_000;

/** The interpreter the user asked for, or undefined. */
export function nativePython(): string | undefined {
  return process.env['CARRYOVER_PYTHON'] || undefined;
}

/** By descriptor: stdin, stdout, the set-up's stderr, the source, the report, stderr. */
type Streams = [null, Readable, Readable, Writable, Readable, Readable];

/** Like `runPython`. A machine that does not allow the namespaces ends every program as `error`. */
export async function runNative(
  python: string,
  program: string,
  { timeoutMs, signal, maxOutputBytes = 65536 }: PythonOptions,
): Promise<PythonResult> {
  signal?.throwIfAborted();
  // The clock below comes first: not even work on all cores uses so much earlier. This limit is for a program whose
  // watcher is gone.
  const processorSeconds = String((Math.ceil(timeoutMs / 1000) + 1) * cores());
  const namespaces = '--user --map-root-user --mount --pid --net --ipc --uts --fork --kill-child=KILL'.split(
    ' ',
  );
  const script = ['sh', '-c', SET_UP, 'sh', python, processorSeconds, String(MEMORY_LIMIT), RUNNER];
  // Limits on processes do not bind root.
  const asRoot = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const child = spawn('unshare', [...namespaces, ...script], {
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', PYTHONHASHSEED: '0' },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
    ...asRoot,
  });
  const [, out, own, source, told, err] = child.stdio as unknown as Streams;
  const stdout = kept(out, maxOutputBytes);
  const setUp = kept(own, 65536);
  const stderr = kept(err, maxOutputBytes);
  const report = kept(told, 65536);
  const token = randomBytes(16).toString('hex');
  // A program that ended before it was read whole.
  source.on('error', () => undefined);
  source.end(`${token}\n${program}`);
  const stop = () => child.kill('SIGKILL');
  let late = false;
  const stopLate = () => {
    late = true;
    stop();
  };
  let running = false;
  let timer = setTimeout(stopLate, START_LIMIT_MS);
  told.on('data', () => {
    if (running || !report.text().includes(`${token} started\n`)) return;
    running = true;
    clearTimeout(timer);
    const spent = ownTime(/^\d+/.exec(report.text())?.[0] ?? null);
    const look = () => {
      const left = timeoutMs - spent();
      if (left > 1) timer = setTimeout(look, Math.min(left, LOOK_MS));
      else stopLate();
    };
    look();
  });
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
  if (!running) {
    const said = late ? '' : lastLine(`${setUp.text()}${printed.stderr}`);
    return { status: 'error', ...printed, exception: said || 'the interpreter did not start' };
  }
  if (late) return { status: 'timeout', ...printed };
  const reported = readReport(report.text(), token, program);
  return { ...printed, ...(reported ?? unreported(child, setUp.text())) };
}

type End = Pick<PythonResult, 'status' | 'exception'>;

/** What stands behind the token and is no report was written by a program that found it: as if there were none. */
function readReport(text: string, token: string, program: string): End | null {
  const [, reported = ''] = new RegExp(`${token} (\\[.*\\])\n$`).exec(text) ?? [];
  const [status, exception, line] = parsed(reported);
  if (status !== 'ok' && status !== 'exception' && status !== 'memory') return null;
  if (status === 'ok') return { status };
  const statement =
    typeof line === 'number' ? program.split('\n')[line - 1]?.trim().slice(0, 200) : undefined;
  const where = statement === undefined ? '' : ` (line ${line}: ${statement})`;
  return { status, exception: `${exception}${where}` };
}

function parsed(text: string): unknown[] {
  try {
    return JSON.parse(text) as unknown[];
  } catch {
    return [];
  }
}

/**
 * The program ended its interpreter. It is the first process of its namespace, which SIGKILL reaches from outside
 * alone: nobody in there can send it (pid_namespaces(7)), so it does not speak against the program. `unshare` cannot
 * end itself by that signal as it does by others, and some versions complain; to its stderr no program has a way.
 */
function unreported(
  { exitCode, signalCode }: { exitCode: number | null; signalCode: string | null },
  complaint: string,
): End {
  if (signalCode === 'SIGKILL' || complaint !== '') {
    return { status: 'error', exception: 'the system killed the interpreter, mostly for want of memory' };
  }
  const how = signalCode ? `signal ${signalCode}` : `exit code ${exitCode}`;
  return { status: 'exception', exception: `an end of the interpreter, ${how}` };
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
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
