/**
 * Scores an answer to a GSM8K problem. Compatible: lm-evaluation-harness 0.4.13's `strict-match` and
 * `flexible-extract`. Corrected: the number a careful reader takes for the final answer, compared as a number.
 */
import type { Ending } from '../benchmarks/benchmark.ts';
import { afterHashes, lastBoxed, type StatedAnswer, statedAnswers } from './final-answer.ts';
import { exactMatch, regexFilter } from './lm-eval.ts';
import { equalRationals, showRational } from './math/rational.ts';
import { type NumberInText, numbersIn } from './number-text.ts';
import type { Score } from './score.ts';

/** The task's `regexes_to_ignore`; the last is Python's `\.$`, which also matches before a final line break. */
const IGNORE = [/,/g, /\$/g, /[\s\S]*#### /g, /\.(?=\n?$)/g];
const OPTIONS = { ignore: IGNORE, ignoreCase: true };
const STRICT = /#### (-?[0-9.,]+)/g;
const FLEXIBLE = /(-?[$0-9.,]{2,})|(-?[0-9]+)/g;

/**
 * `target`: the dataset's answer text ending in `#### N`, or N alone. When the output was cut (`ending` is `length`),
 * a number that merely stands last is no final answer.
 */
export function scoreGsm8k(output: string, target: string, ending?: Ending): Score {
  const strict = exactMatch(regexFilter(output, STRICT), target, OPTIONS);
  const compatible = {
    exact_match: strict,
    'exact_match,strict-match': strict,
    'exact_match,flexible-extract': exactMatch(regexFilter(output, FLEXIBLE, 'last'), target, OPTIONS),
  };
  const reference = numbersIn(afterHashes(target)?.text ?? target).at(0);
  const read = readFinalNumber(output, ending !== 'length');
  const right =
    read !== null && reference !== undefined && equalRationals(read.number.value, reference.value);
  const base = { readings: { compatible, corrected: { exact_match: right ? 1 : 0 } } };
  if (reference === undefined) {
    return {
      ...base,
      value: 0,
      answer: null,
      outcome: 'error',
      why: 'The reference answer holds no number.',
    };
  }
  if (read === null) {
    const why = ending === 'length' ? 'Cut off before a final answer.' : 'No number in the output.';
    return { ...base, value: 0, answer: null, outcome: 'no_answer', why };
  }
  const shown = showRational(read.number.value);
  return {
    ...base,
    value: right ? 1 : 0,
    answer: shown,
    outcome: right ? 'correct' : 'wrong',
    why: `Read ${shown} ${read.where}; the reference is ${showRational(reference.value)}.`,
  };
}

/** The final number and where it stood; `complete`: the output ended by itself, so its last number counts. */
export function readFinalNumber(
  output: string,
  complete: boolean,
): { number: NumberInText; where: string } | null {
  const stated = [afterHashes(output), lastBoxed(output), ...statedAnswers(output)];
  for (const answer of stated) {
    const number = answer && numberOf(answer);
    if (number) return { number, where: answer.where };
  }
  const last = complete ? numbersIn(output).at(-1) : undefined;
  return last ? { number: last, where: 'as the last number' } : null;
}

/** In "5 * 4 = 20 eggs" the number behind the last equals sign, else the first number. */
function numberOf(answer: StatedAnswer): NumberInText | undefined {
  const text = answer.text.replace(/\\(?:d|t)?frac\s*\{(-?\d+)\}\s*\{(\d+)\}/g, '$1/$2');
  const equals = text.lastIndexOf('=');
  return numbersIn(text.slice(equals + 1)).at(0) ?? numbersIn(text).at(0);
}
