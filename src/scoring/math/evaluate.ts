/**
 * The value of an expression at a point. A function nobody knows (`f(x)`) counts as an unknown of its own: a number made
 * from its form, the same wherever the form is the same. So does a known one whose value is not worked out here
 * (`\int`), but then `guessed` says so: values that agree are equal whatever it is, values that differ prove nothing.
 */
import type { Budget } from './budget.ts';
import { type Complex, ComplexArithmetic } from './complex.ts';
import { determinant } from './determinant.ts';
import { exactCall } from './exact-call.ts';
import { BOUND, type Expression, number, rebuild } from './expression.ts';
import { FUNCTIONS } from './names.table.ts';
import { exactValue, normalForm, showForm } from './normal-form.ts';
import { isCounted, numberOf, type Point } from './point.ts';
import type { Rational } from './rational.ts';
import type { RealArithmetic } from './real-arithmetic.ts';

/** Thrown where an expression has no value: a division by 0, the logarithm of 0, a number beyond all bounds. */
export class Undefined extends Error {}

/** Terms of a sum that are added up one by one. */
const MAX_TERMS = 500n;

export class Evaluator<R> {
  readonly complex: ComplexArithmetic<R>;
  /** The largest power of ten met on the way: how much rounding may have blurred the result. */
  magnitude: number = Number.NEGATIVE_INFINITY;
  /** The largest distance, in powers of ten, between two terms of a sum: so many digits hide the smaller one. */
  spread = 0;
  /** A known function whose value could not be worked out and was made up; null: none. */
  guessed: string | null = null;
  /** What the indices of the sums around stand for. */
  readonly #indices = new Map<string, Rational>();
  readonly #real: RealArithmetic<R>;
  readonly #budget: Budget;
  readonly #point: Point;

  constructor(real: RealArithmetic<R>, point: Point, budget: Budget) {
    this.#real = real;
    this.complex = new ComplexArithmetic(real);
    this.#point = point;
    this.#budget = budget;
  }

