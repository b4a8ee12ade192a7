/** Text files as streams of lines, compressed or not, so that a file larger than the memory can be read. */
import { isUtf8 } from 'node:buffer';
import { byteStream, type ReadOptions } from './byte-stream.ts';
import { TextFault } from './text-fault.ts';

/** Bytes of a line at most, and of one row of any text format: 64 MiB. Longer ones are no rows of training data. */
export const LONGEST_LINE: number = 64 * 1024 * 1024;

/**
 * Lines without their ending (`\n` or `\r\n`), decoded as UTF-8; a byte order mark at the start is dropped. Only
 * line feeds end a line: Node's readline also splits at U+2028, which JSON allows inside strings. Throws TextFault
 * with the line for bytes that are not UTF-8 and for a line that is too long.
 */
export async function* readLines(path: string, options: ReadOptions = {}): AsyncGenerator<string> {
  for await (const text of readLineBlocks(path, options)) {
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      yield withoutReturn(text.slice(from, end));
      from = end + 1;
    }
    if (from < text.length) yield withoutReturn(text.slice(from));
  }
}

/** The same text in blocks of whole lines with their endings as they stand; only the last may end without one. */
export async function* readLineBlocks(path: string, options: ReadOptions = {}): AsyncGenerator<string> {
  let line = 1;
  let rest: Uint8Array[] = [];
  let held = 0;
  let first = true;
  const decode = (bytes: Uint8Array): string => {
    const text = utf8Text(first ? utf8Start(bytes) : bytes, line);
    first = false;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) line++;
    return text;
  };
  for await (const chunk of byteStream(path, options)) {
    const end = chunk.lastIndexOf(10) + 1;
    if (end > 0) {
      yield decode(held === 0 ? chunk.subarray(0, end) : Buffer.concat([...rest, chunk.subarray(0, end)]));
      rest = [];
      held = 0;
    }
    if (end < chunk.length) {
      rest.push(chunk.subarray(end));
      held += chunk.length - end;
    }
    if (held > LONGEST_LINE) throw tooLong(line);
  }
  if (held > 0) yield decode(Buffer.concat(rest));
}

/** The fault of a line, or of a row that begins there, that is longer than `LONGEST_LINE`. */
export function tooLong(line: number): TextFault {
  return new TextFault(
    `What begins here is longer than ${LONGEST_LINE / 1024 / 1024} MiB without an end.`,
    'No row of training data is: write one row a line, or split it.',
    { line },
  );
}

/** `bytes` as text. Throws TextFault with line and column, counted from `line`, when they are not UTF-8. */
export function utf8Text(bytes: Uint8Array, line: number): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (isUtf8(buffer)) return buffer.toString('utf8');
  const before = buffer.toString('utf8').slice(0, faultAt(buffer)).split('\n');
  throw new TextFault('The bytes here are not UTF-8.', 'Save the file as UTF-8.', {
    line: line + before.length - 1,
    column: before.at(-1)!.length + 1,
  });
}

/**
 * The first bytes of a file without a byte order mark. Throws TextFault when they are those of UTF-16 or UTF-32: with
 * their mark, or, as every text of data begins with a letter of ASCII, with a zero beside it, which UTF-8 would read as
 * a letter.
 */
export function utf8Start(start: Uint8Array): Uint8Array {
  if (startsWith(start, 0xef, 0xbb, 0xbf)) return start.subarray(3);
  const [first, second, third, fourth] = start;
  const marked = startsWith(start, 0xff, 0xfe) || startsWith(start, 0xfe, 0xff);
  if (!marked && first !== 0 && second !== 0) return start;
  if (startsWith(start, 0, 0, 0, 0)) {
    throw new TextFault(
      'The file begins with zeros, not with text.',
      'A disk that was full or a machine that stopped leaves such files: make it again.',
      { line: 1 },
    );
  }
  const wide = (first === 0 && second === 0) || (third === 0 && fourth === 0);
  const name = wide ? 'UTF-32' : 'UTF-16, as spreadsheets and PowerShell write it';
  throw new TextFault(`This is ${name}, not UTF-8.`, 'Save the file as UTF-8.', { line: 1 });
}

/** Where the decoded text first holds a replacement character that the bytes do not. */
function faultAt(buffer: Buffer): number {
  const text = buffer.toString('utf8');
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) {
    const bytes = Buffer.byteLength(text.slice(0, at));
    if (!startsWith(buffer.subarray(bytes), 0xef, 0xbf, 0xbd)) return at;
  }
  return text.length;
}

function startsWith(bytes: Uint8Array, ...start: number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
