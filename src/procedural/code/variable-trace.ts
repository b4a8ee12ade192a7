/**
 * Several variables that are set from each other: what is one of them at the end? Level L has two to four variables
 * and L + 1 lines that change them (6 for `harder`).
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Step, Surface, WrongTurn } from '../generator.ts';
import { between, several } from '../random-choice.ts';
import { binary, literal, name, print, set } from './language/build.ts';
import { printLines } from './language/print.ts';
import type { Program, Statement } from './language/syntax.ts';
import { codeText, idleLine, printedBy, VARIABLES } from './telling.ts';

/**
 * Variables are numbers: 0 is the first one that is set.
 * - `copy`: target, source.
 * - `+`, `-`: target, source, a number.
 * - `sum`, `less`: target, two sources.
 * - `swap`: two variables.
 */
type Line =
  | readonly ['copy' | 'swap', number, number]
  | readonly ['+' | '-' | 'sum' | 'less', number, number, number];

interface Core {
  readonly asked: number;
  readonly lines: readonly Line[];
  readonly start: readonly number[];
}

const KINDS: readonly Line[0][] = ['copy', '+', '+', '-', 'sum', 'sum', 'less', 'swap'];

function sample(random: RandomStream, level: number): Core {
  const count = level === 1 ? 2 : level === 2 ? between(random, 2, 3) : level < 5 ? 3 : 4;
  for (;;) {
    const lines: Line[] = [];
    while (lines.length <= level) {
      const line = lineOf(random, KINDS[random.below(KINDS.length)]!, random.below(count), count);
      const last = lines.at(-1);
      // The same line twice would look like a slip of the pen.
      if (last?.[0] !== line[0] || last[1] !== line[1]) lines.push(line);
    }
    const core = { asked: random.below(count), lines, start: values(random, count) };
    if (isCalculated(core)) return core;
  }
}

/** An answer that stands in the program, as a value copied about, could be found without following it. */
function isCalculated(core: Core): boolean {
  const answer = valuesFrom(core, 0, core.start)[core.asked]!;
  return (
    !core.start.includes(answer) &&
    !core.lines.some((line) => (line[0] === '+' || line[0] === '-') && line[3] === answer)
  );
}

/** The source of a copy or swap is another variable, and so is the second one of a sum or difference. */
function lineOf(random: RandomStream, kind: Line[0], target: number, count: number): Line {
  const other = (target + between(random, 1, count - 1)) % count;
  if (kind === 'copy' || kind === 'swap') return [kind, target, other];
  if (kind === '+' || kind === '-') return [kind, target, random.below(count), between(random, 1, 9)];
  const source = random.below(count);
  return [kind, target, source, (source + between(random, 1, count - 1)) % count];
}

function values(random: RandomStream, count: number): number[] {
  const found: number[] = [];
  while (found.length < count) {
    const value = between(random, 1, 20);
    if (!found.includes(value)) found.push(value);
  }
  return found;
}

/** The same lines with other numbers, and with the variables in other roles. */
function perturb(core: Core, random: RandomStream): Core {
  for (;;) {
    const other = changed(core, random);
    if (isCalculated(other)) return other;
  }
}

function changed({ asked, lines, start }: Core, random: RandomStream): Core {
  const count = start.length;
  const shift = random.below(count);
  const moved = (variable: number): number => (variable + shift) % count;
  return {
    asked: moved(asked),
    lines: lines.map((line): Line => {
      switch (line[0]) {
        case 'copy':
        case 'swap':
          return [line[0], moved(line[1]), moved(line[2])];
        case '+':
        case '-':
          return [line[0], moved(line[1]), moved(line[2]), between(random, 1, 9)];
        default:
          return [line[0], moved(line[1]), moved(line[2]), moved(line[3])];
      }
    }),
    start: values(random, count),
  };
}

function programOf({ lines, start }: Core, names: readonly string[]): Program {
  const variable = (number: number) => name(names[number]!);
  return [
    ...start.map((value, i) => set(names[i]!, literal(value))),
    ...lines.map((line): Statement => {
      const target = names[line[1]]!;
      switch (line[0]) {
        case 'copy':
          return set(target, variable(line[2]));
        case 'swap':
          return {
            kind: 'assign',
            targets: [target, names[line[2]]!],
            values: [variable(line[2]), variable(line[1])],
          };
        case '+':
        case '-':
          return set(target, binary(line[0], variable(line[2]), literal(line[3])));
        default:
          return set(target, binary(line[0] === 'sum' ? '+' : '-', variable(line[2]), variable(line[3])));
      }
    }),
  ];
}

const QUESTIONS: readonly ((code: string, name: string) => string)[] = [
  (code, asked) => `What is ${asked} at the end?\n${code}`,
  (code, asked) => `${code}\nWhat is the value of ${asked} now?`,
  (code, asked) => `Follow the variables.\n${code}\nWhat is ${asked}?`,
  (code, asked) => `This code runs:\n${code}\nSay the last value of ${asked}.`,
];

