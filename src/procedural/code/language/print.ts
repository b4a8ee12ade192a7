/** Writes programs as Python does, with no bracket more than the meaning needs. */
import type { BinaryOp, Expression, Program, Statement } from './syntax.ts';

/** How tightly an operator binds, as in Python's grammar. */
const CHOOSE = 1;
const NOT = 4;
const COMPARE = 5;
const NEGATIVE = 8;
const ATOM = 10;
const BINDING: Readonly<Record<BinaryOp, number>> = {
  or: 2,
  and: 3,
  '+': 6,
  '-': 6,
  '*': 7,
  '//': 7,
  '%': 7,
  '**': 9,
};

/** The lines of a program. `compact`: a body of one simple statement stands on the line of its head. */
export function printLines(program: Program, compact = false): string[] {
  const lines: string[] = [];
  writeBlock(program, '', compact, lines);
  return lines;
}

function writeBlock(block: Program, indent: string, compact: boolean, lines: string[]): void {
  for (const statement of block) writeStatement(statement, indent, compact, lines);
}

function writeStatement(statement: Statement, indent: string, compact: boolean, lines: string[]): void {
  const suite = (head: string, body: Program): void => {
    const only = body.length === 1 ? body[0]! : null;
    if (compact && only && !('body' in only)) {
      lines.push(`${indent}${head} ${simple(only)}`);
      return;
    }
    lines.push(indent + head);
    writeBlock(body, `${indent}    `, compact, lines);
  };
  switch (statement.kind) {
    case 'if': {
      suite(`if ${print(statement.test)}:`, statement.body);
      if (statement.other.length > 0) suite('else:', statement.other);
      break;
    }
    case 'for':
      suite(`for ${statement.name} in ${print(statement.over)}:`, statement.body);
      break;
    case 'while':
      suite(`while ${print(statement.test)}:`, statement.body);
      break;
    case 'def':
      suite(`def ${statement.name}(${statement.params.join(', ')}):`, statement.body);
      break;
    default:
      lines.push(indent + simple(statement));
  }
}

function simple(statement: Statement): string {
  switch (statement.kind) {
    case 'assign':
      return `${statement.targets.join(', ')} = ${all(statement.values)}`;
    case 'update':
      return `${statement.target} ${statement.op}= ${print(statement.value)}`;
    case 'print':
      return `print(${all(statement.args)})`;
    case 'return':
      return `return ${print(statement.value)}`;
    default:
      throw new TypeError(`${statement.kind} has a body`);
  }
}

const all = (expressions: readonly Expression[]): string => expressions.map((one) => print(one)).join(', ');

/** `within`: what stands around it binds this tightly; anything looser gets brackets. */
export function print(expression: Expression, within = 0): string {
  const [text, binding] = bare(expression);
  return binding < within ? `(${text})` : text;
}

function bare(expression: Expression): readonly [string, number] {
  switch (expression.kind) {
    case 'literal':
      return literalText(expression.value);
    case 'name':
      return [expression.name, ATOM];
    case 'list':
      return [`[${all(expression.items)}]`, ATOM];
    case 'unary':
      return expression.op === 'not'
        ? [`not ${print(expression.of, NOT)}`, NOT]
        : [`-${print(expression.of, NEGATIVE)}`, NEGATIVE];
    case 'binary': {
      const { op, left, right } = expression;
      const binding = BINDING[op];
      // `**` groups to the right and takes a negative right side as it is; all others group to the left.
      const [l, r] = op === '**' ? [binding + 1, NEGATIVE] : [binding, binding + 1];
      return [`${print(left, l)} ${op} ${print(right, r)}`, binding];
    }
    case 'compare': {
      const links = expression.links.map(({ op, right }) => ` ${op} ${print(right, COMPARE + 1)}`);
      return [print(expression.first, COMPARE + 1) + links.join(''), COMPARE];
    }
    case 'call':
      return [`${expression.name}(${all(expression.args)})`, ATOM];
    case 'method': {
      const of = print(expression.of, ATOM);
      // `3.count()` would be read as a decimal number.
      return [`${/^\d/.test(of) ? `(${of})` : of}.${expression.name}(${all(expression.args)})`, ATOM];
    }
    case 'index':
      return [`${print(expression.of, ATOM)}[${print(expression.at)}]`, ATOM];
    case 'slice': {
      const part = (one: Expression | null): string => (one === null ? '' : print(one));
      const by = expression.by === null ? '' : `:${print(expression.by)}`;
      return [`${print(expression.of, ATOM)}[${part(expression.from)}:${part(expression.to)}${by}]`, ATOM];
    }
    case 'choose': {
      const { yes, test, no } = expression;
      return [`${print(yes, CHOOSE + 1)} if ${print(test, CHOOSE + 1)} else ${print(no, CHOOSE)}`, CHOOSE];
    }
  }
}

function literalText(value: number | boolean | string | null): readonly [string, number] {
  if (value === null) return ['None', ATOM];
  if (typeof value === 'boolean') return [value ? 'True' : 'False', ATOM];
  if (typeof value === 'number') return [String(value), value < 0 ? NEGATIVE : ATOM];
  return [quoted(value), ATOM];
}

/** Double quotes, as the tasks write them. Strings hold no line breaks. */
const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
