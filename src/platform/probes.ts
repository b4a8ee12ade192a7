/** Looks at the machine for `carryover doctor`: disk, network, other programs. Each answers or says why not. */
import { execFile } from 'node:child_process';
import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Bytes that an ordinary user can still write in a folder's file system. */
export async function freeDiskSpace(folder: string): Promise<number> {
  const found = await statfs(folder);
  return found.bavail * found.bsize;
}

/** Bytes and files below a folder; zeros when there is none. */
export async function folderSize(
  folder: string,
): Promise<{ readonly bytes: number; readonly files: number }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  let bytes = 0;
  let files = 0;
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    // A file may vanish between the listing and the look at it.
    const found = await stat(join(entry.parentPath, entry.name)).catch(() => null);
    bytes += found?.size ?? 0;
    files++;
  }
  return { bytes, files };
}

/** Milliseconds within which a server must answer. */
const PATIENCE = 5000;

/** The HTTP status that a server answers with, or why there was none. */
export async function httpStatus(url: string): Promise<number | string> {
  try {
    const response = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(PATIENCE) });
    return response.status;
  } catch (error) {
    const { cause, name } = error as { cause?: { code?: string }; name?: string };
    return cause?.code ?? (name === 'TimeoutError' ? `no answer in ${PATIENCE / 1000} s` : String(error));
  }
}

/** The first line that a program prints, or undefined when it cannot be run. */
export async function firstLine(program: string, args: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await promisify(execFile)(program, [...args], { timeout: PATIENCE });
    return `${stdout}${stderr}`.trim().split('\n')[0];
  } catch {
    return undefined;
  }
}

/** The version of Python inside pyodide. Throws when it cannot be loaded. */
export async function pyodideVersion(): Promise<string> {
  const { loadPyodide } = await import('pyodide');
  const python = await loadPyodide({ stdout: () => undefined, stderr: () => undefined });
  return String(python.runPython('import sys; sys.version.split()[0]'));
}
