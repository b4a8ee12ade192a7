/**
 * Scores written Python code by running it with its tests. Compatible: prompt, output and tests joined as they are, as
 * lm-evaluation-harness does. Corrected: the same, unless the output holds a fenced code block (then the block is the
 * answer, as a reader would take it: the words around it are no Python) or states the asked function again in full
 * (then that function takes the place of the prompt's unfinished one).
 */
import type { ScoreOptions } from '../benchmarks/benchmark.ts';
import { type ProgramToScore, scoreProgram } from './code/run-tests.ts';
import type { Score } from './score.ts';

/** The target of a code item. Without `entry_point` the tests call the code themselves. */
export interface PythonTarget {
  readonly prompt?: string;
  readonly test: string;
  readonly entry_point?: string;
}

export function isPythonTarget(target: unknown): target is PythonTarget {
  if (typeof target !== 'object' || target === null) return false;
  const { prompt, test, entry_point } = target as Record<string, unknown>;
  const optional = [prompt, entry_point].every((part) => part === undefined || typeof part === 'string');
  return typeof test === 'string' && optional;
}

/**
 * Throws only when the signal aborts; a target of another shape ends as `error`. `ending` is `length` when the output was cut at the token
 * limit: a cut program that fails is `truncated`, nobody knows what its end would have done.
 */
export async function scorePython(
  output: string,
  target: unknown,
  { ending, signal }: ScoreOptions = {},
): Promise<Score> {
  const score = await scoreWhole(output, target, signal);
  if (ending !== 'length' || score.outcome !== 'wrong') return score;
  return { ...score, outcome: 'truncated', why: `Cut off at the token limit. ${score.why}` };
}

async function scoreWhole(output: string, target: unknown, signal?: AbortSignal): Promise<Score> {
  if (!isPythonTarget(target)) {
    const why = 'The target is not {prompt?, test, entry_point?} with texts.';
    return { value: 0, answer: null, outcome: 'error', why, readings: { compatible: {}, corrected: {} } };
  }
  const joined = withTests(`${target.prompt ?? ''}${output}`, target);
  const stop = signal ? { signal } : {};
  const plain = await runProgram({ program: joined, answer: output, ...stop });
  const block = fencedBlock(output);
  const program = withTests(readCode(block ?? output, target), target);
  if (program === joined) return plain;
  const read = await runProgram({ program, answer: block ?? output, ...stop });
  return {
    ...read,
    why: `${block === null ? 'The function as stated' : 'In the fenced block'}: ${read.why}`,
    readings: { compatible: plain.readings.compatible, corrected: read.readings.corrected },
  };
}

/** Addresses of objects depend on what ran before in the same interpreter; samples must not. */
async function runProgram(program: ProgramToScore): Promise<Score> {
  const score = await scoreProgram(program);
  return { ...score, why: score.why.replace(/ at 0x[0-9a-f]+/g, ' at 0x...') };
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
