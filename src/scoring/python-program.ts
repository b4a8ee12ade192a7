/**
 * Scores written Python code by running it with its tests. Compatible: prompt, output and tests joined as
 * lm-evaluation-harness does. Corrected: the same, unless the output holds a fenced code block (then the block is the
 * answer, as a reader would take it: the words around it are no Python; fenced-code.ts says which) or states the asked
 * function again in full (then that function takes the place of the prompt's unfinished one), or the target has tests
 * that the harness leaves out.
 */
import type { ScoreOptions } from '../benchmarks/benchmark.ts';
import { readFences } from './code/fenced-code.ts';
import { scoreReadings } from './code/two-readings.ts';
import type { Score } from './score.ts';
import { objectFault, textFault } from './target-fault.ts';

/** The target of a code item. Without `entry_point` the tests call the code themselves. */
export interface PythonTarget {
  readonly prompt?: string;
  readonly test: string;
  readonly entry_point?: string;
  /** What the corrected reading runs in the place of `test`. */
  readonly full_test?: string;
  /** Seconds a run may take; `TIME_LIMIT_SECONDS` (code/run-tests.ts) where the target does not say. */
  readonly seconds?: number;
}

export function isPythonTarget(target: unknown): target is PythonTarget {
  return pythonFault(target) === null;
}

/** What is wrong with a target; null when a program can be judged by it. An empty test would pass everything. */
export function pythonFault(target: unknown): string | null {
  const shape = objectFault(target, '{prompt?, test, entry_point?}');
  if (shape !== null) return shape;
  const { prompt, test, entry_point, full_test, seconds } = target as Record<string, unknown>;
  const optional = Object.entries({ prompt, entry_point, full_test });
  return (
    textFault('test', test, { needed: true }) ??
    optional
      .map(([name, part]) => textFault(name, part, { needed: false }))
      .find((fault) => fault !== null) ??
    (seconds === undefined || (typeof seconds === 'number' && seconds > 0)
      ? null
      : `"seconds" of "target" must be a number above 0; it is ${JSON.stringify(seconds)}.`)
  );
}

/** Throws only when the signal aborts; a target of another shape ends as `error`. */
export async function scorePython(
  output: string,
  target: unknown,
  options: ScoreOptions = {},
): Promise<Score> {
  if (!isPythonTarget(target)) {
    const why = 'The target is not {prompt?, test, entry_point?} with texts.';
    return { value: 0, answer: null, outcome: 'error', why, readings: { compatible: {}, corrected: {} } };
  }
  const limit = target.seconds ? { seconds: target.seconds } : {};
  const joined = `${target.prompt ?? ''}${output}`;
  const fenced = readFences(output);
  const written = fenced?.code ?? output;
  const code = readCode(written, target);
  const from = fenced?.from ?? (code !== joined ? 'The function as stated' : '');
  const full = { ...target, test: target.full_test ?? target.test };
  return scoreReadings(
    {
      given: { prompt: target.prompt ?? '', tests: testsOf(full) },
      compatible: { program: withTests(joined, target), answer: output, ...limit },
      corrected:
        fenced && written.trim() === ''
          ? `${fenced.from}: there is no code.`
          : {
              program: withTests(code, full),
              answer: written,
              ...(from ? { from } : {}),
              ...limit,
            },
    },
    options,
  );
}

/**
 * The program that is run, as lm-evaluation-harness 0.4.13 puts it together: it raises exactly when a test fails. The
 * harness has no `pass`: it ends the code, which may not reach into the tests, as `@` at its end would replace `check`.
 */
function withTests(code: string, target: PythonTarget): string {
  return `${code}\npass\n${testsOf(target)}`;
}

function testsOf({ test, entry_point }: PythonTarget): string {
  return `${test}\n${entry_point === undefined ? '' : `check(${entry_point})\n`}`;
}

function readCode(code: string, { prompt = '', entry_point }: PythonTarget): string {
  // A target may come from a user's file: what is no Python name is no function to look for.
  const isName = entry_point !== undefined && /^[\p{L}_][\p{L}\p{N}_]*$/u.test(entry_point);
  const start = isName ? new RegExp(`^def\\s+${entry_point}\\s*\\(`, 'm') : null;
  const unfinished = start?.test(code) ? start.exec(prompt) : null;
  return `${unfinished ? prompt.slice(0, unfinished.index) : prompt}${code}`;
}
