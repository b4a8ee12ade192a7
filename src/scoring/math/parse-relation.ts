/** What a chain of sides with relation signs between them says: a named value, an equation, an inequality. */
import type { Answer } from './answer.ts';
import type { Expression } from './expression.ts';
import { Unreadable } from './reader.ts';

export const SIGNS_OF_RELATION: ReadonlySet<string> = new Set('= ≈ ≡ ≠ < > ≤ ≥ ∈ ∉ →'.split(' '));

/** Throws Unreadable where sides are of kinds that no relation joins. */
export function relationOf(sides: readonly Answer[], signs: readonly string[]): Answer {
  const [first] = sides;
  const last = sides.at(-1)!;
  if (signs.length === 1 && signs[0] === '∈' && isName(first!))
    return { kind: 'named', name: first!, value: last };
  if (signs.every((sign) => sign === '=' || sign === '≈' || sign === '→')) return equation(sides, signs);
  const expressions = sides.map((side) => {
    if (side.kind !== 'expression') throw new Unreadable();
    return side.expression;
  });
  if (signs.some((sign) => /[∈∉≡→]/.test(sign))) throw new Unreadable();
  return { kind: 'relation', sides: expressions, signs };
}

function equation(sides: readonly Answer[], signs: readonly string[]): Answer {
  // What follows "≈" only approximates what stands before; "x ≈ 11" alone says what x is.
  const rounded = signs.indexOf('≈');
  const exact =
    rounded > 0
      ? sides.slice(0, rounded + 1)
      : rounded === 0 && !isName(sides[0]!)
        ? sides.slice(0, 1)
        : sides;
  const [first, second] = exact;
  const last = exact.at(-1)!;
  if (exact.length === 1) return first!;
  if (isName(first!)) return { kind: 'named', name: first!, value: unnamed(last) };
  if (exact.length > 2) return unnamed(last);
  if (isName(second!) && first!.kind !== 'expression') return { kind: 'named', name: second!, value: first! };
  if (second!.kind === 'expression' && second.expression.kind === 'symbol' && first!.kind === 'expression') {
    return { kind: 'named', name: second!, value: first! };
  }
  if (first!.kind === 'expression' && second!.kind === 'expression') {
    return { kind: 'relation', sides: [first.expression, second.expression], signs: ['='] };
  }
  if (first!.kind === 'text') return { kind: 'named', name: first!, value: second! };
  throw new Unreadable();
}

const unnamed = (answer: Answer): Answer => (answer.kind === 'named' ? answer.value : answer);

/** Whether a side names what is asked for: `x`, `f(2)`, `AB`, `|AB|`, `\frac{NO}{BO}`, `(p, q)`, `V_1 : V_2`, words. */
export function isName(side: Answer): boolean {
  if (side.kind === 'text') return side.words;
  if (side.kind === 'tuple') return side.items.every(isName);
  if (side.kind === 'ratio') return side.parts.every(isNameExpression);
  return side.kind === 'expression' && isNameExpression(side.expression);
}

function isNameExpression(a: Expression): boolean {
  switch (a.kind) {
    case 'symbol':
      return !/^(?:pi|infinity)$/.test(a.name);
    case 'product':
      return a.factors.every(isNameExpression);
    case 'power':
      return (
        a.exponent.kind === 'number' &&
        a.exponent.value.n === -1n &&
        a.exponent.value.d === 1n &&
        isNameExpression(a.base)
      );
    case 'call':
      // f(2), |AB|, P(A and B); `\sum` and `\sin x` are no names.
      return !/^(?:sum|prod|int|lim|sin|cos|tan|ln|floor|ceil|max|min|factorial|binom)/.test(a.name);
    default:
      return false;
  }
}
