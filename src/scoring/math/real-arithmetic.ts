/** Real arithmetic in doubles and in decimals of any precision, behind one interface, so that one evaluator serves both. */
import { Decimal } from 'decimal.js';
import type { Rational } from './rational.ts';

export interface RealArithmetic<R> {
  of(value: Rational): R;
  add(a: R, b: R): R;
  subtract(a: R, b: R): R;
  multiply(a: R, b: R): R;
  divide(a: R, b: R): R;
  power(a: R, b: R): R;
  /** -1, 0 or 1; NaN for no number. */
  sign(a: R): number;
  isFinite(a: R): boolean;
  /** The power of ten of a number's size, for comparisons of size; -Infinity for 0. */
  magnitude(a: R): number;
  floor(a: R): R;
  sqrt(a: R): R;
  exp(a: R): R;
  ln(a: R): R;
  sin(a: R): R;
  cos(a: R): R;
  asin(a: R): R;
  acos(a: R): R;
  atan2(y: R, x: R): R;
  readonly pi: R;
  /** Significant digits. */
  readonly digits: number;
  /** Steps of the budget that one function value costs. */
  readonly cost: number;
}

function toDouble(value: Rational): number {
  const direct = Number(value.n) / Number(value.d);
  if (!Number.isNaN(direct)) return direct;
  // Both are beyond the doubles: shorten them alike.
  const shift = BigInt(Math.max(0, value.d.toString(2).length - 900));
  return Number(value.n >> shift) / Number(value.d >> shift);
}

export const DOUBLES: RealArithmetic<number> = {
  of: toDouble,
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  power: (a, b) => a ** b,
  sign: Math.sign,
  isFinite: Number.isFinite,
  magnitude: (a) => (a === 0 ? Number.NEGATIVE_INFINITY : Math.log10(Math.abs(a))),
  floor: Math.floor,
  sqrt: Math.sqrt,
  exp: Math.exp,
  ln: Math.log,
  sin: Math.sin,
  cos: Math.cos,
  asin: Math.asin,
  acos: Math.acos,
  atan2: Math.atan2,
  pi: Math.PI,
  digits: 15,
  cost: 1,
};

/** `digits` significant digits. Angles beyond 10^20 and exponents beyond 10^15 give no number. */
export function decimals(digits: number): RealArithmetic<Decimal> {
  const D = Decimal.clone({ precision: digits, maxE: 9e15, minE: -9e15, toExpNeg: -30, toExpPos: 60 });
  const none = new D(Number.NaN);
  const ofAngle = (a: Decimal, value: (a: Decimal) => Decimal): Decimal =>
    a.e > 20 || !a.isFinite() ? none : value(a);
  return {
    of: ({ n, d }) => (d === 1n ? new D(n.toString()) : new D(n.toString()).div(new D(d.toString()))),
    add: (a, b) => a.add(b),
    subtract: (a, b) => a.sub(b),
    multiply: (a, b) => a.mul(b),
    divide: (a, b) => a.div(b),
    power: (a, b) => (b.e > 15 ? none : a.pow(b)),
    sign: (a) => (a.isNaN() ? Number.NaN : a.isZero() ? 0 : a.isNegative() ? -1 : 1),
    isFinite: (a) => a.isFinite(),
    magnitude: (a) => (a.isZero() ? Number.NEGATIVE_INFINITY : a.e),
    floor: (a) => a.floor(),
    sqrt: (a) => a.sqrt(),
    exp: (a) => (a.e > 15 ? none : a.exp()),
    ln: (a) => a.ln(),
    sin: (a) => ofAngle(a, (x) => x.sin()),
    cos: (a) => ofAngle(a, (x) => x.cos()),
    asin: (a) => a.asin(),
    acos: (a) => a.acos(),
    atan2: (y, x) => D.atan2(y, x),
    pi: D.acos(-1),
    digits,
    cost: digits * 2,
  };
}
