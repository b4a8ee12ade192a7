/**
 * A program with one line that does not do what was asked for: which? What it should do is told step by step, and each
 * step is one line. Level L has L + 2 such lines.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Step, Surface } from '../generator.ts';
import { between, happens, pick } from '../random-choice.ts';
import { plainAside } from '../words.ts';
import { binary, call, compare, each, literal, name, print, set, when } from './language/build.ts';
import { printLines } from './language/print.ts';
import type { Statement } from './language/syntax.ts';
import { printedBy, VARIABLES } from './telling.ts';

type Op = '+' | '-' | '*';
type Task =
  | readonly ['start', number]
  | readonly ['do', Op, number]
  /** So many times. */
  | readonly ['repeat', number, Op, number]
  | readonly ['if', '<' | '>', number, Op, number];

/** The number of the wrong line, what stands there (`stray`: its result goes to another variable), and the plan. */
type Core = readonly [number, Task | 'stray', ...Task[]];

function sample(random: RandomStream, level: number): Core {
  const plan: Task[] = [['start', between(random, 2, 20)]];
  for (let i = 0; i < level + 1; i++) plan.push(taskOf(random, random.below(6)));
  return spoil(random, plan, between(random, 1, plan.length));
}

function taskOf(random: RandomStream, kind: number): Task {
  if (kind < 3) return ['do', ...change(random, true)];
  if (kind < 4) return ['repeat', between(random, 2, 5), ...change(random, false)];
  return ['if', pick(random, ['<', '>'] as const), between(random, 5, 40), ...change(random, false)];
}

function change(random: RandomStream, mayMultiply: boolean): readonly [Op, number] {
  if (mayMultiply && happens(random, 0.3)) return ['*', between(random, 2, 5)];
  return [happens(random, 0.5) ? '+' : '-', between(random, 2, 15)];
}

function spoil(random: RandomStream, plan: readonly Task[], at: number): Core {
  const task = plan[at - 1]!;
  const other = (number: number): number => number + pick(random, [-1, 1, 2]);
  const turned = (op: Op): Op => (op === '+' ? '-' : '+');
  const kind = random.below(4);
  let bad: Task | 'stray' = 'stray';
  if (task[0] === 'start') bad = ['start', other(task[1])];
  else if (task[0] === 'do' && kind > 0)
    bad = kind === 1 ? ['do', task[1], other(task[2])] : ['do', turned(task[1]), task[2]];
  else if (task[0] === 'repeat' && kind > 0)
    bad =
      kind === 1
        ? ['repeat', other(task[1]), task[2], task[3]]
        : ['repeat', task[1], turned(task[2]), task[3]];
  else if (task[0] === 'if' && kind > 0)
    bad =
      kind === 1
        ? ['if', task[1] === '<' ? '>' : '<', task[2], task[3], task[4]]
        : kind === 2
          ? ['if', task[1], task[2], turned(task[3]), task[4]]
          : ['if', task[1], other(task[2]), task[3], task[4]];
  return [at, bad, ...plan];
}

/** The same kinds of tasks with other numbers, another one of them wrong. */
function perturb([, , ...plan]: Core, random: RandomStream): Core {
  const fresh = plan.map((task): Task => {
    if (task[0] === 'start') return ['start', between(random, 2, 20)];
    return taskOf(random, { do: 0, repeat: 3, if: 4 }[task[0]]);
  });
  return spoil(random, fresh, between(random, 1, plan.length));
}

function statementOf(task: Task, x: string, target = x): Statement {
  const changed = (op: Op, by: number): Statement => set(target, binary(op, name(x), literal(by)));
  switch (task[0]) {
    case 'start':
      return set(target, literal(task[1]));
    case 'do':
      return changed(task[1], task[2]);
    case 'repeat':
      return each('i', call('range', literal(task[1])), [changed(task[2], task[3])]);
    case 'if':
      return when(compare(name(x), task[1], literal(task[2])), [changed(task[3], task[4])]);
  }
}

const TIMES = ['', '', 'two', 'three', 'four', 'five'];

function words(task: Task, x: string): string {
  const changed = (op: Op, by: number): string =>
    op === '+' ? `add ${by}` : op === '-' ? `take away ${by}` : by === 2 ? 'double it' : `multiply by ${by}`;
  switch (task[0]) {
    case 'start':
      return `set ${x} to ${task[1]}`;
    case 'do':
      return changed(task[1], task[2]);
    case 'repeat':
      return `${changed(task[2], task[3])} ${TIMES[task[1]]!} times`;
    case 'if':
      return `${changed(task[3], task[4])} if it is ${task[1] === '<' ? 'below' : 'above'} ${task[2]}`;
  }
}

