/**
 * Scores a written answer to a procedural problem: the line that begins with `Answer:` is read, and the task's own
 * verifier judges it. No other harness has these tasks, so there is one reading, the corrected one.
 */
import type { Ending } from '../benchmarks/benchmark.ts';
import type { Generator } from '../procedural/generator.ts';
import { type Layout, readAnswer } from '../procedural/layout.ts';
import { acceptsAnswer } from '../procedural/verify.ts';
import type { Score } from './score.ts';
import { withoutThoughts } from './thoughts.ts';

/** What an answer is judged by: its text, or with the problem's core where more than one text may be right. */
export type ProblemTarget = string | { readonly answer: string; readonly core: unknown };

/** The least that the task's verifier needs. */
export function targetOf(generator: Generator, problem: { answer: string; core: unknown }): ProblemTarget {
  return generator.accepts ? { answer: problem.answer, core: problem.core } : problem.answer;
}

/** A whole problem, as `carryover procedural sample --json` prints it, is a target too. */
export function isProblemTarget(generator: Generator, target: unknown): target is ProblemTarget {
  if (typeof target === 'string') return !generator.accepts;
  if (typeof target !== 'object' || target === null) return false;
  const { answer, core } = target as Record<string, unknown>;
  return typeof answer === 'string' && (core !== undefined || !generator.accepts);
}

/**
 * `layout`: how the problem was put. After a prompt that ends with `Answer:` (`direct`) the first line counts as well,
 * unless the output was cut (`ending` is `length`).
 */
export function scoreProblem(
  generator: Generator,
  target: ProblemTarget,
  output: string,
  layout: Layout,
  ending?: Ending,
): Score {
  const { answer: reference, core } =
    typeof target === 'string' ? { answer: target, core: undefined } : target;
  const stated = readAnswer(withoutThoughts(output), ending === 'length' ? 'worked' : layout);
  if (stated === null) {
    const what = 'a line that begins with "Answer:"';
    const why = ending === 'length' ? `Cut off before ${what}.` : `There is not ${what}.`;
    return score(null, 'no_answer', why);
  }
  try {
    const right = acceptsAnswer(generator, core, reference, stated);
    const why = `Read ${JSON.stringify(stated)}; ${right ? 'right' : 'wrong'}, the reference is ${JSON.stringify(reference)}.`;
    return score(stated, right ? 'correct' : 'wrong', why);
  } catch (error) {
    // Verifiers take any text, but the core may come from a user's file.
    const why = `The target is no problem of ${generator.name}: ${error instanceof Error ? error.message : String(error)}`;
    return { ...score(stated, 'error', why), readings: { compatible: {}, corrected: {} } };
  }
}

function score(answer: string | null, outcome: Score['outcome'], why: string): Score {
  const value = outcome === 'correct' ? 1 : 0;
  const readings = { compatible: {}, corrected: { exact_match: value } };
  return { value, answer, outcome, why, readings };
}
