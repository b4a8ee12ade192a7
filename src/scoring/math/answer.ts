/** What an answer can be once it has been read. */
import type { Expression } from './expression.ts';

export interface Unit {
  /** A dimension such as `length^2`; units of one dimension convert into each other. */
  readonly dimension: string;
  /** How many of the dimension's first unit one is: numerator and denominator. */
  readonly size: readonly [bigint, bigint];
  /** As it was written. */
  readonly text: string;
}

export type Answer =
  | { readonly kind: 'expression'; readonly expression: Expression; readonly unit: Unit | null }
  /** A number written in a base: `204_5`. */
  | { readonly kind: 'based'; readonly digits: string; readonly base: string }
  /** Words, or (`words` false) notation that the reader does not know: only the same text equals it. */
  | { readonly kind: 'text'; readonly text: string; readonly words: boolean }
  /** Several answers side by side, in any order. */
  | {
      readonly kind: 'list';
      readonly items: readonly Answer[];
      /** Inside LaTeX's silent braces, which people write for sets and for tuples. */
      readonly braced?: boolean;
      /** Joined by an "or", which may also say one answer in several ways: repeats do not count. */
      readonly alternatives?: boolean;
    }
  /** With braces written out. */
  | { readonly kind: 'set'; readonly items: readonly Answer[] }
  /** Ordered: a point, a vector. */
  | { readonly kind: 'tuple'; readonly items: readonly Answer[] }
  | {
      readonly kind: 'interval';
      readonly from: Expression;
      readonly to: Expression;
      readonly closed: readonly [boolean, boolean];
    }
  | { readonly kind: 'combined'; readonly sign: '∪' | '∩' | '∖'; readonly parts: readonly Answer[] }
  /** `x = 5`, `x \in [0, 1]`, `(p, q) = (3, 2)`: a value with the name of what was asked for. */
  | { readonly kind: 'named'; readonly name: Answer; readonly value: Answer }
  /** An equation, or a chain of inequalities: one sign more than signs between. */
  | { readonly kind: 'relation'; readonly sides: readonly Expression[]; readonly signs: readonly string[] }
  /** `7:32`, also a time such as `12:30`. */
  | {
      readonly kind: 'ratio';
      readonly parts: readonly Expression[];
      readonly clock: boolean;
      /** The half of the day that is written behind a time. */
      readonly half?: HalfOfDay | undefined;
    };

export type HalfOfDay = 'am' | 'pm';

export const EMPTY_SET: Answer = { kind: 'set', items: [] };

export function plain(expression: Expression, unit: Unit | null = null): Answer {
  return { kind: 'expression', expression, unit };
}
