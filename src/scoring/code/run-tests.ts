/** Scores a Python program by running it: what the run says becomes an outcome, never a silent 0. */
import { runPython } from '../../platform/python-worker.ts';
import type { Score } from '../score.ts';

/** Seconds a program may run, as in the reference implementation of HumanEval and in lm-evaluation-harness. */
export const TIME_LIMIT_SECONDS = 3;

export interface ProgramToScore {
  /** The whole program, tests included; it must raise when a test fails. */
  readonly program: string;
  /** What the model wrote, as it is shown to people; empty means that there is nothing to run. */
  readonly answer: string;
  readonly seconds?: number;
  readonly signal?: AbortSignal;
}

/** Throws only when the signal aborts, with its reason. The only metric is `pass@1`; both readings agree, because there is nothing to extract. */
export async function scoreProgram({
  program,
  answer,
  seconds = TIME_LIMIT_SECONDS,
  signal,
}: ProgramToScore): Promise<Score> {
  if (answer.trim() === '') return score('no_answer', null, 'The completion is empty.');
  const run = await runPython(program, { timeoutMs: seconds * 1000, ...(signal ? { signal } : {}) });
  switch (run.status) {
    case 'ok':
      return score('correct', answer, 'All tests passed.');
    case 'exception':
      return score('wrong', answer, `The program ended with ${run.exception ?? 'an exception'}.`);
    case 'memory':
      return score('wrong', answer, 'The program asked for more memory than the sandbox gives (512 MiB).');
    case 'timeout':
      return score('timeout', answer, `The program was stopped after ${seconds} s.`);
    case 'error':
      return score(
        'error',
        answer,
        `The sandbox failed, not the program: ${run.exception ?? 'no reason given'}.`,
      );
  }
}

function score(outcome: Score['outcome'], answer: string | null, why: string): Score {
  const value = outcome === 'correct' ? 1 : 0;
  const metrics = { 'pass@1': value };
  return { value, answer, outcome, why, readings: { compatible: metrics, corrected: metrics } };
}
