/** Mathematical expressions as plain trees, and the constructors that keep them small. */
import { add, divide, equalRationals, multiply, negate, type Rational, power as raise } from './rational.ts';

export type Expression =
  | {
      readonly kind: 'number';
      readonly value: Rational;
      /** Digits behind the point when it was written as a decimal fraction, else null. */
      readonly places: number | null;
    }
  /** An unknown or a constant: `x`, `x_1`, `pi`, `e`, `i`, `infinity`. */
  | { readonly kind: 'symbol'; readonly name: string }
  | { readonly kind: 'sum'; readonly terms: readonly Expression[] }
  | { readonly kind: 'product'; readonly factors: readonly Expression[] }
  | { readonly kind: 'power'; readonly base: Expression; readonly exponent: Expression }
  /** A function of arguments, known (`sin`, `abs`) or not (`f`). */
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'matrix'; readonly rows: readonly (readonly Expression[])[] };

export type MatrixExpression = Extract<Expression, { kind: 'matrix' }>;

export const number = (value: Rational, places: number | null = null): Expression => ({
  kind: 'number',
  value,
  places,
});
export const whole = (value: bigint | number): Expression => number({ n: BigInt(value), d: 1n });
export const symbol = (name: string): Expression => ({ kind: 'symbol', name });
export const call = (name: string, ...args: Expression[]): Expression => ({ kind: 'call', name, args });

export const ONE: Expression = whole(1);
const MINUS_ONE = whole(-1);
export const INFINITY: Expression = symbol('infinity');

export function isWhole(a: Expression): a is Extract<Expression, { kind: 'number' }> {
  return a.kind === 'number' && a.value.d === 1n;
}

/** Sums of numbers and of matrices of one shape are worked out at once. */
export function plus(a: Expression, b: Expression): Expression {
  if (a.kind === 'number' && b.kind === 'number' && a.places === null && b.places === null) {
    const value = add(a.value, b.value);
    if (value) return number(value);
  }
  if (a.kind === 'matrix' && b.kind === 'matrix' && sameShape(a, b)) {
    return { kind: 'matrix', rows: a.rows.map((row, i) => row.map((cell, j) => plus(cell, b.rows[i]![j]!))) };
  }
  return { kind: 'sum', terms: [...(a.kind === 'sum' ? a.terms : [a]), b] };
}

export function minus(a: Expression): Expression {
  if (a.kind === 'number') return number(negate(a.value), a.places);
  return times(MINUS_ONE, a);
}

/** Products of numbers, of a number and a matrix, and of matrices that fit are worked out at once. */
export function times(a: Expression, b: Expression): Expression {
  if (a.kind === 'number' && b.kind === 'number' && a.places === null && b.places === null) {
    const value = multiply(a.value, b.value);
    if (value) return number(value);
  }
  if (a.kind === 'matrix' && b.kind === 'matrix') return matrixProduct(a, b);
  if (a.kind === 'matrix') return { kind: 'matrix', rows: a.rows.map((row) => row.map((x) => times(x, b))) };
  if (b.kind === 'matrix') return { kind: 'matrix', rows: b.rows.map((row) => row.map((x) => times(a, x))) };
  return { kind: 'product', factors: [...(a.kind === 'product' ? a.factors : [a]), b] };
}

export function over(a: Expression, b: Expression): Expression {
  if (a.kind === 'number' && b.kind === 'number' && a.places === null && b.places === null) {
    const value = divide(a.value, b.value);
    if (value) return number(value);
  }
  return times(a, { kind: 'power', base: b, exponent: MINUS_ONE });
}

export function toPower(base: Expression, exponent: Expression): Expression {
  if (base.kind === 'number' && base.places === null && isWhole(exponent)) {
    const value = raise(base.value, exponent.value.n);
    if (value) return number(value);
  }
  return { kind: 'power', base, exponent };
}

export function rootOf(base: Expression, index: Expression): Expression {
  return { kind: 'power', base, exponent: over(ONE, index) };
}

function sameShape(a: MatrixExpression, b: MatrixExpression): boolean {
  return a.rows.length === b.rows.length && a.rows.every((row, i) => row.length === b.rows[i]!.length);
}

function matrixProduct(a: MatrixExpression, b: MatrixExpression): Expression {
  const inner = b.rows.length;
  const width = b.rows[0]?.length ?? 0;
  const fits = a.rows.every((row) => row.length === inner) && b.rows.every((row) => row.length === width);
  // Cubic: beyond a small size, or where the shapes do not fit, it stays unmultiplied.
  if (!fits || inner === 0 || a.rows.length * inner * width > 1000) {
    return { kind: 'product', factors: [a, b] };
  }
  const cell = (i: number, j: number): Expression =>
    b.rows.map((row, k) => times(a.rows[i]![k]!, row[j]!)).reduce(plus);
  return {
    kind: 'matrix',
    rows: a.rows.map((_, i) => Array.from({ length: width }, (_, j) => cell(i, j))),
  };
}

/** The parts of an expression. */
export function children(a: Expression): readonly Expression[] {
  switch (a.kind) {
    case 'number':
    case 'symbol':
      return [];
    case 'sum':
      return a.terms;
    case 'product':
      return a.factors;
    case 'power':
      return [a.base, a.exponent];
    case 'call':
      return a.args;
    case 'matrix':
      return a.rows.flat();
  }
}

/** The same tree with every part rebuilt by `change`, from the leaves up; `change` may return its argument. */
export function rebuild(a: Expression, change: (part: Expression) => Expression): Expression {
  const deep = (part: Expression): Expression => rebuild(part, change);
  switch (a.kind) {
    case 'number':
    case 'symbol':
      return change(a);
    case 'sum':
      return change({ ...a, terms: a.terms.map(deep) });
    case 'product':
      return change({ ...a, factors: a.factors.map(deep) });
    case 'power':
      return change({ ...a, base: deep(a.base), exponent: deep(a.exponent) });
    case 'call':
      return change({ ...a, args: a.args.map(deep) });
    case 'matrix':
      return change({ ...a, rows: a.rows.map((row) => row.map(deep)) });
  }
}

/** Begins the names of indices of sums and the like: whatever letter was written, the same form has the same name. */
export const BOUND = 'bound ';

export const CONSTANTS: ReadonlySet<string> = new Set(['pi', 'e', 'i', 'infinity']);

/** Names of the unknowns, sorted; what depends on the index of a sum is none. */
export function unknownsOf(...expressions: readonly Expression[]): string[] {
  const found = new Set<string>();
  const visit = (a: Expression): void => {
    if (a.kind === 'symbol' && !CONSTANTS.has(a.name) && !a.name.includes(BOUND)) found.add(a.name);
    for (const child of children(a)) visit(child);
  };
  for (const a of expressions) visit(a);
  return [...found].sort();
}

export function mentions(a: Expression, name: string): boolean {
  return (a.kind === 'symbol' && a.name === name) || children(a).some((child) => mentions(child, name));
}

export function sameNumber(a: Expression, b: Expression): boolean {
  return a.kind === 'number' && b.kind === 'number' && equalRationals(a.value, b.value);
}
