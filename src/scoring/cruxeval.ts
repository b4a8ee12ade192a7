/**
 * Scores predicted inputs and outputs of a function by running it. Compatible: what lm-evaluation-harness 0.4.13 cuts
 * out of the text (tasks/cruxeval/utils.py), flaws included, put into an assertion. Corrected: the assertion inside the
 * last [ANSWER], read by its brackets; a predicted output must be a literal, because `f(x) == f(x)` predicts nothing.
 */
import type { ScoreOptions } from '../benchmarks/benchmark.ts';
import { scoreReadings } from './code/two-readings.ts';
import { bareCall, cutInput, cutOutput, readAssertion } from './cruxeval-answer.ts';
import type { Score } from './score.ts';

export interface CruxTarget {
  /** Defines `f`. */
  readonly code: string;
  /** Arguments of `f` as Python text. */
  readonly input: string;
  /** The value it returns as Python text. */
  readonly output: string;
}

export function isCruxTarget(target: unknown): target is CruxTarget {
  if (typeof target !== 'object' || target === null) return false;
  const { code, input, output } = target as Record<string, unknown>;
  return [code, input, output].every((part) => typeof part === 'string');
}

/** Throws only when the signal aborts; a target of another shape ends as `error`. */
export async function scoreCruxeval(
  asked: 'input' | 'output',
  written: string,
  target: unknown,
  options: ScoreOptions = {},
): Promise<Score> {
  if (!isCruxTarget(target)) {
    const why = 'The target is not {code, input, output} with texts.';
    return { value: 0, answer: null, outcome: 'error', why, readings: { compatible: {}, corrected: {} } };
  }
  const { code, input, output } = target;
  const cut = asked === 'output' ? cutOutput(written) : cutInput(written);
  const assertion = asked === 'output' ? `f(${input})==${cut}` : `f(${cut})==${output}`;
  const { call, value } = readAssertion(written);
  return scoreReadings(
    {
      compatible: { program: `${code}\nassert ${assertion}`, answer: written },
      corrected:
        asked === 'output'
          ? readOutput(code, input, value)
          : readInput(code, call ?? bareCall(written), output),
      given: { prompt: '', tests: `${code}\n${asked === 'output' ? `f(${input})` : `f() == ${output}`}\n` },
    },
    options,
  );
}

function readOutput(code: string, input: string, value: string | null) {
  if (value === null) return 'No predicted output was found.';
  // The prediction is data: `literal_eval` takes literals alone and runs nothing.
  const test = `import ast as _ast\nassert f(${input}) == _ast.literal_eval(${pythonText(value)})`;
  return { program: `${code}\n${test}\n`, answer: value };
}

function readInput(code: string, call: string | null, output: string) {
  if (call === null) return 'No call of f was found.';
  return { program: `${code}\nassert f(${call}) == ${output}\n`, answer: `f(${call})` };
}

/** A Python literal for the text: JSON's escapes are Python's, too. */
function pythonText(text: string): string {
  return JSON.stringify(text);
}
