/**
 * Scores written Python code by running it with its tests. Compatible: prompt, output and tests joined as they are, as
 * lm-evaluation-harness does. Corrected: the same, unless the output holds a fenced code block (then the block is the
 * answer, as a reader would take it: the words around it are no Python) or states the asked function again in full
 * (then that function takes the place of the prompt's unfinished one), or the target has tests that the harness
 * leaves out.
 */
import type { ScoreOptions } from '../benchmarks/benchmark.ts';
import { scoreReadings } from './code/two-readings.ts';
import type { Score } from './score.ts';

/** The target of a code item. Without `entry_point` the tests call the code themselves. */
export interface PythonTarget {
  readonly prompt?: string;
  readonly test: string;
  readonly entry_point?: string;
  /** What the corrected reading runs in the place of `test`. */
  readonly full_test?: string;
  /** Seconds a run may take; 3 where the target does not say. */
  readonly seconds?: number;
}

export function isPythonTarget(target: unknown): target is PythonTarget {
  if (typeof target !== 'object' || target === null) return false;
  const { prompt, test, entry_point, full_test, seconds } = target as Record<string, unknown>;
  const optional = [prompt, entry_point, full_test].every(
    (part) => part === undefined || typeof part === 'string',
  );
  const limited = seconds === undefined || (typeof seconds === 'number' && seconds > 0);
  return typeof test === 'string' && optional && limited;
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
  const block = fencedBlock(output);
  const code = readCode(block ?? output, target);
  const from = block !== null ? 'In the fenced block' : code !== joined ? 'The function as stated' : '';
  return scoreReadings(
    {
      compatible: { program: withTests(joined, target), answer: output, ...limit },
      corrected: {
        program: withTests(code, { ...target, test: target.full_test ?? target.test }),
        answer: block ?? output,
        ...(from ? { from } : {}),
        ...limit,
      },
    },
    options,
  );
}

/** The program that is run, as lm-evaluation-harness 0.4.13 puts it together: it raises exactly when a test fails. */
function withTests(code: string, { test, entry_point }: PythonTarget): string {
  return `${code}\n${test}\n${entry_point === undefined ? '' : `check(${entry_point})\n`}`;
}

function readCode(code: string, { prompt = '', entry_point }: PythonTarget): string {
  // A target may come from a user's file: what is no Python name is no function to look for.
  const isName = entry_point !== undefined && /^[\p{L}_][\p{L}\p{N}_]*$/u.test(entry_point);
  const start = isName ? new RegExp(`^def\\s+${entry_point}\\s*\\(`, 'm') : null;
  const unfinished = start?.test(code) ? start.exec(prompt) : null;
  return `${unfinished ? prompt.slice(0, unfinished.index) : prompt}${code}`;
}

/** The content of the last complete ``` block; null without one. */
function fencedBlock(output: string): string | null {
  const blocks = [...output.matchAll(/^[ \t]*```[^\n]*\n([\s\S]*?)^[ \t]*```/gm)];
  return blocks.at(-1)?.[1] ?? null;
}
