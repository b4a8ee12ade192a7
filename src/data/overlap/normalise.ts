/**
 * One normal form for all comparisons of texts: references of HTML (`&lt;`) as their characters, Unicode NFKC, no case,
 * no white space, no punctuation, no invisible characters. What is left are words: runs of letters and digits. Scripts
 * that write no spaces (Chinese, Japanese, Thai, ...) give a word a character. An apostrophe inside a word and a comma
 * inside a number vanish (`don't` is `dont`, `1,000` is `1000`), and so do the calculator marks of GSM8K
 * (`<<3*4=12>>`), which most copies of it leave out.
 */
import { withoutEntities } from './html-entities.ts';

/** A text as a sequence of words. Word `i` is `text.slice(starts[i], ends[i])`; `hashes[i]` is its 32-bit hash. */
export interface Words {
  /** The text without references of HTML and in NFKC, in its own case where folding the case left the length as it was. */
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
/** The same for texts of ASCII alone. */
const ASCII_WORD = /\d{1,3}(?:,\d{3})+(?![a-z\d])|[a-z\d]+(?:'[a-z]+)*/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is all of ASCII
const ASCII = /^[\x00-\x7f]*$/;
const CALCULATOR_MARK = /<<[^<>\n]*>>/g;

/** Soft hyphens, zero-width spaces and joiners, marks of direction: nobody sees them, and they would cut words in two. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

const APOSTROPHE = 0x27;
const CURLY = 0x2019;
const COMMA = 0x2c;
const ZERO = 0x30;
const NINE = 0x39;

/**
 * NFKC without references of HTML, calculator marks and invisible characters, and the same with its case folded:
 * capitals first, so that `ß` is `ss`.
 */
function folded(source: string): { readonly shown: string; readonly plain: string; readonly ascii: boolean } {
  const text = withoutEntities(source);
  const ascii = ASCII.test(text);
  const marked = text.includes('<<') ? text.replace(CALCULATOR_MARK, '') : text;
  if (ascii) return { shown: marked, plain: marked.toLowerCase(), ascii };
  const composed = marked.replace(INVISIBLE, '').normalize('NFKC');
  const plain = composed.toUpperCase().toLowerCase();
  return { shown: plain.length === composed.length ? composed : plain, plain, ascii: ASCII.test(plain) };
}

/** The words of a text with their places in it. */
export function wordsOf(text: string): Words {
  const { shown, plain, ascii } = folded(text);
  const found = new Found();
  if (ascii) scanAscii(plain, found);
  else
    for (const { 0: word, index } of plain.matchAll(WORD))
      found.add(hashWord(word), index, index + word.length);
  return { text: shown, ...found.words() };
}

/** Words while a text is read; the arrays are used again for the next text. */
class Found {
  static #hashes = new Uint32Array(1024);
  static #starts = new Int32Array(1024);
  static #ends = new Int32Array(1024);
  #count = 0;

  add(hash: number, start: number, end: number): void {
    if (this.#count === Found.#hashes.length) Found.#widen();
    Found.#hashes[this.#count] = hash;
    Found.#starts[this.#count] = start;
    Found.#ends[this.#count++] = end;
  }

  static #widen(): void {
    const [hashes, starts, ends] = [Found.#hashes, Found.#starts, Found.#ends];
    Found.#hashes = new Uint32Array(2 * hashes.length);
    Found.#hashes.set(hashes);
    Found.#starts = new Int32Array(2 * hashes.length);
    Found.#starts.set(starts);
    Found.#ends = new Int32Array(2 * hashes.length);
    Found.#ends.set(ends);
  }

  words(): Omit<Words, 'text'> {
    return {
      hashes: Found.#hashes.slice(0, this.#count),
      starts: Found.#starts.slice(0, this.#count),
      ends: Found.#ends.slice(0, this.#count),
    };
  }
}

/** What `ASCII_WORD` finds, without a text and a match object for each word: most of the time goes here. */
export function scanAscii(text: string, found: Pick<Found, 'add'>): void {
  for (let start = 0; start < text.length; ) {
    const code = text.charCodeAt(start);
    if (!isDigit(code) && !isLetter(code)) {
      start++;
      continue;
    }
    const end = isDigit(code) ? endOfNumber(text, start) || endOfWord(text, start) : endOfWord(text, start);
    found.add(hashPart(text, start, end), start, end);
    start = end;
  }
}

const isDigit = (code: number): boolean => code >= ZERO && code <= NINE;
const isLetter = (code: number): boolean => code >= 0x61 && code <= 0x7a;

/** Where a number with commas between its thousands ends; 0 where none begins here. */
function endOfNumber(text: string, start: number): number {
  const digits = (from: number): number => {
    let at = from;
    while (isDigit(text.charCodeAt(at))) at++;
    return at - from;
  };
  let at = start + digits(start);
  if (at - start > 3) return 0;
  let last = 0;
  while (text.charCodeAt(at) === COMMA && digits(at + 1) === 3) {
    at += 4;
    if (!isLetter(text.charCodeAt(at))) last = at;
  }
  return last;
}

function endOfWord(text: string, start: number): number {
  let at = start;
  while (isDigit(text.charCodeAt(at)) || isLetter(text.charCodeAt(at))) at++;
  while (text.charCodeAt(at) === APOSTROPHE && isLetter(text.charCodeAt(at + 1))) {
    at++;
    while (isLetter(text.charCodeAt(at))) at++;
  }
  return at;
}

/** Signs that make another problem of the same words: `3 + 4` is not `3 * 4`. A minus counts before a digit or a space. */
const SIGNS = '[+*/=<>^%×÷]|[-−–](?=[\\s\\d.(])';
/** The same sign in another type. */
const PLAIN_SIGNS: ReadonlyMap<string, string> = new Map([
  ['×', '*'],
  ['÷', '/'],
  ['−', '-'],
  ['–', '-'],
]);
const TOKEN = new RegExp(`${WORD.source}|${SIGNS}`, 'gu');
const ASCII_TOKEN = new RegExp(`${ASCII_WORD.source}|${SIGNS}`, 'g');

/** Words and signs of arithmetic between single spaces: two texts are the same when these are equal. */
export function normalise(text: string): string {
  const { plain, ascii } = folded(text);
  return (plain.match(ascii ? ASCII_TOKEN : TOKEN) ?? []).map(spelled).join(' ');
}

/** A word without what vanishes inside it, or a sign as it is typed on a keyboard. */
const spelled = (word: string): string =>
  word.length === 1 ? (PLAIN_SIGNS.get(word) ?? word) : word.replace(/['’,]/g, '');

/**
 * 31 bits of FNV-1a over the UTF-16 units of a word as it is spelled, mixed with the finaliser of MurmurHash3. The
 * lowest bit says that a digit (0 to 9) is in it: see `hasDigit`.
 */
export function hashWord(word: string): number {
  return hashPart(word, 0, word.length);
}

function hashPart(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  let digit = false;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === APOSTROPHE || code === CURLY || code === COMMA) continue;
    if (code >= ZERO && code <= NINE) digit = true;
    hash = Math.imul(hash ^ code, 0x01000193);
  }
  return ((mix(hash) & ~1) | Number(digit)) >>> 0;
}

/** Whether a word is a number, or has one in it (`3x`), by its hash. */
export function hasDigit(hash: number): boolean {
  return (hash & 1) === 1;
}

/** MurmurHash3's 32-bit finaliser (Appleby 2011): every bit of the input moves every bit of the output. */
export function mix(hash: number): number {
  let z = hash;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return (z ^ (z >>> 16)) >>> 0;
}
