/**
 * Whether two expressions have the same value, and how that was found out. In this order: numbers exactly; doubles at
 * a few points, which can only tell that values differ; exact algebra, which can only prove that they are equal; and
 * last decimals of 50 and 100 digits at the same points.
 */
import type { Decimal } from 'decimal.js';
import type { Budget } from './budget.ts';
import type { Complex } from './complex.ts';
import { Evaluator, numberOf, type Point, Undefined } from './evaluate.ts';
import { type Expression, mentions, minus, plus, unknownsOf } from './expression.ts';
import { normalForm, sameForms, showForm } from './normal-form.ts';
import { equalRationals, negate, type Rational, rational } from './rational.ts';
import { DOUBLES, decimals, type RealArithmetic } from './real-arithmetic.ts';
import { agreesRounded } from './rounded.ts';

export interface Comparison {
  readonly same: boolean;
  /** How it was decided: a clause for people. */
  readonly by: string;
}

/** Thrown where nothing can be said: an expression has no value anywhere it was looked at. */
export class Unjudgeable extends Error {}

export interface ExpressionOptions {
  /** Decimals behind the point to which numbers are rounded before they are compared; null: see `rounded.ts`. */
  readonly decimals?: number | null;
}

const POINTS = 4;
const HIGH: RealArithmetic<Decimal>[] = [];
/** Made at the first use: pi to 100 digits takes a while. */
function highPrecision(level: 0 | 1): RealArithmetic<Decimal> {
  HIGH[level] ??= decimals(level === 0 ? 50 : 100);
  return HIGH[level];
}

/** Throws Unjudgeable and Exhausted. */
export function equalExpressions(
  a: Expression,
  b: Expression,
  budget: Budget,
  options: ExpressionOptions = {},
): Comparison {
  budget.spend(1);
  if (a.kind === 'matrix' || b.kind === 'matrix') return equalMatrices(a, b, budget, options);
  const numbers = [plainNumber(a), plainNumber(b)] as const;
  const [left, right] = numbers;
  if (left && right && equalRationals(left.value, right.value)) return { same: true, by: 'the same number' };
  if (mentions(a, 'infinity') || mentions(b, 'infinity')) return equalInfinities(a, b, budget);
  const unknowns = unknownsOf(a, b);
  if (unknowns.length === 0 && (left?.places != null || right?.places != null || options.decimals != null)) {
    const close = agreesRounded(a, b, numbers, budget, options.decimals ?? null);
    if (close) return close;
  }
  if (left && right) return { same: false, by: 'different numbers' };
  if (differInDoubles(a, b, budget)) {
    return {
      same: false,
      by: unknowns.length === 0 ? 'their values differ' : 'their values differ at a point',
    };
  }
  const forms = [normalForm(a, budget), normalForm(b, budget)] as const;
  if (forms[0] && forms[1] && sameForms(forms[0], forms[1], budget)) {
    return { same: true, by: 'exact algebra makes them one' };
  }
  return inDecimals(a, b, budget, unknowns.length > 0);
}

/** The value of a number or its negative as it is written; null for anything that has to be worked out. */
export function plainNumber(a: Expression): { value: Rational; places: number | null } | null {
  if (a.kind === 'number') return a;
  if (a.kind === 'product' && a.factors.length === 2) {
    const [sign, size] = a.factors;
    if (sign?.kind === 'number' && sign.value.n === -1n && sign.value.d === 1n && size?.kind === 'number') {
      return { value: negate(size.value), places: size.places };
    }
  }
  return null;
}

function equalMatrices(a: Expression, b: Expression, budget: Budget, options: ExpressionOptions): Comparison {
  if (a.kind !== 'matrix' || b.kind !== 'matrix') {
    const [matrix, other] = a.kind === 'matrix' ? [a, b] : [b, a];
    // A matrix of one entry is that entry.
    if (matrix.kind === 'matrix' && matrix.rows.length === 1 && matrix.rows[0]!.length === 1) {
      return equalExpressions(matrix.rows[0]![0]!, other, budget, options);
    }
    return { same: false, by: 'a matrix and no matrix' };
  }
  const shape = (m: typeof a): string => m.rows.map((row) => row.length).join(',');
  if (shape(a) !== shape(b)) return { same: false, by: 'matrices of different shapes' };
  for (const [i, row] of a.rows.entries()) {
    for (const [j, cell] of row.entries()) {
      const { same, by } = equalExpressions(cell, b.rows[i]![j]!, budget, options);
      if (!same) return { same, by: `entry ${i + 1},${j + 1}: ${by}` };
    }
  }
  return { same: true, by: 'equal entry by entry' };
}

/** `infinity` has no value to compare: only equal forms are equal. */
function equalInfinities(a: Expression, b: Expression, budget: Budget): Comparison {
  const [left, right] = [normalForm(a, budget), normalForm(b, budget)];
  if (left === null || right === null) throw new Unjudgeable('a form with infinity is too large');
  return showForm(left) === showForm(right)
    ? { same: true, by: 'the same infinity' }
    : { same: false, by: 'different infinities' };
}

