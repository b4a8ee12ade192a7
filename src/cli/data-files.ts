/** What the commands that read rows of sources, to write them into a file, have in common. */
import { resolve } from 'node:path';
import { type ChosenFormat, chooseFormat } from '../data/formats/choose-format.ts';
import { rowTurns } from '../data/overlap/row-turns.ts';
import { sourceArgument } from '../data/source-argument.ts';
import type { ColumnMapping, SourceSpec } from '../data/source-spec.ts';
import { type OpenSource, openSource } from '../data/sources/open-source.ts';
import type { SourceRow } from '../data/sources/row.ts';
import { UserError } from '../errors.ts';
import { sleep } from '../platform/clock.ts';
import { fileStat } from '../platform/files.ts';
import { counted } from '../text/counts.ts';
import { sourcesWithColumns } from './data-options.ts';
import { checkJsonlOut } from './jsonl-out.ts';
import { lateProgress } from './late-progress.ts';

/** For the help of `--in`: the sources of training data, as every command names them. */
export const SOURCES_HELP =
  'a file (JSONL, JSON, CSV, TSV, also .gz and .zst; Parquet), or ORG/NAME[:CONFIG[:SPLIT]] or ORG/NAME:FILES of the hub, or proc/TASK[:ROWS], or samples:FOLDER of an evaluation';

/** A source that is open to be read. */
export interface RowsIn {
  readonly spec: SourceSpec;
  readonly opened: OpenSource;
}

/** Throws UserError for a source that cannot be had, and for columns where a source has none. */
export async function openRowsIn(
  inputs: readonly string[],
  columns: ColumnMapping | undefined,
): Promise<RowsIn[]> {
  const open: RowsIn[] = [];
  for (const input of inputs) {
    const { name, source } = await sourceArgument(input);
    const spec = sourcesWithColumns({ [name]: source }, columns)[name]!;
    open.push({ spec, opened: await openSource(spec) });
  }
  return open;
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

export const localFiles = (inputs: readonly RowsIn[]): string[] =>
  inputs.flatMap(({ opened }) => opened.files.map(({ local }) => local));

/** Bytes of all files of a source; 0 where rows are made. */
export async function bytesOf({ files }: OpenSource): Promise<number> {
  let bytes = 0;
  for (const { local } of files) bytes += (await fileStat(local))?.size ?? 0;
  return bytes;
}

/**
 * Whether a file is there that would be replaced. Refuses, before anything is read, what cannot be written, or would be
 * written over what is read. `beside`: the file that is written beside the rows.
 */
export async function checkRowsOut(out: string, beside: string, inputs: readonly string[]): Promise<boolean> {
  const replaced = await checkJsonlOut(out, inputs);
  if (!inputs.some((one) => resolve(one) === resolve(beside))) return replaced;
  throw new UserError(`--out ${out} would be written over ${beside}, which is to be read`, {
    remedy: 'Name another file.',
  });
}

/** Rows that are looked at before the work begins. */
const FIRST = 256;

/**
 * Reads the first rows of every source, so that a wrong one is found before long work begins. Throws UserError for
 * sources without rows, for rows that cannot be read, and for rows in several formats: one file of them could not be
 * read again.
 */
export async function checkFirstRows(inputs: readonly RowsIn[]): Promise<void> {
  let before: { readonly name: string; readonly file: string } | undefined;
  for (const { spec, opened } of inputs) {
    let rows = 0;
    let format: ChosenFormat | undefined;
    for await (const row of opened.rows()) {
      if (rows === 0) {
        format = formatOf(row, spec);
        const name = format?.name ?? `columns ${Object.keys(row.values).sort().join(', ')}`;
        before = sameForm(before, name, row.file);
      }
      rowTurns(row, format);
      if (++rows === FIRST) break;
    }
    if (rows === 0) {
      throw new UserError('There are no rows.', {
        place: { file: opened.files[0]?.shown ?? opened.title },
        remedy: 'Check the file, the split and the outcomes.',
      });
    }
  }
}

function sameForm(
  before: { readonly name: string; readonly file: string } | undefined,
  name: string,
  file: string,
): { readonly name: string; readonly file: string } {
  if (before && before.name !== name) {
    throw new UserError(`${file} has rows in the format ${name}, and ${before.file} in ${before.name}.`, {
      remedy:
        'One file holds rows of one format: bring them into the same one first, or run this for each file.',
    });
  }
  return before ?? { name, file };
}

/** Rows between two looks at the signal. */
const PAUSE_EVERY = 256;

/** A row with the format of its source: undefined where the columns are in none that is known. */
export interface FormattedRow {
  readonly row: SourceRow;
  readonly format: ChosenFormat | undefined;
}

/**
 * Rows of a source with its format, and progress in bytes of its files with the time that is left: nobody knows how
 * many rows there are before all are read.
 */
export async function* formattedRows(
  { spec, opened }: RowsIn,
  signal: AbortSignal,
): AsyncGenerator<FormattedRow> {
  const progress = lateProgress();
  const total = await bytesOf(opened);
  let done = 0;
  let rows = 0;
  let format: ChosenFormat | undefined;
  const onBytes = (read: number): void => {
    done = read;
  };
  const show = (): void =>
    progress.show({ done, total, unit: 'bytes', note: `${counted(rows, 'row')} of ${opened.title}` });
  try {
    for await (const row of opened.rows({ onBytes })) {
      if (rows === 0) format = formatOf(row, spec);
      if (++rows % PAUSE_EVERY === 0) {
        show();
        await sleep(0, signal);
      }
      yield { row, format };
    }
    if (rows > PAUSE_EVERY) show();
  } finally {
    progress.close();
  }
}

/** Columns that were stated must be there; a format that is not known is none. */
function formatOf(row: SourceRow, spec: SourceSpec): ChosenFormat | undefined {
  try {
    return chooseFormat(spec, row);
  } catch (error) {
    if (error instanceof UserError && spec.columns === undefined) return undefined;
    throw error;
  }
}
