/**
 * How a list of numbers goes on. The rules are linear recurrences, of which few fit a given list, and all that fit go
 * on alike: `resolve` tries every one. Level 1 has equal steps, level 2 two kinds of step or a factor, level 3 growing
 * steps, a factor and a step, or two lists in one, level 4 deeper differences or sums of the numbers before. The
 * number after the next one is asked for where that makes a rule of the level before deeper.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Surface } from '../generator.ts';
import { between, happens, pick } from '../random-choice.ts';
import { type Slip, stepsOf, type Told } from '../slips.ts';
import { plainAside } from '../words.ts';

type Rule = 'step' | 'times' | 'turns' | 'growing' | 'both' | 'mixed' | 'deep' | 'sum';

interface Core {
  /** 1: the next number is asked for; 2: the one after it. */
  readonly ahead: 1 | 2;
  readonly rule: Rule;
  readonly shown: readonly number[];
}

const LEVELS: readonly (readonly (readonly [Rule, 1 | 2])[])[] = [
  [['step', 1]],
  [
    ['step', 2],
    ['times', 1],
    ['turns', 1],
    ['turns', 1],
  ],
  [
    ['turns', 2],
    ['growing', 1],
    ['growing', 1],
    ['both', 1],
    ['mixed', 1],
  ],
  [
    ['growing', 2],
    ['both', 2],
    ['deep', 1],
    ['deep', 1],
    ['sum', 1],
  ],
  [
    ['deep', 2],
    ['deep', 2],
    ['sum', 2],
  ],
];

function sample(random: RandomStream, level: number): Core {
  const [rule, ahead] = pick(random, LEVELS[level - 1]!);
  return { ahead, rule, shown: SHOWN[rule](random) };
}

const perturb = ({ rule, ahead }: Core, random: RandomStream): Core => ({
  ahead,
  rule,
  shown: SHOWN[rule](random),
});

/** `count` numbers, each made from those before it. */
function grown(
  count: number,
  first: readonly number[],
  next: (numbers: readonly number[]) => number,
): number[] {
  const numbers = [...first];
  while (numbers.length < count) numbers.push(next(numbers));
  return numbers;
}

const last = (numbers: readonly number[], back = 1): number => numbers[numbers.length - back]!;

const SHOWN: Readonly<Record<Rule, (random: RandomStream) => number[]>> = {
  step: (random) => {
    const by = between(random, 2, 25);
    const isFalling = happens(random, 0.3);
    const start = between(random, 1, 60) + (isFalling ? 5 * by : 0);
    return grown(4, [start], (numbers) => last(numbers) + (isFalling ? -by : by));
  },
  times: (random) => {
    const by = between(random, 2, 5);
    return grown(4, [between(random, 1, by < 4 ? 30 : 12)], (numbers) => last(numbers) * by);
  },
  turns: (random) => {
    const up = between(random, 4, 15);
    let other = between(random, 1, 14);
    // Up and up by different steps, or up and back by less.
    if (other === up) other = 15;
    const by = other < up && happens(random, 0.5) ? [up, -other] : [up, other];
    if (happens(random, 0.5)) by.reverse();
    return grown(6, [between(random, 10, 60)], (numbers) => last(numbers) + by[(numbers.length - 1) % 2]!);
  },
  growing: (random) => {
    const [by, more] = [between(random, 1, 12), between(random, 1, 9)];
    return grown(5, [between(random, 1, 40)], (numbers) => last(numbers) + by + more * (numbers.length - 1));
  },
  both: (random) => {
    const [by, more] = [between(random, 2, 3), between(random, 1, 9)];
    return grown(5, [between(random, 2, 15)], (numbers) => last(numbers) * by + more);
  },
  mixed: (random) => {
    const one = between(random, 2, 12);
    let two = between(random, 2, 12);
    // With equal steps it would be a list whose differences take turns.
    if (two === one) two = 13;
    const start = [between(random, 1, 40), between(random, 41, 80)];
    if (happens(random, 0.5)) start.reverse();
    return grown(6, start, (numbers) => last(numbers, 2) + (numbers.length % 2 === 0 ? one : two));
  },
  deep: (random) => {
    const [by, more, most] = [between(random, 1, 9), between(random, 1, 6), between(random, 1, 5)];
    const start = between(random, 1, 40);
    // The n-th difference is by + more n + most n (n - 1) / 2.
    return grown(6, [start], (numbers) => {
      const n = numbers.length - 1;
      return last(numbers) + by + more * n + (most * n * (n - 1)) / 2;
    });
  },
  sum: (random) => {
    const more = between(random, 0, 9);
    const start = [between(random, 1, 20), between(random, 1, 20)];
    return grown(6, start, (numbers) => last(numbers) + last(numbers, 2) + more);
  },
};

