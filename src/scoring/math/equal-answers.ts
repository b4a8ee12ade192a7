/**
 * Whether two answers say the same, symmetric in its arguments. What is said beside the value is forgiven where only
 * one side says it: a unit, the half of the day, the name of the unknown, a per cent sign, braces or parentheses around a
 * list. Where both say it they must agree.
 *
 * Several answers have no order, but their repeats count: `1, 1, 2` is not `1, 2`. Three things forgive repeats: written
 * braces, because a set holds an element once; an "or", because it may say one answer in several ways; and tuples,
 * because points and solutions have no multiplicity.
 */
import type { Answer, Unit } from './answer.ts';
import type { Budget } from './budget.ts';
import {
  type Comparison,
  type ExpressionOptions,
  equalExpressions,
  plainNumber,
  Unjudgeable,
} from './equal-expressions.ts';
import { equalRelations } from './equal-relations.ts';
import { type Expression, isWhole, number, over, times, unknownsOf, whole } from './expression.ts';
import { showRational } from './rational.ts';
import { equalSets, isRange, realSet } from './real-set.ts';

export type { Comparison } from './equal-expressions.ts';
export { Unjudgeable } from './equal-expressions.ts';

const yes = (by: string): Comparison => ({ same: true, by });
const no = (by: string): Comparison => ({ same: false, by });

/** Items of a list that are compared with every other: quadratic. */
const MAX_ITEMS = 60;

/** Throws Unjudgeable and Exhausted. */
export function equalAnswers(
  a: Answer,
  b: Answer,
  budget: Budget,
  options: ExpressionOptions = {},
): Comparison {
  budget.spend(1);
  if (a.kind === 'named' || b.kind === 'named') return equalNamed(a, b, budget, options);
  if (a.kind === 'text' || b.kind === 'text') return equalTexts(a, b);
  if (a.kind === 'expression' && b.kind === 'expression') return equalValues(a, b, budget, options);
  if (a.kind === 'based' || b.kind === 'based') return equalBased(a, b, budget);
  if (a.kind === 'ratio' || b.kind === 'ratio') return equalRatios(a, b, budget, options);
  if (a.kind === 'relation' && b.kind === 'relation') {
    const relation = equalRelations(a, b, budget);
    if (relation.same || a.signs[0] === '=' || b.signs[0] === '=') return relation;
  }
  if (a.kind === 'interval' && b.kind === 'interval') {
    if (a.closed.join() !== b.closed.join()) return no('a border is open in one and closed in the other');
    const from = equalExpressions(a.from, b.from, budget, options);
    if (!from.same) return no(`the left borders: ${from.by}`);
    const to = equalExpressions(a.to, b.to, budget, options);
    return to.same ? yes('the same borders') : no(`the right borders: ${to.by}`);
  }
  const collections = equalCollections(a, b, budget, options);
  if (collections?.same) return collections;
  if (isRange(a) || isRange(b)) {
    const [left, right] = [realSet(a, budget), realSet(b, budget)];
    // An equation in one unknown and a number are no sets of each other: "x + z = 1" is not 1.
    if (left && right) return equalSets(left, right, budget);
  }
  return collections ?? crossKinds(a, b, budget, options);
}

/** Kinds that differ: a set of one value, or a list that says one in several ways, is that value; a column is a tuple. */
function crossKinds(a: Answer, b: Answer, budget: Budget, options: ExpressionOptions): Comparison {
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    // "15 39/40, or 639/40": one answer, said twice.
    if ((one.kind === 'list' || one.kind === 'set') && one.items.length > 0) {
      if (one.items.length > 1 && !forgivesRepeats(one)) return no(`${one.items.length} answers and one`);
      const verdicts = one.items.map((item) => equalAnswers(item, other, budget, options));
      return verdicts.find(({ same }) => !same) ?? verdicts[0]!;
    }
    if (one.kind === 'expression' && one.expression.kind === 'matrix' && other.kind === 'tuple') {
      const { rows } = one.expression;
      if (rows.every((row) => row.length === 1)) {
        const items = rows.map(([cell]): Answer => ({ kind: 'expression', expression: cell!, unit: null }));
        return equalAnswers({ kind: 'tuple', items }, other, budget, options);
      }
    }
  }
  return no(`${nameOf(a)} and ${nameOf(b)}`);
}

