/** Scores an answer to a FOLIO question: compatible as Logic-LM does (Logic-LLM, baselines/evaluation.py). */
import type { Ending } from '../benchmarks/benchmark.ts';
import { pythonStrip } from '../text/python-text.ts';
import { scoreLetter } from './letter-answer.ts';
import type { Score } from './score.ts';

export const FOLIO_OPTIONS: readonly string[] = ['True', 'False', 'Uncertain'];

const INDICATORS = [
  'the correct option is',
  'the correct answer is',
  'The correct answer is',
  'The correct option is',
  'Thus, the answer is',
];

/** `gold`: A, B or C for true, false, uncertain. */
export function scoreFolio(output: string, gold: string, ending?: Ending): Score {
  const value = compatibleLetter(output) === gold ? 1 : 0;
  // The training split calls the third label Unknown.
  const named = output.replace(/\bunknown\b/gi, 'Uncertain');
  return scoreLetter(named, { options: FOLIO_OPTIONS, gold }, { exact_match: value }, ending);
}

/** Any first letter from A to H counts, so "Also" is A. */
function compatibleLetter(output: string): string | null {
  const text = pythonStrip(output.split('The correct option is:').at(-1)!);
  const first = letterOf(text);
  if (first !== null) return first;
  const indicator = INDICATORS.find((one) => text.includes(one));
  return indicator === undefined ? null : letterOf(pythonStrip(text.split(indicator)[1]!));
}

const letterOf = (text: string): string | null => /^[A-H]/.exec(text)?.[0] ?? null;
