/**
 * Boolean expressions in Python's notation, worked out from the inside to the outside. Level L has 1, 2, 4, 6
 * operators, `harder` 8. Values are drawn from the root down, so both results are equally frequent.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Step, Surface } from '../generator.ts';
import { between, happens, pick } from '../random-choice.ts';
import { plainAside } from '../words.ts';

/** A value, a comparison of two different numbers, or an operator with what it joins. */
type Core = boolean | Comparison | readonly ['not', Core] | Joined;
type Comparison = readonly ['<', number, number] | readonly ['>', number, number];
type Joined = readonly ['and' | 'or', Core, Core];

const JOINS = ['and', 'or'] as const;

const operators = (level: number): number => (level === 1 ? 1 : 2 * level - 2);

function sample(random: RandomStream, level: number): Core {
  for (;;) {
    const core = grow(random, operators(level), happens(random, 0.5), level === 1);
    // With values alone too few are possible.
    if (compares(core)) return core;
  }
}

/** An expression with `count` operators and a given value. `plain`: without True and False, of which few can be made. */
function grow(random: RandomStream, count: number, value: boolean, plain: boolean): Core {
  if (count === 0) return leaf(random, value, plain);
  if (happens(random, 0.25)) return ['not', grow(random, count - 1, !value, plain)];
  const op = pick(random, JOINS);
  const before = between(random, 0, count - 1);
  const [left, right] = parts(random, op, value);
  return [op, grow(random, before, left, plain), grow(random, count - 1 - before, right, plain)];
}

/** The values that two sides may have: one of those that give `value`. */
function parts(random: RandomStream, op: 'and' | 'or', value: boolean): readonly [boolean, boolean] {
  const decides = op === 'or';
  const drawn = value === decides ? random.below(3) : 3;
  return [drawn < 2 ? decides : !decides, drawn % 2 === 0 ? decides : !decides];
}

function leaf(random: RandomStream, value: boolean, plain: boolean): Core {
  const drawn = random.bits();
  if (!plain && drawn >= 2 ** 31) return value;
  const a = drawn % 20;
  const b = (a + between(random, 1, 19)) % 20;
  return [a < b === value ? '<' : '>', a, b];
}

/** The same operators in the same places, with other values. */
function perturb(core: Core, random: RandomStream): Core {
  const again = (one: Core, value: boolean): Core => {
    if (typeof one === 'boolean') return value;
    if (one[0] === 'not') return ['not', again(one[1], !value)];
    if (one[0] === '<' || one[0] === '>') return leaf(random, value, true);
    const [left, right] = parts(random, one[0], value);
    return [one[0], again(one[1], left), again(one[2], right)];
  };
  return again(core, happens(random, 0.5));
}

const QUESTIONS: readonly ((text: string) => string)[] = [
  (text) => `Is this True or False: ${text}?`,
  (text) => `What is the value of ${text}? Say True or False.`,
  (text) => `Work out ${text}. Is the result True or False?`,
  (text) => `${text}\nTrue or False?`,
];

function pose(core: Core, { template, aside }: Surface): Posed {
  const question = QUESTIONS[template]!(show(core));
  const { steps, value } = reduce(core);
  return {
    question: aside === null ? question : `${aside} ${question}`,
    answer: said(value),
    choices: ['True', 'False'],
    steps,
  };
}

const said = (value: boolean): string => (value ? 'True' : 'False');

/** As Python prints it. `within`: 1 inside of `or`, 2 of `and`, 3 of `not`. */
function show(core: Core, within = 0): string {
  if (typeof core === 'boolean') return said(core);
  if (core[0] === 'not') return `not ${show(core[1], 3)}`;
  if (core[0] === '<' || core[0] === '>') return `${core[1]} ${core[0]} ${core[2]}`;
  const binding = core[0] === 'or' ? 1 : 2;
  const text = `${show(core[1], binding)} ${core[0]} ${show(core[2], binding + 1)}`;
  return binding < within ? `(${text})` : text;
}

