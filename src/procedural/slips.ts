/**
 * Wrong turns of a calculation: it is told once more with one slip in it and goes on from there to another answer. A
 * generator writes one `tell(core, slip)` and calls it without a slip for the worked solution.
 */
import type { Step, WrongTurn } from './generator.ts';

/** A calculation line by line, and the answer it ends in: null when it ends nowhere. */
export interface Told {
  readonly lines: readonly string[];
  readonly answer: string | null;
}

export interface Slip {
  readonly told: Told;
  /** Why it fails, as one would tell a pupil. */
  readonly why: string;
}

/** The right steps, each slip a wrong turn at its first line that differs. A slip that changes no line is left out. */
export function stepsOf(right: Told, slips: readonly Slip[]): Step[] {
  const turns = new Map<number, WrongTurn[]>();
  for (const { told, why } of slips) {
    const at = told.lines.findIndex((line, i) => line !== right.lines[i]);
    if (at < 0 || at >= right.lines.length) continue;
    const turn = { text: told.lines[at]!, after: told.lines.slice(at + 1), answer: told.answer, why };
    const here = turns.get(at);
    if (here) here.push(turn);
    else turns.set(at, [turn]);
  }
  return right.lines.map((text, i) => {
    const wrong = turns.get(i);
    return wrong ? { text, wrong } : { text };
  });
}
