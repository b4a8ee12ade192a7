/** Rows of JSON Lines and of JSON files that hold one array of objects. */
import { UserError } from '../../errors.ts';
import { readLines, readWholeText } from '../../platform/lines.ts';
import type { DataFile, SourceRow } from './row.ts';

const ONE_OBJECT = 'Each line must hold one JSON object, such as {"question": "...", "answer": "..."}.';

/** Rows of a `.jsonl` file. Blank lines are skipped. Throws UserError with file, line and column. */
export async function* jsonlRows(file: DataFile): AsyncGenerator<SourceRow> {
  let line = 0;
  let row = 0;
  for await (const text of notUtf8(file, readLines(file.local))) {
    line++;
    if (text.trim() === '') continue;
    row++;
    yield { values: parseObject(text, file, line), file: file.shown, row, line };
  }
}

/** Rows of a `.json` file: one array of objects, or (as some datasets have it) JSON Lines under that name. */
export async function* jsonRows(file: DataFile): AsyncGenerator<SourceRow> {
  let first = '';
  for await (const text of notUtf8(file, readLines(file.local))) {
    first = text.trimStart()[0] ?? '';
    if (first !== '') break;
  }
  if (first === '{' && !(await isOneObject(file))) {
    yield* jsonlRows(file);
    return;
  }
  const text = await wholeText(file);
  const parsed = parse(text, file, (position) => lineAndColumn(text, position));
  if (!Array.isArray(parsed)) {
    throw new UserError('The file holds one JSON value that is not an array of rows.', {
      place: { file: file.shown, line: 1 },
      remedy: 'Write an array of objects, or one object a line.',
    });
  }
  for (const [index, values] of parsed.entries()) {
    if (!isObject(values)) {
      throw new UserError(`Element ${index + 1} of the array is not an object.`, {
        place: { file: file.shown },
        remedy: ONE_OBJECT,
      });
    }
    yield { values, file: file.shown, row: index + 1 };
  }
}

/** Whether a file that begins with `{` is a single object spread over lines and no JSON Lines. */
async function isOneObject(file: DataFile): Promise<boolean> {
  for await (const text of readLines(file.local)) {
    if (text.trim() === '') continue;
    try {
      JSON.parse(text);
      return false;
    } catch {
      return text.trim() === '{';
    }
  }
  return false;
}

function parseObject(text: string, file: DataFile, line: number): Record<string, unknown> {
  const parsed = parse(text, file, (position) => ({ line, column: position + 1 }), line);
  if (isObject(parsed)) return parsed;
  throw new UserError('This line is valid JSON but not an object.', {
    place: { file: file.shown, line },
    remedy: ONE_OBJECT,
  });
}

function parse(
  text: string,
  file: DataFile,
  locate: (position: number) => { line: number; column: number },
  line = 1,
): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const position = errorPosition(message, text);
    const place = position === undefined ? { line } : locate(position);
    throw new UserError(`Not valid JSON: ${shortMessage(message)}.`, {
      place: { file: file.shown, ...place },
      remedy: text.trimStart().startsWith('[') ? 'Mend the file at this place.' : ONE_OBJECT,
      cause,
    });
  }
}

/** V8's message without the position and the quoted piece, which the place already says. */
function shortMessage(message: string): string {
  return message.replace(/ in JSON at position[\s\S]*$|, (\.\.\.)?"[\s\S]*is not valid JSON$/, '');
}

/** Where V8 found the fault, in characters: named by it, or found again by the piece of text that it quotes. */
function errorPosition(message: string, text: string): number | undefined {
  const named = message.match(/position (\d+)/)?.[1];
  if (named !== undefined) return Number(named);
  if (/end of/i.test(message)) return text.length;
  const quoted = message.match(/, (\.\.\.)?"([\s\S]*?)"(\.\.\.)? is not valid JSON$/);
  if (!quoted) return undefined;
  // V8 quotes ten characters before the token, or all that there are.
  const piece = quoted[2]!;
  const at = text.indexOf(piece);
  const token = message.match(/token '(.)'/)?.[1] ?? '';
  return at < 0 ? undefined : at + (quoted[1] ? 10 : Math.max(0, piece.indexOf(token)));
}

async function wholeText(file: DataFile): Promise<string> {
  try {
    return await readWholeText(file.local);
  } catch (cause) {
    throw encodingError(file, undefined, cause);
  }
}

async function* notUtf8(file: DataFile, lines: AsyncIterable<string>): AsyncGenerator<string> {
  let line = 0;
  try {
    for await (const text of lines) {
      line++;
      yield text;
    }
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw encodingError(file, line + 1, cause);
  }
}

function encodingError(file: DataFile, line: number | undefined, cause: unknown): UserError {
  const code = (cause as { code?: string }).code;
  const place = line === undefined ? { file: file.shown } : { file: file.shown, line };
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
    return new UserError('The bytes here are not UTF-8.', {
      place,
      remedy: 'Save the file as UTF-8.',
      cause,
    });
  }
  return new UserError(`Cannot read the file: ${cause instanceof Error ? cause.message : String(cause)}.`, {
    place: { file: file.shown },
    remedy: 'Check that the file is complete and readable.',
    cause,
  });
}

function lineAndColumn(text: string, position: number): { line: number; column: number } {
  const before = text.slice(0, position).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
