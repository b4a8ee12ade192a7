/** Finds the code in an answer that has Markdown's fences (lines that begin with three backticks). */

export interface FencedCode {
  readonly code: string;
  /** Where it was read, for people: `In the fenced block`. */
  readonly from: string;
}

const FENCE = /^[ \t]*```([^\n]*)(?:\n|$)/gm;
const BLOCK = /^[ \t]*```[^\n]*\n([\s\S]*?)^[ \t]*```/gm;
/** Begins with code, not with words: a line that is indented as the function of a prompt goes on, or a statement. */
const CODE =
  /^(?:[ \t]*\n)*(?:(?: {2,}|\t)\S|[@#]|(?:def|class|import|from|async|return|if|for|while|with|try)\b)/;

/**
 * Null without a fence. A bare fence with code above it closes a block that the prompt began, or that nobody did: the
 * code ends there. Else the last complete block; else what follows the fence that is never closed, as an output cut at
 * a stop string or at its token limit has it. Backticks in the code's own docstring are no fence.
 */
export function readFences(output: string): FencedCode | null {
  const fences = [...output.matchAll(FENCE)].map(({ index, 0: line, 1: word = '' }) => ({
    above: output.slice(0, index),
    below: output.slice(index + line.length),
    bare: word.trim() === '',
  }));
  const first = fences.find(({ above }) => !(CODE.test(above) && inDocstring(above)));
  if (!first) return null;
  if (first.bare && CODE.test(first.above)) return { code: first.above, from: 'Above the closing fence' };
  const last = [...output.matchAll(BLOCK)].at(-1)?.[1];
  if (last !== undefined) return { code: last, from: 'In the fenced block' };
  return { code: first.below, from: 'In the fenced block without an end' };
}

function inDocstring(above: string): boolean {
  return [...above.matchAll(/"""|'''/g)].length % 2 === 1;
}
