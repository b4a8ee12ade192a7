/**
 * The small language that the tasks of the code domain are told in: a subset of Python, so that what a model learns
 * here holds there. Whole numbers, truth values, strings and lists; assignment, `if`, `for`, `while`, functions,
 * `print`. What the subset leaves out is refused by the parser, or is a fault when it is run; what it lets through
 * means the same as in Python 3.
 *
 * `print.ts` writes programs, `parse.ts` reads them, `run.ts` runs them with a bound on their steps.
 */

/** An integer (safe in a double), a truth value, a string, None, a list, or what `range` and `reversed` give. */
export type Value = number | boolean | string | null | readonly Value[] | Lazy;

/** Can be gone through, and nothing else. */
export interface Lazy {
  readonly items: readonly Value[];
}

export type BinaryOp = 'or' | 'and' | '+' | '-' | '*' | '//' | '%' | '**';
export type CompareOp = '<' | '<=' | '>' | '>=' | '==' | '!=' | 'in' | 'not in';

export type Expression =
  | { readonly kind: 'literal'; readonly value: number | boolean | string | null }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'unary'; readonly op: '-' | 'not'; readonly of: Expression }
  | {
      readonly kind: 'binary';
      readonly op: BinaryOp;
      readonly left: Expression;
      readonly right: Expression;
    }
  /** `a < b < c` is one comparison with two links. */
  | {
      readonly kind: 'compare';
      readonly first: Expression;
      readonly links: readonly { readonly op: CompareOp; readonly right: Expression }[];
    }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | {
      readonly kind: 'method';
      readonly of: Expression;
      readonly name: string;
      readonly args: readonly Expression[];
    }
  | { readonly kind: 'index'; readonly of: Expression; readonly at: Expression }
  | {
      readonly kind: 'slice';
      readonly of: Expression;
      readonly from: Expression | null;
      readonly to: Expression | null;
      readonly by: Expression | null;
    }
  /** `yes if test else no`. */
  | {
      readonly kind: 'choose';
      readonly test: Expression;
      readonly yes: Expression;
      readonly no: Expression;
    };

export type Statement =
  /** `a, b = b, a`: as many targets as values. */
  | { readonly kind: 'assign'; readonly targets: readonly string[]; readonly values: readonly Expression[] }
  | {
      readonly kind: 'update';
      readonly target: string;
      readonly op: '+' | '-' | '*';
      readonly value: Expression;
    }
  | { readonly kind: 'print'; readonly args: readonly Expression[] }
  | {
      readonly kind: 'if';
      readonly test: Expression;
      readonly body: Program;
      /** Empty without `else`. An `elif` is one `if` in here. */
      readonly other: Program;
    }
  | { readonly kind: 'for'; readonly name: string; readonly over: Expression; readonly body: Program }
  | { readonly kind: 'while'; readonly test: Expression; readonly body: Program }
  | {
      readonly kind: 'def';
      readonly name: string;
      readonly params: readonly string[];
      readonly body: Program;
    }
  | { readonly kind: 'return'; readonly value: Expression };

export type Program = readonly Statement[];
