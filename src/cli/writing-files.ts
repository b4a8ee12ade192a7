/** Files that a command writes line by line, there only when they are whole. */
import { type AtomicWriter, openAtomicWriter } from '../platform/files.ts';
import { interruptible } from './interruptible.ts';

/**
 * Does `work` with files that are there only when all of it is done. A first Ctrl-C aborts the signal; nothing is then
 * written, and what was there before stays.
 */
export async function writingFiles<T>(
  paths: readonly string[],
  work: (writers: readonly LineWriter[], signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return interruptible(async (signal) => {
    const writers: AtomicWriter[] = [];
    try {
      for (const path of paths) writers.push(await openAtomicWriter(path));
      const lines = writers.map((writer) => new LineWriter(writer));
      const result = await work(lines, signal);
      for (const writer of lines) await writer.flush();
      for (const writer of writers) await writer.finish();
      return result;
    } catch (error) {
      await Promise.allSettled(writers.map((writer) => writer.discard()));
      throw error;
    }
  });
}

/** Characters that are written at once. */
const CHUNK = 1 << 18;

/** Gathers lines, for a write costs the more the shorter it is. */
class LineWriter {
  readonly #to: AtomicWriter;
  #lines: string[] = [];
  #length = 0;

  constructor(to: AtomicWriter) {
    this.#to = to;
  }

  async write(line: string): Promise<void> {
    this.#lines.push(line);
    this.#length += line.length;
    if (this.#length >= CHUNK) await this.flush();
  }

  async flush(): Promise<void> {
    const text = this.#lines.join('');
    this.#lines = [];
    this.#length = 0;
    await this.#to.write(text);
  }
}
