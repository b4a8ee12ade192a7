/** Punkt's decision about one possible end of a sentence, from the words around it (NLTK 3.10, tokenize/punkt.py). */
import { SPACES } from '../../../text/python-classes.ts';
import { punktEnglish } from './punkt-english.ts';

/** Characters that no word holds. NLTK counts curly quotes among them since 3.10. */
export const NON_WORD = '[)";}\\]*:@\'({\\[\\u2018\\u2019\\u201c\\u201d\\xab\\xbb?!]';
const MULTI = `(?:-{2,}|\\.{2,}|(?:\\.[${SPACES}]){2,}\\.)`;
const END_OF_WORD = `[${SPACES}]|$|${NON_WORD}|${MULTI}|,(?=$|[${SPACES}]|${NON_WORD}|${MULTI})`;
const WORD = new RegExp(
  `${MULTI}|(?=[^("\`{\\[:;&#*@)}\\]\\-,])[^${SPACES}]+?(?=${END_OF_WORD})|[^${SPACES}]`,
  'gu',
);
const LETTER = '[\\p{L}\\p{Nl}\\p{No}_]';
const INITIAL = new RegExp(`^${LETTER}\\.$`, 'u');
const NUMBER = /^-?[.,]?\p{Nd}[\p{Nd},.-]*\.?$/u;
const NUMBER_TYPE = '##number##';

/** Bits of a word's contexts: in upper case inside a sentence, in upper case, in lower case, in lower at the start. */
const SEEN = { upperInside: 4, upper: 2 + 4 + 8, lower: 16 + 32 + 64, lowerFirst: 16 };

interface Token {
  readonly text: string;
  readonly type: string;
  ends: boolean;
  abbreviation: boolean;
  readonly ellipsis: boolean;
}

/** Whether a sentence ends inside the context: a word, a mark that may end a sentence, and what follows. */
export function holdsBreak(context: string): boolean {
  const tokens = context
    .split('\n')
    .flatMap((line) => line.match(WORD) ?? [])
    .map(firstPass);
  for (let i = 0; i + 1 < tokens.length; i++) {
    secondPass(tokens[i]!, tokens[i + 1]!);
    if (tokens[i]!.ends) return true;
  }
  return false;
}

function firstPass(text: string): Token {
  const lower = text.toLowerCase();
  const type = NUMBER.test(lower) ? NUMBER_TYPE : lower;
  const token = { text, type, ends: false, abbreviation: false, ellipsis: false };
  if (text === '.' || text === '?' || text === '!') return { ...token, ends: true };
  if (/^\.{2,}$/.test(text)) return { ...token, ellipsis: true };
  if (!text.endsWith('.') || text.endsWith('..')) return token;
  const word = lower.slice(0, -1);
  const { abbreviations } = punktEnglish();
  const abbreviation = abbreviations.has(word) || abbreviations.has(word.slice(word.lastIndexOf('-') + 1));
  return { ...token, abbreviation, ends: !abbreviation };
}

function secondPass(token: Token, next: Token): void {
  if (!token.text.endsWith('.')) return;
  const { collocations, contexts, sentenceStarters } = punktEnglish();
  const word = withoutPeriod(token.type);
  const following = typeOf(next);
  const initial = INITIAL.test(token.text);
  if (collocations.has(`${word} ${following}`)) {
    token.ends = false;
    token.abbreviation = true;
    return;
  }
  if ((token.abbreviation || token.ellipsis) && !initial) {
    if (startsSentence(next) === true || (upperFirst(next) && sentenceStarters.has(following))) {
      token.ends = true;
      return;
    }
  }
  if (!initial && word !== NUMBER_TYPE) return;
  const starts = startsSentence(next);
  const name =
    starts === null && initial && upperFirst(next) && ((contexts.get(following) ?? 0) & SEEN.lower) === 0;
  if (starts === false || name) {
    token.ends = false;
    token.abbreviation = true;
  }
}

/** By the cases in which the word is known: true, false, or null when they do not tell. */
function startsSentence(token: Token): boolean | null {
  if (/^[;:,.!?]$/.test(token.text)) return false;
  const seen = punktEnglish().contexts.get(typeOf(token)) ?? 0;
  if (upperFirst(token) && seen & SEEN.lower && !(seen & SEEN.upperInside)) return true;
  const lowerFirst = /^\p{Lowercase}/u.test(token.text);
  if (lowerFirst && (seen & SEEN.upper || !(seen & SEEN.lowerFirst))) return false;
  return null;
}

const upperFirst = (token: Token): boolean => /^\p{Uppercase}/u.test(token.text);
const withoutPeriod = (type: string): string =>
  type.length > 1 && type.endsWith('.') ? type.slice(0, -1) : type;
const typeOf = (token: Token): string => (token.ends ? withoutPeriod(token.type) : token.type);
