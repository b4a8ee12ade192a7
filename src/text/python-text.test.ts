import { expect, test } from 'vitest';
import { pythonCapitalize, pythonLstrip, pythonRstrip, pythonStrip } from './python-text.ts';

/** `''.join(map(chr, filter(lambda c: chr(c).isspace(), range(0x110000))))` of Python 3.12, as code points. */
const PYTHON_SPACE = [
  0x9, 0xa, 0xb, 0xc, 0xd, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x85, 0xa0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003,
  0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000,
];

test('strips exactly what Python calls white space', () => {
  const stripped = [];
  for (let code = 0; code < 0x10000; code++)
    if (pythonRstrip(`a${String.fromCharCode(code)}`) === 'a') stripped.push(code);
  expect(stripped).toEqual(PYTHON_SPACE);
});

test('rstrip leaves the start alone, strip does not', () => {
  expect(pythonRstrip(' \x1c a b\x85 \n')).toBe(' \x1c a b');
  expect(pythonStrip(' \x1c a b\x85 \n')).toBe('a b');
  expect(pythonRstrip('a\ufeff')).toBe('a\ufeff');
});

test('lstrip leaves the end alone', () => {
  expect(pythonLstrip(' \x1c a b \n')).toBe('a b \n');
});

/** Python 3.11: [text.capitalize() for text in ...]. */
test.each([
  ['', ''],
  ['he', 'He'],
  ['SHE Opens', 'She opens'],
  ['ßa ÉTÉ', 'Ssa été'],
  ['ﬁne ONE', 'Fine one'],
  ['ΟΔΟΣ ΟΣ', 'Οδος ος'],
  ['ǆ ǅ', 'ǅ ǆ'],
  ['Ǌ', 'ǋ'],
  ['ǳA', 'ǲa'],
  ['İSTANBUL', 'İstanbul'],
  ['𐐨𐐀', '𐐀𐐨'],
  ['1ST', '1st'],
])('capitalises %j as Python does', (text, expected) => {
  expect(pythonCapitalize(text)).toBe(expected);
});

test('of nothing but white space nothing is left', () => {
  for (const strip of [pythonStrip, pythonLstrip, pythonRstrip]) {
    expect(strip(' \n\t')).toBe('');
    expect(strip('')).toBe('');
  }
});
