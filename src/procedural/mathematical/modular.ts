/**
 * Remainders: of a calculation divided by a number, and on a wheel whose marks come round again. Each number is made
 * small as soon as it can be. Level L has L numbers to calculate with, on the wheel L moves.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Surface } from '../generator.ts';
import { between, happens, pick } from '../random-choice.ts';
import { type Slip, stepsOf, type Told } from '../slips.ts';
import { plainAside } from '../words.ts';

type Op = readonly [sign: '+' | '-' | '*', n: number];

interface Core {
  /** From the left, without precedence. */
  readonly ops: readonly Op[];
  readonly size: number;
  readonly start: number;
  /** `wheel`: moves on and back from the mark `start`. */
  readonly told: 'rest' | 'wheel';
}

const sample = (random: RandomStream, level: number): Core =>
  happens(random, 0.3)
    ? fill(
        random,
        'wheel',
        Array.from({ length: level }, () => pick(random, ['+', '-'])),
      )
    : fill(
        random,
        'rest',
        Array.from({ length: level - 1 }, () => pick(random, ['+', '-', '*'])),
      );

const perturb = ({ told, ops }: Core, random: RandomStream): Core =>
  fill(
    random,
    told,
    ops.map(([sign]) => sign),
  );

function fill(random: RandomStream, told: Core['told'], signs: readonly Op[0][]): Core {
  const size = between(random, 5, 16);
  if (told === 'wheel') {
    const start = random.below(size);
    return { ops: signs.map((sign): Op => [sign, between(random, 3, 60)]), size, start, told };
  }
  let start = between(random, size, signs.length === 0 ? 150 : 99);
  let value = start;
  const ops: Op[] = [];
  for (const sign of signs) {
    // The whole is not to be negative: what its remainder is is a matter of taste.
    if (sign === '-' && value < 2) return fill(random, told, signs);
    const n =
      sign === '*' ? factor(random, size) : between(random, 2, Math.min(sign === '-' ? value : 60, 60));
    value = sign === '*' ? value * n : sign === '+' ? value + n : value - n;
    ops.push([sign, n]);
  }
  // The order of what is added or multiplied does not matter: the larger number stands first.
  const [first] = ops;
  if (first && first[0] !== '-' && first[1] > start) {
    ops[0] = [first[0], start];
    start = first[1];
  }
  return { ops, size, start, told };
}

/** Shares no divisor with `size`, or products would leave 0 too often. */
function factor(random: RandomStream, size: number): number {
  for (;;) {
    const n = between(random, 2, 20);
    let [a, b] = [size, n];
    while (b !== 0) [a, b] = [b, a % b];
    if (a === 1) return n;
  }
}

/** "(23 + 4) * 3" */
function expression({ ops, start }: Core): string {
  let text = String(start);
  let isSum = false;
  for (const [sign, n] of ops) {
    text = `${isSum && sign === '*' ? `(${text})` : text} ${sign} ${n}`;
    isSum = sign !== '*';
  }
  return text;
}

const RESTS: readonly ((whole: string, size: number) => string)[] = [
  (whole, size) => `What is the remainder of ${whole} divided by ${size}?`,
  (whole, size) => `Divide ${whole} by ${size}. What is left over?`,
  (whole, size) => `Put ${whole} balls into rows of ${size}. How many are left over?`,
  (whole, size) => `What is ${whole} modulo ${size}?`,
];

const WHEELS: readonly {
  readonly start: (start: number, size: number) => string;
  readonly move: (n: number, way: 'on' | 'back') => string;
  readonly ask: string;
}[] = [
  {
    start: (start, size) => `A wheel has ${size} marks, 0 to ${size - 1}. It stands at ${start}.`,
    move: (n, way) => `It turns ${n} marks ${way}.`,
    ask: 'At which mark does it stop?',
  },
  {
    start: (start, size) => `A ring has ${size} seats, 0 to ${size - 1}. A cat sits on seat ${start}.`,
    move: (n, way) => `It goes ${n} seats ${way}.`,
    ask: 'On which seat is it now?',
  },
  {
    start: (start, size) => `A day has ${size} hours, 0 to ${size - 1}. It is hour ${start}.`,
    move: (n, way) => (way === 'on' ? `${n} hours go by.` : `Then the clock is set ${n} hours back.`),
    ask: 'Which hour does the clock show?',
  },
  {
    start: (start, size) => `Count round and round from 0 to ${size - 1}. Begin at ${start}.`,
    move: (n, way) => `Go ${n} ${way}.`,
    ask: 'Where are you?',
  },
];

