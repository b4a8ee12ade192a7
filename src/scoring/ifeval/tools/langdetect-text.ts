/** What langdetect does with a text before it takes n-grams (its detector.py, utils/ngram.py, messages.properties). */
import { packageData } from '../../../platform/package-data.ts';

const LENGTH = 10_000;
const URL = /https?:\/\/[-_.?&~;+=/#0-9A-Za-z]{1,2076}/g;
const MAIL_HOST = /@[-_0-9A-Za-z]{1,255}[-_.0-9A-Za-z]{1,255}/g;
const MAIL_CHAR = /[-_.0-9A-Za-z]/;
const MAIL_NAME = 64;

/** No addresses, runs of spaces as one, Vietnamese letters in one piece, and 10,000 characters at most. */
export function shorten(text: string): string {
  const { vietnamese } = tables();
  const plain = withoutMail(text.replace(URL, ' ')).replace(
    /([AEIOUYaeiouy\u00c2\u00ca\u00d4\u00e2\u00ea\u00f4\u0102\u0103\u01a0\u01a1\u01af\u01b0])([\u0300\u0301\u0303\u0309\u0323])/g,
    (pair) => vietnamese.get(pair) ?? pair,
  );
  let short = '';
  let before = '';
  let count = 0;
  for (const char of plain) {
    if (++count > LENGTH) break;
    if (char !== ' ' || before !== ' ') short += char;
    before = char;
  }
  return short;
}

/** Up to 64 characters before the @ belong to the address. Begins at the @: names are long runs of letters. */
function withoutMail(text: string): string {
  let rest = '';
  let from = 0;
  for (const { 0: host, index } of text.matchAll(MAIL_HOST)) {
    let start = index;
    while (start > from && index - start < MAIL_NAME && MAIL_CHAR.test(text[start - 1]!)) start--;
    if (start === index) continue;
    rest += `${text.slice(from, start)} `;
    from = index + host.length;
  }
  return rest + text.slice(from);
}

/** Where most letters are of other scripts, Latin ones (`A` to `z`) are dropped. */
export function withoutLatinIfRare(text: string): string {
  let latin = 0;
  let other = 0;
  for (const char of text) {
    if (char >= 'A' && char <= 'z') latin++;
    else if (char >= '\u0300' && !(char >= '\u1e00' && char <= '\u1eff')) other++;
  }
  return latin * 2 < other ? text.replace(/[A-z]/g, '') : text;
}

/** One character for those that say the same about the language; a space for what says nothing. */
export function normalise(char: string): string {
  const code = char.codePointAt(0)!;
  const within = (low: number, high: number): boolean => code >= low && code <= high;
  if (code < 0x80) return /[A-Za-z]/.test(char) ? char : ' ';
  if (code < 0x100) return '\u00a0\u00ab\u00b0\u00bb'.includes(char) ? ' ' : char;
  if (code === 0x219) return '\u015f';
  if (code === 0x21b) return '\u0163';
  if (within(0x2000, 0x206f)) return ' ';
  if (code === 0x6cc) return '\u064a';
  if (within(0x1ea0, 0x1eff)) return '\u1ec3';
  if (within(0x3040, 0x309f)) return '\u3042';
  if (within(0x30a0, 0x30ff)) return '\u30a2';
  if (within(0x3100, 0x312f) || within(0x31a0, 0x31bf)) return '\u3105';
  if (within(0x4e00, 0x9fff)) return tables().kanji.get(char) ?? char;
  if (within(0xac00, 0xd7af)) return '\uac00';
  return char;
}

interface Tables {
  readonly vietnamese: ReadonlyMap<string, string>;
  readonly kanji: ReadonlyMap<string, string>;
}
let loaded: Tables | null = null;

function tables(): Tables {
  if (loaded) return loaded;
  const messages = JSON.parse(packageData('langdetect-js', 'lib/Messages.json')) as Record<string, string>;
  const vietnamese = new Map<string, string>();
  const letters = [...messages['TO_NORMALIZE_VI_CHARS']!];
  for (const [key, joined] of Object.entries(messages)) {
    const mark = /^NORMALIZED_VI_CHARS_([0-9A-F]{4})$/.exec(key)?.[1];
    if (mark === undefined) continue;
    for (const [i, letter] of letters.entries()) {
      vietnamese.set(letter + String.fromCodePoint(Number.parseInt(mark, 16)), [...joined][i]!);
    }
  }
  const kanji = new Map<string, string>();
  for (const [key, alike] of Object.entries(messages)) {
    if (/KANJI_\d/.test(key)) for (const char of alike) kanji.set(char, [...alike][0]!);
  }
  loaded = { vietnamese, kanji };
  return loaded;
}
