/** How a careful reader finds and counts words: shared by several instructions. */
import { literal } from '../../text/python-classes.ts';

/** Compiled once: a class of all letters takes longer to compile than to search a response with. */
const INSIDE_WORD = /[\p{L}\p{N}\p{M}_]/u;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/** Counts how often the word or phrase stands in a text by itself, in any case: `art` is not found in `start`. */
export function occurrencesOf(phrase: string): (text: string) => number {
  const pattern = new RegExp(literal(phrase.trim()).replace(/\s+/g, '\\s+'), 'giu');
  return (text) =>
    [...text.matchAll(pattern)].filter(
      ({ 0: found, index }) =>
        !INSIDE_WORD.test(characterBefore(text, index)) &&
        !INSIDE_WORD.test(characterAt(text, index + found.length)),
    ).length;
}

/** The whole character that begins at a place, also where it takes two UTF-16 units; empty at the end. */
export function characterAt(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
}

/** The whole character that ends at a place; empty at the beginning. */
export function characterBefore(text: string, at: number): string {
  return at <= 0 ? '' : ([...text.slice(Math.max(0, at - 2), at)].at(-1) ?? '');
}

/** Words as a word processor counts them: between spaces or long dashes, with a letter or digit: `don't` is one. */
export function writtenWords(text: string): string[] {
  return text.split(/\s+|[\u2013-\u2015]|--+/u).filter((word) => LETTER_OR_DIGIT.test(word));
}

/** The text without what Markdown puts at the head of a line: bullets, numbers, quotation bars, hashes, emphasis. */
export function withoutLineMarks(line: string): string {
  return line.replace(/^[\s>#*_\-+•]+/u, '').replace(/^\d{1,3}[.)]\s+/u, '');
}

/** The same spaces, quotation marks and apostrophes everywhere, lower case: for comparing what was to be repeated. */
export function plainText(text: string): string {
  return text.replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/\s+/g, ' ').trim().toLowerCase();
}
