/**
 * Numbers too large to be worked out, such as `9^{9^{9^9}}`: how many digits they have is still known well enough to tell
 * them from any number that can be. Sizes are decimal logarithms of absolute values, in doubles.
 */
import type { Budget } from './budget.ts';
import { Evaluator, Undefined } from './evaluate.ts';
import type { Expression } from './expression.ts';
import { DOUBLES } from './real-arithmetic.ts';

/** The largest exponent that decimal.js has (its `EXP_LIMIT`): beyond it a number has no value here. */
const LIMIT = 9e15;

/** Whether a number without unknowns is beyond all that can be worked out. */
export function isHuge(a: Expression, budget: Budget): boolean {
  const size = sizeOf(a, budget);
  return size !== null && size > LIMIT;
}

/** Null where it is not known. */
export function sizeOf(a: Expression, budget: Budget): number | null {
  budget.spend(1);
  const plain = doubleOf(a, budget);
  if (plain !== null) return plain === 0 ? null : Math.log10(Math.abs(plain));
  if (a.kind === 'power') {
    const base = sizeOf(a.base, budget);
    const exponent = doubleOf(a.exponent, budget) ?? largeOf(a.exponent, budget);
    return base === null || exponent === null || base === 0 ? null : base * exponent;
  }
  if (a.kind === 'product') {
    const sizes = a.factors.map((factor) => sizeOf(factor, budget));
    const sum = sizes.reduce<number | null>((x, y) => (x === null || y === null ? null : x + y), 0);
    return Number.isNaN(sum) ? null : sum;
  }
  if (a.kind === 'sum') {
    // One term beside which all others vanish.
    const sizes = a.terms.map((term) => sizeOf(term, budget));
    if (sizes.includes(null)) return null;
    const [first = 0, second = 0] = (sizes as number[]).sort((x, y) => y - x);
    return first > second + 10 ? first : null;
  }
  if (a.kind === 'call' && a.name === 'factorial') {
    const n = doubleOf(a.args[0]!, budget) ?? largeOf(a.args[0]!, budget);
    // n! > (n/e)^n (Stirling).
    return n === null || n < 10 ? null : n * Math.log10(n / Math.E);
  }
  return null;
}

/** A positive number beyond doubles, as infinity; null where its sign or size is not known. */
function largeOf(a: Expression, budget: Budget): number | null {
  if (a.kind === 'product') return null;
  const size = sizeOf(a, budget);
  const positive =
    a.kind === 'power' ? (doubleOf(a.base, budget) ?? largeOf(a.base, budget) ?? 0) > 0 : a.kind === 'call';
  return positive && size !== null && size > 308 ? Number.POSITIVE_INFINITY : null;
}

/** A finite real value as a double; null for all others. */
function doubleOf(a: Expression, budget: Budget): number | null {
  const evaluator = new Evaluator(DOUBLES, { valueOf: () => ({ n: 0n, d: 1n }) }, budget);
  try {
    const { re, im } = evaluator.value(a);
    return im === null && evaluator.guessed === null && Number.isFinite(re) ? re : null;
  } catch (error) {
    if (error instanceof Undefined) return null;
    throw error;
  }
}