const QUESTIONS: readonly ((plan: string, code: string, which: string) => string)[] = [
  (plan, code, which) => `This program should ${plan}.\n${code}\nOne line is wrong: ${which}?`,
  (plan, code, which) => `The plan: ${plan}.\n${code}\nWhich line does not follow the plan: ${which}?`,
  (plan, code, which) => `${code}\nThe program should ${plan}. Which line is wrong, ${which}?`,
];

function pose(core: Core, { template, random, aside }: Surface): Posed {
  const [at, bad, ...plan] = core;
  const x = pick(random, VARIABLES);
  const stray =
    VARIABLES[(VARIABLES.indexOf(x) + between(random, 1, VARIABLES.length - 1)) % VARIABLES.length]!;
  const right = printLines(
    plan.map((task) => statementOf(task, x)),
    true,
  );
  const wrong = bad === 'stray' ? statementOf(plan[at - 1]!, x, stray) : statementOf(bad, x);
  const lines = right.with(at - 1, printLines([wrong], true)[0]!);
  const code = lines.map((line, i) => `${i + 1}: ${line}`).join('\n');
  const told = plan.map((task) => words(task, x)).join(', ');
  const choices = plan.map((_, i) => String(i + 1));
  const question = QUESTIONS[template]!(told, code, `${choices.slice(0, -1).join(', ')} or ${plan.length}`);
  return {
    question: aside === null ? question : `${aside} ${question}`,
    answer: String(at),
    choices,
    steps: check(core, x, lines, right),
  };
}

/** Line by line, up to the wrong one. */
function check([at, , ...plan]: Core, x: string, lines: readonly string[], right: readonly string[]): Step[] {
  const last = plan.length;
  const steps: Step[] = [];
  for (let line = 1; line < at; line++) {
    const task = words(plan[line - 1]!, x);
    steps.push({
      text: `Line ${line}: ${task}, right.`,
      wrong: [
        {
          text: `Line ${line} is wrong.`,
          answer: String(line),
          why: `The program should ${task}, and line ${line} does.`,
        },
      ],
    });
  }
  const other = at === last ? 1 : last;
  steps.push({
    text: `Line ${at}: ${words(plan[at - 1]!, x)} is ${right[at - 1]!}, not ${lines[at - 1]!}.`,
    wrong: [
      {
        text: `Line ${at} is right.`,
        after: [`So line ${other} is wrong.`],
        answer: String(other),
        why: `Line ${at} should be ${right[at - 1]!}.`,
      },
    ],
  });
  return steps;
}

/** Runs each line alone, from many values, and compares with what its task does to them. */
function resolve([at, bad, ...plan]: Core): string {
  const found = plan.findIndex((task, i) => {
    const spoilt = i + 1 === at;
    const line =
      spoilt && bad !== 'stray' ? statementOf(bad, 'x') : statementOf(task, 'x', spoilt ? 'y' : 'x');
    const values = task[0] === 'start' ? [0] : Array.from({ length: 60 }, (_, value) => value);
    return values.some(
      (value) =>
        printedBy([set('x', literal(value)), line, print(name('x'))]) !== String(outcome(task, value)),
    );
  });
  return String(found + 1);
}

function outcome(task: Task, value: number): number {
  const rounds = task[0] === 'repeat' ? task[1] : 1;
  if (task[0] === 'start') return task[1];
  if (task[0] === 'if' && Math.sign(value - task[2]) !== (task[1] === '<' ? -1 : 1)) return value;
  const [op, by] = [task.at(-2), task.at(-1) as number];
  return op === '*' ? value * by : value + rounds * (op === '+' ? by : -by);
}

const LEVELS: readonly number[] = [1, 2, 3, 4];

export const wrongLine: Generator<Core> = {
  name: 'wrong_line',
  title: 'The wrong line',
  domain: 'code',
  abilities: ['debugging'],
  why: 'A program is compared with what it should do, line by line, until one differs.',
  kind: 'choice',
  weighed: true,
  chance: LEVELS.reduce((sum, level) => sum + 1 / (level + 2), 0) / LEVELS.length,
  levels: LEVELS,
  templates: QUESTIONS.length,
  sample,
  perturb,
  aside: (_core, random) => plainAside(random),
  pose,
  resolve,
};
