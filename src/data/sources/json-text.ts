/** One JSON text of a data file: parsed, with the place of what is wrong with it. */
import { type Place, UserError } from '../../errors.ts';
import { duplicateKey } from './duplicate-keys.ts';
import type { DataFile } from './row.ts';

export const ONE_OBJECT =
  'Each line must hold one JSON object, such as {"question": "...", "answer": "..."}.';

/** Where a text stands in its file, both from 1. */
export interface TextStart {
  readonly line: number;
  readonly column: number;
}

/**
 * The value of `text`, which begins at `start`. Throws UserError with file, line and column when it is no JSON and when
 * an object names a key twice: JSON.parse would drop the first value without a word (RFC 8259, section 4, leaves it open).
 */
export function parseJson(
  text: string,
  file: DataFile,
  start: TextStart,
  remedy: string = ONE_OBJECT,
): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const position = errorPosition(message, text);
    const place = position === undefined ? { line: start.line } : placeIn(text, position, start);
    const number = position === undefined ? null : /^-?(NaN|Infinity)/.exec(text.slice(position));
    throw new UserError(`Not valid JSON: ${shortMessage(message)}.`, {
      place: { file: file.shown, ...place },
      remedy:
        number === null
          ? remedy
          : `JSON has no ${number[0]}: write null, or leave the column out (json.dumps(..., allow_nan=False) finds them).`,
      cause,
    });
  }
  const twice = duplicateKey(text, value);
  if (twice === null) return value;
  throw new UserError(`The key ${JSON.stringify(twice.key)} is there twice in one object.`, {
    place: { file: file.shown, ...placeIn(text, twice.position, start) },
    remedy: 'Only one of the values can be meant: remove the other.',
  });
}

/** The place of a position in `text`, which itself begins at `start`. */
export function placeIn(text: string, position: number, start: TextStart): Omit<Place, 'file'> & TextStart {
  const before = text.slice(0, position).split('\n');
  const inLine = before.at(-1)!.length;
  return {
    line: start.line + before.length - 1,
    column: before.length === 1 ? start.column + inLine : inLine + 1,
  };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** V8's message without the position and the quoted piece, which the place already says. */
function shortMessage(message: string): string {
  return message.replace(/( in JSON)? at position[\s\S]*$|, (\.\.\.)?"[\s\S]*is not valid JSON$/, '');
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
