/**
 * Scores a question whose choices were weighed by log-likelihood, as lm-evaluation-harness 0.4.13 does
 * (`api/task.py`, `process_results`): `acc` takes the largest sum of log-probabilities, `acc_norm` the largest sum per
 * character of the choice's text (Python's `len`: code points), `acc_bytes` per UTF-8 byte; ties go to the first.
 *
 * The corrected reading differs in two points. A choice whose text equals the reference's text is right: some
 * published items offer the same text twice, and which of the two is "the" answer is an accident. A choice with no
 * text at all is never chosen by `acc_norm` (the harness divides by zero). Every other item scores the same in both.
 */
import type { ChoiceItem } from '../benchmarks/benchmark.ts';
import { codePoints, utf8Bytes } from '../text/python-text.ts';
import type { Metrics, Score } from './score.ts';

export interface WeighedChoice {
  readonly text: string;
  readonly logprob: number;
  readonly chars: number;
  readonly bytes: number;
  readonly tokens: number;
}

/** Adds the lengths that the metrics need. */
export function weigh(text: string, logprob: number, tokens: number): WeighedChoice {
  return { text, logprob, chars: codePoints(text), bytes: utf8Bytes(text), tokens };
}

/** Index of the largest number, the first among equals; NaN wins as in NumPy's argmax. */
export function argmax(values: readonly number[]): number {
  let best = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) return i;
    if (values[i]! > values[best]!) best = i;
  }
  return best;
}

/**
 * `metric`: the benchmark's headline metric. Choices are `(A)`, `(B)`, ... in `answer` and `why`; `chosen` is the
 * index of the one that counts for the headline, null when nothing could be compared (outcome `error`).
 */
export function scoreChoices(
  item: Pick<ChoiceItem, 'gold'>,
  choices: readonly WeighedChoice[],
  metric: string,
): Score & { readonly chosen: number | null } {
  const bad = choices.findIndex((choice) => !Number.isFinite(choice.logprob));
  if (bad >= 0 || choices.length === 0) {
    const why = `The log-probability of choice ${name(bad)} is ${choices[bad]?.logprob}: the engine failed here.`;
    const readings = { compatible: {}, corrected: {} };
    return { value: 0, answer: null, chosen: null, outcome: 'error', why, readings };
  }
  const gold = choices[item.gold];
  if (gold === undefined) {
    const why = `The reference is choice ${item.gold} of ${choices.length}: there is no such choice.`;
    const readings = { compatible: {}, corrected: {} };
    return { value: 0, answer: null, chosen: null, outcome: 'error', why, readings };
  }
  const picks = {
    acc: argmax(choices.map((choice) => choice.logprob)),
    acc_norm: argmax(choices.map((choice) => choice.logprob / choice.chars)),
    acc_bytes: argmax(choices.map((choice) => choice.logprob / choice.bytes)),
  };
  const named = (texts: boolean): Metrics => {
    const hit = (pick: number): number =>
      pick === item.gold || (texts && choices[pick]?.text === gold.text) ? 1 : 0;
    const acc = { acc: hit(picks.acc) };
    // Lengths say something only where choices are texts, and then acc_norm is the headline.
    return metric === 'acc_norm'
      ? { ...acc, acc_norm: hit(picks.acc_norm), acc_bytes: hit(picks.acc_bytes) }
      : acc;
  };
  const chosen = metric === 'acc_norm' ? bestPerLength(choices) : picks.acc;
  const compatible = named(false);
  const corrected = named(true);
  const right = chosen === item.gold || choices[chosen]?.text === gold.text;
  return {
    value: right ? 1 : 0,
    answer: name(chosen),
    chosen,
    outcome: right ? 'correct' : 'wrong',
    why:
      `${name(chosen)} has the largest log-probability${metric === 'acc_norm' ? ' per character' : ''}; ` +
      `the reference is ${name(item.gold)}${right && chosen !== item.gold ? ', which has the same text' : ''}.`,
    readings: {
      compatible,
      corrected: metric === 'acc_norm' ? { ...corrected, acc_norm: right ? 1 : 0 } : corrected,
    },
  };
}

function bestPerLength(choices: readonly WeighedChoice[]): number {
  return argmax(
    choices.map((choice) => (choice.chars === 0 ? Number.NEGATIVE_INFINITY : choice.logprob / choice.chars)),
  );
}

const name = (index: number): string => `(${String.fromCharCode(65 + index)})`;
