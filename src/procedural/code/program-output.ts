/**
 * What does a small program print? One number is changed by lines that follow each other (level 1), by a choice
 * (level 2), by a loop (level 3), by a choice and a loop that chooses (level 4), and by two loops (`harder`).
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Step, Surface, WrongTurn } from '../generator.ts';
import { between, happens, pick } from '../random-choice.ts';
import { binary, call, compare, each, literal, name, print, set, when } from './language/build.ts';
import { printLines } from './language/print.ts';
import type { Expression, Program, Statement } from './language/syntax.ts';
import { codeText, idleLine, printedBy, VARIABLES } from './telling.ts';

type Op = '+' | '-' | '*';
/** An operator and the number on its right. */
type Change = readonly [Op, number];

type Block =
  | readonly ['line', Op, number]
  /** If the number is above or below a limit, one change, else another. */
  | readonly ['if', '<' | '>', number, Change, Change]
  /** As many rounds of one change; 0 as its number stands for the count of the round. */
  | readonly ['for', number, Change]
  /** As many rounds; one change in even rounds, another in odd ones. */
  | readonly ['turns', number, Change, Change];

/** The number at the start, then what happens to it. */
type Core = readonly [number, ...Block[]];
type Shape = readonly [Block[0], number?];

function shapeOf(random: RandomStream, level: number): readonly Shape[] {
  switch (level) {
    case 1:
      return [['line'], ['line']];
    case 2:
      return happens(random, 0.5) ? [['line'], ['if'], ['line']] : [['if'], ['line'], ['line']];
    case 3:
      return happens(random, 0.5) ? [['line'], ['for', between(random, 3, 4)]] : [['for', 3], ['if']];
    case 4:
      return [['line'], ['if'], [pick(random, ['for', 'turns'] as const), between(random, 3, 4)]];
    default:
      return [['line'], ['for', 3], ['turns', 4]];
  }
}

const sample = (random: RandomStream, level: number): Core => fill(random, shapeOf(random, level));

/** The same blocks with as many rounds, and other numbers. */
function perturb([, ...blocks]: Core, random: RandomStream): Core {
  return fill(
    random,
    blocks.map((block) => (block[0] === 'for' || block[0] === 'turns' ? [block[0], block[1]] : [block[0]])),
  );
}

function fill(random: RandomStream, shape: readonly Shape[]): Core {
  const start = between(random, 2, 15);
  const blocks: Block[] = [];
  let value = start;
  for (const [kind, rounds = 0] of shape) {
    const block = blockOf(random, kind, rounds, value);
    blocks.push(block);
    value = apply(block, value);
  }
  return [start, ...blocks];
}

function blockOf(random: RandomStream, kind: Block[0], rounds: number, value: number): Block {
  if (kind === 'line') return ['line', ...change(random, Math.abs(value) < 30)];
  if (kind === 'for') return ['for', rounds, happens(random, 0.3) ? ['+', 0] : change(random, false)];
  const first = change(random, kind === 'if' && Math.abs(value) < 30);
  const second: Change = [first[0] === '+' ? '-' : '+', between(random, 1, 9)];
  if (kind === 'turns') return ['turns', rounds, first, second];
  // The limit lies close to the value, on either side.
  return ['if', pick(random, ['<', '>'] as const), value + between(random, -4, 4), first, second];
}

function change(random: RandomStream, mayMultiply: boolean): Change {
  if (mayMultiply && happens(random, 0.25)) return ['*', between(random, 2, 3)];
  return [pick(random, ['+', '-'] as const), between(random, 1, 12)];
}

/** The program: `x` for the number, `i` for the round. */
function programOf([start, ...blocks]: Core, x: string, i: string): Program {
  return [set(x, literal(start)), ...blocks.map((block) => statementOf(block, x, i)), print(name(x))];
}

function statementOf(block: Block, x: string, i: string): Statement {
  const changed = ([op, by]: Change): Statement => {
    const right: Expression = by === 0 ? name(i) : literal(by);
    return set(x, binary(op, name(x), right));
  };
  switch (block[0]) {
    case 'line':
      return changed([block[1], block[2]]);
    case 'if': {
      const [, op, limit, first, second] = block;
      return when(compare(name(x), op, literal(limit)), [changed(first)], [changed(second)]);
    }
    case 'for':
      return each(i, call('range', literal(block[1])), [changed(block[2])]);
    case 'turns': {
      const isEven = compare(binary('%', name(i), literal(2)), '==', literal(0));
      const chosen = when(isEven, [changed(block[2])], [changed(block[3])]);
      return each(i, call('range', literal(block[1])), [chosen]);
    }
  }
}

const QUESTIONS: readonly ((code: string) => string)[] = [
  (code) => `What does this program print?\n${code}`,
  (code) => `${code}\nWhat is printed?`,
  (code) => `Run this code and say what it prints.\n${code}`,
  (code) => `Here is a program:\n${code}\nWhich number does it print?`,
];

