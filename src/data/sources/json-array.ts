/** The elements of a JSON array, one at a time, from bytes as they come: an array larger than the memory can be read. */
import { LONGEST_LINE, tooLong, utf8Text } from '../../platform/lines.ts';
import { TextFault } from '../../platform/text-fault.ts';
import type { TextStart } from './json-text.ts';

export interface ElementText {
  readonly text: string;
  readonly start: TextStart;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const LINE_FEED = 0x0a;
const isOpening = (byte: number): boolean => byte === 0x5b || byte === 0x7b;
const isClosing = (byte: number): boolean => byte === 0x5d || byte === 0x7d;
const isBlank = (byte: number): boolean =>
  byte === 0x20 || byte === LINE_FEED || byte === 0x0d || byte === 0x09;

/** What may come next: the array itself, an element or its end, an element, a comma or the end, nothing. */
type Awaited = 'array' | 'first' | 'element' | 'comma' | 'nothing';

/**
 * The text of every element and where it begins (the column in bytes, which is that of the editor before the first
 * letter beyond ASCII). Finding borders and leaving the rest to JSON.parse is several times as quick as a parser that
 * builds values from a stream of tokens. Throws TextFault for what stands between the elements; an element may be
 * anything that begins and ends with fitting brackets.
 */
export async function* arrayElements(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ElementText> {
  let awaited: Awaited = 'array';
  let line = 1;
  let lineStart = 0;
  let read = 0;
  let pieces: Uint8Array[] = [];
  let held = 0;
  let begun: TextStart | null = null;
  let depth = 0;
  let inString = false;
  let escaped = false;
  let at = 0;
  const place = (): TextStart => ({ line, column: read + at - lineStart + 1 });
  for await (const chunk of bytes) {
    let from = 0;
    for (at = 0; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (begun === null) {
        if (isBlank(byte)) {
          if (byte === LINE_FEED) {
            line++;
            lineStart = read + at + 1;
          }
          continue;
        }
        const next = between(awaited, byte, place);
        if (next !== 'begin') {
          awaited = next;
          continue;
        }
        begun = place();
        from = at;
        depth = 0;
      }
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) inString = false;
      } else if (byte === QUOTE) inString = true;
      else if (isOpening(byte)) depth++;
      else if (isClosing(byte)) depth--;
      // A bracket ends an element of brackets with itself; a word ends before the comma or the array's own bracket.
      const over = depth < 0 || (depth === 0 && !inString && (byte === COMMA || isClosing(byte)));
      if (!over) {
        if (byte === LINE_FEED) {
          line++;
          lineStart = read + at + 1;
        }
        continue;
      }
      const itself = depth === 0 && byte !== COMMA;
      pieces.push(chunk.subarray(from, itself ? at + 1 : at));
      yield { text: utf8Text(Buffer.concat(pieces), begun.line).trimEnd(), start: begun };
      pieces = [];
      held = 0;
      begun = null;
      depth = 0;
      awaited = 'comma';
      // The comma or bracket that ended a word is looked at again, as what stands between elements.
      if (!itself) at--;
    }
    if (begun !== null) {
      pieces.push(chunk.slice(from));
      held += chunk.length - from;
      if (held > LONGEST_LINE) throw tooLong(begun.line);
    }
    read += chunk.length;
  }
  if (begun !== null) yield { text: utf8Text(Buffer.concat(pieces), begun.line), start: begun };
  if (awaited === 'array') {
    throw new TextFault(
      'The file holds nothing but white space.',
      'Write one array of objects, or one object a line.',
    );
  }
  if (awaited !== 'nothing') {
    throw new TextFault('The file ends inside its array.', 'It was cut short: fetch or write it again.', {
      line,
    });
  }
}

function between(awaited: Awaited, byte: number, place: () => TextStart): Awaited | 'begin' {
  if (awaited === 'array' && byte === 0x5b) return 'first';
  if ((awaited === 'first' || awaited === 'comma') && byte === 0x5d) return 'nothing';
  if (awaited === 'comma' && byte === COMMA) return 'element';
  if ((awaited === 'first' || awaited === 'element') && byte !== COMMA && !isClosing(byte)) return 'begin';
  const found = JSON.stringify(String.fromCharCode(byte));
  const wanted = {
    array: 'an array should begin',
    first: 'an element or the end of the array should follow',
    element: 'an element should follow',
    comma: 'a comma or the end of the array should follow',
    nothing: 'nothing should follow the end of the array',
  }[awaited];
  throw new TextFault(
    `Not valid JSON: ${wanted}, not ${found}.`,
    'Write one array of objects, or one object a line.',
    place(),
  );
}
