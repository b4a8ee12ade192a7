/** Runs programs as Python would, with a bound on their steps. */
import { callBuiltin, callMethod } from './builtins.ts';
import type { Expression, Program, Statement, Value } from './syntax.ts';
import {
  arithmetic,
  compared,
  Fault,
  indexed,
  itemsOf,
  shown,
  sliced,
  truth,
  wholeNumber,
} from './values.ts';

/** What a program printed and its variables at the end, or the fault that stopped it. */
export type Outcome =
  | { readonly printed: readonly string[]; readonly variables: ReadonlyMap<string, Value> }
  | { readonly fault: string };

/** What a function returned, or the fault that stopped it. */
export type Called = { readonly value: Value } | { readonly fault: string };

const MOST_STEPS = 20_000;
const DEEPEST_CALL = 50;

/** Runs a program from empty variables. Never throws. */
export function run(program: Program, most: number = MOST_STEPS): Outcome {
  const machine = new Machine(most);
  return caught<Outcome>(() => {
    if (machine.block(program)) throw new Fault('return outside a function');
    return { printed: machine.printed, variables: machine.globals };
  });
}

/** Runs the program, which defines the function, and calls it. Never throws. */
export function callFunction(
  program: Program,
  name: string,
  args: readonly Value[],
  most: number = MOST_STEPS,
): Called {
  const machine = new Machine(most);
  return caught<Called>(() => {
    if (machine.block(program)) throw new Fault('return outside a function');
    return { value: machine.call(name, args) };
  });
}

function caught<T>(work: () => T): T | { readonly fault: string } {
  try {
    return work();
  } catch (error) {
    if (error instanceof Fault) return { fault: error.message };
    throw error;
  }
}

type Variables = Map<string, Value>;
type Definition = Extract<Statement, { kind: 'def' }>;
/** What a block ends with: undefined when it runs to its end. */
type Returned = { readonly value: Value } | undefined;

class Machine {
  readonly globals: Variables = new Map();
  readonly printed: string[] = [];
  readonly #functions = new Map<string, Definition>();
  /** The variables in use: the function's while one runs. */
  #scope: Variables = this.globals;
  /** Names that the running function gives a value to: its own everywhere in it, as in Python. */
  #own: ReadonlySet<string> = new Set();
  #left: number;
  #calls = 0;

  constructor(most: number) {
    this.#left = most;
  }

  block(block: Program): Returned {
    for (const statement of block) {
      const returned = this.#execute(statement);
      if (returned) return returned;
    }
    return undefined;
  }

  call(name: string, args: readonly Value[]): Value {
    if (this.#scope.has(name) || this.globals.has(name)) throw new Fault(`${name} is no function`);
    const definition = this.#functions.get(name);
    if (!definition) return callBuiltin(name, args);
    const { params, body } = definition;
    if (params.length !== args.length) throw new Fault(`${name} takes ${params.length} arguments`);
    if (++this.#calls > DEEPEST_CALL) throw new Fault('calls nested too deeply');
    const [scope, own] = [this.#scope, this.#own];
    this.#scope = new Map(params.map((param, i) => [param, args[i]!]));
    this.#own = assignedIn(body);
    const returned = this.block(body);
    [this.#scope, this.#own] = [scope, own];
    this.#calls--;
    return returned ? returned.value : null;
  }

  #spend(): void {
    if (--this.#left < 0) throw new Fault('too many steps');
  }

  #variable(name: string): Value {
    const value = this.#scope.get(name);
    if (value !== undefined) return value;
    const shared = this.#own.has(name) ? undefined : this.globals.get(name);
    if (shared === undefined) throw new Fault(`no variable ${name}`);
    return shared;
  }

  #execute(statement: Statement): Returned {
    this.#spend();
    switch (statement.kind) {
      case 'assign': {
        const values = statement.values.map((value) => this.#value(value));
        statement.targets.forEach((target, i) => {
          this.#scope.set(target, values[i]!);
        });
        return undefined;
      }
      case 'update': {
        const before = this.#variable(statement.target);
        this.#scope.set(statement.target, arithmetic(statement.op, before, this.#value(statement.value)));
        return undefined;
      }
      case 'print':
        this.printed.push(statement.args.map((arg) => shown(this.#value(arg))).join(' '));
        return undefined;
      case 'if':
        return this.block(truth(this.#value(statement.test)) ? statement.body : statement.other);
      case 'for':
        for (const item of itemsOf(this.#value(statement.over))) {
          this.#spend();
          this.#scope.set(statement.name, item);
          const returned = this.block(statement.body);
          if (returned) return returned;
        }
        return undefined;
      case 'while':
        while (truth(this.#value(statement.test))) {
          const returned = this.block(statement.body);
          if (returned) return returned;
        }
        return undefined;
      case 'def':
        this.#functions.set(statement.name, statement);
        return undefined;
      case 'return':
        return { value: this.#value(statement.value) };
    }
  }

  #value(expression: Expression): Value {
    this.#spend();
    switch (expression.kind) {
      case 'literal': {
        const { value } = expression;
        return typeof value === 'number' ? wholeNumber(value) : value;
      }
      case 'name':
        return this.#variable(expression.name);
      case 'list':
        return this.#values(expression.items);
      case 'unary': {
        const of = this.#value(expression.of);
        return expression.op === 'not' ? !truth(of) : arithmetic('-', 0, of);
      }
      case 'binary': {
        const left = this.#value(expression.left);
        if (expression.op === 'and') return truth(left) ? this.#value(expression.right) : left;
        if (expression.op === 'or') return truth(left) ? left : this.#value(expression.right);
        return arithmetic(expression.op, left, this.#value(expression.right));
      }
      case 'compare': {
        let left = this.#value(expression.first);
        for (const link of expression.links) {
          const right = this.#value(link.right);
          if (!compared(link.op, left, right)) return false;
          left = right;
        }
        return true;
      }
      case 'call':
        return this.call(expression.name, this.#values(expression.args));
      case 'method':
        return callMethod(this.#value(expression.of), expression.name, this.#values(expression.args));
      case 'index':
        return indexed(this.#value(expression.of), this.#value(expression.at));
      case 'slice': {
        const part = (one: Expression | null): Value => (one === null ? null : this.#value(one));
        const of = this.#value(expression.of);
        return sliced(of, part(expression.from), part(expression.to), part(expression.by));
      }
      case 'choose':
        return this.#value(truth(this.#value(expression.test)) ? expression.yes : expression.no);
    }
  }

  #values(expressions: readonly Expression[]): readonly Value[] {
    return expressions.map((one) => this.#value(one));
  }
}

function assignedIn(block: Program): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of block) {
    if (statement.kind === 'assign') for (const target of statement.targets) names.add(target);
    if (statement.kind === 'update') names.add(statement.target);
    if (statement.kind === 'for') names.add(statement.name);
    if ('body' in statement) for (const name of assignedIn(statement.body)) names.add(name);
    if (statement.kind === 'if') for (const name of assignedIn(statement.other)) names.add(name);
  }
  return names;
}
