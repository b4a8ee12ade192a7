/**
 * Whether two expressions have the same value, and how that was found out. In this order: numbers exactly; doubles at
 * a few points, which can only tell that values differ; exact algebra, which can only prove that they are equal; and
 * last decimals of 50 digits and more at the same points.
 */
import type { Decimal } from 'decimal.js';
import type { Budget } from './budget.ts';
import type { Complex } from './complex.ts';
import { Evaluator, Undefined } from './evaluate.ts';
import { children, type Expression, mentions, minus, plus, unknownsOf } from './expression.ts';
import { isHuge, sizeOf } from './huge.ts';
import { normalForm, sameForms, showForm } from './normal-form.ts';
import { POINTS, type Point, pointNumber, WHOLE_POINTS, wholeUnknowns } from './point.ts';
import { equalRationals, negate, type Rational } from './rational.ts';
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

const PRECISIONS = [50, 100, 200, 400, 800] as const;
const HIGH: RealArithmetic<Decimal>[] = [];
/** Made at the first use: pi to 100 digits takes a while. */
function highPrecision(level: number): RealArithmetic<Decimal> {
  HIGH[level] ??= decimals(PRECISIONS[level]!);
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
  const wholes = wholeUnknowns(a, b);
  const unlike = differInDoubles(a, b, wholes, budget);
  if (unlike !== null) return { same: false, by: unlike };
  const forms = [normalForm(a, budget), normalForm(b, budget)] as const;
  if (forms[0] && forms[1] && sameForms(forms[0], forms[1], budget)) {
    return { same: true, by: 'exact algebra makes them one' };
  }
  if (unknowns.length === 0) {
    const huge = [isHuge(a, budget), isHuge(b, budget)] as const;
    if (huge[0] && huge[1]) throw new Unjudgeable('it is too large to be computed here');
    const other = huge[0] ? b : huge[1] ? a : null;
    const size = other && sizeOf(other, budget);
    if (size !== null)
      return { same: false, by: 'one of them is too large to be computed, the other is not' };
  }
  const points = wholes.size > 0 ? WHOLE_POINTS : unknowns.length > 0 ? POINTS : 1;
  return inDecimals(a, b, { points, wholes }, budget);
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

/** `infinity` has no value to compare: equal forms are equal, and what is infinite differs from what is not. */
function equalInfinities(a: Expression, b: Expression, budget: Budget): Comparison {
  const [left, right] = [normalForm(a, budget), normalForm(b, budget)];
  if (left === null || right === null) throw new Unjudgeable('a form with infinity is too large');
  if (showForm(left) === showForm(right)) return { same: true, by: 'the same infinity' };
  if ([a, b].some((side) => someCall(side, (call) => mentions(call, 'infinity')))) {
    throw new Unjudgeable('limits and endless sums are not worked out');
  }
  return { same: false, by: 'different infinities' };
}

const someCall = (a: Expression, test: (call: Expression) => boolean): boolean =>
  (a.kind === 'call' && test(a)) || children(a).some((part) => someCall(part, test));

/**
 * Says how they differ where the doubles are so far apart at a point that rounding cannot be the reason; else null.
 * Points where a value is not real though no `i` is involved, lie outside the domain and say nothing.
 */
function differInDoubles(
  a: Expression,
  b: Expression,
  wholes: ReadonlySet<string>,
  budget: Budget,
): string | null {
  const complexWanted = mentions(a, 'i') || mentions(b, 'i');
  for (let index = 0; index < 2; index++) {
    const point = pointNumber(index, wholes);
    const evaluator = new Evaluator(DOUBLES, point, budget);
    try {
      const [left, right] = [evaluator.value(a), evaluator.value(b)];
      if (evaluator.guessed !== null) continue;
      if (!complexWanted && (left.im !== null || right.im !== null)) continue;
      const difference = evaluator.complex.subtract(left, right);
      const size = evaluator.complex.abs(difference);
      const own = Math.max(evaluator.complex.abs(left), evaluator.complex.abs(right));
      // Doubles carry 15 digits: 5 are enough where nothing larger was cancelled on the way.
      if (size > own * 1e-5 && Math.log10(size) > evaluator.magnitude - 8) {
        const real = left.im === null && right.im === null ? ([left.re, right.re] as const) : null;
        return howTheyDiffer(real, unknownsOf(a, b), point);
      }
    } catch (error) {
      if (!(error instanceof Undefined)) throw error;
    }
  }
  return null;
}

/** "with x = 0.5 they are 1.5 and 2.5" */
function howTheyDiffer(
  values: readonly [number, number] | null,
  unknowns: readonly string[],
  point: Point,
): string {
  const short = (x: number): string => String(Number(x.toPrecision(6)));
  const [left, right] = (values ?? []).map(short);
  // Values that look alike when they are short explain nothing, nor does a long list of unknowns.
  if (left === undefined || left === right || unknowns.length > 3)
    return unknowns.length === 0 ? 'their values differ' : 'their values differ where they were tried';
  const chosen = unknowns.map((name) => {
    const { n, d } = point.valueOf(name);
    return `${name} = ${short(Number(n) / Number(d))}`;
  });
  const where = chosen.length === 0 ? '' : `with ${chosen.join(', ')} `;
  return `${where}they are ${left} and ${right}`;
}

interface Places {
  readonly points: number;
  readonly wholes: ReadonlySet<string>;
}

function inDecimals(a: Expression, b: Expression, places: Places, budget: Budget): Comparison {
  const complexWanted = mentions(a, 'i') || mentions(b, 'i');
  const { points, wholes } = places;
  const needed = wholes.size > 0 ? 3 : Math.min(2, points);
  let reason = 'it has no value where it was tried';
  for (const domain of ['real', 'complex'] as const) {
    if (domain === 'real' && complexWanted) continue;
    let agreed = 0;
    let undefinedAt = 0;
    for (let index = 0; index < points; index++) {
      const seen = atPoint(a, b, { index, wholes, domain }, budget);
      if (seen === 'different') return { same: false, by: 'their decimals differ' };
      if (seen === 'undefined') undefinedAt++;
      if (seen === 'same') agreed++;
      if (typeof seen === 'object') reason = seen.reason;
    }
    if (agreed >= needed) {
      const where = points > 1 ? ` at ${agreed} points` : '';
      return { same: true, by: `their values agree to 50 digits${where}` };
    }
    if (undefinedAt === points) throw new Unjudgeable('it has no value');
  }
  throw new Unjudgeable(reason);
}

/** What is seen at a point; an object where nothing can be said there. */
type Seen = 'same' | 'different' | 'outside' | 'undefined' | { readonly reason: string };

interface Place {
  readonly index: number;
  readonly wholes: ReadonlySet<string>;
  readonly domain: 'real' | 'complex';
}

/**
 * Two precisions decide: where the values are the same, all that is left of their difference is rounding, which shrinks
 * with more digits. The first must be fine enough for every term to show beside the largest one of its sum.
 */
function atPoint(a: Expression, b: Expression, { index, wholes, domain }: Place, budget: Budget): Seen {
  /** How large a difference that is rounding alone may have been at the precision before. */
  let noise: number | null = null;
  for (const [level, digits] of PRECISIONS.entries()) {
    const real = highPrecision(level);
    const evaluator = new Evaluator(real, pointNumber(index, wholes), budget);
    let values: readonly [Complex<Decimal>, Complex<Decimal>];
    try {
      values = [evaluator.value(a), evaluator.value(b)];
    } catch (error) {
      if (error instanceof Undefined) return 'undefined';
      throw error;
    }
    const [left, right] = values;
    // Zeros that nothing but zeros led to.
    if (evaluator.magnitude === Number.NEGATIVE_INFINITY) return 'same';
    if (domain === 'real' && (left.im !== null || right.im !== null) && !nearlyReal(left, right, evaluator))
      return 'outside';
    const difference = real.magnitude(evaluator.complex.abs(evaluator.complex.subtract(left, right)));
    const own = Math.max(
      real.magnitude(evaluator.complex.abs(left)),
      real.magnitude(evaluator.complex.abs(right)),
    );
    const agree = difference === Number.NEGATIVE_INFINITY ? digits : own - difference;
    const cancelled = evaluator.magnitude - own;
    const differs: Seen =
      evaluator.guessed === null
        ? 'different'
        : { reason: `the value of "${evaluator.guessed}" is not worked out here` };
    // Far apart, and nothing cancelled: no need to look again.
    if (cancelled < 15 && agree < digits / 2 && difference > evaluator.magnitude - digits / 2) return differs;
    if (evaluator.spread + 30 > digits) continue;
    if (cancelled < 10 && agree > Math.max(digits * 0.6, evaluator.spread + 15)) return 'same';
    if (noise !== null) return difference < noise - digits / 4 ? 'same' : differs;
    noise = difference === Number.NEGATIVE_INFINITY ? evaluator.magnitude - digits : difference;
  }
  return { reason: `more than ${PRECISIONS.at(-1)} digits would be needed to tell the values apart` };
}

/** Imaginary parts that are rounding alone. */
function nearlyReal<R>(a: Complex<R>, b: Complex<R>, evaluator: Evaluator<R>): boolean {
  const { real } = evaluator.complex;
  return [a, b].every(
    ({ im }) => im === null || real.magnitude(im) < evaluator.magnitude - 0.6 * real.digits,
  );
}

/** a - b, for callers that want to know when something is zero. */
export const difference = (a: Expression, b: Expression): Expression => plus(a, minus(b));
