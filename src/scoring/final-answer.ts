/**
 * Where a model states its final answer: "#### X", `\boxed{X}`, "the answer is X". Shared by the corrected readings of
 * generated answers, which say themselves what they trust most.
 */
export interface StatedAnswer {
  readonly text: string;
  readonly where: 'after ####' | 'in \\boxed{}' | 'after "the answer is"';
}

/** "not 5": says what the answer is not. */
export const saysNot = (text: string): boolean => /^not\b/i.test(text);

/** The first `#### X` line: later ones belong to problems the model went on to invent. */
export function afterHashes(output: string): StatedAnswer | null {
  for (let at = output.indexOf('####'); at >= 0; ) {
    const end = output.indexOf('\n', at);
    const text = output.slice(at + 4, end < 0 ? output.length : end).trim();
    if (text !== '') return { text, where: 'after ####' };
    at = end < 0 ? -1 : output.indexOf('####', end);
  }
  return null;
}

/** A box with its content, braces matched; `from` is where its command stands, `to` the index behind its brace. */
export interface Box {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** Every complete `\boxed{...}` (or `\fbox{...}`) in order. One pass over the text, however braces are nested. */
export function boxesIn(output: string): Box[] {
  if (!output.includes('\\boxed') && !output.includes('\\fbox')) return [];
  const open: number[] = [];
  const partner = new Map<number, number>();
  for (let i = 0; i < output.length; i++) {
    const char = output[i];
    if (char === '\\') i++;
    else if (char === '{') open.push(i);
    else if (char === '}' && open.length > 0) partner.set(open.pop()!, i);
  }
  const found: Box[] = [];
  for (const start of output.matchAll(/\\f?box(?:ed)?(?:\s*\{| ([^\s{$]{1,200}?)\.?(?=\$))/g)) {
    // TeX boxes one token without braces: `\boxed 9$`.
    if (start[1] !== undefined) {
      found.push({ text: start[1], from: start.index, to: start.index + start[0].length });
      continue;
    }
    const brace = start.index + start[0].length - 1;
    const to = partner.get(brace);
    if (to === undefined) continue;
    found.push({ text: output.slice(brace + 1, to).trim(), from: start.index, to: to + 1 });
  }
  return found;
}

/** The content of the last complete `\boxed{...}` (or `\fbox{...}`), braces matched. */
export function lastBoxed(output: string): StatedAnswer | null {
  const box = boxesIn(output).at(-1);
  return box ? { text: box.text, where: 'in \\boxed{}' } : null;
}

const STATED =
  /\b(?:final\s{1,9})?answer(?:\s{1,9}(?:to|for|of)\b[^.\n]{0,80}?)?\s{0,9}(?:is|are|=|:|would be|will be|must be)(?:\s{0,9}(?:therefore|thus|:))?[ \t*]*/gi;

/** Every "the answer is X" with the rest of its line, the last one first; of each line only the last. */
export function statedAnswers(output: string): StatedAnswer[] {
  const found: { readonly text: string; readonly line: number }[] = [];
  let line = -1;
  for (const match of output.matchAll(STATED)) {
    const from = match.index + match[0].length;
    if (from > line) {
      const end = output.indexOf('\n', from);
      line = end < 0 ? output.length : end;
    }
    const text = output.slice(from, line).trim();
    if (text === '') continue;
    if (found.at(-1)?.line === line) found.pop();
    found.push({ text, line });
  }
  return found.reverse().map(({ text }) => ({ text, where: 'after "the answer is"' }));
}
