/**
 * Where a model states its final answer: "#### X", `\boxed{X}`, "the answer is X". Shared by the corrected readings of
 * generated answers, which say themselves what they trust most.
 */
export interface StatedAnswer {
  readonly text: string;
  readonly where: 'after ####' | 'in \\boxed{}' | 'after "the answer is"';
}

/** The first `#### X` line: later ones belong to problems the model went on to invent. */
export function afterHashes(output: string): StatedAnswer | null {
  const match = /####[ \t]*([^\n]*\S)/.exec(output);
  return match ? { text: match[1]!, where: 'after ####' } : null;
}

/** The content of the last complete `\boxed{...}` (or `\fbox{...}`), braces matched. */
export function lastBoxed(output: string): StatedAnswer | null {
  const starts = [...output.matchAll(/\\f?box(?:ed)?\s*\{/g)].reverse();
  for (const start of starts) {
    const from = start.index + start[0].length;
    const to = closingBrace(output, from);
    if (to !== null) return { text: output.slice(from, to).trim(), where: 'in \\boxed{}' };
  }
  return null;
}

/** Index of the brace that closes the group whose content begins at `from`; null when it stays open. */
export function closingBrace(text: string, from: number): number | null {
  let depth = 1;
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '{') depth++;
    else if (text[i] === '}' && --depth === 0) return i;
  }
  return null;
}

const STATED =
  /\b(?:final\s+)?answer(?:\s+(?:to|for|of)\b[^.\n]{0,80}?)?\s*(?:is|are|=|:|would be|will be|must be)(?:\s*(?:therefore|thus|:))?[ \t*]*(?!\s*$)([^\n]+)/gi;

/** Every "the answer is X" with the rest of its line, the last one first. */
export function statedAnswers(output: string): StatedAnswer[] {
  // Matches may overlap ("the answer is: the answer is 5"), so each search begins behind the previous trigger.
  const found: StatedAnswer[] = [];
  for (const match of output.matchAll(STATED)) {
    const rest = match[1]!;
    const inner = statedAnswers(rest);
    found.push(...inner.reverse());
    if (inner.length === 0) found.push({ text: rest.trim(), where: 'after "the answer is"' });
  }
  return found.reverse();
}