function pose(core: Core, { template, random, aside }: Surface): Posed {
  const x = pick(random, VARIABLES);
  const i = happens(random, 0.5) ? 'i' : 'j';
  const code = codeText(printLines(programOf(core, x, i)), aside, random);
  const steps = follow(core, x, i);
  return { question: QUESTIONS[template]!(code), answer: String(valueFrom(core, 0, core[0])), steps };
}

const calculate = (value: number, op: Op, by: number): number =>
  op === '+' ? value + by : op === '-' ? value - by : value * by;

/** The number after a block. */
function apply(block: Block, value: number): number {
  if (block[0] === 'line') return calculate(value, block[1], block[2]);
  if (block[0] === 'if') {
    const [op, by] = holds(block[1], value, block[2]) ? block[3] : block[4];
    return calculate(value, op, by);
  }
  let now = value;
  for (let round = 0; round < block[1]; round++) now = applyRound(block, round, now);
  return now;
}

function applyRound(
  block: Block & readonly ['for' | 'turns', ...unknown[]],
  round: number,
  value: number,
): number {
  const [op, by] = block[0] === 'for' || round % 2 === 0 ? block[2] : block[3];
  return calculate(value, op, by === 0 ? round : by);
}

const holds = (op: '<' | '>', value: number, limit: number): boolean =>
  op === '<' ? value < limit : value > limit;

/** The number at the end when it is `value` before the block at `at`. */
function valueFrom([, ...blocks]: Core, at: number, value: number): number {
  let now = value;
  for (let i = at; i < blocks.length; i++) now = apply(blocks[i]!, now);
  return now;
}

/** One step for each change of the number. */
function follow(core: Core, x: string, i: string): Step[] {
  const [start, ...blocks] = core;
  const steps: Step[] = [];
  let value = start;
  const told = (from: number, op: Op, by: number): string =>
    `${x} = ${from} ${op} ${by} = ${calculate(from, op, by)}`;
  const ended = (at: number, after: number): Pick<WrongTurn, 'after' | 'answer'> => {
    const answer = String(valueFrom(core, at + 1, after));
    return { after: [`It prints ${answer}.`], answer };
  };
  for (const [at, block] of blocks.entries()) {
    if (block[0] === 'line') {
      const [, op, by] = block;
      const slip = op === '+' ? '-' : '+';
      const text = `${told(value, slip, by)}.`;
      const why = `The sign in this line is ${op}.`;
      steps.push({
        text: `${told(value, op, by)}.`,
        wrong: [{ text, ...ended(at, calculate(value, slip, by)), why }],
      });
    } else if (block[0] === 'if') {
      const [, op, limit, first, second] = block;
      const isTrue = holds(op, value, limit);
      const [right, other] = isTrue ? [first, second] : [second, first];
      const test = `${value} ${op} ${limit} is`;
      steps.push({
        text: `${test} ${isTrue ? 'True' : 'False'}, so ${told(value, ...right)}.`,
        wrong: [
          {
            text: `${test} ${isTrue ? 'False' : 'True'}, so ${told(value, ...other)}.`,
            ...ended(at, calculate(value, ...other)),
            why: `${test} ${isTrue ? 'True: the first branch runs' : 'False: the branch after else runs'}.`,
          },
        ],
      });
    } else {
      const rounds = block[1];
      let now = value;
      for (let round = 0; round < rounds; round++) {
        const [op, by] = block[0] === 'for' || round % 2 === 0 ? block[2] : block[3];
        const wrong: WrongTurn[] = [];
        if (round === rounds - 1)
          wrong.push({
            text: `The loop ends with ${x} = ${now}.`,
            ...ended(at, now),
            why: `range(${rounds}) gives ${rounds} rounds, the last with ${i} = ${round}.`,
          });
        if (block[0] === 'turns' && round === 1) {
          const [slipOp, slipBy] = block[2];
          let slip = calculate(now, slipOp, slipBy);
          const text = `${i} = ${round}: ${told(now, slipOp, slipBy)}.`;
          for (let later = round + 1; later < rounds; later++) slip = applyRound(block, later, slip);
          wrong.push({ text, ...ended(at, slip), why: `1 % 2 is 1, so the branch after else runs.` });
        }
        steps.push({ text: `${i} = ${round}: ${told(now, op, by === 0 ? round : by)}.`, wrong });
        now = applyRound(block, round, now);
      }
    }
    value = apply(block, value);
  }
  return steps;
}

export const programOutput: Generator<Core> = {
  name: 'program_output',
  title: 'Output of a program',
  domain: 'code',
  abilities: ['execution'],
  why: 'A program is carried out line by line, branches and loops included.',
  kind: 'generate',
  chance: 0.03,
  levels: [1, 2, 3, 4],
  templates: QUESTIONS.length,
  sample,
  perturb,
  aside: (_core, random) => idleLine(random),
  pose,
  resolve: (core) => printedBy(programOf(core, 'x', 'i')),
};
