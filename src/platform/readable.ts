/** Whether a file can be read as data, found out before anything is read. */
import { open, readdir, stat } from 'node:fs/promises';

/** Why not, as a sentence, and what helps. */
export interface Unreadable {
  readonly what: string;
  readonly remedy: string;
  /** There is nothing of that name. */
  readonly missing?: boolean;
}

/** Standard input, `<(...)` and devices. */
export const PIPE: Unreadable = {
  what: 'This is a pipe or a device, not a file.',
  remedy: 'Rows are read more than once: write them to a file first, and name it.',
};

/** Undefined for an ordinary file that has bytes and may be read. */
export async function whyNotReadable(path: string): Promise<Unreadable | undefined> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return folder(path);
    if (!found.isFile()) {
      return PIPE;
    }
    // Opened, not asked about: permissions alone do not tell of everything that forbids it.
    await (await open(path)).close();
    if (found.size > 0) return undefined;
    return {
      what: 'This file is empty (0 bytes).',
      remedy: 'A download or a disk that was full leaves such files: make it again.',
    };
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      return { what: 'There is no such file.', remedy: 'Check the path.', missing: true };
    if (code === 'ELOOP')
      return {
        what: 'This is a link that leads to itself.',
        remedy: 'Name the file that it should lead to.',
      };
    if (code === 'EACCES' || code === 'EPERM')
      return { what: 'You may not read this file.', remedy: 'Change its permissions (chmod +r).' };
    return { what: `This file cannot be read (${code}).`, remedy: 'Check the path and the disk.' };
  }
}

async function folder(path: string): Promise<Unreadable> {
  const names = (await readdir(path)).sort();
  return {
    what: 'This is a folder, not a data file.',
    remedy:
      names.length === 0 ? 'It is empty.' : `Name one of its files: it has ${names.slice(0, 5).join(', ')}.`,
  };
}
