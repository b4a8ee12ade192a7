/**
 * Brings expressions into one form by exact algebra: a fraction of two polynomials over atoms. Two expressions with
 * equal forms are equal for certain; different forms prove nothing, because an atom hides what is inside it.
 */
import type { Budget } from './budget.ts';
import { exactCall } from './exact-call.ts';
import type { Expression } from './expression.ts';
import {
  checked,
  constant,
  constantOf,
  fromTerm,
  monomial,
  onlyTerm,
  type Polynomial,
  productOf,
  samePolynomials,
  showPolynomial,
  sumOf,
  type Term,
  TooLarge,
} from './polynomial.ts';
import { multiply, power, type Rational } from './rational.ts';

export interface Form {
  readonly above: Polynomial;
  readonly below: Polynomial;
}

const ONE: Rational = { n: 1n, d: 1n };
const UNIT: Polynomial = constant(ONE);
/** Whole powers of sums are multiplied out up to this exponent. */
const MAX_EXPONENT = 40;
/** Primes up to this are taken out of roots. */
const MAX_PRIME = 2000n;

/** Null when the form would be too large, or a denominator is 0. */
export function normalForm(a: Expression, budget: Budget): Form | null {
  try {
    return new Former(budget).form(a);
  } catch (error) {
    if (error instanceof TooLarge) return null;
    throw error;
  }
}

/** Whether the two forms are certainly the same. */
export function sameForms(a: Form, b: Form, budget: Budget): boolean {
  try {
    if (samePolynomials(a.below, b.below)) return samePolynomials(a.above, b.above);
    return samePolynomials(productOf(a.above, b.below, budget), productOf(b.above, a.below, budget));
  } catch (error) {
    if (error instanceof TooLarge) return false;
    throw error;
  }
}

/** The same text for the same form. */
export function showForm({ above, below }: Form): string {
  return samePolynomials(below, UNIT)
    ? showPolynomial(above)
    : `(${showPolynomial(above)})/(${showPolynomial(below)})`;
}

/** Functions whose arguments have no order. */
const UNORDERED = /^(?:gcd|lcm|max|min)$/;

/** The value of an expression in which algebra leaves nothing but a rational number; null for any other. */
export function exactValue(a: Expression, budget: Budget): Rational | null {
  const form = a.kind === 'number' ? null : normalForm(a, budget);
  if (form === null) return a.kind === 'number' ? a.value : null;
  return samePolynomials(form.below, UNIT) ? constantOf(form.above) : null;
}

