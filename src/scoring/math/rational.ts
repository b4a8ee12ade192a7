/** Exact fractions: so that 0.1 + 0.2 is 0.3 and 1/3 is not 0.333. Always in lowest terms, denominator positive. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

/** Digits beyond which a number is refused: room for 2006! (5,768 digits). */
export const MAX_DIGITS = 6000;
const BOUND = 10n ** BigInt(MAX_DIGITS);
/** A product of two allowed numbers is looked at whole before it is reduced or refused. */
const WIDE_BOUND = BOUND * BOUND;
/**
 * A fraction with both parts beyond this is refused before it is reduced. No budget is spent here, and Euclid's algorithm
 * takes quadratic time: a millisecond for two numbers of 1,000 digits, a hundred and more for two of 6,000.
 */
const REDUCIBLE_BOUND = 10n ** 1000n;

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y > 0n) [x, y] = [y, x % y];
  return x;
}

/** Null when the denominator is 0 or the number has become too long. */
export function rational(n: bigint, d: bigint = 1n): Rational | null {
  if (d === 0n) return null;
  if (d === 1n) return tooLong(n) ? null : { n, d };
  if (n > WIDE_BOUND || n < -WIDE_BOUND || d > WIDE_BOUND || d < -WIDE_BOUND) return null;
  if ((n > REDUCIBLE_BOUND || n < -REDUCIBLE_BOUND) && (d > REDUCIBLE_BOUND || d < -REDUCIBLE_BOUND))
    return null;
  const common = gcd(n, d) * (d < 0n ? -1n : 1n);
  const reduced = { n: n / common, d: d / common };
  return tooLong(reduced.n) || tooLong(reduced.d) ? null : reduced;
}

function tooLong(value: bigint): boolean {
  return value > BOUND || value < -BOUND;
}

/** Reads `12`, `-0.50`, `.5`, `3.`: plain decimal notation without separators. Null for anything else. */
export function parseDecimal(text: string): Rational | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text);
  if (!match) return null;
  const [, sign, whole = '', part = ''] = match;
  if (whole === '' && part === '') return null;
  if (whole.length + part.length > MAX_DIGITS) return null;
  const value = rational(BigInt(whole + part), 10n ** BigInt(part.length));
  return value && (sign === '-' ? negate(value) : value);
}

export const negate = (a: Rational): Rational => ({ n: -a.n, d: a.d });
export const add = (a: Rational, b: Rational): Rational | null => rational(a.n * b.d + b.n * a.d, a.d * b.d);
export const multiply = (a: Rational, b: Rational): Rational | null => rational(a.n * b.n, a.d * b.d);
export const divide = (a: Rational, b: Rational): Rational | null => rational(a.n * b.d, a.d * b.n);
export const equalRationals = (a: Rational, b: Rational): boolean => a.n === b.n && a.d === b.d;

/** `base` to a whole power; null when the result would be too long or is undefined. */
export function power(base: Rational, exponent: bigint): Rational | null {
  if (exponent < 0n) return base.n === 0n ? null : power(positive(base.d, base.n), -exponent);
  const isUnit = base.d === 1n && (base.n === 0n || base.n === 1n || base.n === -1n);
  if (isUnit)
    return { n: exponent === 0n ? 1n : base.n === -1n && exponent % 2n === 0n ? 1n : base.n, d: 1n };
  // A number of k digits is at least 10^(k-1), and at least 2: refuse what must become too long.
  const digits = Math.max(digitsOf(base.n), digitsOf(base.d));
  if (exponent > 20_000n || Math.max(digits - 1, 0.3) * Number(exponent) > MAX_DIGITS) return null;
  const [n, d] = [base.n ** exponent, base.d ** exponent];
  return tooLong(n) || tooLong(d) ? null : { n, d };
}

function positive(n: bigint, d: bigint): Rational {
  return d < 0n ? { n: -n, d: -d } : { n, d };
}

/** Decimal digits of the absolute value. */
export function digitsOf(value: bigint): number {
  const size = value < 0n ? -value : value;
  return size < 10n
    ? 1
    : size < 1_000_000_000_000_000n
      ? String(size).length
      : Math.ceil(size.toString(16).length * 1.2042);
}

/** As people write it: `18`, `-5/2`. */
export function showRational(a: Rational): string {
  return a.d === 1n ? String(a.n) : `${a.n}/${a.d}`;
}