const QUESTIONS: readonly ((list: string, ahead: 1 | 2) => string)[] = [
  (list, ahead) => `What number comes ${ahead === 1 ? 'next' : 'after the next one'}: ${list}, ...?`,
  (list, ahead) => `${list}, ... What is the ${ahead === 1 ? 'next number' : 'number after the next one'}?`,
  (list, ahead) => `A list begins ${list}. Which number is ${ahead === 1 ? 'next' : 'after the next one'}?`,
  (list, ahead) =>
    `Go on with ${list}. Give the ${ahead === 1 ? 'next number' : 'second number'} that comes.`,
];

function pose(core: Core, { template, aside }: Surface): Posed {
  const asked = QUESTIONS[template]!(core.shown.join(', '), core.ahead);
  const right = tell(core, null);
  return {
    question: aside === null ? asked : `${aside} ${asked}`,
    answer: right.answer!,
    steps: stepsOf(right, slipsOf(core)),
  };
}

const differences = (numbers: readonly number[]): number[] =>
  numbers.slice(1).map((number, i) => number - numbers[i]!);

const signed = (a: number, by: number): string => `${a} ${by < 0 ? '-' : '+'} ${Math.abs(by)} = ${a + by}.`;

/**
 * `same`: the last difference is taken again, though it changes. `wrong way`: the step is taken the other way.
 * `early`: the next number is given where the one after it is asked for.
 */
type SlipKind = 'same' | 'wrong way' | 'early';

function tell(core: Core, slip: SlipKind | null): Told {
  const { shown, rule } = core;
  const ahead = slip === 'early' ? 1 : core.ahead;
  const lines: string[] = [];
  const numbers = [...shown];
  const steps = differences(shown);
  const go = (by: number): void => {
    const taken = slip === 'wrong way' ? -by : by;
    lines.push(signed(last(numbers), taken));
    numbers.push(last(numbers) + taken);
  };
  if (rule !== 'times' && rule !== 'sum' && rule !== 'mixed') lines.push(`Differences: ${steps.join(', ')}.`);
  if (slip === 'same') {
    if (rule === 'times' || rule === 'sum' || rule === 'mixed')
      lines.push(`The last step is ${last(steps)}.`);
    for (let i = 0; i < ahead; i++) go(last(steps));
    return { lines, answer: String(last(numbers)) };
  }
  if (rule === 'step') for (let i = 0; i < ahead; i++) go(steps[0]!);
  if (rule === 'turns') {
    lines.push(`They take turns: ${steps[0]!}, then ${steps[1]!}.`);
    for (let i = 0; i < ahead; i++) go(steps[(steps.length + i) % 2]!);
  }
  if (rule === 'times') {
    const by = shown[1]! / shown[0]!;
    lines.push(`Each number is ${by} times the one before.`);
    lines.push(`${last(numbers)} * ${by} = ${last(numbers) * by}.`);
    numbers.push(last(numbers) * by);
  }
  if (rule === 'growing') {
    const more = steps[1]! - steps[0]!;
    lines.push(`Each is ${more} more than the one before.`);
    for (let i = 0; i < ahead; i++) {
      lines.push(`The next is ${signed(last(steps), more)}`);
      steps.push(last(steps) + more);
      go(last(steps));
    }
  }
  if (rule === 'both') {
    const by = steps[1]! / steps[0]!;
    lines.push(`Each is ${by} times the one before.`);
    for (let i = 0; i < ahead; i++) {
      lines.push(`The next is ${last(steps)} * ${by} = ${last(steps) * by}.`);
      steps.push(last(steps) * by);
      go(last(steps));
    }
  }
  if (rule === 'mixed') {
    const every = [0, 1].map((from) => shown.filter((_, i) => i % 2 === from));
    lines.push(`Two lists take turns: ${every[0]!.join(', ')} and ${every[1]!.join(', ')}.`);
    const by = every[0]![1]! - every[0]![0]!;
    lines.push(`The next number is in the first one, which goes up by ${by}.`);
    lines.push(signed(last(every[0]!), by));
    numbers.push(last(every[0]!) + by);
  }
  if (rule === 'deep') {
    const second = differences(steps);
    const most = second[1]! - second[0]!;
    lines.push(`Their differences: ${second.join(', ')}.`);
    lines.push(`Each of these is ${most} more than the one before.`);
    for (let i = 0; i < ahead; i++) {
      lines.push(`The next is ${signed(last(second), most)}`);
      second.push(last(second) + most);
      lines.push(`The next difference is ${signed(last(steps), last(second))}`);
      steps.push(last(steps) + last(second));
      go(last(steps));
    }
  }
  if (rule === 'sum') {
    const [a, b, c] = shown as [number, number, number];
    const more = c - a - b;
    lines.push(`${a} + ${b} = ${a + b}, and the next number is ${c}.`);
    lines.push(`Each is the sum of the two before${more === 0 ? '' : ` plus ${more}`}.`);
    for (let i = 0; i < ahead; i++) {
      const [x, y] = [last(numbers, 2), last(numbers)];
      lines.push(`${x} + ${y}${more === 0 ? '' : ` + ${more}`} = ${x + y + more}.`);
      numbers.push(x + y + more);
    }
  }
  if (slip === 'early') lines.push(`So it is ${last(numbers)}.`);
  return { lines, answer: String(last(numbers)) };
}

