/**
 * What an answer can be once it has been read: a number (exact where possible), an ordered tuple, a set, or an
 * interval. Comparison is exact for fractions; numbers with roots, pi or e are compared as doubles.
 */
import { equalRationals, negate, type Rational, showRational, toNumber } from './rational.ts';

export type MathNumber =
  | { readonly kind: 'exact'; readonly value: Rational }
  /** A double: something irrational was involved. */
  | { readonly kind: 'real'; readonly value: number };

export type MathValue =
  | MathNumber
  | { readonly kind: 'infinity'; readonly sign: 1 | -1 }
  /** Ordered: a point, a vector, a list given with parentheses. */
  | { readonly kind: 'tuple'; readonly items: readonly MathValue[] }
  /** Unordered: braces, or several answers separated by commas or "and". */
  | { readonly kind: 'set'; readonly items: readonly MathValue[] }
  | {
      readonly kind: 'interval';
      readonly from: MathValue;
      readonly to: MathValue;
      readonly closed: readonly [boolean, boolean];
    };

/** Relative difference up to which two doubles are the same number: far above rounding, far below a wrong digit. */
const TOLERANCE = 1e-9;

export function asNumber(value: MathNumber): number {
  return value.kind === 'exact' ? toNumber(value.value) : value.value;
}

function closeNumbers(a: number, b: number): boolean {
  return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b), 1e-12);
}

const isNumber = (value: MathValue): value is MathNumber => value.kind === 'exact' || value.kind === 'real';

/** Whether two answers say the same. A one-element set equals its element; an open interval equals the pair. */
export function equalValues(a: MathValue, b: MathValue): boolean {
  if (isNumber(a) && isNumber(b)) {
    return a.kind === 'exact' && b.kind === 'exact'
      ? equalRationals(a.value, b.value)
      : closeNumbers(asNumber(a), asNumber(b));
  }
  if (a.kind === 'infinity' && b.kind === 'infinity') return a.sign === b.sign;
  if (a.kind === 'set' && b.kind === 'set') return equalSets(a.items, b.items);
  if (a.kind === 'set' && a.items.length === 1) return equalValues(a.items[0]!, b);
  if (b.kind === 'set' && b.items.length === 1) return equalValues(a, b.items[0]!);
  if (a.kind === 'tuple' && b.kind === 'tuple') {
    return a.items.length === b.items.length && a.items.every((item, i) => equalValues(item, b.items[i]!));
  }
  if (a.kind === 'interval' && b.kind === 'interval') {
    return (
      a.closed[0] === b.closed[0] &&
      a.closed[1] === b.closed[1] &&
      equalValues(a.from, b.from) &&
      equalValues(a.to, b.to)
    );
  }
  return false;
}

function equalSets(a: readonly MathValue[], b: readonly MathValue[]): boolean {
  const covers = (some: readonly MathValue[], others: readonly MathValue[]): boolean =>
    some.every((one) => others.some((other) => equalValues(one, other)));
  return covers(a, b) && covers(b, a);
}

/** The same with the opposite sign; null where that makes no sense. */
export function negated(value: MathValue): MathValue | null {
  if (value.kind === 'exact') return { kind: 'exact', value: negate(value.value) };
  if (value.kind === 'real') return { kind: 'real', value: -value.value };
  if (value.kind === 'infinity') return { kind: 'infinity', sign: value.sign === 1 ? -1 : 1 };
  return null;
}

/** For people, in `answer` and `why`. */
export function showValue(value: MathValue): string {
  switch (value.kind) {
    case 'exact':
      return showRational(value.value);
    case 'real':
      return String(Number(value.value.toPrecision(12)));
    case 'infinity':
      return value.sign === 1 ? 'infinity' : '-infinity';
    case 'tuple':
      return `(${value.items.map(showValue).join(', ')})`;
    case 'set':
      return `{${value.items.map(showValue).join(', ')}}`;
    case 'interval': {
      const [left, right] = value.closed;
      return `${left ? '[' : '('}${showValue(value.from)}, ${showValue(value.to)}${right ? ']' : ')'}`;
    }
  }
}
