import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasDigit, hashWord, normalise, scanAscii, wordsOf } from './normalise.ts';

const words = (text: string): string[] => {
  const { text: shown, starts, ends } = wordsOf(text);
  return [...starts].map((start, i) => shown.slice(start, ends[i]));
};

describe('the normal form', () => {
  it.each([
    ['case, punctuation and white space', 'What  is\n"THIS", then?!', 'what is this then'],
    ['Unicode forms', 'ﬁne Ⅳ １２ ½ cafe\u0301', 'fine iv 12 1 2 café'],
    ['letters that have no capital of their own', 'STRASSE', 'strasse'],
    ['apostrophes inside words', "Don't, Janet’s 'quoted'", 'dont janets quoted'],
    [
      'commas inside numbers',
      '1,000 and 12,345,678 but 1,00 and f(3, 4)',
      '1000 and 12345678 but 1 00 and f 3 4',
    ],
    ['calculator marks', 'he has 3*4=<<3*4=12>>12 eggs', 'he has 3 * 4 = 12 eggs'],
    ['signs that make another problem', '3 + 4 * -2 = x^2', '3 + 4 * - 2 = x ^ 2'],
    ['the same signs in another type', '3 × 4 ÷ 2 − 1 – 5', '3 * 4 / 2 - 1 - 5'],
    ['what nobody sees', 'in\u00advis\u200bible\u200d \u2066word\ufeff', 'invisible word'],
    ['a hyphen, which is no minus', 'a well-known x', 'a well known x'],
    ['scripts without spaces', '東京は。ok', '東 京 は ok'],
    ['nothing', ' ?!… ', ''],
  ])('%s', (_, text, expected) => {
    expect(normalise(text)).toBe(expected);
  });

  it('is the same for ß and its capitals', () => {
    expect(normalise('Straße')).toBe(normalise('STRASSE'));
  });

  it('tells numbers from words', () => {
    expect(['12', '1,000', '3x', 'x', '٣'].map((word) => hasDigit(hashWord(word)))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it('gives words their places in the shown text', () => {
    expect(words('The Cat’s 1,250 ÉTUDES.')).toEqual(['The', 'Cat’s', '1,250', 'ÉTUDES']);
  });

  it('depends on neither case nor the marks between words', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-zéß0-9]{1,6}$/), { minLength: 1 }), (parts) => {
        const marked = parts.map((part, i) => (i % 2 ? part.toUpperCase() : part)).join(' …\n“');
        expect([...wordsOf(marked).hashes]).toEqual([...wordsOf(parts.join(' ')).hashes]);
        expect(normalise(marked)).toBe(normalise(parts.join(' ')));
      }),
    );
  });

  it('finds in ASCII texts the words that the general pattern finds', () => {
    const piece = fc.constantFrom('a', 'bc', '1', '23', '456', ',', "'", ' ', '.', '-', 'z9', '7,000');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const scanned: string[] = [];
        scanAscii(text, { add: (_, start, end) => scanned.push(text.slice(start, end)) });
        // A letter outside ASCII at the end sends the text through the pattern.
        expect(words(`${text} é`)).toEqual([...scanned, 'é']);
      }),
    );
  });
});