/** First all comparisons, then one operator after the other, the innermost on the left first. */
function reduce(core: Core): { steps: Step[]; value: boolean } {
  const steps: Step[] = [];
  let rest = compare(core);
  const told = comparisons(core).map((one) => `${show(one)} is ${said(isTrue(one))}`);
  steps.push({ text: `${told.join(', ')}.` });
  while (typeof rest !== 'boolean') {
    const inner = innermost(rest);
    const value = isTrue(inner);
    const after = replace(rest, inner, value);
    const wrongly = replace(rest, inner, !value);
    const result = isTrue(wrongly);
    steps.push({
      text: `${show(inner)} is ${said(value)}${left(after)}.`,
      wrong: [
        {
          text: `${show(inner)} is ${said(!value)}${left(wrongly)}.`,
          ...(typeof wrongly === 'boolean' ? {} : { after: [`So the result is ${said(result)}.`] }),
          answer: said(result),
          why: RULES[inner[0] as 'and' | 'or' | 'not'],
        },
      ],
    });
    rest = after;
  }
  return { steps, value: rest };
}

const RULES: Readonly<Record<'and' | 'or' | 'not', string>> = {
  and: '"and" is True when both sides are True, else False.',
  or: '"or" is True when one side is True, else False.',
  not: '"not" turns True into False and False into True.',
};

const left = (rest: Core): string => (typeof rest === 'boolean' ? '' : `, left: ${show(rest)}`);

function compare(core: Core): Core {
  if (typeof core === 'boolean') return core;
  if (core[0] === 'not') return ['not', compare(core[1])];
  if (core[0] === '<' || core[0] === '>') return isTrue(core);
  return [core[0], compare(core[1]), compare(core[2])];
}

function comparisons(core: Core): Core[] {
  if (typeof core === 'boolean') return [];
  if (core[0] === 'not') return comparisons(core[1]);
  if (core[0] === '<' || core[0] === '>') return [core];
  return [...comparisons(core[1]), ...comparisons(core[2])];
}

function compares(core: Core): boolean {
  if (typeof core === 'boolean') return false;
  if (core[0] === '<' || core[0] === '>') return true;
  return compares(core[1]) || (core[0] !== 'not' && compares(core[2]));
}

function isTrue(core: Core): boolean {
  if (typeof core === 'boolean') return core;
  switch (core[0]) {
    case 'not':
      return !isTrue(core[1]);
    case '<':
      return core[1] < core[2];
    case '>':
      return core[1] > core[2];
    case 'and':
      return isTrue(core[1]) && isTrue(core[2]);
    case 'or':
      return isTrue(core[1]) || isTrue(core[2]);
  }
}

type Operation = Joined | readonly ['not', Core];

/** The leftmost operator that stands on values only. */
function innermost(core: Core): Operation {
  const [op, first, second] = core as Operation;
  if (typeof first !== 'boolean') return innermost(first);
  if (op === 'not' || typeof second === 'boolean') return core as Operation;
  return innermost(second!);
}

/** The same tree with a value in place of one node of it. */
function replace(core: Core, node: Core, value: boolean): Core {
  if (core === node) return value;
  if (typeof core === 'boolean' || core[0] === '<' || core[0] === '>') return core;
  if (core[0] === 'not') return ['not', replace(core[1], node, value)];
  return [core[0], replace(core[1], node, value), replace(core[2], node, value)];
}

/** As arithmetic modulo 2: "and" is a product, "not x" is 1 - x, and x or y is x + y - xy. */
function resolve(core: Core): string {
  const bit = (one: Core): number => {
    if (one === true || one === false) return Number(one);
    const [op, x, y] = one as readonly [string, Core | number, Core | number];
    if (op === '<') return Math.sign(Math.max(0, Number(y) - Number(x)));
    if (op === '>') return Math.sign(Math.max(0, Number(x) - Number(y)));
    if (op === 'not') return 1 - bit(x as Core);
    const [a, b] = [bit(x as Core), bit(y as Core)];
    return op === 'and' ? a * b : a + b - a * b;
  };
  return ['False', 'True'][bit(core)]!;
}

export const booleanExpressions: Generator<Core> = {
  name: 'boolean_expressions',
  title: 'Boolean expressions',
  domain: 'symbolic',
  abilities: ['boolean-evaluation'],
  why: 'An expression is evaluated by the rules of its operators and brackets, one at a time.',
  kind: 'choice',
  chance: 1 / 2,
  levels: [1, 2, 3, 4],
  templates: QUESTIONS.length,
  sample,
  perturb,
  aside: (_core, random) => plainAside(random),
  pose,
  resolve,
};
