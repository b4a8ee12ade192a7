/** What the commands that read a file of rows and write another have in common. */
import { resolve } from 'node:path';
import { type ChosenFormat, chooseFormat } from '../data/formats/choose-format.ts';
import type { ColumnMapping } from '../data/source-spec.ts';
import { fileRows } from '../data/sources/read-rows.ts';
import type { SourceRow } from '../data/sources/row.ts';
import { Interrupted, UserError } from '../errors.ts';
import { evaluationView } from '../evaluation/progress-view.ts';
import { sleep } from '../platform/clock.ts';
import { type AtomicWriter, fileStat, openAtomicWriter } from '../platform/files.ts';
import { onInterrupt } from '../platform/signals.ts';
import { counted } from '../text/counts.ts';
import { commandAgain } from './invocation.ts';
import { checkJsonlOut } from './jsonl-out.ts';

/**
 * Refuses, before anything is read, what cannot be written, or would be written over what is read. `beside`: the file
 * that is written beside the rows.
 */
export async function checkRowsOut(out: string, beside: string, inputs: readonly string[]): Promise<void> {
  await checkJsonlOut(out, inputs);
  if (!inputs.some((one) => resolve(one) === resolve(beside))) return;
  throw new UserError(`--out ${out} would be written over ${beside}, which is to be read`, {
    remedy: 'Name another file.',
  });
}

/** Throws UserError when an input is not there or a folder. */
export async function checkRowsIn(inputs: readonly string[]): Promise<void> {
  for (const file of inputs) {
    const found = await fileStat(file);
    if (found && !found.folder) continue;
    throw new UserError(found ? 'This is a folder, not a data file.' : 'There is no such file.', {
      place: { file },
      remedy: 'Check --in.',
    });
  }
}

/**
 * Does `work` with files that are there only when all of it is done. A first Ctrl-C aborts the signal; nothing is then
 * written, and what was there before stays.
 */
export async function writingFiles<T>(
  paths: readonly string[],
  work: (writers: readonly LineWriter[], signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  const release = onInterrupt(() => abort.abort());
  const writers: AtomicWriter[] = [];
  try {
    for (const path of paths) writers.push(await openAtomicWriter(path));
    const lines = writers.map((writer) => new LineWriter(writer));
    const result = await work(lines, abort.signal);
    for (const writer of lines) await writer.flush();
    for (const writer of writers) await writer.finish();
    return result;
  } catch (error) {
    await Promise.allSettled(writers.map((writer) => writer.discard()));
    throw abort.signal.aborted ? new Interrupted(commandAgain(), { kept: false }) : error;
  } finally {
    release();
  }
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

/** Rows between two looks at the signal. */
const PAUSE_EVERY = 256;

/** A row with the format of its file: undefined where the columns are in none that is known. */
export interface FormattedRow {
  readonly row: SourceRow;
  readonly format: ChosenFormat | undefined;
}

/**
 * Rows of a file with its format, and progress in bytes of the file with the time that is left: nobody knows how many
 * rows there are before all are read. Throws UserError for a file without rows.
 */
export async function* formattedRows(
  file: string,
  columns: ColumnMapping | undefined,
  signal: AbortSignal,
): AsyncGenerator<FormattedRow> {
  const view = evaluationView();
  const total = (await fileStat(file))?.size ?? 0;
  let done = 0;
  let rows = 0;
  let format: ChosenFormat | undefined;
  const show = (): void =>
    view.show({ done, total, unit: 'bytes', note: `${counted(rows, 'row')} of ${file}` });
  try {
    const onBytes = (read: number): void => {
      done = read;
    };
    for await (const row of fileRows({ local: file, shown: file }, { onBytes })) {
      if (rows === 0) format = formatOf(row, columns);
      if (++rows % PAUSE_EVERY === 0) {
        show();
        await sleep(0, signal);
      }
      yield { row, format };
    }
    if (rows > PAUSE_EVERY) show();
  } finally {
    view.close();
  }
  if (rows === 0) throw new UserError('The file holds no rows.', { place: { file } });
}

/** Columns that were stated must be there; a format that is not known is none. */
function formatOf(row: SourceRow, columns: ColumnMapping | undefined): ChosenFormat | undefined {
  try {
    return chooseFormat({ file: row.file, columns }, row);
  } catch (error) {
    if (error instanceof UserError && columns === undefined) return undefined;
    throw error;
  }
}