const SAME: Readonly<Record<Rule, string>> = {
  step: 'The step is not this one.',
  times: 'The steps grow: each number is a multiple of the one before.',
  turns: 'Two steps take turns, and this one was the last.',
  growing: 'The steps grow.',
  both: 'The steps grow.',
  mixed: 'That step goes from one list to the other.',
  deep: 'The steps grow.',
  sum: 'The steps grow: each number is made from the two before.',
};

function slipsOf(core: Core): Slip[] {
  const { rule, ahead } = core;
  const slips: Slip[] = [];
  if (rule !== 'step') slips.push({ told: tell(core, 'same'), why: SAME[rule] });
  if (rule === 'step' || rule === 'turns')
    slips.push({ told: tell(core, 'wrong way'), why: 'The numbers go the other way.' });
  if (ahead === 2)
    slips.push({ told: tell(core, 'early'), why: 'That is the next one, not the one after it.' });
  return slips;
}

/** The weights of the numbers before, the last one first. */
const RECURRENCES: readonly (readonly number[])[] = [
  [2, -1], // equal steps
  [3, -3, 1], // growing steps
  [4, -6, 4, -1], // steps of growing steps
  [1, 1, -1], // two steps in turn
  [0, 2, 0, -1], // two lists in one
  [2, 0, -1], // the sum of the two before, plus a constant
  ...Array.from({ length: 8 }, (_, i) => [i + 3, -(i + 2)]), // a factor from 2 and a constant
];

/** Every recurrence that fits, with at least one number to test it, must go on alike. */
function resolve({ shown, ahead }: Core): string {
  const found = new Set<number>();
  for (const weights of RECURRENCES) {
    const numbers = [...shown];
    const next = (end: number): number =>
      weights.reduce((sum, weight, i) => sum + weight * numbers[end - 1 - i]!, 0);
    const tests = shown.length - weights.length;
    if (tests < 1 || shown.some((number, i) => i >= weights.length && next(i) !== number)) continue;
    for (let i = 0; i < ahead; i++) numbers.push(next(numbers.length));
    found.add(last(numbers));
  }
  if (found.size !== 1) throw new Error(`${found.size} ways to go on with ${shown.join(', ')}`);
  return String([...found][0]);
}

export const sequences: Generator<Core> = {
  name: 'sequences',
  title: 'Sequences',
  domain: 'mathematical',
  abilities: ['sequences'],
  why: 'The rule behind a list of numbers has to be found before it can be followed.',
  kind: 'generate',
  chance: 0.01,
  levels: [1, 2, 3, 4],
  templates: QUESTIONS.length,
  sample,
  perturb,
  aside: (_core, random) => plainAside(random),
  pose,
  resolve,
};
