/** What Python's text methods and `re` do differently from JavaScript, for prompts and regexes taken from Python. */

/** Characters that Python's `str.isspace` accepts: JavaScript's `\s` lacks the separators and NEL, and has the BOM. */
const SPACES = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
/** Python's `\s` of texts, as source of a JavaScript pattern. */
export const PYTHON_SPACE: string = `[${SPACES}]`;
const SPACE_RUN = new RegExp(`${PYTHON_SPACE}+`);
const AT_START = new RegExp(`^${PYTHON_SPACE}+`);
const AT_END = new RegExp(`${PYTHON_SPACE}+$`);

/** Python's `\w` of texts (`str.isalnum` or an underscore), for patterns with the flag `u`. */
export const PYTHON_WORD = '[\\p{L}\\p{N}_]';
/** Python's `\b`, for patterns with the flag `u`. */
export const PYTHON_EDGE: string = `(?:(?<=${PYTHON_WORD})(?!${PYTHON_WORD})|(?<!${PYTHON_WORD})(?=${PYTHON_WORD}))`;

/** Python's `text.strip()`. */
export function pythonStrip(text: string): string {
  return text.replace(AT_START, '').replace(AT_END, '');
}

/** Python's `text.split()`: the parts between runs of white space. */
export function pythonSplit(text: string): string[] {
  return text.split(SPACE_RUN).filter((part) => part !== '');
}

/** Python's `text.rstrip()`. */
export function pythonRstrip(text: string): string {
  return text.replace(AT_END, '');
}

/** Python's `len(text)`: code points, where JavaScript counts UTF-16 units. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

const encoder = new TextEncoder();

/** Python's `len(text.encode('utf-8'))`. */
export function utf8Bytes(text: string): number {
  return encoder.encode(text).length;
}

/**
 * Python's `re.findall`: for each match the text of the only group, or a list of all groups when there are several;
 * the whole match when there is none. The pattern is JavaScript's and must be global. Beware when porting a pattern:
 * Python's `.` excludes only `\n`, so write `[^\n]`; its `$` also matches before a final line break: `(?=\n?$)`.
 */
export function findAll(pattern: RegExp, text: string): (string | string[])[] {
  if (!pattern.global) throw new Error(`findAll needs a global pattern, not ${pattern}`);
  return [...text.matchAll(pattern)].map((match) => {
    if (match.length === 1) return match[0];
    const groups = match.slice(1).map((group) => group ?? '');
    return groups.length === 1 ? groups[0]! : groups;
  });
}
