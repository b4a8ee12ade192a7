/**
 * Scores the concatenation of last letters. Compatible: the cleaning of answers to few-shot prompts in
 * kojima-takeshi188/zero_shot_cot (utils.py, `answer_cleansing`), with "answer is" as its trigger. Corrected: the
 * letters that are stated as the answer, however they are quoted, spaced or capitalised.
 */
import type { Ending } from '../benchmarks/benchmark.ts';
import { PYTHON_SPACE } from '../text/python-classes.ts';
import { lastBoxed, statedAnswers } from './final-answer.ts';
import type { Score } from './score.ts';
import { withoutThoughts } from './thoughts.ts';

const SIGNS = new RegExp(`["'\\n.]|${PYTHON_SPACE}`, 'g');

export function scoreLastLetters(output: string, target: string, ending?: Ending): Score {
  const parts = output.split('answer is');
  const compatible = { exact_match: parts.at(-1)!.replace(SIGNS, '') === target ? 1 : 0 };
  const gold = lettersOf(target);
  const read = readLetters(withoutThoughts(output), ending);
  const value = read?.answer === gold ? 1 : 0;
  const base = { value, readings: { compatible, corrected: { exact_match: value } } };
  if (gold === null) {
    return {
      ...base,
      value: 0,
      answer: null,
      outcome: 'error',
      why: `The reference "${target}" has no letters.`,
    };
  }
  if (read === null) {
    const why = ending === 'length' ? 'Cut off before a final answer.' : 'No letters could be read.';
    return { ...base, answer: null, outcome: 'no_answer', why };
  }
  const why = `Read ${read.answer} ${read.where}; the reference is ${gold}.`;
  return { ...base, answer: read.answer, outcome: value === 1 ? 'correct' : 'wrong', why };
}

function readLetters(output: string, ending: Ending | undefined): { answer: string; where: string } | null {
  const boxed = lastBoxed(output);
  for (const { text, where } of boxed ? [...statedAnswers(output), boxed] : statedAnswers(output)) {
    const answer = lettersOf(text);
    if (answer !== null) return { answer, where };
  }
  if (ending === 'length') return null;
  const line = output.trim().split('\n').at(-1) ?? '';
  const quoted = line.match(/["“'`*]\p{L}+["”'`*]/gu)?.at(-1);
  const answer = quoted ? lettersOf(quoted) : /^[\P{L}]*\p{L}+[\P{L}]*$/u.test(line) ? lettersOf(line) : null;
  return answer === null ? null : { answer, where: 'in the last line' };
}

/** A quoted word, letters that stand apart ("n, k" or "n-k"), else the first word; lower-cased. */
function lettersOf(text: string): string | null {
  const quoted = /["“`*]([\p{L}\s,-]+)["”`*]/u.exec(text)?.[1];
  const plain = (quoted ?? text).replace(/^[^\p{L}]+/u, '');
  const apart = /^\p{L}(?:[\s,+-]+\p{L}(?!\p{L}))+/u.exec(plain)?.[0];
  const found = apart?.replace(/[^\p{L}]/gu, '') ?? /^\p{L}+/u.exec(plain)?.[0];
  return found ? found.toLowerCase() : null;
}
