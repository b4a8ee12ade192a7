/**
 * How lm-evaluation-harness 0.4.13 reads answers to MATH and AIME problems, flaws included: tasks/hendrycks_math/utils.py
 * (equality of normalised texts) and tasks/aime/utils.py (the same after a box).
 */
import { pythonStrip } from '../text/python-text.ts';

/** The last `\boxed{...}` with its braces, or `\boxed ` with what follows up to a dollar sign; null when there is none. */
export function lastBoxedOnly(text: string): string | null {
  if (text.includes('\\boxed ')) return `\\boxed ${text.split('\\boxed ').at(-1)!.split('$')[0]}`;
  const from = text.includes('\\boxed') ? text.lastIndexOf('\\boxed') : text.lastIndexOf('\\fbox');
  if (from < 0) return null;
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    if (text[i] === '{') depth++;
    // A brace that closes nothing leaves the depth below 0, from where only balanced text brings it back.
    if (text[i] === '}' && --depth === 0) return text.slice(from, i + 1);
  }
  return null;
}

/** What stands in the box. Null where the harness ends with an error: no box, or text behind it. */
export function boxContent(box: string | null): string | null {
  if (box === null) return null;
  if (box.includes('\\boxed ')) return box.startsWith('\\boxed ') ? box.slice('\\boxed '.length) : null;
  return box.startsWith('\\boxed{') && box.endsWith('}') ? box.slice('\\boxed{'.length, -1) : null;
}

/** 0 or 1. `answer`: the reference answer alone. */
export function compatibleHendrycks(output: string, answer: string | null): number {
  return answer !== null && equalTexts(betweenDollars(output), answer) ? 1 : 0;
}

/** 0 or 1: as above, but a box comes before dollar signs. */
export function compatibleAime(output: string, answer: string): number {
  return equalTexts(boxContent(lastBoxedOnly(output)) ?? betweenDollars(output), answer) ? 1 : 0;
}

function betweenDollars(output: string): string {
  const first = output.indexOf('$');
  const last = output.lastIndexOf('$');
  return first === last ? output : output.slice(first + 1, last);
}

/** Its `is_equiv`: where normalising ends with an error the texts themselves are compared. */
function equalTexts(a: string, b: string): boolean {
  const [left, right] = [normalised(a), normalised(b)];
  return left === null || right === null ? a === b : left === right;
}

/** Its `strip_string`; null where it ends with an error. */
export function normalised(text: string): string | null {
  let rest = text
    .replaceAll('\n', '')
    .replaceAll('\\!', '')
    .replaceAll('\\\\', '\\')
    .replaceAll('tfrac', 'frac')
    .replaceAll('dfrac', 'frac')
    .replaceAll('\\left', '')
    .replaceAll('\\right', '')
    .replaceAll('^{\\circ}', '')
    .replaceAll('^\\circ', '')
    .replaceAll('\\$', '');
  const units = rest.split('\\text{ ');
  if (units.length > 2) return null;
  rest = units[0]!.replaceAll('\\%', '').replaceAll(' .', ' 0.').replaceAll('{.', '{0.');
  if (rest === '') return rest;
  if (rest.startsWith('.')) rest = `0${rest}`;
  const sides = rest.split('=');
  if (sides.length === 2 && [...sides[0]!].length <= 2) rest = sides[1]!;
  const roots = bracedRoots(rest);
  if (roots === null) return null;
  const fractions = bracedFractions(roots.replaceAll(' ', ''));
  if (fractions === null) return null;
  return slashFraction(fractions === '0.5' ? '\\frac{1}{2}' : fractions);
}

/** `\sqrt3` to `\sqrt{3}`. */
function bracedRoots(text: string): string | null {
  const [head, ...parts] = text.split('\\sqrt');
  if (parts.includes('')) return null;
  return parts.reduce((all, part) => {
    if (part.startsWith('{')) return `${all}\\sqrt${part}`;
    const [first, ...others] = [...part];
    return `${all}\\sqrt{${first}}${others.join('')}`;
  }, head!);
}

/** `\frac12` to `\frac{1}{2}`, `\frac1{72}` to `\frac{1}{72}`. */
function bracedFractions(text: string): string | null {
  const [head, ...parts] = text.split('\\frac');
  let all = head!;
  for (const part of parts) {
    if (part === '') return null;
    if (part.startsWith('{')) {
      all += `\\frac${part}`;
      continue;
    }
    const [over, under, ...others] = [...part];
    if (under === undefined) return text;
    all += `\\frac{${over}}${under === '{' ? under : `{${under}}`}${others.join('')}`;
  }
  return all;
}

/** `a/b` of whole numbers to `\frac{a}{b}`. A part that is no whole number is an error in the harness. */
function slashFraction(text: string): string | null {
  const parts = text.split('/');
  if (parts.length !== 2) return text;
  const whole = parts.map((part) => pythonStrip(part));
  if (!whole.every((part) => /^[+-]?\p{Nd}+(?:_\p{Nd}+)*$/u.test(part) && part.length <= 4300)) return null;
  // Only a text that is the number as Python prints it again.
  const same = parts.every((part) => /^(?:0|-?[1-9][0-9]*)$/.test(part));
  return same ? `\\frac{${parts[0]}}{${parts[1]}}` : text;
}