/**
 * Points whose values are made from the names. The first and the last are positive; every unknown is negative at one of
 * the two between, half of them at each.
 */
export function pointNumber(index: number): Point {
  return {
    valueOf: (name) => {
      const { n, d } = numberOf(`${name} ${index}`);
      const negative = index > 0 && index < POINTS - 1 && (index === 1) === (numberOf(name).n % 2n === 0n);
      // Between 0.5 and 2.5: where functions are tame and powers stay small.
      const value = rational(2n * n - d - d / 2n, d)!;
      return negative ? negate(value) : value;
    },
  };
}

/**
 * True where the doubles are so far apart at a point that rounding cannot be the reason. Points where a value is not
 * real though no `i` is involved, lie outside the domain and say nothing.
 */
function differInDoubles(a: Expression, b: Expression, budget: Budget): boolean {
  const complexWanted = mentions(a, 'i') || mentions(b, 'i');
  for (let index = 0; index < 2; index++) {
    const evaluator = new Evaluator(DOUBLES, pointNumber(index), budget);
    try {
      const [left, right] = [evaluator.value(a), evaluator.value(b)];
      if (!complexWanted && (left.im !== null || right.im !== null)) continue;
      const difference = evaluator.complex.subtract(left, right);
      const size = evaluator.complex.abs(difference);
      const own = Math.max(evaluator.complex.abs(left), evaluator.complex.abs(right));
      // Doubles carry 15 digits: 5 are enough where nothing larger was cancelled on the way.
      if (size > own * 1e-5 && Math.log10(size) > evaluator.magnitude - 8) return true;
    } catch (error) {
      if (!(error instanceof Undefined)) throw error;
    }
  }
  return false;
}

type Seen = 'same' | 'different' | 'outside' | 'undefined' | 'one undefined';

function inDecimals(a: Expression, b: Expression, budget: Budget, hasUnknowns: boolean): Comparison {
  const complexWanted = mentions(a, 'i') || mentions(b, 'i');
  const points = hasUnknowns ? POINTS : 1;
  for (const domain of ['real', 'complex'] as const) {
    if (domain === 'real' && complexWanted) continue;
    let agreed = 0;
    let undefinedAt = 0;
    for (let index = 0; index < points; index++) {
      const seen = atPoint(a, b, index, domain, budget);
      if (seen === 'different') return { same: false, by: 'their values to 100 digits differ' };
      if (seen === 'one undefined' || seen === 'undefined') undefinedAt++;
      if (seen === 'same') agreed++;
    }
    if (agreed >= Math.min(2, points)) {
      const where = hasUnknowns ? ` at ${agreed} points` : '';
      return { same: true, by: `their values agree to 50 digits${where}` };
    }
    if (undefinedAt === points) throw new Unjudgeable('it has no value');
  }
  throw new Unjudgeable('it has no value where it was tried');
}

function atPoint(
  a: Expression,
  b: Expression,
  index: number,
  domain: 'real' | 'complex',
  budget: Budget,
): Seen {
  let seen: Seen = 'outside';
  // Digits that cancel at 50 may still do so at 100: only what both say counts.
  for (const level of [0, 1] as const) {
    const real = highPrecision(level);
    const evaluator = new Evaluator(real, pointNumber(index), budget);
    let values: readonly [Complex<Decimal>, Complex<Decimal>];
    try {
      values = [evaluator.value(a), evaluator.value(b)];
    } catch (error) {
      if (error instanceof Undefined) return 'undefined';
      throw error;
    }
    const [left, right] = values;
    if (domain === 'real' && (left.im !== null || right.im !== null) && !nearlyReal(left, right, evaluator))
      return 'outside';
    const difference = evaluator.complex.abs(evaluator.complex.subtract(left, right));
    const own = Math.max(
      real.magnitude(evaluator.complex.abs(left)),
      real.magnitude(evaluator.complex.abs(right)),
    );
    const digits = own - real.magnitude(difference);
    const wanted = level === 0 ? 30 : 70;
    seen = digits > wanted || real.sign(difference) === 0 ? 'same' : 'different';
    // Far apart already in 50 digits, and nothing cancelled: no need to look again.
    if (seen === 'different' && evaluator.magnitude - own < 15 && digits < 25) return 'different';
    if (seen === 'same' && evaluator.magnitude - own < 10) return 'same';
  }
  return seen;
}

/** Imaginary parts that are rounding alone. */
function nearlyReal<R>(a: Complex<R>, b: Complex<R>, evaluator: Evaluator<R>): boolean {
  const { real } = evaluator.complex;
  return [a, b].every(({ im }) => im === null || real.magnitude(im) < evaluator.magnitude - 30);
}

/** a - b, for callers that want to know when something is zero. */
export const difference = (a: Expression, b: Expression): Expression => plus(a, minus(b));
