/** Many texts kept by number: in memory while they are few, in a file of their own from then on. */
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { cacheFolder } from './hub.ts';

export interface Spill {
  /** Texts kept. */
  readonly size: number;
  append(text: string): void;
  /** The text of a number, 0 to `size - 1`. */
  read(index: number): string;
  /** The file's space is given back; nothing can be read afterwards. */
  close(): void;
}

export interface SpillOptions {
  /** Bytes that are kept in memory before a file is made, and written at once. */
  readonly memory?: number;
  /** Where the file goes; our cache by default, since the system's folder for temporary files may be memory itself. */
  readonly folder?: string;
}

/** Closes the files of spills that nobody holds any more: a failure between opening and closing must not keep a disk full. */
const FORGOTTEN = new FinalizationRegistry<{ file: number | null }>((held) => closeFile(held));

function closeFile(held: { file: number | null }): void {
  if (held.file !== null) closeSync(held.file);
  held.file = null;
}

/** 64 MiB: Alpaca's 52,002 rows stay in memory. */
const MEMORY = 64 * 1024 * 1024;

/**
 * Reading is synchronous: a row is a kilobyte, mostly in the system's memory, and whoever draws rows needs it at once.
 * The file has no name from the moment it is open, so that it goes with the process, however that ends. Throws
 * UserError when it cannot be made or the disk is full.
 */
export function openSpill({ memory = MEMORY, folder = cacheFolder() }: SpillOptions = {}): Spill {
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let starts = new Float64Array(1024);
  let size = 0;
  let bytes = 0;
  let written = 0;
  let firstWaiting = 0;
  const held: { file: number | null } = { file: null };

  const flush = (): void => {
    try {
      held.file ??= openNameless(folder);
      const block = Buffer.concat(waiting);
      for (let done = 0; done < block.length; ) {
        done += writeSync(held.file, block, done, block.length - done, written + done);
      }
    } catch (cause) {
      const { code = String(cause) } = cause as NodeJS.ErrnoException;
      throw new UserError(`The rows do not fit into memory and cannot be kept in ${folder} (${code}).`, {
        remedy: 'Make room there, or set CARRYOVER_CACHE to a folder on a disk that has some.',
        cause,
      });
    }
    written = bytes;
    firstWaiting = size;
    waiting = [];
    waitingBytes = 0;
  };

  const spill: Spill = {
    get size() {
      return size;
    },
    append: (text) => {
      const buffer = Buffer.from(text);
      if (size + 1 >= starts.length) {
        const longer = new Float64Array(starts.length * 2);
        longer.set(starts);
        starts = longer;
      }
      waiting.push(buffer);
      waitingBytes += buffer.length;
      bytes += buffer.length;
      starts[++size] = bytes;
      if (waitingBytes > memory) flush();
    },
    read: (index) => {
      if (!(index >= 0 && index < size)) throw new RangeError(`text ${index} of ${size}`);
      if (index >= firstWaiting) return waiting[index - firstWaiting]!.toString();
      const start = starts[index]!;
      const block = Buffer.allocUnsafe(starts[index + 1]! - start);
      for (let done = 0; done < block.length; ) {
        const read = readSync(held.file!, block, done, block.length - done, start + done);
        if (read === 0) throw new RangeError(`the kept rows end before byte ${start + block.length}`);
        done += read;
      }
      return block.toString();
    },
    close: () => {
      closeFile(held);
      waiting = [];
    },
  };
  FORGOTTEN.register(spill, held);
  return spill;
}

function openNameless(folder: string): number {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `.${randomBytes(6).toString('hex')}.rows`);
  const file = openSync(path, 'wx+', 0o600);
  unlinkSync(path);
  return file;
}
