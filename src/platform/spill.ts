/** Many texts or blocks of bytes kept by number: in memory while they are few, in a file of their own from then on. */
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { cacheFolder } from './hub.ts';
import { PiecePlaces } from './piece-places.ts';

interface Kept<Piece> {
  /** Pieces kept. */
  readonly size: number;
  append(piece: Piece): void;
  /** The piece of a number, 0 to `size - 1`. */
  read(index: number): Piece;
  /** The file's space is given back; nothing can be read afterwards. */
  close(): void;
}

export type Spill = Kept<string>;
export type ByteSpill = Kept<Uint8Array>;

export interface SpillOptions {
  /** Bytes that are kept in memory before a file is made. */
  readonly memory?: number | undefined;
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
/** Bytes that are written at once when there is a file. */
const BLOCK = 1024 * 1024;

/** Texts. As `openByteSpill`. */
export function openSpill(options: SpillOptions = {}): Spill {
  const spill = openByteSpill(options);
  return {
    get size() {
      return spill.size;
    },
    append: (text) => spill.append(Buffer.from(text)),
    read: (index) => {
      const { buffer, byteOffset, length } = spill.read(index);
      return Buffer.from(buffer, byteOffset, length).toString();
    },
    close: () => spill.close(),
  };
}

/**
 * Reading is synchronous: a row is a kilobyte, mostly in the system's memory, and whoever draws rows needs it at once.
 * What is read is the reader's own, at the beginning of its buffer. The file has no name from the moment it is open, so
 * that it goes with the process, however that ends. Throws UserError when it cannot be made or the disk is full.
 */
export function openByteSpill({ memory = MEMORY, folder = cacheFolder() }: SpillOptions = {}): ByteSpill {
  const places = new PiecePlaces();
  /** The bytes behind those that are written. */
  let waiting = new Uint8Array(0);
  let written = 0;
  const held: { file: number | null } = { file: null };

  const flush = (end: number): void => {
    try {
      held.file ??= openNameless(folder);
      for (let done = written; done < end; ) {
        done += writeSync(held.file, waiting, done - written, end - done, done);
      }
    } catch (cause) {
      const { code = String(cause) } = cause as NodeJS.ErrnoException;
      throw new UserError(`The rows do not fit into memory and cannot be kept in ${folder} (${code}).`, {
        remedy: 'Make room there, or set CARRYOVER_CACHE to a folder on a disk that has some.',
        cause,
      });
    }
    written = end;
    if (waiting.length > 2 * BLOCK) waiting = new Uint8Array(BLOCK);
  };

  const spill: ByteSpill = {
    get size() {
      return places.size;
    },
    append: (bytes) => {
      const start = places.bytes - written;
      const end = start + bytes.length;
      if (end > waiting.length) {
        const larger = new Uint8Array(Math.max(end, 2 * waiting.length));
        larger.set(waiting.subarray(0, start));
        waiting = larger;
      }
      waiting.set(bytes, start);
      places.push(bytes.length);
      if (end > (held.file === null ? memory : Math.min(memory, BLOCK))) flush(places.bytes);
    },
    read: (index) => {
      const { start, length } = places.at(index);
      if (start >= written) return waiting.slice(start - written, start - written + length);
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length; ) {
        const read = readSync(held.file!, bytes, done, length - done, start + done);
        if (read === 0) throw new RangeError(`the kept rows end before byte ${start + length}`);
        done += read;
      }
      return bytes;
    },
    close: () => {
      closeFile(held);
      waiting = new Uint8Array(0);
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
