/** Answers that are a number of something. */
import { sameAnswer } from './verify.ts';

/**
 * Whether `stated` is the number `answer`, alone or followed by its unit: `235` and `235 cm` where the question asks for
 * cm. A number with another unit is another answer, also where it would be the same quantity: `2.35 m` is refused.
 */
export function sameQuantity(answer: string, unit: string, stated: string): boolean {
  const bare = stated.trim().replace(/\.$/, '').trimEnd();
  if (bare.toLowerCase().endsWith(unit.toLowerCase())) {
    const number = bare.slice(0, bare.length - unit.length).trimEnd();
    if (/\d$/.test(number)) return sameAnswer(answer, number);
  }
  return sameAnswer(answer, bare);
}
