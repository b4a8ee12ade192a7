/**
 * keywords:existence, keywords:frequency, keywords:forbidden_words. The original searches keywords as regular
 * expressions, also inside other words, except forbidden ones. Here they are plain texts: the dataset's all are.
 */
import { literal, WORD_CHARS } from '../../text/python-classes.ts';
import { counted, meets, textOf, textsOf, thresholdOf } from './arguments.ts';
import { type Instruction, withArgs } from './instruction.ts';
import { characterAt, characterBefore, occurrencesOf } from './words-in-text.ts';

const WORD_CHAR = new RegExp(`[${WORD_CHARS}]`, 'u');
const anywhere = (keyword: string): RegExp => new RegExp(literal(keyword), 'giu');
const quoted = (word: string): string => JSON.stringify(word);

export const existence: Instruction = withArgs(
  'keywords',
  (args) => textsOf(args, 'keywords'),
  (keywords) => {
    const counters = keywords.map((keyword) => ({ keyword, count: occurrencesOf(keyword) }));
    const patterns = keywords.map(anywhere);
    return {
      original: (text) => patterns.every((pattern) => text.search(pattern) >= 0),
      corrected: (text) => {
        const missing = counters.filter(({ count }) => count(text) === 0);
        const names = missing.map(({ keyword }) => quoted(keyword)).join(', ');
        return {
          followed: missing.length === 0,
          why: missing.length === 0 ? 'all keywords are there' : `without ${names}`,
        };
      },
    };
  },
);

export const frequency: Instruction = withArgs(
  'keyword, frequency, relation',
  (args) => {
    const keyword = textOf(args, 'keyword')?.trim();
    const threshold = thresholdOf(args, 'frequency', 'relation');
    return keyword && threshold ? { keyword, threshold } : null;
  },
  ({ keyword, threshold }) => {
    const pattern = anywhere(keyword);
    const occurrences = occurrencesOf(keyword);
    return {
      original: (text) => meets(text.match(pattern)?.length ?? 0, threshold),
      corrected: (text) => {
        const count = occurrences(text);
        return { followed: meets(count, threshold), why: counted(count, `of ${quoted(keyword)}`, threshold) };
      },
    };
  },
);

export const forbiddenWords: Instruction = withArgs(
  'forbidden_words',
  (args) => textsOf(args, 'forbidden_words'),
  (words) => {
    const counters = words.map((word) => ({ word, count: occurrencesOf(word) }));
    const patterns = words.map(anywhere);
    return {
      original: (text) => !patterns.some((pattern) => betweenBoundaries(text, pattern)),
      corrected: (text) => {
        const used = counters.filter(({ count }) => count(text) > 0).map(({ word }) => quoted(word));
        return {
          followed: used.length === 0,
          why: used.length === 0 ? 'no forbidden word' : `uses ${used.join(', ')}`,
        };
      },
    };
  },
);

/** Whether Python's `\bword\b` is found: word and other characters meet at both of its ends. */
function betweenBoundaries(text: string, pattern: RegExp): boolean {
  const inWord = (character: string): boolean => WORD_CHAR.test(character);
  pattern.lastIndex = 0;
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
    const end = found.index + found[0].length;
    const opens = inWord(characterBefore(text, found.index)) !== inWord(characterAt(text, found.index));
    const closes = inWord(characterBefore(text, end)) !== inWord(characterAt(text, end));
    if (opens && closes) return true;
    // Occurrences may overlap. A place inside a character would be moved back to its beginning.
    pattern.lastIndex = found.index + characterAt(text, found.index).length;
  }
  return false;
}
