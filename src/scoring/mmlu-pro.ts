/** Scores an answer to an MMLU-Pro question. Compatible: lm-evaluation-harness 0.4.13, tasks/mmlu_pro. */
import type { Ending } from '../benchmarks/benchmark.ts';
import { type LetterItem, scoreLetter } from './letter-answer.ts';
import { exactMatch, regexFilter } from './lm-eval.ts';
import type { Score } from './score.ts';

export function scoreMmluPro(output: string, item: LetterItem, ending?: Ending): Score {
  const read = regexFilter(output, /answer is \(?([ABCDEFGHIJ])\)?/g);
  const value = exactMatch(read, item.gold, { ignoreCase: true, ignorePunctuation: true });
  return scoreLetter(output, item, { exact_match: value, 'exact_match,custom-extract': value }, ending);
}
