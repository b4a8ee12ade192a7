/** Scores a Python program by running it: what the run says becomes an outcome, never a silent 0. */
import { MEMORY_LIMIT } from '../../platform/python-limits.ts';
import { interpreterName, runPython } from '../../platform/python-worker.ts';
import type { Score } from '../score.ts';

/**
 * Seconds a program may run: the 3 of HumanEval's reference implementation and of lm-evaluation-harness, times three and
 * a little, because the sandbox runs Python about so much slower than a processor does. MBPP's own solution of problem
 * 123 takes 2.3 s of processor time in the machine's Python.
 */
export const TIME_LIMIT_SECONDS = 10;

/** Libraries that whoever runs lm-evaluation-harness has installed and the sandbox has not. */
const NOT_HERE = /^ModuleNotFoundError: No module named '(numpy|pandas|scipy|sklearn|sympy|torch)\b/;

export interface ProgramToScore {
  /** The whole program, tests included; it must raise when a test fails. */
  readonly program: string;
  /** What the model wrote, as it is shown to people; empty means that there is nothing to run. */
  readonly answer: string;
  readonly seconds?: number;
  readonly signal?: AbortSignal;
}

/**
 * Throws only when the signal aborts, with its reason. The only metric is `pass@1`, the same number in both readings:
 * what to run is read before (two-readings.ts). A program that reached the limit of time or of memory ends as `timeout`:
 * it was stopped, not found wrong, and `why` names the limit. A program that needs a library which only the sandbox
 * lacks ends as `error`: nobody knows whether it is right.
 */
export async function scoreProgram({
  program,
  answer,
  seconds = TIME_LIMIT_SECONDS,
  signal,
}: ProgramToScore): Promise<Score> {
  if (answer.trim() === '') return score('no_answer', null, 'The completion is empty.');
  const run = await runPython(program, { timeoutMs: seconds * 1000, ...(signal ? { signal } : {}) });
  // Addresses of objects depend on the interpreter; samples must not.
  const exception = run.exception?.replace(/ at 0x[0-9a-f]+/g, ' at 0x...');
  const by = interpreterName();
  switch (run.status) {
    case 'ok':
      return score('correct', answer, `All tests passed${by}.`);
    case 'exception':
      if (exception && NOT_HERE.test(exception)) {
        return score('error', answer, `The sandbox lacks a library, so nobody knows: ${exception}.`);
      }
      return score('wrong', answer, `The program ended with ${exception ?? 'an exception'}${by}.`);
    case 'memory':
      return score(
        'timeout',
        answer,
        `The program reached the memory limit of ${MEMORY_LIMIT / 2 ** 20} MB${by}.`,
      );
    case 'timeout':
      return score('timeout', answer, `The program was stopped after ${seconds} s${by}.`);
    case 'error':
      return score(
        'error',
        answer,
        `The sandbox failed, not the program: ${exception ?? 'no reason given'}.`,
      );
  }
}

function score(outcome: Score['outcome'], answer: string | null, why: string): Score {
  const value = outcome === 'correct' ? 1 : 0;
  const metrics = { 'pass@1': value };
  return { value, answer, outcome, why, readings: { compatible: metrics, corrected: metrics } };
}
