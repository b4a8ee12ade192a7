/**
 * Scores the written solution of a word problem. Compatible: as the set-up's own source reads it
 * (`number-compatible.ts`). Corrected: the number a careful reader takes for the final answer, compared as a number.
 * Where the reference is no number ("None" where a problem cannot be solved; with the style `final-answer` also a name,
 * a ratio, a time of day), the text that is stated as the answer counts.
 */
import type { Ending } from '../benchmarks/benchmark.ts';
import { afterHashes, lastBoxed, type StatedAnswer, saysNot, statedAnswers } from './final-answer.ts';
import { equalRationals, showRational } from './math/rational.ts';
import { compatibleNumber, type NumberStyle } from './number-compatible.ts';
import { type NumberInText, numbersIn } from './number-text.ts';
import type { Score } from './score.ts';
import { withoutThoughts } from './thoughts.ts';

/**
 * `target`: the dataset's answer text ending in `#### N`, or N alone. When the output was cut (`ending` is `length`),
 * a number that merely stands last is no final answer.
 */
export function scoreNumber(output: string, target: string, style: NumberStyle, ending?: Ending): Score {
  const compatible = compatibleNumber(style, output, target);
  const said = withoutThoughts(output);
  const wanted = afterHashes(target)?.text ?? target.trim();
  const reference = numericReference(wanted);
  if (reference === null && style !== 'final-answer' && !/^none$/i.test(wanted)) {
    const readings = { compatible, corrected: { exact_match: 0 } };
    return {
      value: 0,
      answer: null,
      outcome: 'error',
      why: 'The reference answer holds no number.',
      readings,
    };
  }
  if (reference === null) {
    const { answer, right, why } = readText(said, wanted, ending);
    const value = right ? 1 : 0;
    const outcome = answer === null ? 'no_answer' : right ? 'correct' : 'wrong';
    return { value, answer, outcome, why, readings: { compatible, corrected: { exact_match: value } } };
  }
  const read = readFinalNumber(said, ending !== 'length');
  const right = read !== null && equalRationals(read.number.value, reference.value);
  const value = right ? 1 : 0;
  const base = { value, readings: { compatible, corrected: { exact_match: value } } };
  if (read === null) {
    const none = statedNone(said);
    if (none) return { ...base, answer: 'None', outcome: 'wrong', why: `Read that there is no answer.` };
    const why = ending === 'length' ? 'Cut off before a final answer.' : 'No number in the output.';
    return { ...base, answer: null, outcome: 'no_answer', why };
  }
  const shown = showRational(read.number.value);
  return {
    ...base,
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

const FRACTION = /\\(?:d|t)?frac\s*\{(-?\d+)\}\s*\{(\d+)\}/g;
const BRACKETED = /-\((\d+\/\d+)\)/g;

/** In "5 * 4 = 20 eggs" the number behind the last equals sign, else the first number. */
function numberOf(answer: StatedAnswer): NumberInText | undefined {
  if (saysNot(answer.text)) return undefined;
  const text = answer.text.replace(FRACTION, '$1/$2').replace(BRACKETED, '-$1');
  const equals = text.lastIndexOf('=');
  return numbersIn(text.slice(equals + 1)).at(0) ?? numbersIn(text).at(0);
}

/** A reference that is one number, with a unit or a sign of money at most: no ratio, list, date, time or name. */
function numericReference(text: string): NumberInText | null {
  const numbers = numbersIn(text.replace(BRACKETED, '-$1'));
  const plain = /^[-\u2212]?[$€£]?\s*\d[\d,]*(?:\.\d+)?(?:\s*\/\s*\d+)?\s*[%a-z ]*$/i.test(text.trim());
  const [number] = numbers;
  return number && (plain || /^-\(\d+\/\d+\)$/.test(text)) && numbers.length === 1 ? number : null;
}

const NONE =
  /\b(?:none|not? enough|insufficient|cannot be (?:determined|answered|solved|calculated)|can't be (?:determined|answered|solved|calculated)|impossible to (?:determine|say|know|calculate|answer)|unknown|undetermined|not (?:given|specified|stated|possible to))\b/i;

function statedNone(output: string): boolean {
  const stated = [afterHashes(output), lastBoxed(output), ...statedAnswers(output)].filter(
    (one) => one !== null,
  );
  const text = stated.length > 0 ? stated.map((one) => one.text).join('\n') : output;
  return NONE.test(text);
}

/** Letters, digits and the signs inside ratios and times, lower-cased, single spaces; articles say nothing. */
const bare = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\b([ap])\.?m\b\.?/g, '$1m')
    .replace(/[^\p{L}\p{N}:/'-]+/gu, ' ')
    .replace(/\b(?:the|a|an)\b/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** Text answers: right when what is stated holds the reference's words in their order and side by side. */
function readText(
  output: string,
  wanted: string,
  ending: Ending | undefined,
): { answer: string | null; right: boolean; why: string } {
  if (/^none$/i.test(wanted)) {
    if (statedNone(output)) {
      return { answer: 'None', right: true, why: 'Read that there is no answer; the reference is None.' };
    }
    const read = readFinalNumber(output, ending !== 'length');
    const answer = read && showRational(read.number.value);
    const why =
      read === null ? 'No answer in the output.' : `Read ${answer} ${read.where}; the reference is None.`;
    return { answer, right: false, why };
  }
  const stated = [...statedAnswers(output), lastBoxed(output), afterHashes(output)].find(
    (one) => one !== null,
  );
  const lastLine = ending === 'length' ? '' : (output.trim().split('\n').at(-1) ?? '');
  const text = stated?.text ?? lastLine;
  if (bare(text) === '') {
    const why = ending === 'length' ? 'Cut off before a final answer.' : 'No answer in the output.';
    return { answer: null, right: false, why };
  }
  const right = ` ${bare(text)} `.includes(` ${bare(wanted)} `) && sidesAgree(bare(text), bare(wanted));
  const where = stated ? stated.where : 'in the last line';
  return { answer: text.trim(), right, why: `Read "${text.trim()}" ${where}; the reference is "${wanted}".` };
}

/** "No, yes ..." is no "yes": of the two, the first one counts. */
function sidesAgree(text: string, wanted: string): boolean {
  if (wanted !== 'yes' && wanted !== 'no') return true;
  return /\b(?:yes|no)\b/.exec(text)?.[0] === wanted;
}