class Former {
  readonly #budget: Budget;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  form(a: Expression): Form {
    this.#budget.spend(1);
    switch (a.kind) {
      case 'number':
        return { above: constant(a.value), below: UNIT };
      case 'symbol':
        return { above: monomial(a.name, 1), below: UNIT };
      case 'sum':
        return a.terms.map((term) => this.form(term)).reduce((x, y) => this.#plus(x, y));
      case 'product':
        return a.factors.map((factor) => this.form(factor)).reduce((x, y) => this.#times(x, y));
      case 'power':
        return this.#power(this.form(a.base), a.exponent);
      case 'call': {
        const args = a.args.map((arg) => this.form(arg));
        const values = args.map(({ above, below }) =>
          samePolynomials(below, UNIT) ? constantOf(above) : null,
        );
        const exact = exactCall(a.name, values, this.#budget);
        if (exact !== null) return { above: constant(exact), below: UNIT };
        const shown = args.map(showForm);
        return atom(`${a.name}(${(UNORDERED.test(a.name) ? shown.sort() : shown).join(',')})`);
      }
      case 'matrix':
        return atom(
          `matrix(${a.rows.map((row) => row.map((x) => showForm(this.form(x))).join(',')).join(';')})`,
        );
    }
  }

  #plus(a: Form, b: Form): Form {
    if (samePolynomials(a.below, b.below))
      return { above: sumOf(a.above, b.above, this.#budget), below: a.below };
    return this.#tidy(
      sumOf(
        productOf(a.above, b.below, this.#budget),
        productOf(b.above, a.below, this.#budget),
        this.#budget,
      ),
      productOf(a.below, b.below, this.#budget),
    );
  }

  #times(a: Form, b: Form): Form {
    return this.#tidy(productOf(a.above, b.above, this.#budget), productOf(a.below, b.below, this.#budget));
  }

  /** A denominator of one term is multiplied into the numerator. */
  #tidy(above: Polynomial, below: Polynomial): Form {
    if (below.size === 0) throw new TooLarge();
    const term = onlyTerm(below);
    if (term === null || samePolynomials(below, UNIT)) return { above, below };
    return { above: productOf(above, inverseOf(term), this.#budget), below: UNIT };
  }

  #power(base: Form, exponent: Expression): Form {
    if (exponent.kind !== 'number') {
      const key = showForm(this.form(exponent));
      // A known exponent hidden in an expression, such as (1 + 1)/4.
      const value = /^-?\d+(?:\/\d+)?$/.test(key) ? key.split('/').map(BigInt) : null;
      if (value) return this.#rational(base, { n: value[0]!, d: value[1] ?? 1n });
      return atom(`(${showForm(base)})^(${key})`);
    }
    return this.#rational(base, exponent.value);
  }

  #rational(base: Form, exponent: Rational): Form {
    if (exponent.n < 0n) {
      return this.#rational(this.#tidy(base.below, base.above), { n: -exponent.n, d: exponent.d });
    }
    if (exponent.n === 0n) return { above: UNIT, below: UNIT };
    const term = samePolynomials(base.below, UNIT) ? onlyTerm(base.above) : null;
    if (exponent.d === 1n)
      return term ? this.#wholePower(term, exponent.n) : this.#repeated(base, exponent.n);
    if (base.above.size === 0) return base;
    const root = term && this.#root(term, exponent);
    if (root) return { above: root, below: UNIT };
    return { above: monomial(`(${showForm(base)})`, Number(exponent.n) / Number(exponent.d)), below: UNIT };
  }

  #wholePower(term: Term, exponent: bigint): Form {
    if (exponent > 20_000n) throw new TooLarge();
    const coefficient = checked(power(term.coefficient, exponent));
    this.#budget.spend(String(coefficient.n).length);
    const powers = term.powers.map(([name, e]) => [name, e * Number(exponent)] as const);
    return { above: fromTerm(coefficient, powers), below: UNIT };
  }

  #repeated(base: Form, exponent: bigint): Form {
    if (exponent > MAX_EXPONENT) throw new TooLarge();
    let result: Form = { above: UNIT, below: UNIT };
    for (let i = 0n; i < exponent; i++) result = this.#times(result, base);
    return result;
  }

  /**
   * A root of one term: primes come out of the number, unknowns get a fraction as exponent. Odd roots of negative
   * numbers are the real ones, as people read `\sqrt[3]{-8}`. Null where that would be wrong, as for (x^2)^(1/2).
   */
  #root({ coefficient, powers }: Term, exponent: Rational): Polynomial | null {
    const e = Number(exponent.n) / Number(exponent.d);
    if (powers.some(([name, p]) => p !== 1 && !(p === -1 && exponent.d === 2n) && !/^\d+$/.test(name)))
      return null;
    if (powers.length > 0 && coefficient.n < 0n) return null;
    const found = new Map<string, number>();
    for (const [name, p] of powers) found.set(name, p * e);
    const size = coefficient.n < 0n ? -coefficient.n : coefficient.n;
    for (const [value, sign] of [
      [size, 1],
      [coefficient.d, -1],
    ] as const) {
      for (const [prime, times] of this.#primes(value)) {
        found.set(prime, (found.get(prime) ?? 0) + sign * times * e);
      }
    }
    let sign = ONE;
    if (coefficient.n < 0n) {
      if (exponent.d === 2n) found.set('i', Number(exponent.n % 4n));
      else if (exponent.d % 2n === 1n) sign = exponent.n % 2n === 1n ? { n: -1n, d: 1n } : ONE;
      else return null;
    }
    return fromTerm(sign, [...found]);
  }

  /** Prime factors; what is left after small ones stays whole, or as a root if it is a square. */
  #primes(value: bigint): Map<string, number> {
    const found = new Map<string, number>();
    let rest = value;
    // Long numbers are left whole: dividing them thousands of times would cost too much.
    const last = value > 10n ** 40n ? 1n : MAX_PRIME;
    for (let prime = 2n; prime <= last && prime * prime <= rest; prime += prime === 2n ? 1n : 2n) {
      this.#budget.spend(1);
      while (rest % prime === 0n) {
        found.set(String(prime), (found.get(String(prime)) ?? 0) + 1);
        rest /= prime;
      }
    }
    if (rest > 1n) {
      const root = BigInt(Math.round(Math.sqrt(Number(rest))));
      if (rest < 2n ** 100n && root * root === rest)
        found.set(String(root), (found.get(String(root)) ?? 0) + 2);
      else found.set(String(rest), (found.get(String(rest)) ?? 0) + 1);
    }
    return found;
  }
}

const atom = (name: string): Form => {
  if (name.length > 4000) throw new TooLarge();
  return { above: monomial(name, 1), below: UNIT };
};

function inverseOf(term: Term): Polynomial {
  const { n, d } = term.coefficient;
  const inverse = n < 0n ? { n: -d, d: -n } : { n: d, d: n };
  return fromTerm(
    checked(multiply(inverse, ONE)),
    term.powers.map(([name, e]) => [name, -e] as const),
  );
}
