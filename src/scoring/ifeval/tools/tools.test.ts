/** Cases made by nltk 3.10.4 (`sent_tokenize`, `word_tokenize`) and langdetect 1.0.9 with seed 0. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectLanguage, LANGUAGES, likeliestLanguage } from './langdetect.ts';
import { punktSentences } from './punkt.ts';
import { parsesInPython } from './python-json.ts';
import { sentenceTokens } from './word-tokenize.ts';

const cases = <T>(name: string): T[] =>
  readFileSync(new URL(`../cases/${name}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

describe("NLTK's", () => {
  const rows = cases<{ text: string; sentences: string[]; tokens: string[] }>('nltk');
  it.each(rows.map((row) => [row.text.slice(0, 40), row] as const))(
    'sentences and tokens of %j',
    (_, row) => {
      expect(punktSentences(row.text)).toEqual(row.sentences);
      expect(punktSentences(row.text).flatMap(sentenceTokens)).toEqual(row.tokens);
    },
  );

  it('sentences hold every character that is no space, in order', () => {
    const piece = fc.constantFrom(
      'Dr.',
      'a',
      'B',
      '. ',
      '.',
      '!',
      '?"',
      ' ',
      '\n',
      '...',
      'U.S. ',
      '5.',
      '”',
      '(',
      ')',
      'é',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        expect(punktSentences(text).join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
    );
  });
});

describe("langdetect's", () => {
  const rows = cases<{ text: string; language: string | null }>('langdetect');
  it.each(rows.map((row) => [row.text.slice(0, 40), row] as const))('language of %j', (_, row) => {
    expect(detectLanguage(row.text)).toBe(row.language);
  });

  it('model without its draws gives one of its languages, or null without letters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const found = likeliestLanguage(text);
        expect(found === null || LANGUAGES.includes(found)).toBe(true);
      }),
      { numRuns: 30 },
    );
    expect(likeliestLanguage('12 + 30 = 42')).toBeNull();
  });
});

describe("Python's JSON", () => {
  it.each([
    ['{"a": NaN, "b": [-Infinity, Infinity]}', true],
    ['["NaN", nan]', false],
    ['"NaN \\" Infinity', false],
    ['9'.repeat(4300), true],
    ['9'.repeat(4301), false],
    [`0.${'9'.repeat(5000)}`, true],
    [`"${'9'.repeat(5000)}"`, true],
    ['[1,]', false],
    ['"line\nbreak"', false],
    ['5', true],
    ['', false],
  ])('%#', (text, valid) => {
    expect(parsesInPython(text)).toBe(valid);
  });
});