function pose(core: Core, { template, aside }: Surface): Posed {
  const { ops, size, start, told } = core;
  const wheel = WHEELS[template]!;
  const asked =
    told === 'rest'
      ? RESTS[template]!(expression(core), size)
      : [
          wheel.start(start, size),
          ...ops.map(([sign, n]) => wheel.move(n, sign === '+' ? 'on' : 'back')),
          wheel.ask,
        ].join(' ');
  const right = tell(core, -1);
  return {
    question: aside === null ? asked : `${aside} ${asked}`,
    answer: right.answer!,
    steps: stepsOf(right, slipsOf(core)),
  };
}

/**
 * Line by line; the slip happens at the number of index `at` (0 is the start): its quotient is taken for the remainder
 * or, when nothing is to be divided there, the sign is turned. `isShort`: the last number is not made small enough.
 */
function tell({ ops, size, start, told }: Core, at: number, isShort = false): Told {
  const lines: string[] = [];
  /** Makes a number small; what was calculated before stands in front of it. */
  const reduce = (n: number, before: string, slips: boolean, short = false): number => {
    if (n >= 0 && n < size) {
      if (before !== '') lines.push(`${before}.`);
      return n;
    }
    const times = Math.floor(n / size);
    if (n < 0) {
      const rest = slips ? -n : n - times * size;
      const round = times === -1 ? size : `${-times} * ${size}`;
      lines.push(slips ? `${before}, which leaves ${rest}.` : `${before}, and ${n} + ${round} = ${rest}.`);
      return rest;
    }
    const kept = short && times > 0 ? times - 1 : times;
    const rest = slips ? times : n - kept * size;
    const parts = `${before === '' ? n : `${before}`} = ${kept} * ${size} + ${n - kept * size}`;
    lines.push(`${parts}, so ${rest} is left.`);
    return slips ? times : rest;
  };
  const last = ops.length;
  let value = reduce(start, '', at === 0, isShort && last === 0);
  ops.forEach(([sign, n], i) => {
    const isSlip = at === i + 1;
    const by = told === 'wheel' ? n : reduce(n, '', false);
    const turned = sign === '+' ? '-' : '+';
    const used = isSlip ? turned : sign;
    const result = used === '+' ? value + by : used === '-' ? value - by : value * by;
    value = reduce(result, `${value} ${used} ${by} = ${result}`, false, isShort && i + 1 === last);
  });
  return { lines, answer: String(value) };
}

function slipsOf(core: Core): Slip[] {
  const { ops, size, start } = core;
  const slips: Slip[] = [];
  if (start >= size) {
    const why = `That is how many times ${size} fits, not what is left.`;
    slips.push({ told: tell(core, 0), why });
  }
  ops.forEach(([sign], i) => {
    const why =
      sign === '+'
        ? 'This has to be added.'
        : sign === '-'
          ? 'This has to be taken away.'
          : 'This has to be multiplied.';
    slips.push({ told: tell(core, i + 1), why });
  });
  slips.push({ told: tell(core, -1, true), why: `What is left must be less than ${size}.` });
  return slips;
}

/** The wheel is turned mark by mark; the other is calculated whole and taken away from by the largest steps. */
function resolve({ ops, size, start, told }: Core): string {
  if (told === 'wheel') {
    let mark = start;
    for (const [sign, n] of ops)
      for (let i = 0; i < n; i++)
        mark = sign === '+' ? (mark === size - 1 ? 0 : mark + 1) : (mark || size) - 1;
    return String(mark);
  }
  let whole = BigInt(start);
  for (const [sign, n] of ops)
    whole = sign === '+' ? whole + BigInt(n) : sign === '-' ? whole - BigInt(n) : whole * BigInt(n);
  return String(whole % BigInt(size));
}

export const modular: Generator<Core> = {
  name: 'modular',
  title: 'Remainders',
  domain: 'mathematical',
  abilities: ['number-theory', 'arithmetic'],
  why: 'Remainders can be taken before or after calculating; on a wheel one counts with them.',
  kind: 'generate',
  chance: 0.11,
  levels: [1, 2, 3, 4],
  templates: RESTS.length,
  sample,
  perturb,
  aside: (_core, random) => plainAside(random),
  pose,
  resolve,
};
