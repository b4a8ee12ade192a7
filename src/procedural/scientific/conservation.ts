/**
 * What is there before is there after: mass in a closed jar, energy of a ball, water in joined tanks. Things melt, roll
 * or flow, which changes no sum; some is added or taken out, which does. All parts of the sum but one are told.
 * Level L takes L calculations.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Surface } from '../generator.ts';
import { sameQuantity } from '../quantity.ts';
import { between, happens, pick, shuffled } from '../random-choice.ts';
import { type Slip, stepsOf, type Told } from '../slips.ts';
import { plainAside } from '../words.ts';

type Theme = 'energy' | 'mass' | 'water';

interface Core {
  /** What is told of the parts at the end; the part asked for is not among them. */
  readonly ends: readonly number[];
  /** Above 0 what comes in, below 0 what goes out, in this order. */
  readonly flows: readonly number[];
  /** The parts at the beginning. */
  readonly starts: readonly number[];
  readonly theme: Theme;
}

interface Telling {
  readonly unit: string;
  /** Parts at the beginning. As many as may be told. */
  readonly starts: readonly ((n: number) => string)[];
  /** What happens and changes no sum, and why it does not. */
  readonly idle: readonly (readonly [what: string, why: string])[];
  readonly more: readonly ((n: number) => string)[];
  readonly less: readonly ((n: number) => string)[];
  readonly ends: readonly ((n: number) => string)[];
  /** What the part is that is not told. */
  readonly rest: string;
  /** What is asked: about the rest, or about all where no part is told. */
  readonly asks: { readonly rest: string; readonly all: string };
}

const TELLINGS: Readonly<Record<Theme, Telling>> = {
  mass: {
    unit: 'g',
    starts: [
      (n) => `${n} g of ice is put into a jar.`,
      (n) => `${n} g of water is put in.`,
      (n) => `${n} g of sugar is put in.`,
    ],
    idle: [
      ['The jar is closed and shaken.', 'Shaking changes no mass.'],
      ['The jar is closed and made warm.', 'Heat changes no mass.'],
      ['The jar is closed and the ice melts.', 'Melting changes no mass.'],
    ],
    more: [(n) => `${n} g of salt is added.`, (n) => `${n} g of sand is put in.`],
    less: [(n) => `${n} g is taken out.`, (n) => `${n} g gets lost.`],
    ends: [
      (n) => `At the end ${n} g is solid.`,
      (n) => `At the end ${n} g is gas.`,
      (n) => `At the end ${n} g is foam.`,
    ],
    rest: 'The rest is liquid.',
    asks: { rest: 'how many g are liquid', all: 'how many g are in the jar' },
  },
  energy: {
    unit: 'J',
    starts: [
      (n) => `A ball has ${n} J of height energy.`,
      (n) => `It has ${n} J of motion energy.`,
      (n) => `A spring gives it ${n} J.`,
    ],
    idle: [
      ['It rolls down a hill.', 'Rolling down changes the kind of energy, not the sum.'],
      ['It rolls up a hill.', 'Rolling up changes the kind of energy, not the sum.'],
      ['It flies up and down.', 'Flying up and down changes the kind of energy, not the sum.'],
    ],
    more: [(n) => `A push gives it ${n} J.`, (n) => `The wind gives it ${n} J.`],
    less: [(n) => `It loses ${n} J to the air.`, (n) => `It loses ${n} J as heat.`],
    ends: [
      (n) => `At the end it has ${n} J of height energy.`,
      (n) => `At the end ${n} J is in a spring.`,
      (n) => `At the end ${n} J is in its spin.`,
    ],
    rest: 'The rest is motion energy.',
    asks: { rest: 'how many J are motion energy', all: 'how many J are there in all' },
  },
  water: {
    unit: 'l',
    starts: [
      (n) => `Tank A has ${n} l of water.`,
      (n) => `Tank B has ${n} l of water.`,
      (n) => `Tank C has ${n} l of water.`,
    ],
    idle: [
      ['A pipe joins the tanks and water flows.', 'What one tank loses another gets.'],
      ['The tanks are joined and a pump runs.', 'A pump moves water and makes none.'],
    ],
    more: [(n) => `Rain adds ${n} l.`, (n) => `Ann pours in ${n} l.`],
    less: [(n) => `A leak loses ${n} l.`, (n) => `A cow drinks ${n} l.`],
    ends: [
      (n) => `At the end tank A has ${n} l.`,
      (n) => `At the end tank B has ${n} l.`,
      (n) => `At the end tank C has ${n} l.`,
    ],
    rest: 'The rest is in tank D.',
    asks: { rest: 'how many l are in tank D', all: 'how many l are in all the tanks' },
  },
};
const THEMES = Object.keys(TELLINGS) as Theme[];

/** How many parts at the beginning, which flows, how many parts at the end. */
type Shape = readonly [starts: number, flows: readonly (1 | -1)[], ends: number];

function sample(random: RandomStream, level: number): Core {
  for (;;) {
    const starts = between(random, 1, 3);
    const ends = between(random, 0, 3);
    const count = level - (starts - 1) - ends;
    // Something is always split up or joined: else nothing is conserved that could be asked for.
    if (count < 0 || count > 2 || starts + ends < 2) continue;
    const flows = Array.from({ length: count }, (): 1 | -1 => (happens(random, 0.5) ? 1 : -1));
    return fill(random, [starts, flows, ends]);
  }
}

const perturb = ({ starts, flows, ends }: Core, random: RandomStream): Core =>
  fill(random, [starts.length, flows.map((n) => (n > 0 ? 1 : -1)), ends.length]);

