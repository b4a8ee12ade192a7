/** What the function of a completion task should do: drawn, told in words, and computed without the language. */
import type { RandomStream } from '../../stats/random.ts';
import { between, happens, pick, several } from '../random-choice.ts';
import { VARIABLES } from './telling.ts';

/** With a number on its right, or 0 for the second parameter. `from`: it is taken from that. */
export type NumberOp = readonly ['+' | '-' | '*' | 'from', number];
export type TextOp =
  | readonly ['reverse' | 'twice']
  /** So many letters at the beginning. */
  | readonly ['keep' | 'drop', number]
  | readonly ['append' | 'prepend', string];
/** Whether the result is above or below a limit: the last operation of a `test`. */
export type TestOp = readonly ['>' | '<', number];
export type Operation = NumberOp | TextOp | TestOp;

/**
 * - `number`, `pair`: of one parameter or two.
 * - `text`: of a string.
 * - `test`: True or False for a number.
 * - `sum`: added up over every i below the parameter.
 */
export type SpecKind = 'number' | 'pair' | 'text' | 'test' | 'sum';
/** Its parameters are part of it: the answer is written with them. */
export type FunctionSpec = readonly [SpecKind, readonly string[], ...Operation[]];

const KINDS: readonly SpecKind[] = ['number', 'pair', 'text', 'test', 'sum'];
const LETTERS = 'abdeghklmnoprstuwy';

export function drawSpec(random: RandomStream, count: number): FunctionSpec {
  return drawKind(random, pick(random, KINDS), count);
}

function drawKind(random: RandomStream, kind: SpecKind, count: number): FunctionSpec {
  const operations: Operation[] = [];
  while (operations.length < count) operations.push(next(random, kind, operations, count));
  return finished(random, kind, operations);
}

/** As many operations of the same kind, with other numbers, letters and parameters. */
export function redrawSpec([kind, , ...operations]: FunctionSpec, random: RandomStream): FunctionSpec {
  // Of some operations on a string there is only one: others take their place.
  if (kind === 'text') return drawKind(random, kind, operations.length);
  const fresh = operations.map((operation) => withOperands(random, operation[0], operation[1] === 0));
  return finished(random, kind, fresh);
}

/** The limit of a test is the result for some small number, so that both answers occur. */
function finished(random: RandomStream, kind: SpecKind, operations: readonly Operation[]): FunctionSpec {
  const names = several(random, VARIABLES, kind === 'pair' ? 2 : 1);
  if (kind !== 'test') return [kind, names, ...operations];
  const before = operations.slice(0, -1);
  const limit = computed(before, between(random, 1, 20), 0) as number;
  return [kind, names, ...before, [operations.at(-1)![0] as '<' | '>', limit]];
}

function next(random: RandomStream, kind: SpecKind, before: readonly Operation[], count: number): Operation {
  const last = before.at(-1)?.[0];
  if (kind === 'text') {
    const used = before.map(([op]) => op);
    const usual = ['reverse', 'twice', 'keep', 'drop', 'append', 'prepend'] as const;
    const allowed = usual.filter(
      (op) =>
        op !== last &&
        !((op === 'keep' || op === 'drop') && (used.includes('keep') || used.includes('drop'))),
    );
    return withOperands(random, pick(random, allowed), false);
  }
  if (kind === 'test' && before.length === count - 1) return [pick(random, ['>', '<'] as const), 0];
  // A product after a sum or difference, and the other way round: two sums in a row are one.
  const product = last === undefined ? happens(random, 0.4) : last !== '*';
  const op = product ? '*' : pick(random, ['+', '+', '-', '-', 'from'] as const);
  return withOperands(random, op, kind === 'pair' && happens(random, before.length === 0 ? 0.8 : 0.4));
}

function withOperands(random: RandomStream, op: Operation[0], second: boolean): Operation {
  const letter = (): string => LETTERS[random.below(LETTERS.length)]!;
  switch (op) {
    case 'reverse':
    case 'twice':
      return [op];
    case 'keep':
    case 'drop':
      return [op, between(random, 1, 3)];
    case 'append':
    case 'prepend':
      return [op, happens(random, 0.5) ? letter() : letter() + letter()];
    case '>':
    case '<':
      return [op, 0];
    case '*':
      return [op, second ? 0 : between(random, 2, 6)];
    default:
      return [op, second ? 0 : between(random, 1, 20)];
  }
}

/** What the operations make of a value. `second`: the second parameter, where there is one. */
export function computed(
  operations: readonly Operation[],
  value: number | string,
  second: number,
): number | string | boolean {
  let now: number | string | boolean = value;
  for (const operation of operations) now = apply(operation, now, second);
  return now;
}

function apply(
  [op, operand]: Operation,
  value: number | string | boolean,
  second: number,
): number | string | boolean {
  const [now, text] = [value as number, value as string];
  const by = operand === 0 ? second : (operand as number);
  switch (op) {
    case '+':
      return now + by;
    case '-':
      return now - by;
    case '*':
      return now * by;
    case 'from':
      return by - now;
    case '>':
      return now > (operand as number);
    case '<':
      return now < (operand as number);
    case 'reverse':
      return text.split('').reverse().join('');
    case 'twice':
      return `${text}${text}`;
    case 'keep':
      return text.slice(0, operand as number);
    case 'drop':
      return text.slice(operand as number);
    case 'append':
      return `${text}${operand}`;
    case 'prepend':
      return `${operand}${text}`;
  }
}

/** What one operation is called: `add 3`. */
export function operationWords([op, operand]: Operation, names: readonly string[]): string {
  const by = operand === 0 ? names[1]! : operand;
  switch (op) {
    case '+':
      return `add ${by}`;
    case '-':
      return `take away ${by}`;
    case '*':
      return by === 2 ? 'double it' : `multiply by ${by}`;
    case 'from':
      return `take it from ${by}`;
    case '>':
      return `say if it is above ${operand}`;
    case '<':
      return `say if it is below ${operand}`;
    case 'reverse':
      return 'turn it around';
    case 'twice':
      return 'write it twice';
    case 'keep':
      return operand === 1 ? 'keep the first letter' : `keep the first ${operand} letters`;
    case 'drop':
      return operand === 1 ? 'drop the first letter' : `drop the first ${operand} letters`;
    case 'append':
      return `add "${operand}" at the end`;
    case 'prepend':
      return `put "${operand}" in front`;
  }
}
