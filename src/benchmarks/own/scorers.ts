/**
 * How a written answer to a benchmark of the user's own is read. No other harness has the task, so there is one reading,
 * the corrected one.
 */
import { lastBoxed, statedAnswers } from '../../scoring/final-answer.ts';
import { readFinalNumber } from '../../scoring/gsm8k.ts';
import { equalRationals, showRational } from '../../scoring/math/rational.ts';
import { scoreMath } from '../../scoring/math/score-math.ts';
import { numbersIn } from '../../scoring/number-text.ts';
import type { Score } from '../../scoring/score.ts';
import { withoutThoughts } from '../../scoring/thoughts.ts';
import type { Ending, Row } from '../benchmark.ts';
import type { ScoreSection } from './definition.ts';

export type OwnScorer = (
  output: string,
  gold: string,
  ending: Ending | undefined,
  row: Row,
) => Score | Promise<Score>;

export function scorerOf(section: ScoreSection): OwnScorer {
  if (typeof section === 'function')
    return async (output, gold, _, row) => fromVerdict(await section(output, gold, row), gold);
  if (typeof section === 'object') return regexScorer(section);
  if (section === 'number') return scoreNumber;
  if (section === 'math') return scoreMathText;
  return scoreExact;
}

const scoreMathText: OwnScorer = (output, gold, ending) => {
  const { readings, ...score } = scoreMath(output, gold, ending);
  return { ...score, readings: { compatible: {}, corrected: readings.corrected } };
};

/**
 * The whole output, or what stands in a box or behind "the answer is": letters of any case, spaces counted once, a final
 * full stop and quotes around it left out.
 */
const scoreExact: OwnScorer = (output, gold, ending) => {
  const said = withoutThoughts(output);
  const stated = [lastBoxed(said), ...statedAnswers(said)].flatMap((one) => (one ? [one.text] : []));
  const candidates = [said, ...stated].filter((text) => sameForm(text) !== '');
  const same = candidates.find((text) => sameForm(text) === sameForm(gold));
  if (same !== undefined) return verdict(true, same.trim(), 'It is the reference.');
  const cut = ending === 'length' && stated.length === 0;
  if (candidates.length === 0 || cut)
    return unread(cut ? 'Cut off before an answer.' : 'There is no answer in the output.');
  return verdict(false, (stated[0] ?? said).trim(), `It is not the reference, ${JSON.stringify(gold)}.`);
};

function sameForm(text: string): string {
  return text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/\.$/, '')
    .replace(/^(["'`])(.*)\1$/, '$2')
    .trim()
    .toLowerCase();
}

const scoreNumber: OwnScorer = (output, gold, ending) => {
  const reference = numbersIn(gold).at(-1);
  if (reference === undefined) return failed(`The reference ${JSON.stringify(gold)} holds no number.`);
  const read = readFinalNumber(withoutThoughts(output), ending !== 'length');
  if (read === null)
    return unread(
      ending === 'length' ? 'Cut off before a final answer.' : 'There is no number in the output.',
    );
  const shown = showRational(read.number.value);
  const right = equalRationals(read.number.value, reference.value);
  return verdict(
    right,
    shown,
    `Read ${shown} ${read.where}; the reference is ${showRational(reference.value)}.`,
  );
};

/** The first or last match: its first group that took part, or all of it. */
function regexScorer({ regex, take, ignore_case }: Extract<ScoreSection, { regex: string }>): OwnScorer {
  const pattern = new RegExp(regex, ignore_case ? 'giu' : 'gu');
  return (output, gold, ending) => {
    const match = [...output.matchAll(pattern)].at(take === 'first' ? 0 : -1);
    if (match === undefined)
      return unread(
        ending === 'length' ? 'Cut off before an answer.' : 'The pattern does not match the output.',
      );
    const read = (match.slice(1).find((group) => group !== undefined) ?? match[0]).trim();
    const right = ignore_case ? sameForm(read) === sameForm(gold) : read === gold.trim();
    return verdict(
      right,
      read,
      `The ${take} match is ${right ? '' : 'not '}the reference, ${JSON.stringify(gold)}.`,
    );
  };
}

function fromVerdict(
  found: Awaited<ReturnType<Extract<ScoreSection, (...args: never[]) => unknown>>>,
  gold: string,
): Score {
  const { right, answer, why } =
    typeof found === 'object' && found !== null ? found : { right: found, answer: undefined, why: undefined };
  if (right !== null && typeof right !== 'boolean')
    return failed(`The file's own scorer said ${JSON.stringify(found)}, neither true, false nor null.`);
  if (right === null) return unread(why ?? "The file's own scorer read no answer.");
  return verdict(
    right,
    answer ?? null,
    why ?? `By the file's own scorer; the reference is ${JSON.stringify(gold)}.`,
  );
}

function verdict(right: boolean, answer: string | null, why: string): Score {
  const value = right ? 1 : 0;
  return {
    value,
    answer,
    outcome: right ? 'correct' : 'wrong',
    why,
    readings: { compatible: {}, corrected: { exact_match: value } },
  };
}

function unread(why: string): Score {
  const readings = { compatible: {}, corrected: { exact_match: 0 } };
  return { value: 0, answer: null, outcome: 'no_answer', why, readings };
}

function failed(why: string): Score {
  return { value: 0, answer: null, outcome: 'error', why, readings: { compatible: {}, corrected: {} } };
}
