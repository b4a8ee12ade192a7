/**
 * A point at which expressions are looked at: a value for every unknown, made from its name. Unknowns that a function of
 * whole numbers is asked about (`n` in `n!` or above a sum) are whole there, because only there identities such as
 * Pascal's rule have to hold.
 */
import { BOUND, children, type Expression, unknownsOf } from './expression.ts';
import { negate, type Rational, rational } from './rational.ts';

export interface Point {
  /** The value of an unknown. */
  valueOf(name: string): Rational;
  /** Unknowns whose values are whole and positive. */
  readonly wholes?: ReadonlySet<string>;
}

/** Points for expressions without whole unknowns, and with them: there some lie where a value is undefined. */
export const POINTS = 4;
export const WHOLE_POINTS = 10;

/**
 * Points whose values are made from the names. The first and the last of `POINTS` are positive; every unknown that is
 * not whole is negative at one of the two between, half of them at each.
 */
export function pointNumber(index: number, wholes: ReadonlySet<string> = new Set()): Point {
  const at = (name: string): Rational => {
    // From 2 to 12: small enough for factorials, and with common divisors.
    if (wholes.has(name)) return { n: 2n + BigInt(mixed(hashOf(`${name} ${index}`)) % 11), d: 1n };
    const resolved = withSubscript(name, (letter) => (wholes.has(letter) ? at(letter).n : null));
    const { n, d } = numberOf(`${resolved} ${index}`);
    const negative = index > 0 && index < POINTS - 1 && (index === 1) === (numberOf(resolved).n % 2n === 0n);
    // Between 0.5 and 2.5: where functions are tame and powers stay small.
    const value = rational(2n * n - d - d / 2n, d)!;
    return negative ? negate(value) : value;
  };
  return { valueOf: at, wholes };
}

/** `a_{n-1}` is `a_4` where n is 5: the members of a sequence are unknowns of their own. */
function withSubscript(name: string, wholeAt: (letter: string) => bigint | null): string {
  const [base, subscript] = name.split('_');
  if (subscript === undefined || !/^[A-Za-z0-9+-]+$/.test(subscript) || !/[A-Za-z+-]/.test(subscript))
    return name;
  let total = 0n;
  for (const [, sign, part] of subscript.matchAll(/([+-]?)([A-Za-z]|\d{1,9})/g)) {
    const value = /\d/.test(part!) ? BigInt(part!) : wholeAt(part!);
    if (value === null) return name;
    total += sign === '-' ? -value : value;
  }
  return `${base}_${total}`;
}

const OF_WHOLES = /^(?:factorial|binom|gcd|lcm)$/;

/** The unknowns that stand where only whole numbers make sense: inside `n!`, in the bounds of a sum. */
export function wholeUnknowns(...expressions: readonly Expression[]): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (a: Expression): void => {
    if (a.kind === 'call') {
      const inside = OF_WHOLES.test(a.name) ? a.args : isCounted(a) ? a.args.slice(1, 3) : [];
      for (const name of unknownsOf(...inside)) found.add(name);
    }
    for (const child of children(a)) visit(child);
  };
  for (const a of expressions) visit(a);
  return found;
}

/** A sum or product over whole numbers: its index, its two bounds and what is added up. */
export function isCounted(a: Expression): boolean {
  return (
    a.kind === 'call' &&
    (a.name === 'sum=' || a.name === 'prod=') &&
    a.args.length === 4 &&
    a.args[0]!.kind === 'symbol' &&
    a.args[0]!.name.startsWith(BOUND)
  );
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}

/** Neighbouring hashes far apart: the first half of MurmurHash3's finaliser (Appleby, smhasher). */
const mixed = (hash: number): number => Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) >>> 16;

/** A number between 1 and 2 made from a text, different for different texts. */
export function numberOf(text: string): Rational {
  return rational(BigInt(hashOf(text)) + 0x1_0000_0001n, 0x1_0000_0000n)!;
}
