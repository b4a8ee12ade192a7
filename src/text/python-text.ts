/** What Python's text methods and `re` do differently from JavaScript, for prompts and regexes taken from Python. */
import { PYTHON_SPACE } from './python-classes.ts';

/** Characters that Python's `str.isspace` accepts: JavaScript's `\s` lacks the separators and NEL, and has the BOM. */
const SPACE: ReadonlySet<string> = new Set(
  '\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000',
);

const SPACE_RUN = new RegExp(`${PYTHON_SPACE}+`);

// From the ends inwards: a pattern with `$` would go through the whole text, and prompts are long.
function firstInk(text: string): number {
  let at = 0;
  while (at < text.length && SPACE.has(text[at]!)) at++;
  return at;
}

function afterLastInk(text: string): number {
  let at = text.length;
  while (at > 0 && SPACE.has(text[at - 1]!)) at--;
  return at;
}

/** Python's `text.strip()`. */
export function pythonStrip(text: string): string {
  const end = afterLastInk(text);
  return text.slice(Math.min(firstInk(text), end), end);
}

/** Python's `text.lstrip()`. */
export function pythonLstrip(text: string): string {
  return text.slice(firstInk(text));
}

/** Python's `text.split()`: the parts between runs of white space. */
export function pythonSplit(text: string): string[] {
  return text.split(SPACE_RUN).filter((part) => part !== '');
}

/** Python's `text.rstrip()`. */
export function pythonRstrip(text: string): string {
  return text.slice(0, afterLastInk(text));
}

/**
 * Python's `text.capitalize()`: the first character in title case, the rest in lower case. JavaScript has no title
 * case; the difference from capitals is known here for the digraphs of Latin, not for a first letter of Georgian, of
 * Greek with iota below, or "ŉ".
 */
export function pythonCapitalize(text: string): string {
  const [first = ''] = text;
  const digraph = /^[\u01c4-\u01cc\u01f1-\u01f3]$/.exec(first);
  // Of "SS" for "ß" only the first letter is a capital in title case.
  const upper = digraph ? titleDigraph(first) : first.toUpperCase();
  const [head = ''] = upper;
  return head + upper.slice(head.length).toLowerCase() + text.toLowerCase().slice(first.toLowerCase().length);
}

/** Dž, Lj, Nj and Dz stand between their capital and small forms: U+01C5, U+01C8, U+01CB, U+01F2. */
function titleDigraph(letter: string): string {
  const code = letter.codePointAt(0)!;
  return String.fromCodePoint(code >= 0x1f1 ? 0x1f2 : 0x1c5 + 3 * Math.floor((code - 0x1c4) / 3));
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
