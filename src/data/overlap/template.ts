/**
 * A mathematical problem without its numbers and names: what stays the same when a problem is told again with other
 * ones. Runs of numbers (`3.5`, `1/2`, `twenty-one`, the 3 of `3x`) become one place for a number, names a place for a
 * name, pronouns of a person one word whatever their gender.
 */
import { FIRST_NAMES } from '../../benchmarks/first-names.table.ts';
import { hashWord, type Words } from './normalise.ts';

const NUMBER_WORDS: ReadonlySet<string> = new Set(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion half halves third thirds quarter quarters fourth fourths fifth fifths sixth sixths seventh eighth ninth tenth tenths twice thrice double triple dozen'.split(
    ' ',
  ),
);

/** What each pronoun stands for, so that a problem about him and one about her are one. */
const PRONOUNS: ReadonlyMap<string, string> = new Map([
  ['he', '<they>'],
  ['she', '<they>'],
  ['him', '<them>'],
  ['his', '<them>'],
  ['her', '<them>'],
  ['hers', '<them>'],
  ['himself', '<self>'],
  ['herself', '<self>'],
]);

const NAMES: ReadonlySet<string> = new Set(FIRST_NAMES);
const NUMBER = hashWord('<number>');
const NAME = hashWord('<name>');
const SENTENCE_END = /[.?!:\n]\s*["'“‘(]*$/;
const CAPITALISED = /^\p{Lu}\p{Ll}+/u;
const PIECES = /\p{N}+|[^\p{N}]+/gu;

export interface Template {
  /** One hash a word, places for numbers and names among them. */
  readonly hashes: Uint32Array;
  readonly numbers: number;
  /** Words that are neither a number's place nor a name's. */
  readonly plain: number;
}

/** The template of a text whose words are known. */
export function templateOf(words: Words): Template {
  const hashes: number[] = [];
  let numbers = 0;
  let plain = 0;
  const named = namesIn(words);
  for (let i = 0; i < words.starts.length; i++) {
    const word = words.text.slice(words.starts[i], words.ends[i]);
    if (named.has(word)) {
      // A first name and a family name are one place.
      if (hashes.at(-1) !== NAME) hashes.push(NAME);
      continue;
    }
    for (const piece of word.toLowerCase().replace(/[,'’]/g, '').match(PIECES) ?? []) {
      if (/^\p{N}/u.test(piece) || NUMBER_WORDS.has(piece)) {
        if (hashes.at(-1) === NUMBER) continue;
        hashes.push(NUMBER);
        numbers++;
      } else {
        hashes.push(hashWord(PRONOUNS.get(piece) ?? piece));
        plain++;
      }
    }
  }
  return { hashes: Uint32Array.from(hashes), numbers, plain };
}

/** Capitalised words that are common first names, or stand capitalised inside a sentence somewhere in the text. */
function namesIn({ text, starts, ends }: Words): ReadonlySet<string> {
  const names = new Set<string>();
  for (let i = 0; i < starts.length; i++) {
    const word = text.slice(starts[i], ends[i]);
    if (names.has(word) || !CAPITALISED.test(word)) continue;
    const inside = i > 0 && !SENTENCE_END.test(text.slice(ends[i - 1], starts[i]));
    if (inside || NAMES.has(bare(word))) names.add(word);
  }
  return names;
}

/** `Anna's` is `Anna`. */
const bare = (word: string): string => word.replace(/['’]s$/, '');
