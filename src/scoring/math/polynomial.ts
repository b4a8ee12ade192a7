/**
 * Sums of products of atoms with rational coefficients. An atom is a name that stands for something that is not worked
 * out further: an unknown, `pi`, a prime number under a root, a function of its arguments. Exponents may be fractions
 * (`x^{1/2}`) and negative.
 */
import type { Budget } from './budget.ts';
import { add, digitsOf, equalRationals, multiply, type Rational, showRational } from './rational.ts';

export interface Term {
  readonly coefficient: Rational;
  /** Sorted by atom; no exponent is 0. */
  readonly powers: readonly (readonly [atom: string, exponent: number])[];
}

/** By the key of its powers; no coefficient is 0. */
export type Polynomial = ReadonlyMap<string, Term>;

/** Thrown where a form would become too large: another way of comparing has to decide. */
export class TooLarge extends Error {}

const MAX_TERMS = 400;
const ZERO: Rational = { n: 0n, d: 1n };
const MINUS: Rational = { n: -1n, d: 1n };

const keyOf = (powers: Term['powers']): string =>
  powers.map(([atom, e]) => (e === 1 ? atom : `${atom}^${e}`)).join('*');

export const constant = (value: Rational): Polynomial =>
  value.n === 0n ? new Map() : new Map([['', { coefficient: value, powers: [] }]]);

/** A single atom with an exponent, times a coefficient. */
export function monomial(
  atom: string,
  exponent: number,
  coefficient: Rational = { n: 1n, d: 1n },
): Polynomial {
  if (exponent === 0) return constant(coefficient);
  return ofTerms([tidy(coefficient, [[atom, exponent]])]);
}

function ofTerms(terms: Iterable<Term>): Polynomial {
  const result = new Map<string, Term>();
  for (const term of terms) addTo(result, term);
  return result;
}

function addTo(result: Map<string, Term>, term: Term): void {
  const key = keyOf(term.powers);
  const present = result.get(key);
  const coefficient = checked(add(present?.coefficient ?? ZERO, term.coefficient));
  if (coefficient.n === 0n) result.delete(key);
  else result.set(key, { coefficient, powers: term.powers });
  if (result.size > MAX_TERMS) throw new TooLarge();
}

export function checked(value: Rational | null): Rational {
  if (value === null) throw new TooLarge();
  return value;
}

/** Thirds and the like add up to whole numbers in spite of rounding. */
const rounded = (exponent: number): number => Math.round(exponent * 5040) / 5040;

/** Whole powers of a number go into the coefficient, `i` keeps an exponent of 0 or 1. */
function tidy(coefficient: Rational, powers: (readonly [string, number])[]): Term {
  let value = coefficient;
  const rest: (readonly [string, number])[] = [];
  for (const [atom, exponent] of powers) {
    let left = rounded(exponent);
    if (atom === 'i' && Number.isInteger(left)) {
      const turns = ((left % 4) + 4) % 4;
      if (turns >= 2) value = checked(multiply(value, MINUS));
      left = turns % 2;
    } else if (/^\d+$/.test(atom)) {
      const out = Math.floor(left);
      if (out !== 0) {
        const whole = BigInt(atom) ** BigInt(Math.abs(out));
        value = checked(multiply(value, out > 0 ? { n: whole, d: 1n } : { n: 1n, d: whole }));
      }
      left = rounded(left - out);
    }
    if (left !== 0) rest.push([atom, left]);
  }
  return { coefficient: value, powers: rest };
}

export function sumOf(a: Polynomial, b: Polynomial, budget: Budget): Polynomial {
  budget.spend(b.size + 1);
  const result = new Map(a);
  for (const term of b.values()) addTo(result, term);
  return result;
}

export function productOf(a: Polynomial, b: Polynomial, budget: Budget): Polynomial {
  budget.spend(a.size * b.size + 1);
  const result = new Map<string, Term>();
  for (const left of a.values()) {
    for (const right of b.values()) {
      const long = digitsOf(left.coefficient.n) + digitsOf(right.coefficient.n);
      if (long > 60) budget.spend(Math.ceil((long / 60) ** 1.6));
      const coefficient = checked(multiply(left.coefficient, right.coefficient));
      addTo(result, tidy(coefficient, merged(left.powers, right.powers)));
    }
  }
  return result;
}

function merged(a: Term['powers'], b: Term['powers']): (readonly [string, number])[] {
  const result: (readonly [string, number])[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    if (right === undefined || (left !== undefined && left[0] < right[0])) {
      result.push(left!);
      i++;
    } else if (left === undefined || right[0] < left[0]) {
      result.push(right);
      j++;
    } else {
      result.push([left[0], left[1] + right[1]]);
      i++;
      j++;
    }
  }
  return result;
}

/** The only term; null when there are more or none. */
export function onlyTerm(a: Polynomial): Term | null {
  if (a.size !== 1) return null;
  const [term] = a.values();
  return term ?? null;
}

/** The value of a polynomial without atoms; null otherwise. */
export function constantOf(a: Polynomial): Rational | null {
  if (a.size === 0) return ZERO;
  const term = onlyTerm(a);
  return term && term.powers.length === 0 ? term.coefficient : null;
}

export const fromTerm = (coefficient: Rational, powers: Term['powers']): Polynomial => {
  const sorted = [...powers].sort(([x], [y]) => (x < y ? -1 : x > y ? 1 : 0));
  return ofTerms([tidy(coefficient, sorted)]);
};

export function samePolynomials(a: Polynomial, b: Polynomial): boolean {
  if (a.size !== b.size) return false;
  for (const [key, term] of a) {
    const other = b.get(key);
    if (!other || !equalRationals(term.coefficient, other.coefficient)) return false;
  }
  return true;
}

/** The same text for the same polynomial. */
export function showPolynomial(a: Polynomial): string {
  if (a.size === 0) return '0';
  return [...a.entries()]
    .map(([key, { coefficient }]) =>
      key === '' ? showRational(coefficient) : `${showRational(coefficient)}*${key}`,
    )
    .sort()
    .join('+');
}
