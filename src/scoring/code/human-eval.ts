/**
 * HumanEval (Chen et al. 2021, arXiv 2107.03374) as lm-evaluation-harness 0.4.13 scores its task `humaneval`: the
 * program is prompt + completion, a newline, the row's tests, and `check(entry_point)`; 3 s; pass@1.
 */
import type { Score } from '../score.ts';
import { scoreProgram } from './run-tests.ts';

/** The columns of a row of openai/openai_humaneval that the scoring needs. */
export interface HumanEvalTask {
  readonly prompt: string;
  readonly test: string;
  readonly entry_point: string;
}

/** The program that is run: it raises exactly when a test fails. */
export function humanEvalProgram(completion: string, task: HumanEvalTask): string {
  return `${task.prompt}${completion}\n${task.test}\ncheck(${task.entry_point})\n`;
}

/**
 * @param completion what the model wrote after the prompt, already cut at the benchmark's stop strings
 * @returns `correct`, `wrong` (with the exception and its line), `timeout`, `no_answer` for an empty completion, or
 * `error` when the sandbox itself failed
 */
export async function scoreHumanEval(completion: string, task: HumanEvalTask): Promise<Score> {
  return scoreProgram({ program: humanEvalProgram(completion, task), answer: completion });
}
