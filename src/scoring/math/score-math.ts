/**
 * Scores a mathematical answer against a reference in LaTeX or plain text. `correct` and `wrong` are said only when
 * both sides could be read as values (`parse-math.ts`) or are the same text; otherwise the outcome is `no_answer`, and
 * `why` says which side could not be read. Expressions with unknowns are compared as texts only.
 */
import type { Ending } from '../../benchmarks/benchmark.ts';
import { afterHashes, lastBoxed, statedAnswers } from '../final-answer.ts';
import { numbersIn } from '../number-text.ts';
import type { Score } from '../score.ts';
import { plainMath } from './math-text.ts';
import { equalValues, type MathValue, showValue } from './math-value.ts';
import { parseMath } from './parse-math.ts';

/**
 * `target`: the answer alone, or a worked solution with the answer in `\boxed{}` or behind `####`. When the output was
 * cut (`ending` is `length`), only a stated answer counts: what merely stands last is no final answer.
 */
export function scoreMath(output: string, target: string, ending?: Ending): Score {
  const wanted = referenceText(target);
  const reference = parseMath(wanted);
  const all = candidatesIn(output);
  // What is marked as the answer outranks numbers that merely stand last: judging those would be a guess.
  const onlyStated = ending === 'length' || all.some(({ stated }) => stated);
  const candidates = onlyStated ? all.filter(({ stated }) => stated) : all;
  const same = candidates.find(({ text }) => text !== '' && sameText(text, wanted));
  if (same) return verdict(true, same.text, `${same.where} stands the reference itself.`);
  const read = candidates
    .map((candidate) => ({ ...candidate, value: parseMath(candidate.text) }))
    .find((candidate): candidate is typeof candidate & { value: MathValue } => candidate.value !== null);
  const [first] = candidates;
  if (first === undefined)
    return unread(ending === 'length' ? 'Cut off before a final answer.' : 'No answer in the output.');
  if (reference === null) {
    return unread(`The reference "${wanted}" is no number, tuple, set or interval, and the texts differ.`);
  }
  if (read === undefined) {
    return unread(`"${shorten(first.text)}" could not be read as a value.`);
  }
  const right = equalValues(read.value, reference) || percentOf(read.text, wanted, read.value, reference);
  const compared = `${showValue(read.value)}; the reference is ${showValue(reference)}`;
  return verdict(right, showValue(read.value), `${read.where}: ${compared}.`);
}

interface Candidate {
  readonly text: string;
  readonly where: string;
  /** Marked as the answer, rather than merely standing last. */
  readonly stated: boolean;
}

/** Possible answers, the most trusted first. */
function candidatesIn(output: string): Candidate[] {
  const found: Candidate[] = [];
  const hashes = afterHashes(output);
  const boxed = lastBoxed(output);
  if (boxed) found.push({ text: boxed.text, where: 'In \\boxed{}', stated: true });
  // A box that never closes was cut: what is in it may be half a number.
  else if (/\\boxed\s*\{/.test(output)) return [{ text: output, where: 'In an open box', stated: true }];
  if (hashes) found.push({ text: hashes.text, where: 'After ####', stated: true });
  for (const { text } of statedAnswers(output).slice(0, 3)) {
    // "The answer is $5$. I hope it is correct.": the delimited part, else the sentence.
    const inner = /^(?:\$\$?([^$]+)\$\$?|\\\((.+?)\\\)|\\\[(.+?)\\\])/.exec(text);
    const sentence = inner ? (inner[1] ?? inner[2] ?? inner[3])! : text.split(/\.(?=\s|$)/)[0]!;
    for (const part of [sentence, afterEquals(sentence)]) {
      if (part !== null) found.push({ text: part.trim(), where: 'After "the answer is"', stated: true });
    }
  }
  const whole = output.trim();
  if (whole !== '' && !whole.includes('\n') && whole.length <= 200) {
    found.push({ text: whole, where: 'The whole output', stated: false });
    const end = afterEquals(whole);
    if (end !== null) found.push({ text: end, where: 'After the last "="', stated: false });
  }
  const formula = [...output.matchAll(/\$\$?([^$\n]+)\$\$?|\\\((.+?)\\\)|\\\[([\s\S]+?)\\\]/g)].at(-1);
  if (formula) {
    const text = (formula[1] ?? formula[2] ?? formula[3])!;
    found.push({ text: afterEquals(text) ?? text, where: 'In the last formula', stated: false });
  }
  const last = numbersIn(output).at(-1);
  if (last) found.push({ text: last.text, where: 'The last number', stated: false });
  return found;
}

function afterEquals(text: string): string | null {
  const at = Math.max(text.lastIndexOf('='), text.lastIndexOf('\\approx'));
  return at < 0
    ? null
    : text
        .slice(at)
        .replace(/^(?:=|\\approx)/, '')
        .trim();
}

function referenceText(target: string): string {
  return lastBoxed(target)?.text ?? afterHashes(target)?.text ?? target.trim();
}

/** "50%" against 50: people leave the sign out. Only where exactly one side has it. */
function percentOf(a: string, b: string, left: MathValue, right: MathValue): boolean {
  const [inA, inB] = [a, b].map((text) => /%|percent/i.test(text));
  if (inA === inB || left.kind !== 'exact' || right.kind !== 'exact') return false;
  const [of, plain] = inA ? [left, right] : [right, left];
  return of.value.n * 100n * plain.value.d === plain.value.n * of.value.d;
}

function sameText(a: string, b: string): boolean {
  const bare = (text: string): string => plainMath(text).replace(/\s+/g, '').toLowerCase();
  const plain = bare(a);
  return plain !== '' && plain === bare(b);
}

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text);

function verdict(right: boolean, answer: string, why: string): Score {
  const value = right ? 1 : 0;
  const readings = { compatible: {}, corrected: { exact_match: value } };
  return { value, answer, outcome: right ? 'correct' : 'wrong', why, readings };
}

function unread(why: string): Score {
  const readings = { compatible: {}, corrected: { exact_match: 0 } };
  return { value: 0, answer: null, outcome: 'no_answer', why, readings };
}
