/** A source's rows in another format, as they are read: nothing is held but the row at hand. */
import { UserError } from '../errors.ts';
import type { ReadOptions } from '../platform/byte-stream.ts';
import { sleep } from '../platform/clock.ts';
import { type ChosenFormat, chooseFormat } from './formats/choose-format.ts';
import { type DropReason, isEmpty } from './formats/conversation.ts';
import { writeRow } from './formats/write-row.ts';
import type { FormatName, SourceSpec } from './source-spec.ts';
import type { OpenSource } from './sources/open-source.ts';

/** Filled while the lines are taken; complete when they end. */
export interface ConvertCounts {
  /** Rows read. */
  rows: number;
  written: number;
  /** Rows left out, by reason. */
  readonly dropped: Record<DropReason, number>;
  /** Columns with values that the format read does not have, in the order in which they came. */
  readonly leftOutColumns: Set<string>;
  /** The format that was read, once the first row is there. */
  format: Pick<ChosenFormat, 'name' | 'from'> | null;
}

/** Rows between two pauses, in which an interrupt is heard. */
const PAUSE_EVERY = 256;

/**
 * Lines of JSON, some hundred at a time. Throws UserError for a row that cannot be read or that the format has no room
 * for, and when nothing would be written.
 */
export async function* convertedLines(
  opened: OpenSource,
  spec: SourceSpec,
  to: FormatName,
  counts: ConvertCounts,
  options: ReadOptions & { readonly signal?: AbortSignal } = {},
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let format: ChosenFormat | undefined;
  let lines: string[] = [];
  for await (const row of opened.rows(options)) {
    format ??= chooseFormat(spec, row);
    counts.format ??= { name: format.name, from: format.from };
    counts.rows++;
    const converted = format.convert(row);
    for (const [column, value] of Object.entries(row.values)) {
      if (!isEmpty(value) && !format.reads.includes(column)) counts.leftOutColumns.add(column);
    }
    if (converted.kind === 'dropped') counts.dropped[converted.reason]++;
    else {
      lines.push(`${JSON.stringify(writeRow(to, converted, row))}\n`);
      counts.written++;
    }
    if (counts.rows % PAUSE_EVERY !== 0) continue;
    yield encoder.encode(lines.join(''));
    lines = [];
    await sleep(0, options.signal);
  }
  if (counts.written === 0) {
    const why =
      counts.rows === 0 ? 'has no rows' : `has ${counts.rows} rows, all with empty answers or questions`;
    throw new UserError(`The source ${why}.`, {
      place: { file: opened.files[0]?.shown ?? opened.title },
      remedy: 'Check the file, the split and the columns.',
    });
  }
  yield encoder.encode(lines.join(''));
}
