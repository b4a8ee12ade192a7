/** Recognises an answer to a BIG-Bench Hard item as a careful reader does, by its kind. */

import { stripEnd } from '../text/strip.ts';
import type { BbhAnswer } from './bbh-compatible.ts';
import { showRational } from './math/rational.ts';
import { numbersIn } from './number-text.ts';
import { LONE_YES_NO } from './yes-no.ts';

/** The answer in its normal form; null when there is none of this kind. `question`: the row's `input`. */
export type Reader = (text: string, question: string) => string | null;

/** Surrounding quotes, stars and dollar signs, and a final full stop, mean nothing. */
const bare = (text: string): string => stripEnd(text.replace(/^[\s"'`*$]+/, ''), /[\s"'`*$.]/);

/** What stands at the beginning of a text. */
const begins =
  (...forms: readonly (readonly [RegExp, string])[]): Reader =>
  (text) =>
    forms.find(([form]) => form.test(bare(text)))?.[1] ?? null;

const NOT = "(?:not|n't|never)";
const FORMS = {
  boolean: [
    [/^true\b/i, 'True'],
    [/^false\b/i, 'False'],
  ],
  'yes-no': [
    [/^yes\b/i, 'yes'],
    [/^no\b/i, 'no'],
  ],
  plausible: [
    [/^(?:no\b|not (?:a )?plausible|implausible)/i, 'no'],
    [/^(?:yes\b|plausible)/i, 'yes'],
  ],
  truth: [
    [new RegExp(`^(?:no\\b|\\S+ (?:does|is) ?${NOT} tell|\\S+ lies|\\S+ is lying)`, 'i'), 'no'],
    [/^(?:yes\b|\S+ tells the truth|\S+ (?:does tell|is telling) the truth)/i, 'yes'],
  ],
  validity: [
    [/^(?:deductively )?(?:invalid|not (?:deductively )?valid)\b/i, 'invalid'],
    [/^(?:deductively )?valid\b/i, 'valid'],
  ],
} as const;

const letter: Reader = (text, question) => {
  const plain = bare(text);
  const match = /^(?:option\s+)?(?:\(([A-Z])\)|([A-Z])(?=$|[).:,\s*"']))/i.exec(plain);
  // "a" is also a word: without parentheses only the capital counts, or the letter alone.
  const found = match?.[1] ?? (plain.length === 1 || /[A-Z]/.test(match?.[2] ?? '') ? match?.[2] : undefined);
  if (found !== undefined) return `(${found.toUpperCase()})`;
  const option = optionsOf(question).find(([, option]) => option.toLowerCase() === plain.toLowerCase());
  return option ? option[0] : null;
};

const number: Reader = (text) => {
  const equals = text.lastIndexOf('=');
  const found = numbersIn(text.slice(equals + 1)).at(0) ?? numbersIn(text).at(0);
  return found ? showRational(found.value) : null;
};

const words: Reader = (text) => {
  const found = bare(text)
    .split(/[\s,;]+/)
    .map((word) => bare(word.replace(/^[[(]|[\])]$/g, '')).toLowerCase())
    .filter((word) => word !== '');
  return found.length > 0 ? found.join(' ') : null;
};

/** The brackets that a text begins with, without spaces; a repeated question is taken off. */
const brackets: Reader = (text, question) => {
  const [run = ''] = /^[[\](){}<>\s,]+/.exec(bare(text).replaceAll('\\', '')) ?? [];
  const found = run.replace(/[\s,]/g, '');
  if (found === '') return null;
  const asked = (/Input:([^\n]*)/.exec(question)?.[1] ?? '').replace(/\s/g, '');
  return asked !== '' && found.length > asked.length && found.startsWith(asked)
    ? found.slice(asked.length)
    : found;
};

/** The answer at the beginning of a text that is said to be the answer. */
export const READERS: Readonly<Record<BbhAnswer, Reader>> = {
  boolean: begins(...FORMS.boolean),
  'yes-no': begins(...FORMS['yes-no']),
  plausible: begins(...FORMS.plausible),
  truth: begins(...FORMS.truth),
  validity: begins(...FORMS.validity),
  letter,
  number,
  words,
  brackets,
};

const lastOf =
  (pattern: RegExp, kind: BbhAnswer): Reader =>
  (line, question) => {
    const last = line.match(pattern)?.at(-1);
    return last === undefined ? null : READERS[kind](last, question);
  };

/** What counts in a last line that does not say "the answer is": "Z = not True = False." is an answer to a reader. */
export const LAST_LINE: Readonly<Record<BbhAnswer, Reader>> = {
  boolean: lastTruth,
  'yes-no': lastOf(LONE_YES_NO, 'yes-no'),
  plausible: lastOf(/\b(?:yes|no|(?:not )?(?:a )?plausible|implausible)\b/gi, 'plausible'),
  truth: lastOf(/\b(?:yes|no|[\w'-]{1,60} (?:tells the truth|does not tell the truth|lies))\b/gi, 'truth'),
  validity: lastOf(/\b(?:(?:not (?:deductively )?)?valid|invalid)\b/gi, 'validity'),
  letter: (line) => line.match(/(?<!\bnot\s{1,3})\([A-Z]\)/g)?.at(-1) ?? null,
  number: (line) => {
    const last = numbersIn(line).at(-1);
    return last ? showRational(last.value) : null;
  },
  words: bareList,
  brackets: (line, question) => (/^[[\](){}<>\s,"'`.]+$/.test(line) ? brackets(line, question) : null),
};

/** "not True" is False and "not not True" is True, as in the expressions that are asked about. */
function lastTruth(line: string): string | null {
  const last = [...line.matchAll(/\b((?:not\s{1,3}){0,20})(true|false)\b/gi)].at(-1);
  if (last === undefined) return null;
  const denials = last[1]!.match(/not/gi)?.length ?? 0;
  return (last[2]!.toLowerCase() === 'true') === (denials % 2 === 0) ? 'True' : 'False';
}

/** What counts where the answer was asked for at once and then, perhaps, explained: "Yes, because ...". */
export const FIRST_LINE: Readonly<Record<BbhAnswer, Reader>> = {
  ...READERS,
  number: (line, question) => {
    const beforeWords = /^[^a-z]*/i.exec(line)![0];
    const oneWord = /^(?:[a-z]+\W*)?$/i.test(line.slice(beforeWords.length));
    return oneWord && /\d/.test(beforeWords) ? number(line, question) : null;
  },
  words: bareList,
};

/** Only the asked words and nothing else: a sentence about them is no answer. */
function bareList(line: string, question: string): string | null {
  const found = words(line, question);
  const asked = (/List: ([^\n]+)/.exec(question)?.[1] ?? '').trim().toLowerCase().split(/\s+/);
  if (found === null || asked[0] === '') return null;
  return [...found.split(' ')].sort().join(' ') === [...asked].sort().join(' ') ? found : null;
}

function optionsOf(question: string): [string, string][] {
  return [...question.matchAll(/^(\([A-Z]\)) (.+)$/gm)].map((match) => [match[1]!, match[2]!.trim()]);
}
