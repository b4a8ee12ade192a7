/** Exact fractions: so that 0.1 + 0.2 is 0.3 and 1/3 is not 0.333. Always in lowest terms, denominator positive. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

/** Digits beyond which a number is refused: answers are short, and hostile ones must not cost minutes. */
const MAX_DIGITS = 400;

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y > 0n) [x, y] = [y, x % y];
  return x;
}

/** Null when the denominator is 0 or the number has become too long. */
export function rational(n: bigint, d: bigint = 1n): Rational | null {
  if (d === 0n) return null;
  const common = gcd(n, d) * (d < 0n ? -1n : 1n);
  const reduced = { n: n / common, d: d / common };
  return tooLong(reduced.n) || tooLong(reduced.d) ? null : reduced;
}

function tooLong(value: bigint): boolean {
  return value > 10n ** BigInt(MAX_DIGITS) || value < -(10n ** BigInt(MAX_DIGITS));
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
  if (exponent < 0n)
    return base.n === 0n ? null : power({ n: 1n, d: 1n }, 0n) && invert(power(base, -exponent));
  const size = Math.max(String(base.n).length, String(base.d).length);
  if (exponent > 10_000n || size > 1 || (base.n !== 0n && base.n !== 1n && base.n !== -1n)) {
    if (BigInt(size) * exponent > BigInt(4 * MAX_DIGITS)) return null;
  }
  return rational(base.n ** exponent, base.d ** exponent);
}

function invert(a: Rational | null): Rational | null {
  return a && rational(a.d, a.n);
}

/** The exact square root if it is a fraction, else null. */
export function exactRoot(a: Rational, index: bigint = 2n): Rational | null {
  if (a.n < 0n && index % 2n === 0n) return null;
  const n = wholeRoot(a.n < 0n ? -a.n : a.n, index);
  const d = wholeRoot(a.d, index);
  return n === null || d === null ? null : rational(a.n < 0n ? -n : n, d);
}

function wholeRoot(value: bigint, index: bigint): bigint | null {
  if (value < 2n) return value;
  let low = 1n;
  let high = value;
  while (low < high) {
    const middle = (low + high + 1n) / 2n;
    if (String(middle).length * Number(index) > 2 * MAX_DIGITS || middle ** index > value) high = middle - 1n;
    else low = middle;
  }
  return low ** index === value ? low : null;
}

/** The nearest double; may be infinite for very long numbers. */
export function toNumber(a: Rational): number {
  const direct = Number(a.n) / Number(a.d);
  if (Number.isFinite(direct) && (direct !== 0 || a.n === 0n)) return direct;
  return Number((a.n * 10n ** 40n) / a.d) / 1e40;
}

/** As people write it: `18`, `-5/2`. */
export function showRational(a: Rational): string {
  return a.d === 1n ? String(a.n) : `${a.n}/${a.d}`;
}
