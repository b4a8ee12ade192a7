/**
 * How published set-ups read the final number of a written solution, flaws included: the two filters of
 * lm-evaluation-harness 0.4.13 in its three forms, and what GSM-Symbolic and SVAMP are scored with.
 */
import { pythonRstrip, pythonStrip } from '../text/python-text.ts';
import { exactMatch, regexFilter } from './lm-eval.ts';
import type { Metrics } from './score.ts';

/**
 * `hashes`: "#### 18" (tasks/gsm8k/gsm8k.yaml). `answer-is`: "The answer is 18." (gsm8k-cot.yaml). `final-answer`: "The
 * final answer is 18" (gsm8k-cot-llama.yaml, asdiv-cot-llama.yaml). `last-number`: the last number of all, compared as
 * a number (apple/ml-gsm-symbolic, README). `stated-or-last`: what follows "The answer is", else the last number
 * (QwenLM/Qwen2.5-Math, evaluation/parser.py, without its rewriting of LaTeX).
 */
export type NumberStyle = 'hashes' | 'answer-is' | 'final-answer' | 'last-number' | 'stated-or-last';

/**
 * The tasks' `regexes_to_ignore`; the last is Python's `\.$`, which also matches before a final line break. Greedy, the
 * third can match at the beginning alone: without saying so it is tried at every character, and takes quadratic time.
 */
const IGNORE = [/,/g, /\$/g, /^[\s\S]*#### /g, /\.(?=\n?$)/g];
const OPTIONS = { ignore: IGNORE, ignoreCase: true };
const STRICT = {
  hashes: /#### (-?[0-9.,]+)/g,
  'answer-is': /The answer is (-?[0-9.,]+)[^\n]/g,
  'final-answer': /The final answer is ((-?[$0-9.,]{2,})|(-?[0-9]+))/g,
} as const;
const FLEXIBLE = /(-?[$0-9.,]{2,})|(-?[0-9]+)/g;

/** `target`: what the set-up compares with, a solution ending in `#### N` or the answer alone. */
export function compatibleNumber(style: NumberStyle, output: string, target: string): Metrics {
  if (style === 'last-number') {
    return { exact_match: sameNumber(lastNumber(output.replaceAll(',', '')), finalOf(target)) };
  }
  if (style === 'stated-or-last') {
    return { exact_match: sameNumber(statedOrLast(output), finalOf(target)) };
  }
  const strict = regexFilter(output, STRICT[style], style === 'final-answer' ? 'last' : 'first');
  const flexible = regexFilter(output, FLEXIBLE, 'last');
  const value = exactMatch(strict, target, OPTIONS);
  return {
    exact_match: value,
    'exact_match,strict-match': value,
    'exact_match,flexible-extract': exactMatch(flexible, target, OPTIONS),
  };
}

const finalOf = (target: string): string => pythonStrip(target.split('####').at(-1)!).replaceAll(',', '');

const lastNumber = (text: string): string => text.match(/-?\p{Nd}+\.?\p{Nd}*/gu)?.at(-1) ?? '';

function statedOrLast(output: string): string {
  const boxed = output.split('boxed').length > 1 ? output.split('boxed').at(-1)! : null;
  if (boxed !== null) return /^\{([^{}]*)\}/.exec(boxed)?.[1] ?? '';
  const stated = output.includes('he answer is') ? output.split('he answer is').at(-1)! : null;
  if (stated === null)
    return (
      output
        .replaceAll(',', '')
        .match(/-?\d*\.?\d+/g)
        ?.at(-1) ?? ''
    );
  return pythonRstrip(pythonStrip(stated).replace(/\n\s*/g, '')).replace(/^:/, '').replace(/\.$/, '');
}

/** Python's `float(a) == float(b)`; 0 when either is no number. */
function sameNumber(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => {
    const plain = pythonStrip(text.replace(/[$,]/g, '')).replace(/\p{Nd}/gu, asciiDigit);
    return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(plain) ? Number(plain) : Number.NaN;
  });
  return left === right ? 1 : 0;
}

/** Python's \d and float() know the digits of every script; they stand in runs of ten from 0. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0)!;
  let zero = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String((code - zero) % 10);
}
