/**
 * Scores an answer to a FOLIO item: true, false or uncertain as A, B or C. Compatible: `get_choice` of Logic-LM (Pan et
 * al. 2023, arXiv 2305.12295; baselines/evaluation.py), a letter at the very beginning, else at the beginning of what
 * follows a few set phrases. Corrected: the answer a careful reader sees, the word for the letter included.
 */
import type { Ending } from '../benchmarks/benchmark.ts';
import { pythonStrip } from '../text/python-text.ts';
import { lastBoxed, statedAnswers } from './final-answer.ts';
import type { Score } from './score.ts';

export const FOLIO_WORDS = { A: 'True', B: 'False', C: 'Uncertain' } as const;
export type FolioAnswer = keyof typeof FOLIO_WORDS;

/** In the order in which the original looks for them: the first that occurs decides. */
const PHRASES = [
  'the correct option is',
  'the correct answer is',
  'The correct answer is',
  'The correct option is',
  'Thus, the answer is',
];

export function scoreFolio(output: string, target: FolioAnswer, ending?: Ending): Score {
  const compatible = { acc: logicLm(output) === target ? 1 : 0 };
  const read = careful(output, ending);
  const right = read?.answer === target;
  const readings = { compatible, corrected: { acc: right ? 1 : 0 } };
  if (read === null) {
    const why = ending === 'length' ? 'Cut off before a final answer.' : 'No option could be read.';
    return { readings, value: 0, answer: null, outcome: 'no_answer', why };
  }
  return {
    readings,
    value: right ? 1 : 0,
    answer: read.answer,
    outcome: right ? 'correct' : 'wrong',
    why: `Read ${show(read.answer)} ${read.where}; the reference is ${show(target)}.`,
  };
}

const show = (answer: FolioAnswer): string => `${answer} (${FOLIO_WORDS[answer].toLowerCase()})`;

/** The letter that the original finds, A to H; null when there is none. */
function logicLm(output: string): string | null {
  const answer = pythonStrip(output.split('The correct option is:').at(-1)!);
  const first = startingLetter(answer);
  if (first !== null) return first;
  const phrase = PHRASES.find((one) => answer.includes(one));
  return phrase === undefined ? null : startingLetter(pythonStrip(answer.split(phrase)[1]!));
}

const startingLetter = (text: string): string | null => /^[A-H]/.exec(text)?.[0] ?? null;

function careful(output: string, ending?: Ending): { answer: FolioAnswer; where: string } | null {
  const boxed = lastBoxed(output);
  for (const stated of [...statedOptions(output), ...statedAnswers(output), ...(boxed ? [boxed] : [])]) {
    const answer = optionAt(stated.text);
    if (answer !== null) return { answer, where: stated.where };
  }
  const start = optionAt(output);
  if (start !== null) return { answer: start, where: 'at the beginning' };
  if (ending === 'length') return null;
  const last = optionAt(output.trim().split('\n').at(-1) ?? '');
  return last === null ? null : { answer: last, where: 'in the last line' };
}

/** "The correct option is: X", the last one first. */
function statedOptions(output: string): { text: string; where: string }[] {
  return [...output.matchAll(/\boption\s*(?:is\s*:?|:)\s*([^\n]+)/gi)]
    .map((match) => ({ text: match[1]!, where: 'after "the option is"' }))
    .reverse();
}

/** The option that a text begins with: its letter or its word, whatever marks surround it. */
function optionAt(text: string): FolioAnswer | null {
  const plain = text.replace(/^[\s"'`*$(:]+/, '');
  const letter = /^(?:option\s+)?\(?([ABC])(?=$|[).:,*"'`$\s])/i.exec(plain)?.[1];
  // "a" is also a word: in small letters it counts alone.
  if (letter !== undefined && (/[ABC]/.test(letter) ? !/^A\s+[a-z]/.test(plain) : plain.trim().length <= 2))
    return letter.toUpperCase() as FolioAnswer;
  const word = /^(?:text\{)?(true|false|uncertain|unknown|undetermined)\b/i.exec(plain)?.[1]?.toLowerCase();
  if (word === undefined) return null;
  return word === 'true' ? 'A' : word === 'false' ? 'B' : 'C';
}
