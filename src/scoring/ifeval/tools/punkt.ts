/**
 * Splits a text into sentences as NLTK's English Punkt does (Kiss and Strunk 2006; NLTK 3.10, tokenize/punkt.py): each
 * full stop, question or exclamation mark is judged by the words around it. Time grows with the length of the text.
 */

import { SPACES } from '../../../text/python-classes.ts';
import { pythonRstrip } from '../../../text/python-text.ts';
import { holdsBreak, NON_WORD } from './punkt-breaks.ts';

const POSSIBLE_END = new RegExp(`[.?!](?=(${NON_WORD}|[${SPACES}]+([^${SPACES}]+)))`, 'gu');
/** Closing marks at the head of a sentence belong to the one before. */
const CLOSING = new RegExp(
  `["')\\]}\\u2018\\u2019\\u201c\\u201d\\xab\\xbb]+?(?:[${SPACES}]+|(?=--)|$)`,
  'uy',
);

interface Span {
  readonly start: number;
  readonly end: number;
}

/** The sentences, without the space between them. */
export function punktSentences(text: string): string[] {
  return realigned(text, [...spans(text)])
    .filter(({ start, end }) => end > start)
    .map(({ start, end }) => text.slice(start, end));
}

function* spans(text: string): Generator<Span> {
  let start = 0;
  for (const { match, context } of candidates(text)) {
    if (!holdsBreak(context)) continue;
    const end = match.index + 1;
    yield { start, end };
    // The next sentence begins behind the space, or at the mark that follows.
    start = match[2] === undefined ? end : end + match[1]!.length - match[2].length;
  }
  yield { start, end: pythonRstrip(text).length };
}

/** Marks that may end a sentence, each with the word before and what follows; of a run of marks the last. */
function* candidates(text: string): Generator<{ match: RegExpExecArray; context: string }> {
  let word: Span = { start: 0, end: 0 };
  let previous: RegExpExecArray | null = null;
  const contextOf = (match: RegExpExecArray): string =>
    text.slice(word.start, word.end) + match[0] + match[1];
  for (const match of text.matchAll(POSSIBLE_END)) {
    const space = lastSpace(text, word.end, match.index);
    // Python reads 0 as "no space", so one that stands right behind the word before does not count.
    const start = space > word.end ? space + 1 : word.start;
    if (previous && word.end <= start) yield { match: previous, context: contextOf(previous) };
    previous = match;
    word = { start, end: match.index };
  }
  if (previous) yield { match: previous, context: contextOf(previous) };
}

/** The place of the last ASCII space in text[from, to), or -1. */
function lastSpace(text: string, from: number, to: number): number {
  for (let i = to - 1; i >= from; i--) if (' \t\n\r\v\f'.includes(text[i]!)) return i;
  return -1;
}

function realigned(text: string, sentences: readonly Span[]): Span[] {
  const result: Span[] = [];
  let moved = 0;
  sentences.forEach(({ start, end }, i) => {
    const next = sentences[i + 1];
    const from = start + moved;
    const head = next ? closingMarks(text.slice(next.start, next.end)) : '';
    result.push({ start: from, end: next && head ? next.start + pythonRstrip(head).length : end });
    moved = head.length;
  });
  return result;
}

function closingMarks(sentence: string): string {
  CLOSING.lastIndex = 0;
  return CLOSING.exec(sentence)?.[0] ?? '';
}
