/** Reads a known function with its argument: `\sin^2 x`, `\log_2(8)`, `\max(a, b)`, `\sqrt`'s plain name. */
import {
  type Expression,
  minus,
  ONE,
  over,
  rootOf,
  sameNumber,
  times,
  toPower,
  whole,
} from './expression.ts';
import { FUNCTIONS } from './names.table.ts';
import { type Reader, Unreadable } from './reader.ts';

/** The rules of expressions that arguments follow, given by the reader of expressions, which needs this file itself. */
export interface ArgumentRules {
  sum(reader: Reader): Expression;
  product(reader: Reader): Expression;
  powered(reader: Reader): Expression;
  argument(reader: Reader): Expression;
  startsFactor(reader: Reader): boolean;
}

const DEGREE = over({ kind: 'symbol', name: 'pi' }, whole(180));
const INVERSES: Readonly<Record<string, string>> = { sin: 'arcsin', cos: 'arccos', tan: 'arctan' };

export function parseCall(reader: Reader, rules: ArgumentRules): Expression {
  const name = reader.peek()!.text;
  reader.at++;
  let base: Expression | null = null;
  let exponent: Expression | null = null;
  for (;;) {
    if (base === null && reader.take('_')) base = rules.argument(reader);
    else if (exponent === null && reader.take('^')) {
      exponent = reader.take('-') ? minus(rules.argument(reader)) : rules.argument(reader);
    } else break;
  }
  const units = reader.units.length;
  const read = parseArguments(reader, rules);
  // Inside a function a degree is a number; behind a value it is a unit.
  const inDegrees = reader.units.slice(units).includes('degree');
  if (inDegrees) reader.units.length = units;
  const args = inDegrees ? read.map((arg) => times(arg, DEGREE)) : read;
  const inverse = INVERSES[name];
  if (inverse !== undefined && exponent !== null && sameNumber(exponent, whole(-1))) {
    return { kind: 'call', name: inverse, args };
  }
  const value = applied(name, args, base);
  return exponent === null ? value : toPower(value, exponent);
}

function applied(name: string, args: readonly Expression[], base: Expression | null): Expression {
  const [first = ONE] = args;
  const log = (of: Expression): Expression => ({ kind: 'call', name: 'ln', args: [of] });
  if (name === 'sqrt') return rootOf(first, whole(2));
  if (name === 'exp') return toPower({ kind: 'symbol', name: 'e' }, first);
  if (name === 'lg') return over(log(first), log(whole(10)));
  if (name === 'log' || name === 'ln') {
    // Mathematicians' log is the natural one, as in sympy; with two arguments the second is the base.
    const of = base ?? args[1];
    return of ? over(log(first), log(of)) : log(first);
  }
  if (name === 'sec') return over(ONE, { kind: 'call', name: 'cos', args });
  if (name === 'csc') return over(ONE, { kind: 'call', name: 'sin', args });
  if (name === 'cot') return over({ kind: 'call', name: 'cos', args }, { kind: 'call', name: 'sin', args });
  return { kind: 'call', name, args };
}

function parseArguments(reader: Reader, rules: ArgumentRules): Expression[] {
  if (reader.sees('(') || reader.sees('{')) {
    const close = reader.sees('(') ? ')' : '}';
    reader.at++;
    const bars = reader.bars;
    reader.bars = false;
    const args = [rules.sum(reader)];
    while (reader.take(',')) args.push(rules.sum(reader));
    reader.bars = bars;
    reader.expect(close);
    return args;
  }
  // Without brackets: what stands side by side, up to a sign or the next function.
  if (!rules.startsFactor(reader)) throw new Unreadable();
  let value = rules.powered(reader);
  while (rules.startsFactor(reader) && !isFunction(reader) && !reader.sees('(')) {
    value = times(value, rules.powered(reader));
  }
  while (reader.sees('/') && reader.peek(1)?.kind === 'number') {
    reader.at++;
    value = over(value, rules.powered(reader));
  }
  return [value];
}

function isFunction(reader: Reader): boolean {
  const token = reader.peek();
  return token?.kind === 'name' && FUNCTIONS.has(token.text);
}
