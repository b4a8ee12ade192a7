/** Files and folders. Writes are atomic: a reader sees the old content or the new one, never a half of it. */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

export async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8');
}

export async function readBytes(path: string): Promise<Uint8Array> {
  return readFile(path);
}

/** Size in bytes and modification time in milliseconds since 1970; null when there is nothing. */
export async function fileStat(
  path: string,
): Promise<{ size: number; modified: number; folder: boolean } | null> {
  const found = await stat(path).catch(() => null);
  return found && { size: found.size, modified: found.mtimeMs, folder: found.isDirectory() };
}

export async function ensureFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true });
}

/** Names in a folder, sorted by code units; empty when there is no such folder. */
export async function listFolder(path: string): Promise<string[]> {
  const names = await readdir(path).catch(() => [] as string[]);
  return names.sort();
}

export async function remove(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
}

export async function move(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await rename(from, to);
}

/** Writes a whole file: to a neighbour first, flushed to the disk, then renamed into place. */
export async function writeAtomic(path: string, content: string | Uint8Array): Promise<void> {
  await writeAtomicChunks(path, [content]);
}

/** As `writeAtomic`, for content too large to hold at once: the chunks are written as they come. */
export async function writeAtomicChunks(
  path: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<string | Uint8Array>,
): Promise<void> {
  const writer = await openAtomicWriter(path);
  try {
    for await (const chunk of chunks) await writer.write(chunk);
  } catch (error) {
    await writer.discard();
    throw error;
  }
  await writer.finish();
}

/** A file that is written piece by piece and is there only when it is finished. */
export interface AtomicWriter {
  write(chunk: string | Uint8Array): Promise<void>;
  /** Flushes to the disk and renames into place. */
  finish(): Promise<void>;
  /** Leaves nothing behind; what was there before stays. */
  discard(): Promise<void>;
}

export async function openAtomicWriter(path: string): Promise<AtomicWriter> {
  await mkdir(dirname(path), { recursive: true });
  const neighbour = join(dirname(path), `.${randomBytes(6).toString('hex')}.partial`);
  const handle = await open(neighbour, 'w');
  return {
    // `writeFile` of a handle goes on where the last one ended.
    write: (chunk) => handle.writeFile(chunk),
    finish: async () => {
      try {
        try {
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(neighbour, path);
      } catch (error) {
        await rm(neighbour, { force: true });
        throw error;
      }
    },
    discard: async () => {
      await handle.close();
      await rm(neighbour, { force: true });
    },
  };
}

/** A file opened for appending whole records. `append` returns after the record reached the disk. */
export interface Appender {
  append(text: string): Promise<void>;
  /** Returns when the system has the record: it then survives the end of this process, but not that of the machine. */
  write(text: string): Promise<void>;
  /** Returns when everything written is on the disk. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export async function openAppender(path: string): Promise<Appender> {
  await mkdir(dirname(path), { recursive: true });
  const handle = await open(path, 'a');
  return {
    append: async (text) => {
      await handle.appendFile(text);
      await handle.datasync();
    },
    write: (text) => handle.appendFile(text),
    sync: () => handle.datasync(),
    close: () => handle.close(),
  };
}

/** A file read at chosen places, so that a model of several GB opens at once. */
export interface RandomAccessFile {
  readonly path: string;
  readonly size: number;
  /** Reads exactly `length` bytes at `offset`; throws RangeError when the file ends before. */
  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
  close(): Promise<void>;
}

export async function openRandomAccess(path: string): Promise<RandomAccessFile> {
  const handle = await open(path, 'r');
  const { size } = await handle.stat();
  return {
    path,
    size,
    read: async (offset, length) => {
      if (offset < 0 || length < 0 || offset + length > size) {
        throw new RangeError(`bytes ${offset} to ${offset + length} of a file of ${size} bytes`);
      }
      const bytes = new Uint8Array(length);
      let done = 0;
      while (done < length) {
        // Node refuses single reads of 2 GiB and more.
        const { bytesRead } = await handle.read(bytes, done, Math.min(length - done, 1 << 30), offset + done);
        if (bytesRead === 0) throw new RangeError(`the file became shorter than ${offset + length} bytes`);
        done += bytesRead;
      }
      return bytes;
    },
    close: () => handle.close(),
  };
}

/** SHA-256 of a file's bytes, in hexadecimal, read as a stream. */
export async function sha256File(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}

/** Length and SHA-256 of bytes that come in chunks. */
export async function sha256Chunks(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of chunks) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** SHA-256, in hexadecimal, of bytes that somebody else wants too: `digest` when all have passed. */
export function passingSha256(): {
  of(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array>;
  digest(): string;
} {
  const hash = createHash('sha256');
  return {
    of: async function* (chunks) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    },
    digest: () => hash.digest('hex'),
  };
}

/** SHA-256 of a text (as UTF-8) or of bytes, in hexadecimal. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
