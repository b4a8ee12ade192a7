/** Rows of JSON Lines and of JSON files that hold one array of objects. */
import { UserError } from '../../errors.ts';
import { byteStream, type ReadOptions } from '../../platform/byte-stream.ts';
import { readLines, utf8Start } from '../../platform/lines.ts';
import { faultsOf } from './file-fault.ts';
import { arrayElements } from './json-array.ts';
import { isObject, ONE_OBJECT, parseJson } from './json-text.ts';
import type { DataFile, SourceRow } from './row.ts';

/** Rows of a `.jsonl` file. Blank lines are skipped. Throws UserError with file, line and column. */
export async function* jsonlRows(file: DataFile, options?: ReadOptions): AsyncGenerator<SourceRow> {
  let line = 0;
  let row = 0;
  for await (const text of faultsOf(file, readLines(file.local, options))) {
    line++;
    if (text.trim() === '') continue;
    row++;
    const start = { line, column: 1 };
    // An array in one line is refused below; one that goes on is told apart from a damaged row here.
    if (row === 1 && /^\s*\[\s*(\{[^}]*)?$/.test(text)) throw isArray(file, line);
    const values = parseJson(text, file, start, text.includes('\r') ? LINE_FEEDS : ONE_OBJECT);
    if (!isObject(values)) {
      if (row === 1 && Array.isArray(values) && values.every(isObject)) throw isArray(file, line);
      const what = Array.isArray(values) ? 'an array, whose values have no names' : 'not an object';
      throw new UserError(`This line is valid JSON but ${what}.`, {
        place: { file: file.shown, line },
        remedy: ONE_OBJECT,
      });
    }
    yield { values, file: file.shown, row, line, json: text.trim() };
  }
}

const LINE_FEEDS =
  'This line holds carriage returns: if they are the line ends, as on old Macs, write line feeds in their place.';

function isArray(file: DataFile, line: number): UserError {
  return new UserError('This is a JSON array, not one object a line.', {
    place: { file: file.shown, line },
    remedy: 'Give the file a name that ends in .json: then its elements are the rows.',
  });
}

/** Rows of a `.json` file: one array of objects, or (as some datasets have it) JSON Lines under that name. */
export async function* jsonRows(file: DataFile, options?: ReadOptions): AsyncGenerator<SourceRow> {
  if (await isLines(file)) {
    yield* jsonlRows(file, options);
    return;
  }
  let row = 0;
  const bytes = unmarked(byteStream(file.local, options));
  for await (const { text, start } of faultsOf(file, arrayElements(bytes))) {
    row++;
    const values = parseJson(text, file, start, 'Mend the file at this place.');
    if (!isObject(values)) {
      throw new UserError(`Element ${row} of the array is not an object.`, {
        place: { file: file.shown, ...start },
        remedy: 'Every element must be one object, such as {"question": "...", "answer": "..."}.',
      });
    }
    yield { values, file: file.shown, row, json: oneLine(text) };
  }
}

/** A valid JSON text without its line breaks: none is inside a string (RFC 8259, section 7), and none parts two words. */
const oneLine = (text: string): string => text.replace(/[\r\n][ \t\r\n]*/g, '');

/** White space of JSON (RFC 8259, section 2). */
const BLANK: readonly number[] = [0x20, 0x09, 0x0a, 0x0d];

/**
 * Whether a file begins as JSON Lines, whatever white space stands before. Throws UserError for a single object that is
 * spread over lines.
 */
async function isLines(file: DataFile): Promise<boolean> {
  let line = 1;
  let begin = '';
  for await (const chunk of faultsOf(file, unmarked(byteStream(file.local)))) {
    const letter = begin === '' ? chunk.findIndex((byte) => !BLANK.includes(byte)) : 0;
    const blank = letter < 0 ? chunk : chunk.subarray(0, letter);
    for (const byte of blank) if (byte === 0x0a) line++;
    if (letter < 0) continue;
    // One byte a letter: where the file is no UTF-8, its reader says so.
    begin += Buffer.from(chunk.subarray(letter, letter + 4096)).toString('latin1');
    if (!begin.startsWith('{')) return false;
    // What follows the brace may come with later bytes.
    const next = /^\{[ \t\r]*([^ \t\r])/.exec(begin)?.[1];
    if (next === undefined) continue;
    if (next !== '\n') return true;
    throw new UserError('The file holds one JSON object that is not an array of rows.', {
      place: { file: file.shown, line },
      remedy: 'Write an array of objects, or one object a line.',
    });
  }
  return begin !== '';
}

async function* unmarked(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let first = true;
  for await (const chunk of bytes) {
    yield first ? utf8Start(chunk) : chunk;
    first = false;
  }
}
