/** Whether an answer is right. Pure, and never throws whatever text it is given. */
import type { Generator } from './generator.ts';
import { type Layout, readAnswer } from './layout.ts';
import type { Problem } from './problem.ts';

const WHOLE = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)$/;

/**
 * What counts as one answer: letters in either case, spaces, and one full stop at the end do not matter; whole
 * numbers are compared by value, however they are grouped. Everything else does matter.
 */
export function sameAnswer(a: string, b: string): boolean {
  return plain(a) === plain(b);
}

function plain(text: string): string {
  const bare = text.trim().replace(/\.$/, '').trimEnd().replace(/\s+/g, ' ').toLowerCase();
  const whole = WHOLE.exec(bare);
  if (!whole) return bare;
  const digits = whole[2]!.replaceAll(',', '').replace(/^0+(?=\d)/, '');
  return whole[1] === '-' && digits !== '0' ? `-${digits}` : digits;
}

/** Whether `stated` is right where `answer` is one right answer: the generator's own rule, else `sameAnswer`. */
export function acceptsAnswer(generator: Generator, core: unknown, answer: string, stated: string): boolean {
  return generator.accepts ? generator.accepts(core, stated) : sameAnswer(answer, stated);
}

/** Whether a generated text ends in a right answer. */
export function verify(generator: Generator, problem: Problem, output: string, layout: Layout): boolean {
  const stated = readAnswer(output, layout);
  return stated !== null && acceptsAnswer(generator, problem.core, problem.answer, stated);
}
