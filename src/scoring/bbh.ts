/**
 * Scores an answer to a BIG-Bench Hard item by its kind. Compatible: lm-evaluation-harness 0.4.13's `get-answer`
 * filter, plain equality. Corrected: the answer a careful reader sees, whatever punctuation surrounds it.
 */
import type { Ending } from '../benchmarks/benchmark.ts';
import { lastBoxed, statedAnswers } from './final-answer.ts';
import { exactMatch, regexFilter } from './lm-eval.ts';
import { showRational } from './math/rational.ts';
import { numbersIn } from './number-text.ts';
import type { Score } from './score.ts';

export type BbhAnswer = 'boolean' | 'letter' | 'number' | 'words';

export interface BbhOptions {
  readonly ending?: Ending;
  /** The item's question: its options let an answer be recognised that gives the option's text for its letter. */
  readonly question?: string;
}

/** Python's `(?<=the answer is )(.*)(?=.)`: everything up to, but without, the line's last character. */
const GET_ANSWER = /(?<=the answer is )([^\n]*)(?=[^\n])/g;

export function scoreBbh(kind: BbhAnswer, output: string, target: string, options: BbhOptions = {}): Score {
  const filtered = exactMatch(regexFilter(output, GET_ANSWER), target);
  const compatible = { exact_match: filtered, 'exact_match,get-answer': filtered };
  const read = readAnswer(kind, output, options);
  const reference = READERS[kind](target, options);
  const right = read !== null && read.answer === reference;
  const base = { readings: { compatible, corrected: { exact_match: right ? 1 : 0 } } };
  if (reference === null) {
    const why = `The reference ${JSON.stringify(target)} is no ${kind}.`;
    return { ...base, value: 0, answer: null, outcome: 'error', why };
  }
  if (read === null) {
    const why = options.ending === 'length' ? 'Cut off before a final answer.' : `No ${kind} could be read.`;
    return { ...base, value: 0, answer: null, outcome: 'no_answer', why };
  }
  return {
    ...base,
    value: right ? 1 : 0,
    answer: read.answer,
    outcome: right ? 'correct' : 'wrong',
    why: `Read ${read.answer} ${read.where}; the reference is ${reference}.`,
  };
}

function readAnswer(
  kind: BbhAnswer,
  output: string,
  options: BbhOptions,
): { answer: string; where: string } | null {
  const boxed = lastBoxed(output);
  for (const stated of boxed ? [...statedAnswers(output), boxed] : statedAnswers(output)) {
    const answer = READERS[kind](stated.text, options);
    if (answer !== null) return { answer, where: stated.where };
  }
  if (options.ending === 'length') return null;
  const answer = LAST_LINE[kind](output.trim().split('\n').at(-1) ?? '', options);
  return answer === null ? null : { answer, where: 'in the last line' };
}

/** Surrounding quotes, stars and dollar signs, and a final full stop, mean nothing. */
const bare = (text: string): string => text.replace(/^[\s"'`*$]+/, '').replace(/[\s"'`*$.]+$/, '');

type Reader = (text: string, options: BbhOptions) => string | null;

/** The answer at the beginning of a text; null when there is none of this kind. */
const READERS: Readonly<Record<BbhAnswer, Reader>> = {
  boolean: (text) => {
    const match = /^(true|false)\b/i.exec(bare(text));
    return match ? match[1]![0]!.toUpperCase() + match[1]!.slice(1).toLowerCase() : null;
  },
  letter: (text, { question = '' }) => {
    const plain = bare(text);
    const match = /^(?:option\s+)?(?:\(([A-Z])\)|([A-Z])(?=$|[).:,\s*"']))/i.exec(plain);
    // "a" is also a word: without parentheses only the capital counts, or the letter alone.
    const letter =
      match?.[1] ?? (plain.length === 1 || /[A-Z]/.test(match?.[2] ?? '') ? match?.[2] : undefined);
    if (letter !== undefined) return `(${letter.toUpperCase()})`;
    const option = optionsOf(question).find(([, option]) => option.toLowerCase() === plain.toLowerCase());
    return option ? option[0] : null;
  },
  number: (text) => {
    const equals = text.lastIndexOf('=');
    const number = numbersIn(text.slice(equals + 1)).at(0) ?? numbersIn(text).at(0);
    return number ? showRational(number.value) : null;
  },
  words: (text) => {
    const words = bare(text)
      .split(/[\s,;]+/)
      .map((word) => bare(word.replace(/^[[(]|[\])]$/g, '')).toLowerCase())
      .filter((word) => word !== '');
    return words.length > 0 ? words.join(' ') : null;
  },
};

/** What counts in a last line that does not say "the answer is": "Z = not True = False." is an answer to a reader. */
const LAST_LINE: Readonly<Record<BbhAnswer, Reader>> = {
  boolean: (line, options) => {
    const last = line.match(/\b(true|false)\b/gi)?.at(-1);
    return last === undefined ? null : READERS.boolean(last, options);
  },
  letter: (line) => line.match(/\([A-Z]\)/g)?.at(-1) ?? null,
  number: (line) => {
    const last = numbersIn(line).at(-1);
    return last ? showRational(last.value) : null;
  },
  words: (line, options) => {
    // Only a bare list: a sentence about the words is no answer.
    const words = READERS.words(line, options);
    const asked = wordsOf(options.question ?? '');
    if (words === null || asked.length === 0) return null;
    return [...words.split(' ')].sort().join(' ') === [...asked].sort().join(' ') ? words : null;
  },
};

function optionsOf(question: string): [string, string][] {
  return [...question.matchAll(/^(\([A-Z]\)) (.+)$/gm)].map((match) => [match[1]!, match[2]!.trim()]);
}

function wordsOf(question: string): string[] {
  const list = /List: ([^\n]+)/.exec(question);
  return list ? list[1]!.trim().toLowerCase().split(/\s+/) : [];
}
