/**
 * Scores a written solution that ends in yes or no. Compatible: the cleaning of answers to few-shot prompts in
 * kojima-takeshi188/zero_shot_cot (utils.py, `answer_cleansing`), with "answer is" as its trigger, which the examples of
 * Wei et al. end with. Corrected: the yes or no that a careful reader takes for the answer.
 */
import type { Ending } from '../benchmarks/benchmark.ts';
import { PYTHON_SPACE } from '../text/python-classes.ts';
import { lastBoxed, statedAnswers } from './final-answer.ts';
import type { Score } from './score.ts';
import { withoutThoughts } from './thoughts.ts';

const TRIGGER = 'answer is';
const SIGNS = new RegExp(`["'\\n.:,]|${PYTHON_SPACE}`, 'g');

/** `target`: yes or no. */
export function scoreYesNo(output: string, target: string, ending?: Ending): Score {
  const gold = target.toLowerCase();
  const compatible = { exact_match: compatibleYesNo(output) === gold ? 1 : 0 };
  const read = readYesNo(withoutThoughts(output), ending);
  const value = read?.answer === gold ? 1 : 0;
  const base = { value, readings: { compatible, corrected: { exact_match: value } } };
  if (gold !== 'yes' && gold !== 'no') {
    return {
      ...base,
      value: 0,
      answer: null,
      outcome: 'error',
      why: `The reference "${target}" is neither yes nor no.`,
    };
  }
  if (read === null) {
    const why = ending === 'length' ? 'Cut off before a final answer.' : 'Neither yes nor no could be read.';
    return { ...base, answer: null, outcome: 'no_answer', why };
  }
  const why = `Read ${read.answer} ${read.where}; the reference is ${gold}.`;
  return { ...base, answer: read.answer, outcome: value === 1 ? 'correct' : 'wrong', why };
}

function compatibleYesNo(output: string): string {
  const parts = output.split(TRIGGER);
  const words = parts
    .at(-1)!
    .toLowerCase()
    .replace(SIGNS, ' ')
    .split(' ')
    .filter((word) => word === 'yes' || word === 'no');
  return words.at(parts.length > 1 ? 0 : -1) ?? '';
}

function readYesNo(output: string, ending: Ending | undefined): { answer: string; where: string } | null {
  const boxed = lastBoxed(output);
  for (const { text, where } of boxed ? [...statedAnswers(output), boxed] : statedAnswers(output)) {
    const answer = wordIn(text, 'first');
    if (answer !== null) return { answer, where };
  }
  if (ending === 'length') return null;
  const answer = wordIn(output.trim().split('\n').at(-1) ?? '', 'last');
  return answer === null ? null : { answer, where: 'in the last line' };
}

/**
 * "no one", "no more" and the like are no answer; behind a "not" a word says its opposite: "not no, but yes", "it is not
 * true".
 */
function wordIn(text: string, which: 'first' | 'last'): string | null {
  const found = [...text.matchAll(WORDS)].at(which === 'first' ? 0 : -1);
  if (found === undefined) return null;
  const yes = /^(?:yes|true)$/i.test(found[2]!);
  return yes === (found[1] === undefined) ? 'yes' : 'no';
}

const NOUNS =
  'one|more|longer|matter|need|way|doubt|less|idea|evidence|information|answer|reason|clear|definite|such|other';
const WORDS = new RegExp(
  `(?:(\\bnot|n['’]t)[\\s"'*\`]{1,5})?\\b(yes|no|true|false)\\b(?!\\s+(?:${NOUNS})\\b)`,
  'gi',
);
/** Yes or no, but not the "no" of "no way to tell". */
export const LONE_YES_NO: RegExp = new RegExp(`\\b(?:yes|no)\\b(?!\\s+(?:${NOUNS})\\b)`, 'gi');
