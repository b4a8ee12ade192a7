/** What operators do to values, as in Python 3. */
import type { BinaryOp, CompareOp, Lazy, Value } from './syntax.ts';

/** What stops a program. Caught by `run`. */
export class Fault extends Error {}

/** Longer strings and lists are a fault: a program may double one in a loop. */
const LONGEST = 10_000;

export const isLazy = (value: Value): value is Lazy =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

/** Python's whole numbers have no end; those beyond 2^53 are a fault here, never a rounded number. */
export function wholeNumber(value: number): number {
  if (!Number.isSafeInteger(value)) throw new Fault('a number out of range');
  return value === 0 ? 0 : value;
}

/** True counts as 1, False as 0. */
export function numberOf(value: Value): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  throw new Fault('not a number');
}

export function truth(value: Value): boolean {
  if (isLazy(value)) throw new Fault('neither true nor false');
  return isList(value) ? value.length > 0 : Boolean(value);
}

export function itemsOf(value: Value): readonly Value[] {
  if (typeof value === 'string') return [...value];
  if (isList(value)) return value;
  if (isLazy(value)) return value.items;
  throw new Fault('nothing to go through');
}

/** As `print` shows it. */
export function shown(value: Value): string {
  return typeof value === 'string' ? value : quoted(value);
}

function quoted(value: Value): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') {
    const mark = value.includes("'") && !value.includes('"') ? '"' : "'";
    return mark + value.replaceAll('\\', '\\\\').replaceAll(mark, `\\${mark}`) + mark;
  }
  if (isList(value)) return `[${value.map(quoted).join(', ')}]`;
  throw new Fault('a value that print does not show');
}

export function arithmetic(op: Exclude<BinaryOp, 'and' | 'or'>, left: Value, right: Value): Value {
  if (op === '+') {
    if (typeof left === 'string' && typeof right === 'string') return bounded(left + right);
    if (isList(left) && isList(right)) return bounded([...left, ...right]);
  }
  if (op === '*') {
    if (typeof left === 'string' || isList(left)) return repeated(left, numberOf(right));
    if (typeof right === 'string' || isList(right)) return repeated(right, numberOf(left));
  }
  return wholeNumber(calculate(op, numberOf(left), numberOf(right)));
}

function calculate(op: Exclude<BinaryOp, 'and' | 'or'>, a: number, b: number): number {
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '//':
      return (a - remainder(a, b)) / b;
    case '%':
      return remainder(a, b);
    case '**':
      if (b < 0) throw new Fault('a negative exponent');
      return a ** b;
  }
}

/** With the sign of `b`, as in Python. */
function remainder(a: number, b: number): number {
  if (b === 0) throw new Fault('division by zero');
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

function bounded<T extends string | readonly Value[]>(value: T): T {
  if (value.length > LONGEST) throw new Fault('too long');
  return value;
}

function repeated(value: string | readonly Value[], times: number): Value {
  if (value.length * times > LONGEST) throw new Fault('too long');
  if (typeof value === 'string') return value.repeat(Math.max(0, times));
  return Array.from({ length: Math.max(0, times) }, () => value).flat();
}

export function compared(op: CompareOp, left: Value, right: Value): boolean {
  switch (op) {
    case '==':
      return equal(left, right);
    case '!=':
      return !equal(left, right);
    case 'in':
      return contains(right, left);
    case 'not in':
      return !contains(right, left);
  }
  const order = ordered(left, right);
  switch (op) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

export function equal(left: Value, right: Value): boolean {
  if (isLazy(left) || isLazy(right)) throw new Fault('compared with what can only be gone through');
  if (isList(left) && isList(right))
    return left.length === right.length && left.every((item, i) => equal(item, right[i]!));
  const plain = (value: Value): Value => (typeof value === 'boolean' ? Number(value) : value);
  return plain(left) === plain(right);
}

/** Negative, zero or positive, as `left` stands before, with or after `right`. */
export function ordered(left: Value, right: Value): number {
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : Number(left > right);
  if (isList(left) && isList(right)) {
    const at = left.findIndex((item, i) => i >= right.length || !equal(item, right[i]!));
    if (at < 0) return left.length - right.length;
    return at >= right.length ? 1 : ordered(left[at]!, right[at]!);
  }
  return numberOf(left) - numberOf(right);
}

function contains(where: Value, what: Value): boolean {
  if (typeof where !== 'string') return itemsOf(where).some((item) => equal(item, what));
  if (typeof what !== 'string') throw new Fault('only a string can be in a string');
  return where.includes(what);
}

export function indexed(of: Value, at: Value): Value {
  if (typeof of !== 'string' && !isList(of)) throw new Fault('nothing to take an item from');
  const place = numberOf(at);
  const item = of[place < 0 ? place + of.length : place];
  if (item === undefined) throw new Fault('no such place');
  return item;
}

/** `of[from:to:by]` by the rules of Python's `slice.indices`; null where nothing is given. */
export function sliced(of: Value, from: Value, to: Value, by: Value): Value {
  if (typeof of !== 'string' && !isList(of)) throw new Fault('nothing to cut');
  const step = by === null ? 1 : numberOf(by);
  if (step === 0) throw new Fault('a step of zero');
  const [lowest, highest] = step > 0 ? [0, of.length] : [-1, of.length - 1];
  const bound = (value: Value, otherwise: number): number => {
    if (value === null) return otherwise;
    const place = numberOf(value);
    return Math.min(Math.max(place < 0 ? place + of.length : place, lowest), highest);
  };
  const start = bound(from, step > 0 ? lowest : highest);
  const end = bound(to, step > 0 ? highest : lowest);
  const kept: Value[] = [];
  for (let place = start; step > 0 ? place < end : place > end; place += step) kept.push(of[place]!);
  return typeof of === 'string' ? kept.join('') : kept;
}