function nameOf({ kind }: Answer): string {
  const names: Partial<Record<Answer['kind'], string>> = {
    expression: 'a value',
    combined: 'a union of sets',
    based: 'a number in a base',
  };
  return names[kind] ?? `${/^[aei]/.test(kind) ? 'an' : 'a'} ${kind}`;
}

/** Null where not both are lists, sets or tuples. */
function equalCollections(
  a: Answer,
  b: Answer,
  budget: Budget,
  options: ExpressionOptions,
): Comparison | null {
  const isCollection = (x: Answer): x is Extract<Answer, { items: readonly Answer[] }> =>
    x.kind === 'list' || x.kind === 'set' || x.kind === 'tuple';
  if (!isCollection(a) || !isCollection(b)) {
    // "[1, 2]" may be an interval or a list in brackets.
    return null;
  }
  if (a.kind === 'tuple' || b.kind === 'tuple') {
    for (const x of [a, b]) {
      if (x.kind === 'set') return no('an ordered tuple and a set');
      if (x.kind === 'list' && !x.braced && !x.items.every(isNamed)) {
        return no('an ordered tuple and several answers');
      }
    }
    const [left, right] = [inOrder(a.items), inOrder(b.items)];
    if (left.length !== right.length) return no(`${left.length} and ${right.length} parts`);
    for (const [i, item] of left.entries()) {
      const { same, by } = equalAnswers(item, right[i]!, budget, options);
      if (!same) return no(`part ${i + 1}: ${by}`);
    }
    return yes('equal part by part');
  }
  return forgivesRepeats(a) || forgivesRepeats(b)
    ? equalUnordered(a.items, b.items, budget, options)
    : equalCounted(a.items, b.items, budget, options);
}

const forgivesRepeats = (x: Answer): boolean =>
  x.kind === 'set' ||
  (x.kind === 'list' && (x.alternatives === true || x.items.every(({ kind }) => kind === 'tuple')));

type Named = Extract<Answer, { kind: 'named' }>;
const isNamed = (x: Answer): x is Named => x.kind === 'named';

/** "y = 3, x = 2" as a tuple: by name, as people order unknowns. Other items as they stand. */
function inOrder(items: readonly Answer[]): readonly Answer[] {
  if (!items.every(isNamed)) return items;
  const letter = ({ name }: Named): string =>
    name.kind === 'expression' && name.expression.kind === 'symbol' ? name.expression.name : '';
  return [...items]
    .sort((x, y) => (letter(x) < letter(y) ? -1 : letter(x) > letter(y) ? 1 : 0))
    .map(({ value }) => value);
}

function equalUnordered(
  a: readonly Answer[],
  b: readonly Answer[],
  budget: Budget,
  options: ExpressionOptions,
): Comparison {
  if (a.length > MAX_ITEMS || b.length > MAX_ITEMS) {
    if (a.length !== b.length) return no(`${a.length} and ${b.length} items`);
    const inOrder = a.every((item, i) => equalAnswers(item, b[i]!, budget, options).same);
    if (inOrder) return yes('equal item by item');
  }
  for (const [some, others] of [
    [a, b],
    [b, a],
  ] as const) {
    for (const one of some) {
      if (!others.some((other) => equalAnswers(one, other, budget, options).same)) {
        return no('an item of one is not in the other');
      }
    }
  }
  return yes('the same items');
}

/** Each item of one with an item of the other for itself. */
function equalCounted(
  a: readonly Answer[],
  b: readonly Answer[],
  budget: Budget,
  options: ExpressionOptions,
): Comparison {
  if (a.length !== b.length) return no(`${a.length} and ${b.length} answers`);
  const left = [...b];
  for (const one of a) {
    const at = left.findIndex((other) => equalAnswers(one, other, budget, options).same);
    if (at < 0) return no('an item of one is not in the other');
    left.splice(at, 1);
  }
  return yes('the same items');
}

