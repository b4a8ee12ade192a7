/**
 * Decimal fractions against exact values: `0.3333333` for 1/3. A decimal stands for a value when it is that value,
 * rounded or cut off at its last digit, and has at least six digits that say something. Fewer are an approximation:
 * 0.333 is not 1/3, and 1.414 not the root of 2. Math-Verify rounds both sides to six decimals instead.
 */
import type { Decimal } from 'decimal.js';
import type { Budget } from './budget.ts';
import { Evaluator, Undefined } from './evaluate.ts';
import type { Expression } from './expression.ts';
import type { Rational } from './rational.ts';
import { decimals } from './real-arithmetic.ts';

const DIGITS = 6;
const ARITHMETIC = decimals(40);

type Plain = { readonly value: Rational; readonly places: number | null } | null;

/**
 * Null when rounding has nothing to say, so that the values themselves decide. `places` not null: both sides are
 * rounded to so many decimals.
 */
export function agreesRounded(
  a: Expression,
  b: Expression,
  numbers: readonly [Plain, Plain],
  budget: Budget,
  places: number | null,
): { same: boolean; by: string } | null {
  const [left, right] = [exactValue(a, budget), exactValue(b, budget)];
  if (left === null || right === null) return null;
  if (places !== null) {
    const same = left.toFixed(places) === right.toFixed(places);
    return { same, by: `${same ? 'equal' : 'different'} when rounded to ${places} decimals` };
  }
  const decimalsOf = numbers.map((plain) => plain?.places ?? null);
  const index = decimalsOf[0] !== null ? 0 : 1;
  // Two decimals are compared as they stand.
  if (decimalsOf[1 - index] !== null && decimalsOf[1 - index] !== undefined) return null;
  const written = index === 0 ? left : right;
  const exact = index === 0 ? right : left;
  const behind = decimalsOf[index] ?? 0;
  const digits = written.abs().toFixed(behind).replace('.', '').replace(/^0+/, '').length;
  if (digits < DIGITS) return null;
  const shown = written.toFixed(behind);
  if (exact.toFixed(behind) !== shown && exact.toFixed(behind, 1) !== shown) return null;
  return { same: true, by: `the decimal is the exact value to its last digit (${digits} digits)` };
}

function exactValue(a: Expression, budget: Budget): Decimal | null {
  const evaluator = new Evaluator(ARITHMETIC, { valueOf: () => ({ n: 0n, d: 1n }) }, budget);
  try {
    const value = evaluator.value(a);
    if (evaluator.guessed !== null) return null;
    return value.im === null && value.re.e < 1000 && value.re.e > -1000 ? value.re : null;
  } catch (error) {
    if (error instanceof Undefined) return null;
    throw error;
  }
}
