/** A lock file against two processes at work in one folder. The lock of a process that has died is taken over. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';

export interface LockOwner {
  readonly pid: number;
  readonly host: string;
  /** When the process began, in the kernel's clock ticks since boot; tells a reused process id from the owner. */
  readonly born: string | null;
}

export type LockResult =
  | { readonly ok: true; readonly release: () => Promise<void> }
  | { readonly ok: false; readonly owner: LockOwner };

/** Takes the lock, or says who has it. */
export async function takeLock(path: string): Promise<LockResult> {
  await mkdir(dirname(path), { recursive: true });
  const own: LockOwner = { pid: process.pid, host: hostname(), born: bornAt(process.pid) };
  for (;;) {
    if (await create(path, JSON.stringify(own))) {
      return { ok: true, release: () => rm(path, { force: true }) };
    }
    const owner = await readOwner(path);
    if (owner && isAlive(owner)) return { ok: false, owner };
    // Moved aside and looked at again: another process may have taken the dead lock over in between.
    const aside = `${path}.${randomBytes(4).toString('hex')}`;
    if (!(await succeeds(rename(path, aside), 'ENOENT'))) continue;
    const moved = await readOwner(aside);
    if (moved && isAlive(moved)) await succeeds(link(aside, path), 'EEXIST');
    await rm(aside, { force: true });
  }
}

/** Creates the file with its whole content at once: nobody ever reads a lock without an owner. */
async function create(path: string, content: string): Promise<boolean> {
  const draft = `${path}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, content);
  try {
    return await succeeds(link(draft, path), 'EEXIST');
  } finally {
    await rm(draft, { force: true });
  }
}

/** False when the operation failed with the expected code; other failures are thrown. */
async function succeeds(operation: Promise<void>, expected: string): Promise<boolean> {
  try {
    await operation;
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === expected) return false;
    throw error;
  }
}

/** The owner written in a lock file; null for a file that is gone or not ours. */
async function readOwner(path: string): Promise<LockOwner | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as LockOwner;
  } catch {
    return null;
  }
}

/** On another host nothing can be asked, so its lock holds. */
function isAlive(owner: LockOwner): boolean {
  if (owner.host !== hostname()) return true;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    // EPERM: it exists and belongs to someone else.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const born = bornAt(owner.pid);
  return owner.born === null || born === null || owner.born === born;
}

/** Field 22 of /proc/<pid>/stat (proc(5)); null where there is no such file. */
function bornAt(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command's name in parentheses and may hold spaces.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
