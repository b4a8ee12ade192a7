/**
 * Sets of real numbers: intervals, finite sets, unions, differences, and what an inequality or equation in one unknown
 * says. Two of them are compared by asking both for the same numbers: every border either of them names, a number
 * between any two borders, and numbers beyond them. For sets made of intervals that decides; an inequality is also
 * asked at numbers of every size, so that borders it does not name are found.
 */
import type { Answer } from './answer.ts';
import type { Budget } from './budget.ts';
import { type Comparison, Unjudgeable } from './equal-expressions.ts';
import { Evaluator, Undefined } from './evaluate.ts';
import { children, type Expression, mentions, rebuild, unknownsOf } from './expression.ts';
import { normalForm, showForm } from './normal-form.ts';
import { DOUBLES } from './real-arithmetic.ts';

export interface RealSet {
  /** Borders that are written down, as doubles. */
  readonly borders: readonly number[];
  /** Whether a number is in the set; `near` numbers count as a border itself. Null: undefined there. */
  has(x: number): boolean | null;
  /** Whether borders may exist that are not written down. */
  readonly hidden: boolean;
}

const NEAR = 1e-9;
const near = (a: number, b: number): boolean =>
  Number.isFinite(b) && Math.abs(a - b) <= NEAR * Math.max(1, Math.abs(a), Math.abs(b));

/** Null when an answer is no set of real numbers: a point, words, an equation with two unknowns. */
export function realSet(answer: Answer, budget: Budget): RealSet | null {
  switch (answer.kind) {
    case 'interval':
      return interval(answer.from, answer.to, answer.closed, budget);
    case 'tuple': {
      // Inside a union, "(0, 1)" is an interval.
      const [from, to] = answer.items;
      if (answer.items.length !== 2 || from?.kind !== 'expression' || to?.kind !== 'expression') return null;
      return interval(from.expression, to.expression, [false, false], budget);
    }
    case 'set':
    case 'list':
      return finite(answer.items, budget);
    case 'combined':
      return combined(answer, budget);
    case 'named':
      return realSet(answer.value, budget);
    case 'relation':
      return solutions(answer.sides, answer.signs, budget);
    default:
      return null;
  }
}

function double(a: Expression, budget: Budget): number | null {
  if (mentions(a, 'infinity')) {
    const form = normalForm(a, budget);
    const text = form && showForm(form);
    return text === '1*infinity'
      ? Number.POSITIVE_INFINITY
      : text === '-1*infinity'
        ? Number.NEGATIVE_INFINITY
        : null;
  }
  if (unknownsOf(a).length > 0) return null;
  try {
    const { re, im } = new Evaluator(DOUBLES, { valueOf: () => ({ n: 0n, d: 1n }) }, budget).value(a);
    return im === null ? re : null;
  } catch (error) {
    if (error instanceof Undefined) return null;
    throw error;
  }
}

function interval(
  from: Expression,
  to: Expression,
  closed: readonly [boolean, boolean],
  budget: Budget,
): RealSet | null {
  const [low, high] = [double(from, budget), double(to, budget)];
  // Borders the wrong way round: a point of the plane.
  if (low === null || high === null || low > high) return null;
  const inside = (x: number): boolean => {
    if (near(x, low)) return closed[0];
    if (near(x, high)) return closed[1];
    return x > low && x < high;
  };
  return { borders: [low, high].filter(Number.isFinite), has: inside, hidden: false };
}

function finite(items: readonly Answer[], budget: Budget): RealSet | null {
  const values: number[] = [];
  for (const item of items) {
    const plain = item.kind === 'named' ? item.value : item;
    const value = plain.kind === 'expression' ? double(plain.expression, budget) : null;
    if (value === null || !Number.isFinite(value)) return null;
    values.push(value);
  }
  return { borders: values, has: (x) => values.some((value) => near(x, value)), hidden: false };
}

