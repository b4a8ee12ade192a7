/** A lock file against two processes at work in one folder. The lock of a process that has died is taken over. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { UserError } from '../errors.ts';

export interface LockOwner {
  readonly pid: number;
  readonly host: string;
  /** When the process began, in the kernel's clock ticks since boot; tells a reused process id from the owner. */
  readonly born: string | null;
}

export type LockResult =
  | { readonly ok: true; readonly release: () => Promise<void> }
  | { readonly ok: false; readonly owner: LockOwner };

/** Where hard links are missing, a lock may be seen before its owner is in it: so often 50 ms are waited for that. */
const TRIES_WITHOUT_OWNER = 20;

type HardLink = (existing: string, path: string) => Promise<void>;

/** Takes the lock `name` of an output folder; throws UserError naming the process that has it. */
export async function lockFolder(folder: string, name: string): Promise<() => Promise<void>> {
  const lock = await takeLock(join(folder, name));
  if (lock.ok) return lock.release;
  const { pid, host } = lock.owner;
  throw new UserError(`another process is at work in ${folder} (process ${pid} on ${host})`, {
    remedy: 'Wait for it or stop it, or give another folder with --out.',
  });
}

/** Takes the lock, or says who has it. `hardLink` is the file system's; some have none (FAT, some network shares). */
export async function takeLock(path: string, hardLink: HardLink = link): Promise<LockResult> {
  await mkdir(dirname(path), { recursive: true });
  const own: LockOwner = { pid: process.pid, host: hostname(), born: bornAt(process.pid) };
  for (let unowned = 0; ; ) {
    if (await create(path, JSON.stringify(own), hardLink)) {
      return { ok: true, release: () => rm(path, { force: true }) };
    }
    const owner = await readOwner(path);
    if (owner && isAlive(owner)) return { ok: false, owner };
    if (!owner && (await isEmpty(path)) && unowned++ < TRIES_WITHOUT_OWNER) {
      await wait(50);
      continue;
    }
    // Moved aside and looked at again: another process may have taken the dead lock over in between.
    const aside = `${path}.${randomBytes(4).toString('hex')}`;
    if (!(await succeeds(rename(path, aside), 'ENOENT'))) continue;
    const moved = await readOwner(aside);
    if (moved && isAlive(moved)) await create(path, JSON.stringify(moved), hardLink);
    await rm(aside, { force: true });
  }
}

/** What link(2) and the like fail with on file systems that have no hard links. */
const WITHOUT_LINKS: ReadonlySet<string> = new Set([
  'EPERM',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EINVAL',
  'EISDIR',
  'EMLINK',
]);

/** Creates the file with its whole content at once: nobody ever reads a lock without an owner. */
async function create(path: string, content: string, hardLink: HardLink): Promise<boolean> {
  const draft = `${path}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, content);
  try {
    return await succeeds(hardLink(draft, path), 'EEXIST');
  } catch (error) {
    if (!WITHOUT_LINKS.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return await succeeds(writeFile(path, content, { flag: 'wx' }), 'EEXIST');
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

async function isEmpty(path: string): Promise<boolean> {
  return stat(path).then(
    ({ size }) => size === 0,
    () => false,
  );
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
