/** Runs an answer once as lm-evaluation-harness reads it and once as a careful reader does; one run where they agree. */
import type { ScoreOptions } from '../../benchmarks/benchmark.ts';
import type { Score } from '../score.ts';
import { type Given, scoreProgram } from './run-tests.ts';

export interface Reading {
  /** The whole program, tests included. */
  readonly program: string;
  /** What was read as the answer, for people. */
  readonly answer: string;
  /** Where it was read, to stand before the reason: `In the fenced block`. */
  readonly from?: string;
  readonly seconds?: number;
}

export interface TwoReadings {
  readonly compatible: Reading;
  /** A text is the reason why there is no answer in the output. */
  readonly corrected: Reading | string;
  /** In the corrected reading's program. */
  readonly given: Given;
}

/**
 * Throws only when the signal aborts. When `ending` is `length` the output was cut at the token limit: a cut program
 * that fails is `truncated`, nobody knows what its end would have done.
 */
export async function scoreReadings(
  { compatible, corrected, given }: TwoReadings,
  { ending, seconds: chosen, signal }: ScoreOptions = {},
): Promise<Score> {
  const run = ({ program, answer, seconds: usual }: Reading, its: { given?: Given } = {}) => {
    const seconds = chosen ?? usual;
    const more = { ...(seconds ? { seconds } : {}), ...(signal ? { signal } : {}) };
    return scoreProgram({ program, answer, ...its, ...more });
  };
  const read = typeof corrected === 'string' ? unread(corrected) : await run(corrected, { given });
  const agree = typeof corrected !== 'string' && same(corrected, compatible);
  // Of this run the metric alone is used.
  const plain = agree ? read : await run(compatible);
  const from = typeof corrected !== 'string' && corrected.from ? `${corrected.from}: ` : '';
  const score = {
    ...read,
    why: `${from}${read.why}`,
    readings: { compatible: plain.readings.compatible, corrected: read.readings.corrected },
  };
  const judged = score.outcome === 'wrong' || score.outcome === 'no_answer';
  if (ending !== 'length' || !judged || compatible.answer.trim() === '') return score;
  return { ...score, outcome: 'truncated', why: `Cut off at the token limit. ${score.why}` };
}

function same(a: Reading, b: Reading): boolean {
  return a.program === b.program && a.seconds === b.seconds;
}

function unread(why: string): Score {
  const readings = { compatible: {}, corrected: { 'pass@1': 0 } };
  return { value: 0, answer: null, outcome: 'no_answer', why, readings };
}
