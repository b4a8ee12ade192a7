/**
 * Problems of HumanEval+ and MBPP+ whose own solution fails their tests, so that a failing answer says nothing about
 * the answer: it ends as `error`. Found by running all solutions, here and in CPython 3.11.
 */
import { interpreterName } from '../platform/python-worker.ts';
import type { Score } from '../scoring/score.ts';

interface Unjudged {
  readonly why: string;
  /** In CPython on a 64-bit machine the solution passes. */
  readonly sandboxOnly: boolean;
}

/** By the item's id. */
export const UNJUDGED: Readonly<Record<string, Unjudged>> = {
  'HumanEval/32': {
    why: 'Its test unpacks the number that the function is to return, which no solution passes.',
    sandboxOnly: false,
  },
  'mbpp/590': {
    why: 'Its test compares polar coordinates to the last bit, and the sandbox rounds one of them differently.',
    sandboxOnly: true,
  },
  'mbpp/596': {
    why: 'Its test asks for the bytes of a tuple, which are fewer in the 32-bit Python of the sandbox.',
    sandboxOnly: true,
  },
};

/** What was found wrong where the tests cannot tell becomes an error; every other score stays as it is. */
export function withoutUnjudged(id: string, score: Score): Score {
  const known = Object.hasOwn(UNJUDGED, id) ? UNJUDGED[id] : undefined;
  const here = known !== undefined && !(known.sandboxOnly && interpreterName() !== '');
  if (!here || score.outcome !== 'wrong') return score;
  const why = `${known.why} The reference solution fails, too, so nobody knows. ${score.why}`;
  return { ...score, value: 0, outcome: 'error', why, readings: { compatible: {}, corrected: {} } };
}
