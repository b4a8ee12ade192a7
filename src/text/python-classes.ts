/**
 * Python's character classes (`re` on texts, `str.isupper`, `str.islower`), as sources for regular expressions with the
 * `u` flag: JavaScript's `\w`, `\b`, `\s` and `\d` know less or other characters. CPython: Objects/unicodectype.c.
 */

/** `\s` and `str.isspace`, without brackets. */
export const SPACES = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
/** `\w`, without brackets: letters, digits and underscore, but no combining marks. */
export const WORD_CHARS = '\\p{L}\\p{N}_';
/** `\s` of texts. */
export const PYTHON_SPACE: string = `[${SPACES}]`;
/** `\w` of texts (`str.isalnum` or an underscore). */
export const PYTHON_WORD: string = `[${WORD_CHARS}]`;
/** `\b` of texts. */
export const PYTHON_EDGE: string = `(?:(?<=${PYTHON_WORD})(?!${PYTHON_WORD})|(?<!${PYTHON_WORD})(?=${PYTHON_WORD}))`;

const UPPER = /\p{Uppercase}/u;
const LOWER_OR_TITLE = /[\p{Lowercase}\p{Lt}]/u;
const LOWER = /\p{Lowercase}/u;
const UPPER_OR_TITLE = /[\p{Uppercase}\p{Lt}]/u;

/** `text.isupper()`: a letter in upper case and none in another. */
export function isUpper(text: string): boolean {
  return !LOWER_OR_TITLE.test(text) && UPPER.test(text);
}

/** `text.islower()`: a letter in lower case and none in another. */
export function isLower(text: string): boolean {
  return !UPPER_OR_TITLE.test(text) && LOWER.test(text);
}

/** A text as the source of a pattern that matches just this text. */
export function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
