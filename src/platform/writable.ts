/** Whether a folder can be written, found out without leaving anything behind. */
import { access, mkdtemp, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/**
 * Undefined when files can be made in `path`, which need not exist yet; otherwise the reason. Tries it in the
 * nearest folder above that exists: permissions alone do not tell of read-only disks.
 */
export async function whyNotWritable(path: string): Promise<string | undefined> {
  let folder = resolve(path);
  while (!(await there(folder))) {
    const parent = dirname(folder);
    if (parent === folder) return `${folder} does not exist`;
    folder = parent;
  }
  if (!(await stat(folder)).isDirectory()) return `${folder} is a file, not a folder`;
  try {
    await rmdir(await mkdtemp(join(folder, '.carryover-')));
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return `${folder} cannot be written (${code ?? String(error)})`;
  }
}

async function there(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    // ENOTDIR: a file stands above it, which the walk upwards then finds.
    () => false,
  );
}
