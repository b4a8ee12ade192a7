/**
 * The value of an expression at a point. What has no known value (`f(x)`, `\sum`) counts as an unknown of its own: a
 * number made from its form, the same wherever the form is the same.
 */
import type { Budget } from './budget.ts';
import { type Complex, ComplexArithmetic } from './complex.ts';
import { exactCall } from './exact-call.ts';
import type { Expression } from './expression.ts';
import { normalForm, showForm } from './normal-form.ts';
import { type Rational, rational } from './rational.ts';
import type { RealArithmetic } from './real-arithmetic.ts';

/** Thrown where an expression has no value: a division by 0, the logarithm of 0, a number beyond all bounds. */
export class Undefined extends Error {}

export interface Point {
  /** The value of an unknown. */
  valueOf(name: string): Rational;
}

export class Evaluator<R> {
  readonly complex: ComplexArithmetic<R>;
  /** The largest power of ten met on the way: how much rounding may have blurred the result. */
  magnitude: number = Number.NEGATIVE_INFINITY;
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
        return a.terms.map((term) => this.value(term)).reduce((x, y) => complex.add(x, y));
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

  #symbol(name: string): Complex<R> {
    const real = this.#real;
    if (name === 'pi') return { re: real.pi, im: null };
    if (name === 'e') return { re: real.exp(real.of({ n: 1n, d: 1n })), im: null };
    if (name === 'i') return { re: this.complex.zero, im: real.of({ n: 1n, d: 1n }) };
    if (name === 'infinity') throw new Undefined();
    return this.complex.of(this.#point.valueOf(name));
  }

  #power(base: Expression, exponent: Expression): Complex<R> {
    if (base.kind === 'symbol' && base.name === 'e') {
      this.#budget.spend(this.#real.cost);
      return this.complex.exp(this.value(exponent));
    }
    const below = this.value(base);
    if (this.complex.isZero(below) && exponent.kind === 'number' && exponent.value.n <= 0n)
      throw new Undefined();
    const fraction = exponent.kind === 'number' ? exponent.value : null;
    if (fraction?.d !== 1n) this.#budget.spend(this.#real.cost);
    return this.complex.power(below, this.value(exponent), fraction);
  }

  #call(a: Extract<Expression, { kind: 'call' }>): Complex<R> {
    const known = KNOWN[a.name];
    if (known === undefined) return this.#opaque(a);
    this.#budget.spend(this.#real.cost);
    const args = a.args.map((arg) => this.value(arg));
    const value = known(this.complex, args);
    return value ?? this.#opaque(a);
  }

  /** Exact where it can be, else a number of its own. */
  #opaque(a: Extract<Expression, { kind: 'call' }>): Complex<R> {
    const forms = a.args.map((arg) => normalForm(arg, this.#budget));
    const exact = exactCall(
      a.name,
      a.args.map((arg) => (arg.kind === 'number' ? arg.value : null)),
      this.#budget,
    );
    if (exact) return this.complex.of(exact);
    if (forms.includes(null)) throw new Undefined();
    return this.complex.of(numberOf(`${a.name}(${forms.map((form) => showForm(form!)).join(',')})`));
  }
}

/** A number between 1 and 2 made from a text (FNV-1a), different for different texts. */
export function numberOf(text: string): Rational {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return rational(BigInt(hash) + 0x1_0000_0001n, 0x1_0000_0000n)!;
}

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