function pose(core: Core, { template, random, aside }: Surface): Posed {
  const names = several(random, VARIABLES, core.start.length);
  const code = codeText(printLines(programOf(core, names)), aside, random);
  const { steps, answer } = follow(core, names);
  return { question: QUESTIONS[template]!(code, names[core.asked]!), answer, steps };
}

/** The values after a line. */
function after(line: Line, values: readonly number[]): number[] {
  const [kind, target, source, third = 0] = line;
  const next = [...values];
  const from = values[source]!;
  if (kind === 'swap') next[source] = values[target]!;
  next[target] =
    kind === '+'
      ? from + third
      : kind === '-'
        ? from - third
        : kind === 'sum'
          ? from + values[third]!
          : kind === 'less'
            ? from - values[third]!
            : from;
  return next;
}

function valuesFrom({ lines }: Core, at: number, values: readonly number[]): readonly number[] {
  let now = values;
  for (let i = at; i < lines.length; i++) now = after(lines[i]!, now);
  return now;
}

/** One step for each line that changes a variable, and one for the answer. */
function follow(core: Core, names: readonly string[]): { steps: Step[]; answer: string } {
  const { lines, start, asked } = core;
  const steps: Step[] = [{ text: `${start.map((value, i) => `${names[i]!} = ${value}`).join(', ')}.` }];
  let values: readonly number[] = start;
  for (const [at, line] of lines.entries()) {
    const next = after(line, values);
    const slip = misread(line, values, names);
    const answer = String(valuesFrom(core, at + 1, slip.values)[asked]!);
    steps.push({
      text: `${told(line, values, next, names)}.`,
      wrong: [{ text: `${slip.text}.`, after: [`So ${names[asked]!} is ${answer}.`], answer, why: slip.why }],
    });
    values = next;
  }
  const answer = String(values[asked]!);
  const wrong: WrongTurn[] = [
    {
      text: `So ${names[asked]!} is ${start[asked]!}.`,
      answer: String(start[asked]!),
      why: `That is its first value: ${names[asked]!} was changed.`,
    },
  ];
  const other = (asked + 1) % start.length;
  wrong.push({
    text: `So ${names[asked]!} is ${values[other]!}.`,
    answer: String(values[other]!),
    why: `That is ${names[other]!}.`,
  });
  steps.push({ text: `So ${names[asked]!} is ${answer}.`, wrong });
  return { steps, answer };
}

function told(
  [kind, target, source, third = 0]: Line,
  values: readonly number[],
  next: readonly number[],
  names: readonly string[],
): string {
  const result = `${names[target]!} = ${next[target]!}`;
  const from = values[source]!;
  if (kind === 'copy') return result;
  if (kind === 'swap') return `${result}, ${names[source]!} = ${next[source]!}`;
  if (kind === '+' || kind === '-') return `${names[target]!} = ${from} ${kind} ${third} = ${next[target]!}`;
  return `${names[target]!} = ${from} ${kind === 'sum' ? '+' : '-'} ${values[third]!} = ${next[target]!}`;
}

/** What one might take a line for. */
function misread(
  [kind, target, source, third = 0]: Line,
  values: readonly number[],
  names: readonly string[],
): { readonly values: readonly number[]; readonly text: string; readonly why: string } {
  const next = [...values];
  const [t, s] = [names[target]!, names[source]!];
  if (kind === 'copy') {
    next[source] = values[target]!;
    return { values: next, text: `${s} = ${values[target]!}`, why: `${t} = ${s} changes ${t}, not ${s}.` };
  }
  if (kind === 'swap') {
    next[target] = values[source]!;
    return {
      values: next,
      text: `${t} = ${values[source]!}, ${s} = ${values[source]!}`,
      why: `Both change at once: ${s} gets the old ${t}.`,
    };
  }
  const [a, b] = [values[source]!, kind === '+' || kind === '-' ? third : values[third]!];
  if (kind === '+' || kind === 'sum') {
    next[target] = values[target]! + a + b;
    return {
      values: next,
      text: `${t} = ${values[target]!} + ${a} + ${b} = ${next[target]}`,
      why: `The old ${t} is replaced, not added.`,
    };
  }
  next[target] = b - a;
  return { values: next, text: `${t} = ${b} - ${a} = ${b - a}`, why: `The numbers are turned around.` };
}

export const variableTrace: Generator<Core> = {
  name: 'variable_trace',
  title: 'Tracing variables',
  domain: 'code',
  abilities: ['execution'],
  why: 'The values of several variables are kept while each line changes one from the others.',
  kind: 'generate',
  chance: 0.04,
  levels: [1, 2, 3, 4],
  templates: QUESTIONS.length,
  sample,
  perturb,
  aside: (_core, random) => idleLine(random),
  pose,
  resolve: (core) => {
    const names = VARIABLES.slice(0, core.start.length);
    return printedBy([...programOf(core, names), print(name(names[core.asked]!))]);
  },
};
