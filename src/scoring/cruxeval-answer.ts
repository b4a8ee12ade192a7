/**
 * What an answer about a function's input or output says: as lm-evaluation-harness 0.4.13 cuts it out
 * (tasks/cruxeval/utils.py, flaws included), and as its brackets say. Nothing is run here.
 */
import { stripBoth } from '../text/strip.ts';

/** As the harness reads it: behind the first `==`, without outer quotes, first line, no comment. */
export function cutOutput(text: string): string {
  const parts = text.split('==');
  return firstLine(stripBoth((parts[1] ?? text).trim(), /["']/));
}

/** As the harness reads it: between the brackets of the first `assert f(`, or what stands before the first `==`. */
export function cutInput(text: string): string {
  const strip = (part: string) => stripBoth(part.replaceAll('assert f', ''), /[()]/).trim();
  const before = text.split('==')[0] as string;
  if (text.includes('assert f')) {
    const at = text.indexOf('assert f(');
    if (at < 0) return firstLine(strip(text.includes('==') ? before : text));
    const start = at + 'assert f('.length;
    let open = 1;
    let end = start;
    while (end < text.length && open > 0) {
      if (text[end] === '(') open += 1;
      else if (text[end] === ')') open -= 1;
      end += 1;
    }
    return firstLine(
      open === 0 ? text.slice(start, end - 1).trim() : text.slice(start).split(')')[0]!.trim(),
    );
  }
  if (text.includes('==')) return firstLine(strip(before));
  const whole = text.trim();
  return firstLine(whole.startsWith('f(') && whole.endsWith(')') ? whole.slice(2, -1) : whole);
}

function firstLine(text: string): string {
  return text.split('\n')[0]!.split('#')[0]!.trim();
}

/** The assertion inside the last [ANSWER] (or the whole text): arguments of the call, and what stands behind `==`. */
export function readAssertion(text: string): { call: string | null; value: string | null } {
  const inside = text.split('[ANSWER]').at(-1)!.split('[/ANSWER]')[0]!;
  const start = inside.search(/\bf\(/);
  if (start < 0) {
    const value = inside.includes('==') ? inside.slice(inside.indexOf('==') + 2) : inside;
    return { call: null, value: value.trim() || null };
  }
  const end = closingBracket(inside, start + 1);
  if (end === null) return { call: null, value: null };
  const behind = /^\s*==\s*([\s\S]*)$/.exec(inside.slice(end + 1))?.[1]?.trim();
  return { call: inside.slice(start + 2, end).trim(), value: behind ? firstValue(behind) : null };
}

/** An answer that is the arguments alone, on one line inside the tags. */
export function bareCall(text: string): string | null {
  const inside = text.split('[ANSWER]').at(-1)!.split('[/ANSWER]')[0]!.trim();
  return inside !== '' && !inside.includes('\n') && !inside.includes('==') ? inside : null;
}

/** Up to the line's end, or to the end of the line that closes its brackets: what follows are words. */
function firstValue(text: string): string {
  const end = '([{'.includes(text[0]!) ? closingBracket(text, 0) : null;
  return end === null ? text.split('\n')[0]!.trim() : text.slice(0, end + 1);
}

/** The place of the bracket that closes the one at `open`, past texts in quotes and comments; null when it is not closed. */
function closingBracket(text: string, open: number): number | null {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const letter = text[at]!;
    if (letter === '"' || letter === "'") {
      const quote = text.startsWith(letter.repeat(3), at) ? letter.repeat(3) : letter;
      at += quote.length;
      while (at < text.length && !text.startsWith(quote, at)) at += text[at] === '\\' ? 2 : 1;
      at += quote.length - 1;
    } else if (letter === '#') {
      const end = text.indexOf('\n', at);
      if (end < 0) return null;
      at = end;
    } else if ('([{'.includes(letter)) depth += 1;
    else if (')]}'.includes(letter)) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return null;
}
