/**
 * One normal form for all comparisons of texts: Unicode NFKC, no case, no white space, no punctuation. What is left are
 * words: runs of letters and digits. Scripts that write no spaces (Chinese, Japanese, Thai, ...) give a word a
 * character. An apostrophe inside a word and a comma inside a number vanish (`don't` is `dont`, `1,000` is `1000`), and
 * so do the calculator marks of GSM8K (`<<3*4=12>>`), which most copies of it leave out.
 */

/** A text as a sequence of words. Word `i` is `text.slice(starts[i], ends[i])`; `hashes[i]` is its 32-bit hash. */
export interface Words {
  /** The text in NFKC, in its own case where folding the case left the length as it was. */
  readonly text: string;
  readonly hashes: Uint32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

const SPACELESS =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';
/** In the order in which they are tried: one character of such a script, a number, a word. */
const WORD = new RegExp(
  `[${SPACELESS}]\\p{M}*|\\d{1,3}(?:,\\d{3})+(?![\\p{L}\\p{N}])|(?:(?![${SPACELESS}])[\\p{L}\\p{M}\\p{N}])+(?:['’](?:(?![${SPACELESS}])[\\p{L}\\p{M}])+)*`,
  'gu',
);
/** The same for texts of ASCII alone, which are read several times faster so. */
const ASCII_WORD = /\d{1,3}(?:,\d{3})+(?![a-z\d])|[a-z\d]+(?:'[a-z]+)*/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is all of ASCII
const ASCII = /^[\x00-\x7f]*$/;
const CALCULATOR_MARK = /<<[^<>\n]*>>/g;

/** NFKC without calculator marks, and the same with its case folded: capitals first, so that `ß` is `ss`. */
function folded(text: string): { readonly shown: string; readonly plain: string; readonly ascii: boolean } {
  const ascii = ASCII.test(text);
  const marked = text.includes('<<') ? text.replace(CALCULATOR_MARK, '') : text;
  if (ascii) return { shown: marked, plain: marked.toLowerCase(), ascii };
  const composed = marked.normalize('NFKC');
  const plain = composed.toUpperCase().toLowerCase();
  return { shown: plain.length === composed.length ? composed : plain, plain, ascii: ASCII.test(plain) };
}

/** The words of a text with their places in it. */
export function wordsOf(text: string): Words {
  const { shown, plain, ascii } = folded(text);
  const hashes: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  for (const match of plain.matchAll(ascii ? ASCII_WORD : WORD)) {
    hashes.push(hashWord(match[0]));
    starts.push(match.index);
    ends.push(match.index + match[0].length);
  }
  return {
    text: shown,
    hashes: Uint32Array.from(hashes),
    starts: Int32Array.from(starts),
    ends: Int32Array.from(ends),
  };
}

/** Signs that make another problem of the same words: `3 + 4` is not `3 * 4`. A minus counts before a digit or a space. */
const SIGNS = '[+*/=<>^%×÷]|[-−](?=[\\s\\d.(])';
const TOKEN = new RegExp(`${WORD.source}|${SIGNS}`, 'gu');
const ASCII_TOKEN = new RegExp(`${ASCII_WORD.source}|${SIGNS}`, 'g');

/** Words and signs of arithmetic between single spaces: two texts are the same when these are equal. */
export function normalise(text: string): string {
  const { plain, ascii } = folded(text);
  return (plain.match(ascii ? ASCII_TOKEN : TOKEN) ?? []).map(spelled).join(' ');
}

/** A word without the signs that vanish inside it. */
const spelled = (word: string): string => word.replace(/['’,]/g, '');

const APOSTROPHE = 0x27;
const CURLY = 0x2019;
const COMMA = 0x2c;

const ZERO = 0x30;
const NINE = 0x39;

/**
 * 31 bits of FNV-1a over the UTF-16 units of a word as it is spelled, mixed with the finaliser of MurmurHash3. The
 * lowest bit says that the word is a number (digits 0 to 9 alone): see `isNumber`.
 */
export function hashWord(word: string): number {
  let hash = 0x811c9dc5;
  let digits = true;
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    if (code === APOSTROPHE || code === CURLY || code === COMMA) continue;
    if (code < ZERO || code > NINE) digits = false;
    hash = Math.imul(hash ^ code, 0x01000193);
  }
  return ((mix(hash) & ~1) | Number(digits)) >>> 0;
}

/** Whether a word's hash is that of a number. */
export function isNumber(hash: number): boolean {
  return (hash & 1) === 1;
}

/** MurmurHash3's 32-bit finaliser (Appleby 2011): every bit of the input moves every bit of the output. */
export function mix(hash: number): number {
  let z = hash;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return (z ^ (z >>> 16)) >>> 0;
}
