/** Whether two equations or inequalities say the same: multiplied, turned round, or with terms on other sides. */
import type { Answer } from './answer.ts';
import type { Budget } from './budget.ts';
import { type Comparison, difference, equalExpressions, Unjudgeable } from './equal-expressions.ts';
import { Evaluator, Undefined } from './evaluate.ts';
import { type Expression, number, rebuild, times, unknownsOf } from './expression.ts';
import { type Point, pointNumber, WHOLE_POINTS, wholeUnknowns } from './point.ts';
import { DOUBLES } from './real-arithmetic.ts';

type Relation = Extract<Answer, { kind: 'relation' }>;

const TURNED: Readonly<Record<string, string>> = {
  '<': '>',
  '>': '<',
  '≤': '≥',
  '≥': '≤',
  '=': '=',
  '≠': '≠',
};

export function equalRelations(a: Relation, b: Relation, budget: Budget): Comparison {
  if (a.signs.length !== b.signs.length) return { same: false, by: 'chains of different lengths' };
  if (a.signs.length === 1) return equalSingles(a, b, budget);
  for (const other of [b, turned(b)]) {
    if (other.signs.join() !== a.signs.join()) continue;
    const sides = a.sides.map((side, i) => equalExpressions(side, other.sides[i]!, budget));
    if (sides.every(({ same }) => same)) return { same: true, by: 'equal side by side' };
  }
  return { same: false, by: 'a side of the chain differs' };
}

function turned({ sides, signs }: Relation): Relation {
  return {
    kind: 'relation',
    sides: [...sides].reverse(),
    signs: [...signs].reverse().map((sign) => TURNED[sign] ?? sign),
  };
}

/**
 * f = 0 and g = 0 say the same when f is a constant times g. The constant is f/g at a point, so f g(p) - g f(p) has to
 * vanish everywhere; for inequalities its sign says whether the direction turns.
 */
function equalSingles(a: Relation, b: Relation, budget: Budget): Comparison {
  const f = difference(a.sides[0]!, a.sides[1]!);
  const g = difference(b.sides[0]!, b.sides[1]!);
  const unknowns = unknownsOf(f, g);
  if (unknownsOf(f).join() !== unknownsOf(g).join())
    return { same: false, by: 'they have different unknowns' };
  const wholes = wholeUnknowns(f, g);
  for (let index = 0; index < WHOLE_POINTS; index++) {
    const point = pointNumber(index, wholes);
    const [u, v] = [put(f, unknowns, point), put(g, unknowns, point)];
    const [x, y] = [double(u, point, budget), double(v, point, budget)];
    if (x === null || y === null || x === 0 || y === 0) continue;
    const sign = x > 0 === y > 0 ? b.signs[0]! : TURNED[b.signs[0]!];
    if (sign !== a.signs[0]) return { same: false, by: 'the sign of the relation differs' };
    const { same, by } = equalExpressions(times(f, v), times(g, u), budget);
    return same
      ? { same, by: `one is a multiple of the other: ${by}` }
      : { same, by: `no multiple of each other: ${by}` };
  }
  throw new Unjudgeable('an equation has no value where it was tried');
}

function put(a: Expression, unknowns: readonly string[], point: Point): Expression {
  return rebuild(a, (part) =>
    part.kind === 'symbol' && unknowns.includes(part.name) ? number(point.valueOf(part.name)) : part,
  );
}

function double(a: Expression, point: Point, budget: Budget): number | null {
  const evaluator = new Evaluator(DOUBLES, point, budget);
  try {
    const { re, im } = evaluator.value(a);
    return im === null && evaluator.guessed === null ? re : null;
  } catch (error) {
    if (error instanceof Undefined) return null;
    throw error;
  }
}
