/** Reads programs. Whatever is not in the language is refused, never guessed at. */
import { ExpressionReader } from './parse-expression.ts';
import type { Expression, Program, Statement } from './syntax.ts';
import { SyntaxFault, type Token, tokensOf } from './tokens.ts';

export type Parsed = { readonly program: Program } | { readonly why: string };

/** Longer texts are refused: what a model writes may be anything. */
const LONGEST = 2000;

/** The program, or why it is none. Never throws. */
export function parse(source: string): Parsed {
  try {
    if (source.length > LONGEST) throw new SyntaxFault(`longer than ${LONGEST} characters`);
    const reader = new BlockReader(source);
    return { program: reader.block(0) };
  } catch (error) {
    if (error instanceof SyntaxFault) return { why: error.message };
    throw error;
  }
}

/** One expression, alone. */
export function parseExpression(source: string): Expression | null {
  const parsed = parse(`return ${source}`);
  const only = 'program' in parsed && parsed.program.length === 1 ? parsed.program[0]! : null;
  return only?.kind === 'return' ? only.value : null;
}

interface Line {
  readonly indent: number;
  readonly tokens: readonly Token[];
}

class BlockReader {
  readonly #lines: readonly Line[];
  #at = 0;

  constructor(source: string) {
    this.#lines = source
      .split('\n')
      .map((text) => ({ indent: text.length - text.trimStart().length, tokens: tokensOf(text) }))
      .filter(({ tokens }) => tokens.length > 1);
  }

  /** Statements of one indentation, up to a line with less. */
  block(indent: number): Program {
    const statements: Statement[] = [];
    for (let line = this.#next(); line && line.indent >= indent; line = this.#next()) {
      if (line.indent > indent) throw new SyntaxFault('an indentation that nothing asks for');
      this.#at++;
      statements.push(this.#statement(line));
    }
    if (statements.length === 0) throw new SyntaxFault('nothing where a statement should stand');
    return statements;
  }

  #next(): Line | undefined {
    return this.#lines[this.#at];
  }

  #statement({ tokens, indent }: Line): Statement {
    const reader = new ExpressionReader(tokens);
    if (reader.eat('if')) return this.#condition(reader, indent);
    if (reader.eat('for')) {
      const name = reader.name();
      reader.need('in');
      const over = reader.expression();
      return { kind: 'for', name, over, body: this.#suite(reader, indent) };
    }
    if (reader.eat('while')) {
      const test = reader.expression();
      return { kind: 'while', test, body: this.#suite(reader, indent) };
    }
    if (reader.eat('def')) {
      if (indent > 0) throw new SyntaxFault('a function inside of something');
      const name = reader.name();
      reader.need('(');
      const params: string[] = [];
      while (!reader.eat(')')) {
        if (params.length > 0) reader.need(',');
        params.push(reader.name());
      }
      return { kind: 'def', name, params, body: this.#suite(reader, indent) };
    }
    return simpleStatement(reader);
  }

  #condition(reader: ExpressionReader, indent: number): Statement {
    const test = reader.expression();
    const body = this.#suite(reader, indent);
    const line = this.#next();
    const word = line?.indent === indent ? line.tokens[0]! : null;
    if (!line || word?.kind !== 'name' || !['elif', 'else'].includes(word.text))
      return { kind: 'if', test, body, other: [] };
    this.#at++;
    const next = new ExpressionReader(line.tokens);
    next.name(true);
    const other = word.text === 'elif' ? [this.#condition(next, indent)] : this.#suite(next, indent);
    return { kind: 'if', test, body, other };
  }

  /** What belongs to a head: the rest of its line, or the block below. */
  #suite(reader: ExpressionReader, indent: number): Program {
    reader.need(':');
    if (reader.peek().kind !== 'end') return [simpleStatement(reader)];
    const line = this.#next();
    if (!line || line.indent <= indent) throw new SyntaxFault('no body');
    return this.block(line.indent);
  }
}

/** A statement without a body, which ends its line. */
function simpleStatement(reader: ExpressionReader): Statement {
  const statement = simple(reader);
  if (reader.peek().kind !== 'end') throw new SyntaxFault(`${reader.peek().text} after the statement`);
  return statement;
}

function simple(reader: ExpressionReader): Statement {
  if (reader.peek().kind !== 'name') throw new SyntaxFault('no statement');
  if (reader.eat('return')) return { kind: 'return', value: reader.expression() };
  if (reader.eat('print')) {
    reader.need('(');
    return { kind: 'print', args: reader.list(')') };
  }
  const target = reader.name();
  for (const op of ['+', '-', '*'] as const) {
    if (reader.eat(`${op}=`)) return { kind: 'update', target, op, value: reader.expression() };
  }
  const targets = [target];
  while (reader.eat(',')) targets.push(reader.name());
  reader.need('=');
  const values = [reader.expression()];
  while (reader.eat(',')) values.push(reader.expression());
  if (values.length !== targets.length) throw new SyntaxFault(`${targets.length} names for ${values.length}`);
  return { kind: 'assign', targets, values };
}