function equalNamed(a: Answer, b: Answer, budget: Budget, options: ExpressionOptions): Comparison {
  const asRelation = (x: Answer): Answer | null =>
    x.kind === 'named' && x.name.kind === 'expression' && x.value.kind === 'expression'
      ? { kind: 'relation', sides: [x.name.expression, x.value.expression], signs: ['='] }
      : x.kind === 'relation'
        ? x
        : null;
  if (a.kind === 'named' && b.kind === 'named') {
    const values = equalAnswers(a.value, b.value, budget, options);
    if (values.same && sameNames(a.name, b.name)) return values;
    const [left, right] = [asRelation(a), asRelation(b)];
    if (
      left?.kind === 'relation' &&
      right?.kind === 'relation' &&
      hasUnknowns(a.value) &&
      hasUnknowns(b.value)
    ) {
      return equalRelations(left, right, budget);
    }
    return values.same ? no('values of different names') : values;
  }
  const [named, other] = a.kind === 'named' ? [a, b] : b.kind === 'named' ? [b, a] : [null, b];
  if (named === null) return no('no names');
  if (other.kind === 'relation' && other.signs.length === 1 && other.signs[0] === '=') {
    const relation = asRelation(named);
    if (relation?.kind === 'relation') return equalRelations(relation, other, budget);
  }
  return equalAnswers(named.value, other, budget, options);
}

const hasUnknowns = (x: Answer): boolean => x.kind === 'expression' && unknownsOf(x.expression).length > 0;

/** Names agree unless both are single unknowns with different letters: "x = 5" is not "y = 5". */
function sameNames(a: Answer, b: Answer): boolean {
  const letter = (x: Answer): string | null =>
    x.kind === 'expression' && x.expression.kind === 'symbol' ? x.expression.name : null;
  const [left, right] = [letter(a), letter(b)];
  return left === null || right === null || left === right;
}

function equalTexts(a: Answer, b: Answer): Comparison {
  const [left, right] = [bareText(a), bareText(b)];
  if (left !== null && right !== null && left === right) return yes('the same words');
  for (const x of [a, b]) {
    if (x.kind === 'text' && !x.words)
      throw new Unjudgeable(`"${shorten(x.text)}" cannot be read as mathematics`);
  }
  return no(
    a.kind === 'text' && b.kind === 'text'
      ? 'different words'
      : `words and ${nameOf(a.kind === 'text' ? b : a)}`,
  );
}

export const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text);

