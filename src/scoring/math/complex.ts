/** Complex numbers over any real arithmetic. Principal branches, but real odd roots of negative numbers. */
import type { Rational } from './rational.ts';
import type { RealArithmetic } from './real-arithmetic.ts';

export interface Complex<R> {
  readonly re: R;
  /** Null: exactly real. */
  readonly im: R | null;
}

export class ComplexArithmetic<R> {
  readonly real: RealArithmetic<R>;
  readonly zero: R;

  constructor(real: RealArithmetic<R>) {
    this.real = real;
    this.zero = real.of({ n: 0n, d: 1n });
  }

  of(value: Rational): Complex<R> {
    return { re: this.real.of(value), im: null };
  }

  #make(re: R, im: R): Complex<R> {
    return this.real.sign(im) === 0 ? { re, im: null } : { re, im };
  }

  add(a: Complex<R>, b: Complex<R>): Complex<R> {
    const re = this.real.add(a.re, b.re);
    if (a.im === null) return { re, im: b.im };
    return b.im === null ? { re, im: a.im } : this.#make(re, this.real.add(a.im, b.im));
  }

  subtract(a: Complex<R>, b: Complex<R>): Complex<R> {
    return this.add(a, this.negate(b));
  }

  negate(a: Complex<R>): Complex<R> {
    const re = this.real.subtract(this.zero, a.re);
    return { re, im: a.im === null ? null : this.real.subtract(this.zero, a.im) };
  }

  multiply(a: Complex<R>, b: Complex<R>): Complex<R> {
    const { real } = this;
    if (a.im === null && b.im === null) return { re: real.multiply(a.re, b.re), im: null };
    const [ai, bi] = [a.im ?? this.zero, b.im ?? this.zero];
    return this.#make(
      real.subtract(real.multiply(a.re, b.re), real.multiply(ai, bi)),
      real.add(real.multiply(a.re, bi), real.multiply(ai, b.re)),
    );
  }

  inverse(a: Complex<R>): Complex<R> {
    const { real } = this;
    const one = real.of({ n: 1n, d: 1n });
    if (a.im === null) return { re: real.divide(one, a.re), im: null };
    const size = real.add(real.multiply(a.re, a.re), real.multiply(a.im, a.im));
    return this.#make(real.divide(a.re, size), real.divide(real.subtract(this.zero, a.im), size));
  }

  abs(a: Complex<R>): R {
    const { real } = this;
    if (a.im === null) return real.sign(a.re) < 0 ? real.subtract(this.zero, a.re) : a.re;
    return real.sqrt(real.add(real.multiply(a.re, a.re), real.multiply(a.im, a.im)));
  }

  isZero(a: Complex<R>): boolean {
    return this.real.sign(a.re) === 0 && (a.im === null || this.real.sign(a.im) === 0);
  }

  isFinite(a: Complex<R>): boolean {
    return this.real.isFinite(a.re) && (a.im === null || this.real.isFinite(a.im));
  }

  exp(a: Complex<R>): Complex<R> {
    const { real } = this;
    const size = real.exp(a.re);
    if (a.im === null) return { re: size, im: null };
    return this.#make(real.multiply(size, real.cos(a.im)), real.multiply(size, real.sin(a.im)));
  }

  ln(a: Complex<R>): Complex<R> {
    const { real } = this;
    if (a.im === null && real.sign(a.re) > 0) return { re: real.ln(a.re), im: null };
    return this.#make(real.ln(this.abs(a)), real.atan2(a.im ?? this.zero, a.re));
  }

  /** `exponent` as a fraction where it is one: odd roots of negative numbers are then real. */
  power(base: Complex<R>, exponent: Complex<R>, fraction: Rational | null): Complex<R> {
    const { real } = this;
    if (fraction && fraction.d === 1n && fraction.n >= -64n && fraction.n <= 64n) {
      return this.#wholePower(base, Number(fraction.n));
    }
    if (this.isZero(base))
      return real.sign(exponent.re) > 0 ? base : { re: real.divide(this.zero, this.zero), im: null };
    if (base.im === null && exponent.im === null) {
      if (real.sign(base.re) > 0) {
        const half = fraction?.n === 1n && fraction.d === 2n;
        return { re: half ? real.sqrt(base.re) : real.power(base.re, exponent.re), im: null };
      }
      if (fraction && fraction.d % 2n === 1n) {
        const size = real.power(real.subtract(this.zero, base.re), exponent.re);
        return { re: fraction.n % 2n === 0n ? size : real.subtract(this.zero, size), im: null };
      }
      if (fraction?.n === 1n && fraction.d === 2n) {
        return { re: this.zero, im: real.sqrt(real.subtract(this.zero, base.re)) };
      }
    }
    return this.exp(this.multiply(exponent, this.ln(base)));
  }

  #wholePower(base: Complex<R>, exponent: number): Complex<R> {
    let result: Complex<R> = this.of({ n: 1n, d: 1n });
    let square = base;
    for (let left = Math.abs(exponent); left > 0; left >>= 1) {
      if (left % 2 === 1) result = this.multiply(result, square);
      if (left > 1) square = this.multiply(square, square);
    }
    return exponent < 0 ? this.inverse(result) : result;
  }

  /** Through e^{ia} where `a` is no real number. */
  sin(a: Complex<R>): Complex<R> {
    if (a.im === null) return { re: this.real.sin(a.re), im: null };
    const turn = this.exp({ re: this.real.subtract(this.zero, a.im), im: a.re });
    const difference = this.subtract(turn, this.inverse(turn));
    return this.multiply(difference, { re: this.zero, im: this.real.of({ n: -1n, d: 2n }) });
  }

  cos(a: Complex<R>): Complex<R> {
    if (a.im === null) return { re: this.real.cos(a.re), im: null };
    const turn = this.exp({ re: this.real.subtract(this.zero, a.im), im: a.re });
    return this.multiply(this.add(turn, this.inverse(turn)), this.of({ n: 1n, d: 2n }));
  }
}