  /** Throws Undefined. */
  value(a: Expression): Complex<R> {
    const value = this.#value(a);
    if (!this.complex.isFinite(value)) throw new Undefined();
    this.magnitude = Math.max(this.magnitude, this.#real.magnitude(value.re));
    if (value.im !== null) this.magnitude = Math.max(this.magnitude, this.#real.magnitude(value.im));
    return value;
  }

  #value(a: Expression): Complex<R> {
    this.#budget.spend(1 + this.#real.cost / 20);
    const { complex } = this;
    switch (a.kind) {
      case 'number':
        return complex.of(a.value);
      case 'symbol':
        return this.#symbol(a.name);
      case 'sum':
        return this.#sum(a.terms);
      case 'product':
        return a.factors.map((factor) => this.value(factor)).reduce((x, y) => complex.multiply(x, y));
      case 'power':
        return this.#power(a.base, a.exponent);
      case 'call':
        return this.#call(a);
      case 'matrix':
        throw new Undefined();
    }
  }

  #sum(terms: readonly Expression[]): Complex<R> {
    const before = this.magnitude;
    let [highest, largest, smallest] = [before, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    const values = terms.map((term) => {
      this.magnitude = Number.NEGATIVE_INFINITY;
      const value = this.value(term);
      const size = this.#real.magnitude(this.complex.abs(value));
      largest = Math.max(largest, size);
      // What rounding has left of a difference that vanishes is no term.
      if (size > this.magnitude - this.#real.digits + 5) smallest = Math.min(smallest, size);
      highest = Math.max(highest, this.magnitude);
      return value;
    });
    this.magnitude = highest;
    if (Number.isFinite(largest) && Number.isFinite(smallest))
      this.spread = Math.max(this.spread, largest - smallest);
    return values.reduce((x, y) => this.complex.add(x, y));
  }

  #symbol(name: string): Complex<R> {
    const real = this.#real;
    if (name === 'pi') return { re: real.pi, im: null };
    if (name === 'e') return { re: real.exp(real.of({ n: 1n, d: 1n })), im: null };
    if (name === 'i') return { re: this.complex.zero, im: real.of({ n: 1n, d: 1n }) };
    if (name === 'infinity') throw new Undefined();
    const index = this.#indices.get(name);
    return this.complex.of(index ?? this.#point.valueOf(this.#withIndices(name)));
  }

  /** `x_k` inside a sum over k, as the member of the sequence that it is. */
  #withIndices(name: string): string {
    if (!name.includes(BOUND)) return name;
    return name.replace(/bound \d+/g, (index) => String(this.#indices.get(index)?.n ?? index));
  }

  /** With numbers for indices and for unknowns that are whole at this point. */
  #put(a: Expression): Expression {
    const { wholes } = this.#point;
    if (this.#indices.size === 0 && !wholes?.size) return a;
    return rebuild(a, (part) => {
      if (part.kind !== 'symbol') return part;
      const index = this.#indices.get(part.name);
      if (index) return number(index);
      return wholes?.has(part.name) ? number(this.#point.valueOf(part.name)) : part;
    });
  }

  #power(base: Expression, exponent: Expression): Complex<R> {
    if (base.kind === 'symbol' && base.name === 'e') {
      this.#budget.spend(this.#real.cost);
      return this.complex.exp(this.value(exponent));
    }
    const below = this.value(base);
    if (this.complex.isZero(below) && exponent.kind === 'number' && exponent.value.n <= 0n)
      throw new Undefined();
    const put = this.#put(exponent);
    const fraction =
      put.kind === 'number' ? put.value : put === exponent ? null : exactValue(put, this.#budget);
    if (fraction?.d !== 1n) this.#budget.spend(this.#real.cost);
    return this.complex.power(below, this.value(exponent), fraction);
  }

  #call(a: Call): Complex<R> {
    if (isCounted(a)) return this.#counted(a);
    if (a.name === 'det' && a.args[0]?.kind === 'matrix') {
      const cells = a.args[0].rows.map((row) => row.map((cell) => this.value(cell)));
      return determinant(this.complex, cells, this.#budget) ?? this.#opaque(a);
    }
    const known = KNOWN[a.name];
    if (known === undefined) return this.#opaque(a);
    this.#budget.spend(this.#real.cost);
    const args = a.args.map((arg) => this.value(arg));
    const value = known(this.complex, args);
    if (value === null && a.name === 'ln') throw new Undefined();
    return value ?? this.#opaque(a);
  }

  /** Term by term. An empty sum is 0; one whose bounds are the wrong way round has no value. */
  #counted(a: Call): Complex<R> {
    const [index, from, to, body] = a.args;
    const [low, high] = [from, to].map((bound) => exactValue(this.#put(bound!), this.#budget));
    if (index?.kind !== 'symbol' || low?.d !== 1n || high?.d !== 1n) return this.#opaque(a);
    if (high.n < low.n - 1n) throw new Undefined();
    if (high.n - low.n > MAX_TERMS) return this.#opaque(a);
    const { complex } = this;
    const isSum = a.name === 'sum=';
    let total = complex.of({ n: isSum ? 0n : 1n, d: 1n });
    for (let k = low.n; k <= high.n; k++) {
      this.#indices.set(index.name, { n: k, d: 1n });
      const value = this.value(body!);
      total = isSum ? complex.add(total, value) : complex.multiply(total, value);
    }
    this.#indices.delete(index.name);
    return total;
  }

  /** Exact where it can be, else a number of its own. */
  #opaque(a: Call): Complex<R> {
    const args = a.args.map((arg) => this.#put(arg));
    const values = args.map((arg) => exactValue(arg, this.#budget));
    const exact = exactCall(a.name, values, this.#budget);
    if (exact) return this.complex.of(exact);
    const [first] = values;
    if (a.name === 'factorial' && first?.d === 1n && first.n < 0n) throw new Undefined();
    const form = normalForm({ ...a, args }, this.#budget);
    if (form === null) throw new Undefined();
    if (FUNCTIONS.has(a.name) || WITH_VALUE.test(a.name)) this.guessed ??= a.name.replace(/[^a-z]/g, '');
    return this.complex.of(numberOf(showForm(form)));
  }
}

type Call = Extract<Expression, { kind: 'call' }>;

/** Beside the functions with plain names, those that have a value whether it is known here or not. */
const WITH_VALUE = /^(?:sum|prod|int|lim|factorial|binom|norm)/;

type Known = <R>(c: ComplexArithmetic<R>, args: readonly Complex<R>[]) => Complex<R> | null;

const realOnly =
  (apply: <R>(real: RealArithmetic<R>, a: R) => R): Known =>
  (c, [a]) =>
    a && a.im === null ? { re: apply(c.real, a.re), im: null } : null;

/** Functions with values; null where an argument is outside their domain. */
const KNOWN: Readonly<Record<string, Known>> = {
  sin: (c, [a]) => (a ? c.sin(a) : null),
  cos: (c, [a]) => (a ? c.cos(a) : null),
  tan: (c, [a]) => (a ? c.multiply(c.sin(a), c.inverse(c.cos(a))) : null),
  sinh: (c, [a]) => {
    if (!a) return null;
    const e = c.exp(a);
    return c.multiply(c.subtract(e, c.inverse(e)), c.of({ n: 1n, d: 2n }));
  },
  cosh: (c, [a]) => {
    if (!a) return null;
    const e = c.exp(a);
    return c.multiply(c.add(e, c.inverse(e)), c.of({ n: 1n, d: 2n }));
  },
  tanh: (c, [a]) => {
    if (!a) return null;
    const e = c.exp(c.multiply(a, c.of({ n: 2n, d: 1n })));
    const one = c.of({ n: 1n, d: 1n });
    return c.multiply(c.subtract(e, one), c.inverse(c.add(e, one)));
  },
  ln: (c, [a]) => (a && !c.isZero(a) ? c.ln(a) : null),
  arcsin: realOnly((real, a) => real.asin(a)),
  arccos: realOnly((real, a) => real.acos(a)),
  arctan: realOnly((real, a) => real.atan2(a, real.of({ n: 1n, d: 1n }))),
  floor: realOnly((real, a) => real.floor(a)),
  ceil: realOnly((real, a) =>
    real.subtract(real.of({ n: 0n, d: 1n }), real.floor(real.subtract(real.of({ n: 0n, d: 1n }), a))),
  ),
  abs: (c, [a]) => (a ? { re: c.abs(a), im: null } : null),
  Re: (_, [a]) => (a ? { re: a.re, im: null } : null),
  Im: (c, [a]) => (a ? { re: a.im ?? c.zero, im: null } : null),
  arg: (c, [a]) => (a && !c.isZero(a) ? { re: c.real.atan2(a.im ?? c.zero, a.re), im: null } : null),
  sgn: (c, [a]) =>
    a && a.im === null ? c.of({ n: BigInt(Math.sign(c.real.sign(a.re)) || 0), d: 1n }) : null,
  max: extreme(1),
  min: extreme(-1),
};

function extreme(sign: 1 | -1): Known {
  return (c, args) => {
    if (args.length === 0 || args.some(({ im }) => im !== null)) return null;
    const re = args
      .map((arg) => arg.re)
      .reduce((x, y) => (c.real.sign(c.real.subtract(x, y)) === sign ? x : y));
    return { re, im: null };
  };
}
