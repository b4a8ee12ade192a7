/** Functions of rational numbers that are rational again, exactly. */
import type { Budget } from './budget.ts';
import { digitsOf, negate, type Rational, rational } from './rational.ts';

const whole = (a: Rational | null | undefined): bigint | null => (a && a.d === 1n ? a.n : null);
const compare = (a: Rational, b: Rational): number => {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};
const floor = ({ n, d }: Rational): bigint => (n >= 0n || n % d === 0n ? n / d : n / d - 1n);

/** Null when the function is not one of these, an argument is no rational number, or the result would be too long. */
export function exactCall(name: string, args: readonly (Rational | null)[], budget: Budget): Rational | null {
  const [a, b] = args;
  if (a === null || a === undefined) return null;
  const known = args.filter((arg): arg is Rational => arg !== null);
  if (known.length < args.length) return null;
  switch (name) {
    case 'abs':
      return a.n < 0n ? negate(a) : a;
    case 'floor':
      return rational(floor(a));
    case 'ceil':
      return rational(-floor(negate(a)));
    case 'sgn':
      return rational(a.n < 0n ? -1n : a.n > 0n ? 1n : 0n);
    case 'min':
      return known.reduce((x, y) => (compare(x, y) <= 0 ? x : y));
    case 'max':
      return known.reduce((x, y) => (compare(x, y) >= 0 ? x : y));
    case 'ln':
      return a.n === a.d ? rational(0n) : null;
    case 'factorial':
      return factorial(whole(a), budget);
    case 'binom':
      return binomial(whole(a), whole(b), budget);
    case 'gcd':
    case 'lcm':
      return known.every((x) => x.d === 1n) ? common(name, known, budget) : null;
    default:
      return null;
  }
}

function factorial(n: bigint | null, budget: Budget): Rational | null {
  if (n === null || n < 0n || n > 2500n) return null;
  let result = 1n;
  for (let i = 2n; i <= n; i++) result *= i;
  budget.spend(Number(n));
  return rational(result);
}

function binomial(n: bigint | null, k: bigint | null, budget: Budget): Rational | null {
  if (n === null || k === null || n < 0n || n > 10_000n) return null;
  if (k < 0n || k > n) return rational(0n);
  const steps = k < n - k ? k : n - k;
  budget.spend(Number(steps) * 2);
  let result = 1n;
  for (let i = 1n; i <= steps; i++) {
    result = (result * (n - steps + i)) / i;
    if (digitsOf(result) > 6000) return null;
  }
  return rational(result);
}

function common(name: 'gcd' | 'lcm', values: readonly Rational[], budget: Budget): Rational | null {
  const greatest = (x: bigint, y: bigint): bigint => {
    let [a, b] = [x, y];
    while (b !== 0n) {
      budget.spend(1 + Math.ceil(digitsOf(a) / 60));
      [a, b] = [b, a % b];
    }
    return a < 0n ? -a : a;
  };
  let result = values[0]!.n;
  for (const { n } of values.slice(1)) {
    const divisor = greatest(result, n);
    if (divisor === 0n) return rational(0n);
    result = name === 'gcd' ? divisor : (result / divisor) * n;
  }
  return rational(result < 0n ? -result : result);
}
