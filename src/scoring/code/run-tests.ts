/** Scores a Python program by running it: what the run says becomes an outcome, never a silent 0. */
import { MEMORY_LIMIT } from '../../platform/python-limits.ts';
import { interpreterName, type PythonOptions, runPython } from '../../platform/python-worker.ts';
import type { Score } from '../score.ts';

/**
 * Seconds a program may run: the 3 of HumanEval's reference implementation and of lm-evaluation-harness, times three and
 * a little, because the sandbox runs Python about so much slower than a processor does. MBPP's own solution of problem
 * 123 takes 2.3 s of processor time in the machine's Python.
 */
export const TIME_LIMIT_SECONDS = 10;

/** Libraries that a machine which runs lm-evaluation-harness mostly has and the sandbox has not. */
const NOT_HERE = /^ModuleNotFoundError: No module named '(numpy|pandas|scipy|sklearn|sympy|torch)\b/;
/** HumanEval's own evaluation installs it, and nothing else to compute with (requirements.txt of openai/human-eval). */
const USUAL = ['numpy'];
const NO_PYTHON = /^(SyntaxError|IndentationError|TabError): /;

/** What of a program the task wrote, not the model. */
export interface Given {
  readonly prompt: string;
  /** Python by itself: where it is none, no answer can pass. */
  readonly tests: string;
}

export interface ProgramToScore {
  readonly given?: Given;
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
 * it was stopped, not found wrong, and `why` names the limit. Tests that are no Python end as `error`, and so does a
 * program that needs numpy or a library of the task, which only the sandbox lacks: nobody knows whether it is right. A
 * library that the answer alone brings in makes it wrong; else a program could leave the mean by importing one.
 */
export async function scoreProgram({
  program,
  given,
  answer,
  seconds = TIME_LIMIT_SECONDS,
  signal,
}: ProgramToScore): Promise<Score> {
  if (answer.trim() === '') return score('no_answer', null, 'The completion is empty.');
  const limits = { timeoutMs: seconds * 1000, ...(signal ? { signal } : {}) };
  const run = await runPython(program, limits);
  // Addresses of objects depend on the interpreter; samples must not.
  const exception = run.exception?.replace(/ at 0x[0-9a-f]+/g, ' at 0x...');
  const by = interpreterName();
  switch (run.status) {
    case 'ok':
      return score('correct', answer, `All tests passed${by}.`);
    case 'exception': {
      const library = NOT_HERE.exec(exception ?? '')?.[1];
      if (library !== undefined && (USUAL.includes(library) || names(given, library))) {
        return score('error', answer, `The sandbox lacks a library, so nobody knows: ${exception}.`);
      }
      if (library !== undefined) {
        return score(
          'wrong',
          answer,
          `The answer needs a library that the task does not name: ${exception}.`,
        );
      }
      const fault = given && NO_PYTHON.test(exception ?? '') ? await faultOf(given.tests, limits) : null;
      if (fault !== null) {
        return score('error', answer, `The tests of the target are no Python, so nobody knows: ${fault}.`);
      }
      return score('wrong', answer, `The program ended with ${exception ?? 'an exception'}${by}.`);
    }
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

function names(given: Given | undefined, library: string): boolean {
  return given !== undefined && new RegExp(`\\b${library}\\b`).test(`${given.prompt}\n${given.tests}`);
}

/** Why the tests do not compile, or null. They are not run. */
async function faultOf(tests: string, limits: PythonOptions): Promise<string | null> {
  const { status, exception = '' } = await runPython(`raise SystemExit\n${tests}`, limits);
  if (status !== 'exception' || !NO_PYTHON.test(exception)) return null;
  return exception.replace(/ \(line (\d+): /, (_, line) => ` (line ${Number(line) - 1}: `);
}

function score(outcome: Score['outcome'], answer: string | null, why: string): Score {
  const value = outcome === 'correct' ? 1 : 0;
  const metrics = { 'pass@1': value };
  return { value, answer, outcome, why, readings: { compatible: metrics, corrected: metrics } };
}
