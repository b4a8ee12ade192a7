/**
 * `packed.json`: where each optimizer step begins, and the examples of each packed row. With some twenty bytes an
 * example it passes what a string may hold at 25 million of them, so it is written and read piece by piece.
 */
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../errors.ts';
import { byteStream } from '../../platform/byte-stream.ts';
import { exists } from '../../platform/files.ts';

export interface PackedHead {
  readonly version: 1;
  readonly rowLength: number;
  readonly tokens: number;
  readonly supervisedTokens: number;
  readonly sources: readonly string[];
  /** First row of each step, and the number of rows at the end. */
  readonly starts: readonly number[];
}
const headSchema: z.ZodType<PackedHead> = z.strictObject({
  version: z.literal(1),
  rowLength: z.int().min(1),
  tokens: z.int(),
  supervisedTokens: z.int(),
  sources: z.array(z.string()),
  starts: z.array(z.int()).min(2),
});

/** Of each example of a row: length in tokens, index of the source, row in the source, epoch. */
const rowsSchema = z.array(z.array(z.tuple([z.int(), z.int(), z.int(), z.int()])));
export type IndexedMember = readonly [tokens: number, list: number, row: number, epoch: number];

/** Between the head and the rows. Inside a string its quotes would have a backslash before them. */
const ROWS = ',"rows":[';
/** Between two rows. */
const BORDER = ']],[[';
/** Characters that are written at once. */
const CHUNK = 1 << 20;

/** The file's text: that of `JSON.stringify` of one object, with a line feed. */
export function* indexChunks(head: PackedHead, rows: Iterable<readonly IndexedMember[]>): Generator<string> {
  let text = `${JSON.stringify(head).slice(0, -1)}${ROWS}`;
  let first = true;
  for (const row of rows) {
    text += `${first ? '' : ','}${JSON.stringify(row)}`;
    first = false;
    if (text.length < CHUNK) continue;
    yield text;
    text = '';
  }
  yield `${text}]}\n`;
}

/** Called with each row's number, from 0, and its examples. */
export type RowVisitor = (row: number, members: readonly IndexedMember[]) => void;

/**
 * Reads the index of a folder: `begin` sees the head and says what is done with the rows, which come in their order.
 * Throws UserError when there is no index or it is not what Carryover writes.
 */
export async function readIndex(
  folder: string,
  begin: (head: PackedHead) => RowVisitor,
): Promise<{ readonly path: string; readonly head: PackedHead; readonly rows: number }> {
  const path = join(folder, 'packed.json');
  if (!(await exists(path))) {
    throw new UserError('There is no prepared data here.', {
      place: { file: path },
      remedy: 'Prepare the stage again: carryover run does it for the steps that need it.',
    });
  }
  let text = '';
  let head: PackedHead | undefined;
  let visit: RowVisitor = () => undefined;
  let rows = 0;
  const parse = (some: string): void => {
    for (const members of parseRows(path, some)) visit(rows++, members);
  };
  for await (const chunk of byteStream(path)) {
    // Bytes as characters, so that one that the border of two chunks cuts is whole again.
    text += Buffer.from(chunk).toString('latin1');
    if (head === undefined) {
      const end = text.indexOf(ROWS);
      if (end < 0) continue;
      head = parseHead(path, `${text.slice(0, end)}}`);
      visit = begin(head);
      text = text.slice(end + ROWS.length);
    }
    const border = text.lastIndexOf(BORDER);
    if (border < 0) continue;
    parse(text.slice(0, border + 2));
    text = text.slice(border + 3);
  }
  if (head === undefined || !/\]\}\s*$/.test(text)) throw unknownIndex(path);
  parse(text.slice(0, text.lastIndexOf(']}')));
  return { path, head, rows };
}

function parseRows(path: string, text: string): readonly (readonly IndexedMember[])[] {
  try {
    return rowsSchema.parse(JSON.parse(`[${text}]`));
  } catch (cause) {
    throw unknownIndex(path, cause);
  }
}

function parseHead(path: string, text: string): PackedHead {
  try {
    return headSchema.parse(JSON.parse(Buffer.from(text, 'latin1').toString()));
  } catch (cause) {
    throw unknownIndex(path, cause);
  }
}

function unknownIndex(path: string, cause?: unknown): UserError {
  return damagedData(path, 'the index is not what Carryover writes', cause);
}

export function damagedData(file: string, what: string, cause?: unknown): UserError {
  return new UserError(`The prepared data is damaged: ${what}.`, {
    place: { file },
    remedy: 'Delete this folder; the data is prepared again.',
    cause,
  });
}