function fill(random: RandomStream, [starts, flows, ends]: Shape): Core {
  for (;;) {
    let total = 0;
    const few = starts === 1 ? 40 : 5;
    const first = Array.from({ length: starts }, () => add(between(random, few, 95)));
    const changes = flows.map((sign) => add(sign * between(random, 3, 40)));
    const last = Array.from({ length: ends }, () => -add(-between(random, 3, 50)));
    function add(n: number): number {
      total += n;
      return n;
    }
    // What is left is no small number, and never what one part was.
    if (total > 2 && !first.includes(total)) {
      return { ends: last, flows: changes, starts: first, theme: pick(random, THEMES) };
    }
  }
}

const TEMPLATES = 4;

/** In order, or with the question first. */
function pose(core: Core, { template, random, aside }: Surface): Posed {
  const { starts, flows, ends, theme } = core;
  const telling = TELLINGS[theme];
  const [idle, why] = pick(random, telling.idle);
  const told = starts.map((n, i) => telling.starts[i]!(n));
  const during = flows.map((n) => pick(random, n > 0 ? telling.more : telling.less)(Math.abs(n)));
  // Once closed, nothing can be put into a jar.
  during.splice(theme === 'mass' ? during.length : between(random, 0, during.length), 0, idle);
  told.push(...during);
  if (ends.length > 0)
    told.push(
      ...shuffled(
        random,
        ends.map((n, i) => telling.ends[i]!(n)),
      ),
      telling.rest,
    );
  if (aside !== null) told.splice(between(random, 0, told.length), 0, aside);
  const asked = ends.length > 0 ? telling.asks.rest : telling.asks.all;
  const ask = `H${asked.slice(1)}?`;
  if (template === 0) told.push(ask);
  else if (template === 1) told.push(`Find ${asked}.`);
  else if (template === 2) told.splice(0, 0, 'Nothing is lost but what we say.', `Find ${asked}.`);
  else told.unshift(ask);
  const right = tell(core, why, null);
  return { question: told.join(' '), answer: right.answer!, steps: stepsOf(right, slipsOf(core, why)) };
}

/**
 * One sum after the other. `dropped`: the last part at the beginning is not counted; `flow`: the last flow goes the
 * other way; `end`: the last part at the end is forgotten.
 */
type SlipKind = 'dropped' | 'flow' | 'end';

function tell({ starts, flows, ends, theme }: Core, why: string, slip: SlipKind | null): Told {
  const { unit } = TELLINGS[theme];
  const lines: string[] = [];
  let total = starts[0]!;
  const go = (by: number, label: string): void => {
    const sum = total + by;
    lines.push(`${label}: ${total} ${by < 0 ? '-' : '+'} ${Math.abs(by)} = ${sum} ${unit}.`);
    total = sum;
  };
  for (let i = 1; i < starts.length; i++) {
    if (slip === 'dropped' && i === starts.length - 1) lines.push(`What counts is ${total} ${unit}.`);
    else go(starts[i]!, 'All at first');
  }
  flows.forEach((n, i) => {
    const isTurned = slip === 'flow' && i === flows.length - 1;
    go(isTurned ? -n : n, n > 0 !== isTurned ? 'More' : 'Less');
  });
  const reason = ends.length === 0 ? `${why} So it is ${total} ${unit}.` : why;
  if (lines.length > 0) lines[lines.length - 1] += ` ${reason}`;
  ends.forEach((n, i) => {
    if (slip === 'end' && i === ends.length - 1) lines.push(`So ${total} ${unit} is left.`);
    else go(-n, lines.length === 0 ? `${why} Left` : 'Left');
  });
  return { lines, answer: String(total) };
}

function slipsOf(core: Core, why: string): Slip[] {
  const { starts, flows, ends } = core;
  const slips: Slip[] = [];
  const add = (slip: SlipKind, reason: string): void => {
    slips.push({ told: tell(core, why, slip), why: reason });
  };
  if (starts.length > 1) add('dropped', 'Each part counts, also when one no longer sees it.');
  if (flows.length > 0) add('flow', 'What comes in is more, what goes out is less.');
  if (ends.length > 0) add('end', 'This part of the sum was forgotten.');
  return slips;
}

function answerOf({ starts, flows, ends }: Core): string {
  let total = 0;
  for (const n of starts) total += n;
  for (const n of flows) total += n;
  for (const n of ends) total -= n;
  return String(total);
}

/** Counts up from 0 until both sides of the balance are equal. */
function resolve({ starts, flows, ends }: Core): string {
  const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
  const before = sum(starts) + sum(flows.filter((n) => n > 0));
  const after = sum(ends) - sum(flows.filter((n) => n < 0));
  let rest = 0;
  while (rest + after < before) rest++;
  if (rest + after !== before) throw new Error('more comes out than was there');
  return String(rest);
}

export const conservation: Generator<Core> = {
  name: 'conservation',
  title: 'Conservation',
  domain: 'scientific',
  abilities: ['quantities', 'natural-science'],
  why: 'Mass, energy and water change their form or place, and the sum stays: what is not told follows from it.',
  kind: 'generate',
  chance: 0.01,
  levels: [1, 2, 3, 4],
  templates: TEMPLATES,
  sample,
  perturb,
  aside: (_core, random) => plainAside(random),
  pose,
  /** `12` and, where g are asked for, `12 g`. */
  accepts: (core, stated) => sameQuantity(answerOf(core), TELLINGS[core.theme].unit, stated),
  resolve,
};
