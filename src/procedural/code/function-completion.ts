/**
 * A function with a gap, to be filled by an expression. What it should do is told in words; an answer is right when
 * the function then gives the right value for every argument tried, whatever the expression looks like. Level L asks
 * for L + 1 operations.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Step, Surface, WrongTurn } from '../generator.ts';
import { happens, pick } from '../random-choice.ts';
import { completes, functionLines } from './function-check.ts';
import { drawSpec, type FunctionSpec, type Operation, operationWords, redrawSpec } from './function-spec.ts';
import { binary, compare, literal, name, slice } from './language/build.ts';
import { print } from './language/print.ts';
import type { Expression } from './language/syntax.ts';
import { idleLine } from './telling.ts';

const GAP = '___';

const QUESTIONS: readonly ((told: string, code: string) => string)[] = [
  (told, code) => `${told}\n${code}\nWhat stands for ${GAP}?`,
  (told, code) => `Fill the gap ${GAP}.\n${code}\n${told}`,
  (told, code) => `${code}\n${told} Write what is missing.`,
  (told, code) => `Complete this function.\n${told}\n${code}`,
];

function pose(spec: FunctionSpec, { template, random, aside }: Surface): Posed {
  const f = pick(random, ['f', 'g', 'h']);
  const [head, ...body] = functionLines(spec, f, GAP);
  const code = [head!, ...(aside === null ? [] : [`    ${aside}`]), ...body].join('\n');
  const { steps, answer } = build(spec);
  return { question: QUESTIONS[template]!(tell(spec, f, random), code), answer, steps };
}

function tell([kind, names, ...operations]: FunctionSpec, f: string, random: RandomStream): string {
  const told = operations.map((operation) => operationWords(operation, names));
  const joined = told.join(happens(random, 0.5) ? ', then ' : ', ');
  const call = `${f}(${names.join(', ')})`;
  return kind === 'sum'
    ? `${call} should take each i below ${names[0]!}, ${joined}, and sum it all up.`
    : `${call} should take ${names[0]!}, ${joined}.`;
}

/** One step for each operation, with the expression so far. */
function build([kind, names, ...operations]: FunctionSpec): { steps: Step[]; answer: string } {
  const steps: Step[] = [];
  let now = name(kind === 'sum' ? 'i' : names[0]!);
  for (const [at, operation] of operations.entries()) {
    const words = operationWords(operation, names);
    const slip = misread(operation, now, names);
    const end = print(
      operations.slice(at + 1).reduce((rest, one) => apply(one, rest, names), slip.expression),
    );
    now = apply(operation, now, names);
    const isLast = at === operations.length - 1;
    const wrong: WrongTurn = {
      text: `${words}: ${print(slip.expression)}.`,
      ...(isLast ? {} : { after: [`So it is ${end}.`] }),
      answer: end,
      why: slip.why,
    };
    steps.push({ text: `${words}: ${print(now)}.`, wrong: [wrong] });
  }
  return { steps, answer: print(now) };
}

function apply([op, operand]: Operation, e: Expression, names: readonly string[]): Expression {
  const by = operand === 0 && op !== '<' && op !== '>' ? name(names[1]!) : literal(operand ?? 0);
  switch (op) {
    case '+':
    case '-':
    case '*':
      return binary(op, e, by);
    case 'from':
      return binary('-', by, e);
    case '>':
    case '<':
      return compare(e, op, by);
    case 'reverse':
      return slice(e, null, null, literal(-1));
    case 'twice':
      return binary('*', e, literal(2));
    case 'keep':
      return slice(e, null, by);
    case 'drop':
      return slice(e, by, null);
    case 'append':
      return binary('+', e, by);
    case 'prepend':
      return binary('+', by, e);
  }
}

const BRACKETS = 'Brackets are missing: it is done to the whole, not to the last part.';

/** What one might write for an operation. */
function misread(
  operation: Operation,
  e: Expression,
  names: readonly string[],
): { readonly expression: Expression; readonly why: string } {
  const [op, operand] = operation;
  const binds = op === '*' || op === 'twice' || op === 'reverse' || op === 'keep' || op === 'drop';
  if (binds && e.kind === 'binary' && (e.op !== '*' || op !== 'twice')) {
    const expression = binary(e.op, e.left, apply(operation, e.right, names));
    if (print(expression) !== print(apply(operation, e, names))) return { expression, why: BRACKETS };
  }
  const other = (turned: Operation, why: string) => ({ expression: apply(turned, e, names), why });
  switch (op) {
    case '+':
      return other(['-', operand as number], 'It should be added.');
    case '-':
      return other(['from', operand as number], 'What is taken away stands on the right.');
    case 'from':
      return other(['-', operand as number], 'What it is taken from stands on the left.');
    case '*':
      return other(['+', operand as number], '+ adds; to multiply is *.');
    case '>':
      return other(['<', operand as number], '< is below, > is above.');
    case '<':
      return other(['>', operand as number], '> is above, < is below.');
    case 'reverse':
      return other(['drop', 1], '[::-1] goes from the end to the beginning; [1:] only drops a letter.');
    case 'twice':
      return { expression: binary('*', e, literal(3)), why: '* 3 writes it three times.' };
    case 'keep':
      return other(['drop', operand as number], '[:k] keeps the beginning, [k:] drops it.');
    case 'drop':
      return other(['keep', operand as number], '[k:] drops the beginning, [:k] keeps it.');
    case 'append':
      return other(['prepend', operand as string], 'What comes at the end stands on the right.');
    case 'prepend':
      return other(['append', operand as string], 'What comes in front stands on the left.');
  }
}

/** Written from the words, fully bracketed and with other means: sums for products, negations, joined letters. */
function resolve([kind, names, ...operations]: FunctionSpec): string {
  let text = kind === 'sum' ? 'i' : names[0]!;
  for (const [op, operand] of operations) {
    const by = operand === 0 ? names[1]! : operand;
    const inner = text;
    const forms: Readonly<Record<Operation[0], () => string>> = {
      '+': () => `(${by} + (${inner}))`,
      '-': () => `(-(${by}) + ${inner})`,
      '*': () => `(${by} * (${inner}))`,
      from: () => `(-(${inner}) + ${by})`,
      '>': () => `not ${inner} <= ${operand}`,
      '<': () => `${operand} > ${inner}`,
      reverse: () => `"".join(reversed(${inner}))`,
      twice: () => `(2 * (${inner}))`,
      keep: () => `(${inner})[0:${by}:1]`,
      drop: () => `(${inner})[${by}:999]`,
      append: () => `(${inner} + "${by}")`,
      prepend: () => `"".join(["${by}", ${inner}])`,
    };
    text = forms[op]();
  }
  return text;
}

export const functionCompletion: Generator<FunctionSpec> = {
  name: 'function_completion',
  title: 'Completing a function',
  domain: 'code',
  abilities: ['synthesis'],
  why: 'An expression is written from a description, and judged by running the function.',
  kind: 'generate',
  chance: 0,
  levels: [1, 2, 3, 4],
  templates: QUESTIONS.length,
  sample: (random, level) => drawSpec(random, level + 1),
  perturb: redrawSpec,
  aside: (_core, random) => idleLine(random),
  pose,
  accepts: completes,
  resolve,
};
