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
import { type Rational, rational } from './rational.ts';
import { DOUBLES } from './real-arithmetic.ts';

export interface RealSet {
  /** Borders that are written down, as doubles. */
  readonly borders: readonly number[];
  /** Whether a number is in the set; `near` numbers count as a border itself. Null: undefined there. */
  has(x: number): boolean | null;
  /** Whether borders may exist that are not written down. */
  readonly hidden: boolean;
}

const NEAR = 1e-12;
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
  return valueAt(a, { n: 0n, d: 1n }, budget)?.value ?? null;
}

/** Null where there is no real value, or none that is known. */
function valueAt(a: Expression, x: Rational, budget: Budget): Seen | null {
  const evaluator = new Evaluator(DOUBLES, { valueOf: () => x }, budget);
  try {
    const { re, im } = evaluator.value(a);
    if (im !== null || evaluator.guessed !== null) return null;
    return { value: re, size: 10 ** evaluator.magnitude };
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
    const values: Seen[] = [];
    for (const side of bare) {
      const seen = at(side, x, budget);
      if (seen === null) return null;
      values.push(seen);
    }
    return signs.every((sign, i) => holds(values[i]!, sign, values[i + 1]!));
  };
  return { borders, has, hidden: true };
}

/** A value, and the size of the largest number met on the way to it: its rounding is a part of that. */
interface Seen {
  readonly value: number;
  readonly size: number;
}

function at(a: Expression, x: number, budget: Budget): Seen | null {
  // Sixteen digits, as many as the double has: exact for whole numbers of any size.
  const scale = 2 ** Math.max(0, 50 - Math.ceil(Math.log2(Math.abs(x) + 1)));
  return valueAt(a, rational(BigInt(Math.round(x * scale)), BigInt(scale))!, budget);
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

function holds(left: Seen, sign: string, right: Seen): boolean {
  const [a, b] = [left.value, right.value];
  const equal = Math.abs(a - b) <= 1e-11 * Math.max(left.size, right.size);
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
  const by =
    a.hidden || b.hidden
      ? `they hold for the same numbers, of ${asked.length} that were tried`
      : 'the same set of numbers';
  return { same: true, by };
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
