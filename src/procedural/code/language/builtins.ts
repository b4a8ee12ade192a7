/** The functions and methods that the language knows. */
import type { Value } from './syntax.ts';
import {
  arithmetic,
  Fault,
  isLazy,
  itemsOf,
  numberOf,
  ordered,
  shown,
  truth,
  wholeNumber,
} from './values.ts';

type Builtin = (args: readonly Value[]) => Value;

const LONGEST_RANGE = 10_000;

const one = (args: readonly Value[]): Value => {
  if (args.length !== 1) throw new Fault('takes one argument');
  return args[0]!;
};

const text = (value: Value | undefined): string => {
  if (typeof value !== 'string') throw new Fault('not a string');
  return value;
};

/** The only argument, a string or list. */
const sequence = (args: readonly Value[]): string | readonly Value[] => {
  const value = one(args);
  if (isLazy(value)) throw new Fault('no string or list');
  return typeof value === 'string' ? value : itemsOf(value);
};

/** Of several arguments, or of what the only one holds. */
function extreme(args: readonly Value[], sign: 1 | -1): Value {
  const items = args.length === 1 ? itemsOf(args[0]!) : args;
  if (items.length === 0) throw new Fault('nothing to choose from');
  return items.reduce((best, item) => (sign * ordered(item, best) > 0 ? item : best));
}

function range(args: readonly Value[]): Value {
  if (args.length < 1 || args.length > 3) throw new Fault('range takes one to three arguments');
  const numbers = args.map((arg) => numberOf(arg));
  const [from, to, by] =
    args.length === 1 ? [0, numbers[0]!, 1] : [numbers[0]!, numbers[1]!, numbers[2] ?? 1];
  if (by === 0) throw new Fault('a step of zero');
  const length = Math.max(0, Math.ceil((to - from) / by));
  if (length > LONGEST_RANGE) throw new Fault('too many steps');
  return { items: Array.from({ length }, (_, i) => from + i * by) };
}

const FUNCTIONS: Readonly<Record<string, Builtin>> = {
  len: (args) => sequence(args).length,
  abs: (args) => wholeNumber(Math.abs(numberOf(one(args)))),
  min: (args) => extreme(args, -1),
  max: (args) => extreme(args, 1),
  sum: (args) => itemsOf(one(args)).reduce((total, item) => arithmetic('+', total, numberOf(item)), 0),
  str: (args) => shown(one(args)),
  int: (args) => {
    const value = one(args);
    if (typeof value !== 'string') return numberOf(value);
    if (!/^\s*[-+]?\d+\s*$/.test(value)) throw new Fault('not a number');
    return wholeNumber(Number(value));
  },
  bool: (args) => truth(one(args)),
  list: (args) => [...itemsOf(one(args))],
  sorted: (args) => [...itemsOf(one(args))].sort(ordered),
  reversed: (args) => ({ items: [...sequence(args)].reverse() }),
  range,
};

const METHODS: Readonly<Record<string, (of: string, args: readonly Value[]) => Value>> = {
  upper: (of) => of.toUpperCase(),
  lower: (of) => of.toLowerCase(),
  replace: (of, [old, fresh]) => {
    const put = text(fresh);
    return of.replaceAll(text(old), () => put);
  },
  count: (of, [part]) => {
    if (part === '') throw new Fault('counting nothing');
    return of.split(text(part)).length - 1;
  },
  startswith: (of, [part]) => of.startsWith(text(part)),
  endswith: (of, [part]) => of.endsWith(text(part)),
  find: (of, [part]) => of.indexOf(text(part)),
  join: (of, [parts]) => {
    if (parts === undefined) throw new Fault('nothing to join');
    return itemsOf(parts).map(text).join(of);
  },
};

/** How many arguments a method takes; another number is a fault. */
const ARGUMENTS: Readonly<Record<string, number>> = { upper: 0, lower: 0, replace: 2 };

export function callBuiltin(name: string, args: readonly Value[]): Value {
  const builtin = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (!builtin) throw new Fault(`no function ${name}`);
  return builtin(args);
}

export function callMethod(of: Value, name: string, args: readonly Value[]): Value {
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (!method || typeof of !== 'string') throw new Fault(`no method ${name}`);
  if (args.length !== (ARGUMENTS[name] ?? 1)) throw new Fault(`${name} with ${args.length} arguments`);
  return method(of, args);
}
