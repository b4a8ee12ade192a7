/**
 * Scores written Python code by running it with its tests. Compatible: prompt, output and tests joined as they are, as
 * lm-evaluation-harness does. Corrected: the same, unless the output holds a fenced code block; then the block is the
 * answer, as a reader would take it (the words around it are no Python).
 */
import { humanEvalProgram } from './code/human-eval.ts';
import { scoreProgram } from './code/run-tests.ts';
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

/** Never throws; a target of another shape ends as `error`. */
export async function scorePython(output: string, target: unknown): Promise<Score> {
  if (!isPythonTarget(target)) {
    const why = 'The target is not {prompt?, test, entry_point?} with texts.';
    return { value: 0, answer: null, outcome: 'error', why, readings: { compatible: {}, corrected: {} } };
  }
  const plain = await scoreProgram({ program: programOf(output, target), answer: output });
  const block = fencedBlock(output);
  if (block === null) return plain;
  const read = await scoreProgram({ program: programOf(block, target), answer: block });
  return {
    ...read,
    why: `In the fenced block: ${read.why}`,
    readings: { compatible: plain.readings.compatible, corrected: read.readings.corrected },
  };
}

function programOf(code: string, { prompt = '', test, entry_point }: PythonTarget): string {
  // A block may state the whole function again; then it stands on its own lines behind the prompt's.
  const restated = entry_point !== undefined && new RegExp(`^def\\s+${entry_point}\\s*\\(`, 'm').test(code);
  const head = restated && prompt !== '' && !prompt.endsWith('\n') ? `${prompt}\n` : prompt;
  if (entry_point === undefined) return `${head}${code}\n${test}\n`;
  return humanEvalProgram(code, { prompt: head, test, entry_point });
}

/** The content of the last complete ``` block; null without one. */
function fencedBlock(output: string): string | null {
  const blocks = [...output.matchAll(/^[ \t]*```[^\n]*\n([\s\S]*?)^[ \t]*```/gm)];
  return blocks.at(-1)?.[1] ?? null;
}