function combined(answer: Extract<Answer, { kind: 'combined' }>, budget: Budget): RealSet | null {
  const parts: RealSet[] = [];
  for (const part of answer.parts) {
    const set = realSet(part, budget);
    if (set === null) return null;
    parts.push(set);
  }
  const [first, ...others] = parts;
  const has = (x: number): boolean | null => {
    const seen = parts.map((part) => part.has(x));
    if (seen.includes(null)) return null;
    if (answer.sign === '∪') return seen.includes(true);
    if (answer.sign === '∩') return !seen.includes(false);
    return first!.has(x) === true && others.every((part) => part.has(x) === false);
  };
  return {
    borders: parts.flatMap(({ borders }) => borders),
    has,
    hidden: parts.some(({ hidden }) => hidden),
  };
}

/** The solutions of a chain of relations in one unknown, which may also be a value such as `f(x)`. */
function solutions(sides: readonly Expression[], signs: readonly string[], budget: Budget): RealSet | null {
  const bare = sides.map(nameCalls);
  const [unknown, ...more] = unknownsOf(...bare);
  if (unknown === undefined || more.length > 0) return null;
  const borders = bare
    .map((side) => double(side, budget))
    .filter((x): x is number => x !== null && Number.isFinite(x));
  const has = (x: number): boolean | null => {
    const values = bare.map((side) => at(side, x, budget));
    if (values.includes(null)) return null;
    return signs.every((sign, i) => holds(values[i]!, sign, values[i + 1]!));
  };
  return { borders, has, hidden: true };
}

function at(a: Expression, x: number, budget: Budget): number | null {
  // Doubles are exact fractions; 2^20 is finer than any border is near.
  const scale = Math.abs(x) > 1e9 ? 1 : 2 ** 30;
  const value = { n: BigInt(Math.round(x * scale)), d: BigInt(scale) };
  try {
    const { re, im } = new Evaluator(DOUBLES, { valueOf: () => value }, budget).value(a);
    return im === null ? re : null;
  } catch (error) {
    if (error instanceof Undefined) return null;
    throw error;
  }
}

/** `f(x)` and `a_n` in an inequality are one unknown each. */
function nameCalls(a: Expression): Expression {
  return rebuild(a, (part) =>
    part.kind === 'call' && /^[fghFGH]/.test(part.name) && part.name.length <= 2
      ? {
          kind: 'symbol',
          name: `${part.name}(${part.args.map((arg) => unknownsOf(arg).join(' ')).join(',')})`,
        }
      : part,
  );
}

function holds(a: number, sign: string, b: number): boolean {
  const equal = Math.abs(a - b) <= 1e-7 * Math.max(1, Math.abs(a), Math.abs(b));
  if (sign === '=' || sign === '≈') return equal;
  if (sign === '≠') return !equal;
  if (sign === '≤') return equal || a < b;
  if (sign === '≥') return equal || a > b;
  return !equal && (sign === '<' ? a < b : a > b);
}

/** Throws Unjudgeable when both are undefined wherever they were asked. */
export function equalSets(a: RealSet, b: RealSet, budget: Budget): Comparison {
  const borders = [...new Set([...a.borders, ...b.borders])].sort((x, y) => x - y);
  const asked = [...borders];
  borders.forEach((border, i) => {
    const next = borders[i + 1];
    if (next !== undefined) asked.push((border + next) / 2, border + (next - border) / 1000);
    asked.push(border - 1, border + 1);
  });
  asked.push(-1e6, -0.618, 0, 0.618, 1e6);
  if (a.hidden || b.hidden) {
    for (let size = 0.01; size < 5000; size *= 1.9) asked.push(size, -size);
  }
  let answered = 0;
  for (const x of asked) {
    budget.spend(2);
    const [left, right] = [a.has(x), b.has(x)];
    // Where an inequality has no value it does not hold.
    if (left !== null || right !== null) answered++;
    if ((left ?? false) !== (right ?? false)) {
      return { same: false, by: `${Number(x.toPrecision(6))} is in one of them only` };
    }
  }
  if (answered === 0) throw new Unjudgeable('it has no value where it was tried');
  return { same: true, by: `they hold the same of ${asked.length} numbers, borders and between` };
}

/** For callers that only need to know whether an answer speaks of a range. */
export function isRange(answer: Answer): boolean {
  if (answer.kind === 'named') return isRange(answer.value);
  if (answer.kind === 'interval' || answer.kind === 'combined') return true;
  return (
    answer.kind === 'relation' &&
    (answer.signs.some((sign) => sign !== '=') || answer.sides.some((side) => children(side).length > 0))
  );
}