/** Letters and digits alone, in lower case; for a product of letters the letters as a word. Null for other answers. */
function bareText(x: Answer): string | null {
  if (x.kind === 'text') {
    const low = x.text.toLowerCase();
    return x.words
      ? low.replace(/^(?:the|an?) /, '').replace(/[^\p{L}\p{N}=<>+/*]/gu, '')
      : low.replace(/\s+/g, '');
  }
  if (x.kind !== 'expression') return null;
  const { expression } = x;
  if (expression.kind === 'symbol') return expression.name.toLowerCase();
  if (expression.kind === 'product' && expression.factors.every(({ kind }) => kind === 'symbol')) {
    return expression.factors
      .map((factor) => (factor.kind === 'symbol' ? factor.name : ''))
      .join('')
      .toLowerCase();
  }
  return null;
}

type Value = Extract<Answer, { kind: 'expression' }>;

function equalValues(a: Value, b: Value, budget: Budget, options: ExpressionOptions): Comparison {
  if (isPercent(a.unit) !== isPercent(b.unit)) {
    const [percent, other] = isPercent(a.unit) ? [a, b] : [b, a];
    const same = equalExpressions(percent.expression, other.expression, budget, options);
    // "50 %" against 50, since people leave the sign out, or against one half.
    if (same.same) return yes(`${same.by}, one with a per cent sign`);
    const part = equalExpressions(over(percent.expression, whole(100)), other.expression, budget, options);
    return converted(part, percent, other);
  }
  if (a.unit && b.unit && a.unit.text !== b.unit.text) {
    if (a.unit.dimension !== b.unit.dimension)
      return no(`${a.unit.text} and ${b.unit.text} measure different things`);
    return converted(equalExpressions(inUnits(a), inUnits(b), budget, options), a, b);
  }
  return equalExpressions(a.expression, b.expression, budget, options);
}

const isPercent = (unit: Unit | null): boolean => unit?.dimension === 'percent';

/** "500 cm is 5 m", for numbers that have been written in different units. */
function converted({ same, by }: Comparison, a: Value, b: Value): Comparison {
  const [left, right] = [a, b].map(({ expression, unit }) => {
    const plain = plainNumber(expression);
    if (plain === null) return null;
    const gap = unit === null || isPercent(unit) ? '' : ' ';
    return `${showRational(plain.value)}${gap}${isPercent(unit) ? '%' : (unit?.text ?? '')}`;
  });
  if (left == null || right == null)
    return { same, by: `in one unit ${same ? 'equal' : 'different'}: ${by}` };
  return { same, by: `${left} is ${same ? '' : 'not '}${right}` };
}

/** The value in the first unit of its dimension; decimals stay decimals of exact value. */
function inUnits({ expression, unit }: Value): Expression {
  const [n, d] = unit!.size;
  if (n === d) return expression;
  const plain = plainNumber(expression);
  return times(plain ? number(plain.value) : expression, over(whole(n), whole(d)));
}

/** The base belongs to the answer: 204 in base 5 is only that; without a base, decimal is meant. */
function equalBased(a: Answer, b: Answer, budget: Budget): Comparison {
  if (a.kind === 'based' && b.kind === 'based') {
    return a.digits === b.digits && a.base === b.base
      ? yes('the same digits and base')
      : no('other digits or base');
  }
  const [based, other] = a.kind === 'based' ? [a, b] : [b, a];
  if (based.kind !== 'based' || other.kind !== 'expression') return no('a number in a base and no number');
  if (based.base !== '10' || !/^-?\d+$/.test(based.digits)) return no('only one of them names a base');
  return equalExpressions(whole(BigInt(based.digits)), other.expression, budget);
}

function equalRatios(a: Answer, b: Answer, budget: Budget, options: ExpressionOptions): Comparison {
  if (a.kind === 'ratio' && b.kind === 'ratio') {
    if (a.parts.length !== b.parts.length) return no('ratios of different lengths');
    const [first, second] = [a.parts, b.parts];
    const same = first.map((part, i) => equalExpressions(part, second[i]!, budget, options));
    if (same.every((one) => one.same) && (!a.half || !b.half || a.half === b.half))
      return yes('equal part by part');
    if (a.clock && b.clock) return sameTime(a, b) ? yes('the same time') : no('different times');
    // a : b = c : d when a d = b c.
    const crossed = first
      .slice(1)
      .map((part, i) =>
        equalExpressions(times(part, second[0]!), times(second[i + 1]!, first[0]!), budget, options),
      );
    return crossed.every((one) => one.same) ? yes('the same ratio') : no('different ratios');
  }
  const [ratio, other] = a.kind === 'ratio' ? [a, b] : [b, a];
  const half = other.kind === 'expression' ? other.unit?.text : undefined;
  if (
    ratio.kind === 'ratio' &&
    ratio.clock &&
    other.kind === 'expression' &&
    (half === 'am' || half === 'pm')
  ) {
    // "5 pm"
    const time: Answer = { kind: 'ratio', parts: [other.expression, whole(0)], clock: true, half };
    return equalRatios(ratio, time, budget, options);
  }
  if (ratio.kind !== 'ratio' || ratio.clock || ratio.parts.length !== 2 || other.kind !== 'expression') {
    return no(`${nameOf(a)} and ${nameOf(b)}`);
  }
  return equalExpressions(over(ratio.parts[0]!, ratio.parts[1]!), other.expression, budget, options);
}

type Ratio = Extract<Answer, { kind: 'ratio' }>;

/** "19:30" is "7:30 pm". */
function sameTime(a: Ratio, b: Ratio): boolean {
  const [left, right] = [minutesOf(a), minutesOf(b)];
  return left !== null && left === right;
}

/** Minutes since midnight, of the hours as they stand where no half of the day is named. */
function minutesOf({ parts, half }: Ratio): bigint | null {
  const [hours, minutes] = parts.map((part) => (isWhole(part) ? part.value.n : null));
  if (hours == null || minutes == null) return null;
  const since = half === undefined || hours > 12n ? hours : (hours % 12n) + (half === 'pm' ? 12n : 0n);
  return since * 60n + minutes;
}
