/** Short names for making syntax trees by hand: `set('x', plus(name('x'), int(3)))` is `x = x + 3`. */
import type { BinaryOp, CompareOp, Expression, Program, Statement } from './syntax.ts';

export const name = (text: string): Expression => ({ kind: 'name', name: text });
export const literal = (value: number | string | boolean): Expression => ({ kind: 'literal', value });
export const binary = (op: BinaryOp, left: Expression, right: Expression): Expression => ({
  kind: 'binary',
  op,
  left,
  right,
});
export const compare = (first: Expression, op: CompareOp, right: Expression): Expression => ({
  kind: 'compare',
  first,
  links: [{ op, right }],
});
export const call = (text: string, ...args: Expression[]): Expression => ({ kind: 'call', name: text, args });
export const method = (of: Expression, text: string, ...args: Expression[]): Expression => ({
  kind: 'method',
  of,
  name: text,
  args,
});
export const index = (of: Expression, at: Expression): Expression => ({ kind: 'index', of, at });
export const slice = (
  of: Expression,
  from: Expression | null,
  to: Expression | null,
  by: Expression | null = null,
): Expression => ({ kind: 'slice', of, from, to, by });

export const set = (target: string, value: Expression): Statement => ({
  kind: 'assign',
  targets: [target],
  values: [value],
});
export const print = (...args: Expression[]): Statement => ({ kind: 'print', args });
export const when = (test: Expression, body: Program, other: Program = []): Statement => ({
  kind: 'if',
  test,
  body,
  other,
});
export const each = (variable: string, over: Expression, body: Program): Statement => ({
  kind: 'for',
  name: variable,
  over,
  body,
});
export const define = (text: string, params: readonly string[], body: Program): Statement => ({
  kind: 'def',
  name: text,
  params,
  body,
});
export const give = (value: Expression): Statement => ({ kind: 'return', value });
