/**
 * Scores a mathematical answer against a reference in LaTeX or plain text.
 *
 * The sample's outcome: `correct` or `wrong` when both sides were read and compared; `no_answer` when no answer
 * stands in the output, or it is nothing that can be compared with the reference, which `why` then says; `timeout`
 * when reading or comparing it would cost more than the budget of one judgement (`budget.ts`): an answer of a
 * million digits, brackets nested a thousand deep. The budget counts steps, so this, too, is the same everywhere.
 */
import type { Ending } from '../../benchmarks/benchmark.ts';
import { afterHashes, boxesIn } from '../final-answer.ts';
import type { Outcome, Score } from '../score.ts';
import { onlyThinks, withoutThoughts } from '../thoughts.ts';
import { plainNumber } from './equal-expressions.ts';
import { candidatesIn, type ExtractOptions, looksLikeProse, OPEN_BOX } from './extract-answer.ts';
import { type JudgeOptions, judge, quoted, type Verdict } from './judge.ts';
import { readAnswer } from './parse-answer.ts';
import { digitsOf, showRational } from './rational.ts';

export interface ScoreMathOptions extends JudgeOptions, ExtractOptions {}

/**
 * `target`: the answer alone, or a worked solution with the answer in `\boxed{}` or behind `####`. When the output was
 * cut (`ending` is `length`), only a stated answer counts: what merely stands last is no final answer.
 */
export function scoreMath(
  output: string,
  target: string,
  ending?: Ending,
  options: ScoreMathOptions = {},
): Score {
  const wanted = referenceText(target);
  if (/^[\s$]*$/.test(wanted.replace(/\\boxed\s*\{\s*\}/g, ''))) {
    const why = 'The reference holds no answer.';
    return { ...result('error', null, why), readings: { compatible: {}, corrected: {} } };
  }
  const all = candidatesIn(withoutThoughts(output), options);
  const candidates = ending === 'length' ? all.filter(({ stated }) => stated) : all;
  let unread: { answer: string; verdict: Verdict } | null = null;
  for (const { texts, where, loose } of candidates) {
    const judged = texts.map((text) => ({ text, ...judge(text, wanted, options) }));
    const decided =
      judged.find(({ verdict }) => verdict === 'equal') ??
      judged.find(({ verdict }) => verdict === 'exhausted') ??
      judged.find(({ verdict }) => verdict === 'different');
    if (decided && !(loose && decided.verdict === 'different'))
      return scored(decided.text, where, wanted, decided);
    if (judged[0]) unread ??= { answer: judged[0].text, verdict: judged[0] };
  }
  if (unread === null) {
    // A denial ("the answer is not 5") has no texts either.
    const open = all.some(({ where }) => where === OPEN_BOX);
    const none = open
      ? 'The box of the answer never closes.'
      : onlyThinks(output)
        ? 'There is nothing but thoughts in the output.'
        : 'No answer in the output.';
    return result('no_answer', null, ending === 'length' ? 'Cut off before a final answer.' : none);
  }
  const why = `Could not compare "${quoted(unread.answer)}" with the reference "${quoted(wanted)}": ${unread.verdict.why}.`;
  return result('no_answer', null, why);
}

function scored(text: string, where: string, wanted: string, { verdict, why }: Verdict): Score {
  const read = `Read "${quoted(text)}" ${where}; the reference is "${quoted(wanted)}"`;
  if (verdict === 'exhausted') return result('timeout', null, `${read}; judging was given up: ${why}.`);
  return result(verdict === 'equal' ? 'correct' : 'wrong', shown(text), `${read}: ${why}.`);
}

/** A rational number in lowest terms, whatever way it was written; other answers as they stand. */
function shown(text: string): string {
  const [reading] = readAnswer(text);
  const plain = reading?.kind === 'expression' ? plainNumber(reading.expression) : null;
  return plain && digitsOf(plain.value.n) + digitsOf(plain.value.d) < 60
    ? showRational(plain.value)
    : quoted(text);
}

function result(outcome: Outcome, answer: string | null, why: string): Score {
  const value = outcome === 'correct' ? 1 : 0;
  return { value, answer, outcome, why, readings: { compatible: {}, corrected: { exact_match: value } } };
}

/** The answer in a reference: marked as in a solution, else all of it, else what a reader would take. */
export function referenceText(target: string): string {
  const text = target.trim();
  const marked = boxesIn(text).length > 0 || afterHashes(text) !== null;
  if (!marked) {
    const open = /\\boxed\s*\{([\s\S]+)$/.exec(text)?.[1];
    if (open !== undefined) return open.trim();
    if (text.length <= 300 && !looksLikeProse(text.replace(/^\$+|\$+$/g, ''))) return text;
    if (!/answer/i.test(text)) return text;
  }
  return candidatesIn(text)[0]?.texts[0] ?? text;
}
