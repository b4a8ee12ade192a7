/**
 * Ordering puzzles: clues fix the places of some people, and the whole order is asked for. A puzzle is built as it can
 * be solved, one place after the other, each clue leaving one place only, so there is exactly one solution; told, the
 * clues stand in any order, and which one to use next has to be found.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Step, Surface, WrongTurn } from '../generator.ts';
import { happens, pick, several, shuffled } from '../random-choice.ts';
import { listed, withAside } from '../telling.ts';
import { NAMES, plainAside } from '../words.ts';

/**
 * `order`: the people from first to last. `clues`: a letter and the places it is about, counted from 0, sorted. `p3`:
 * who is fourth has that place; `n34`: the fifth is right after the fourth; `s34`: the two are side by side; `g24`:
 * there is one between; `b14`: the second is somewhere before the fifth.
 */
interface Core {
  readonly clues: readonly string[];
  readonly order: readonly string[];
}

function sample(random: RandomStream, level: number): Core {
  const size = level + 2;
  const clues = happens(random, 0.3) ? chainClues(size) : placeClues(random, size);
  return { clues: clues.sort(), order: several(random, NAMES, size) };
}

const chainClues = (size: number): string[] => Array.from({ length: size - 1 }, (_, i) => `b${i}${i + 1}`);

/** Places filled one after the other. The last one is left over and has no clue. */
function placeClues(random: RandomStream, size: number): string[] {
  const clues: string[] = [];
  let filled = 0;
  for (const place of several(random, PLACES.slice(0, size), size - 1)) {
    const fitting = filled === 0 ? [] : relations(filled, place, size);
    clues.push(fitting.length === 0 ? `p${place}` : pick(random, fitting));
    filled |= 1 << place;
  }
  return clues;
}

const PLACES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

const has = (set: number, place: number): boolean => ((set >> place) & 1) === 1;

/** The clues that leave no other place, given the places that are filled. */
function relations(filled: number, place: number, size: number): string[] {
  const found: string[] = [];
  for (let other = 0; other < size; other++) {
    if (!has(filled, other)) continue;
    const [low, high] = place < other ? [place, other] : [other, place];
    if (high - low === 1) {
      found.push(`n${low}${high}`);
      const mirror = 2 * other - place;
      if (mirror < 0 || mirror >= size || has(filled, mirror)) found.push(`s${low}${high}`);
    }
    if (high - low === 2) found.push(`g${low}${high}`);
    if (isOnlyFree(filled, place, other, size)) found.push(`b${low}${high}`);
  }
  return found;
}

/** Whether a place is the only free one on its side of another. */
function isOnlyFree(filled: number, place: number, other: number, size: number): boolean {
  const side = place < other ? (1 << other) - 1 : ((1 << size) - 1) & ~((2 << other) - 1);
  return (side & ~filled) === 1 << place;
}

interface Wording {
  readonly intro: (names: string) => string;
  readonly at: (name: string, place: number, size: number) => string;
  /** `a` comes earlier, in either wording. */
  readonly next: readonly [(a: string, b: string) => string, (a: string, b: string) => string];
  readonly gap: readonly [(a: string, b: string) => string, (a: string, b: string) => string];
  readonly before: readonly [(a: string, b: string) => string, (a: string, b: string) => string];
  readonly beside: (a: string, b: string) => string;
  readonly ask: string;
}

const ORDINALS = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
];
const ordinal = (place: number, size: number): string => (place === size - 1 ? 'last' : ORDINALS[place]!);

const WORDINGS: readonly Wording[] = [
  {
    intro: (names) => `${names} ran a race.`,
    at: (name, place, size) => `${name} came ${ordinal(place, size)}.`,
    next: [(a, b) => `${a} came right before ${b}.`, (a, b) => `${b} came right after ${a}.`],
    gap: [(a, b) => `${a} came two places before ${b}.`, (a, b) => `${b} came two places after ${a}.`],
    before: [(a, b) => `${a} came before ${b}.`, (a, b) => `${b} came after ${a}.`],
    beside: (a, b) => `${a} came right before or right after ${b}.`,
    ask: 'Name all of them from first to last.',
  },
  {
    intro: (names) => `${names} stand in a line.`,
    at: (name, place, size) => `${name} is ${ordinal(place, size)} in the line.`,
    next: [(a, b) => `${a} is just in front of ${b}.`, (a, b) => `${b} is just behind ${a}.`],
    gap: [(a, b) => `${a} is two places in front of ${b}.`, (a, b) => `${b} is two places behind ${a}.`],
    before: [(a, b) => `${a} is somewhere in front of ${b}.`, (a, b) => `${b} is somewhere behind ${a}.`],
    beside: (a, b) => `${a} is next to ${b}.`,
    ask: 'What is the order from the front to the end?',
  },
  {
    intro: (names) => `${names} sit in a row.`,
    at: (name, place, size) =>
      place > 0 && place < size - 1
        ? `${name} is ${ordinal(place, size)} from the left.`
        : `${name} sits at the ${place === 0 ? 'left' : 'right'} end.`,
    next: [(a, b) => `${a} sits just left of ${b}.`, (a, b) => `${b} sits just right of ${a}.`],
    gap: [(a, b) => `${a} sits two seats left of ${b}.`, (a, b) => `${b} sits two seats right of ${a}.`],
    before: [(a, b) => `${a} sits left of ${b}.`, (a, b) => `${b} sits right of ${a}.`],
    beside: (a, b) => `${a} sits next to ${b}.`,
    ask: 'Name all of them from left to right.',
  },
];

function pose({ clues, order }: Core, { template, random, aside }: Surface): Posed {
  const wording = WORDINGS[template]!;
  const size = order.length;
  const told = shuffled(random, clues).map((clue) => tell(clue, order, wording, random));
  const sentences = withAside(random, told, aside);
  const question = [wording.intro(listed(shuffled(random, order))), ...sentences, wording.ask].join(' ');
  const isChain = clues.length === size - 1 && clues.every((clue) => clue[0] === 'b');
  return { question, answer: order.join(', '), steps: isChain ? followChain(order) : fill(clues, order) };
}

function tell(clue: string, order: readonly string[], wording: Wording, random: RandomStream): string {
  const place = Number(clue[1]);
  const a = order[place]!;
  const form = clue[0]!;
  if (form === 'p') return wording.at(a, place, order.length);
  const b = order[Number(clue[2])]!;
  const isTurned = happens(random, 0.5);
  if (form === 's') return isTurned ? wording.beside(b, a) : wording.beside(a, b);
  const forms = form === 'n' ? wording.next : form === 'g' ? wording.gap : wording.before;
  return forms[isTurned ? 1 : 0](a, b);
}

/** Every clue says who is earlier of two neighbours. */
function followChain(order: readonly string[]): Step[] {
  const [first, second] = order as [string, string];
  const steps: Step[] = [
    {
      text: `Nobody is before ${first}, so ${first} is first.`,
      wrong: [
        turn(order, 0, order.length - 1, `Nobody is before ${order.at(-1)!}.`, 'That one is after another.'),
      ],
    },
  ];
  for (let i = 1; i < order.length; i++) {
    const [a, b] = [order[i - 1]!, order[i]!];
    const wrong =
      i < order.length - 1
        ? [turn(order, i, i + 1, `After ${a} comes ${order[i + 1]!}.`, `${b} stands between the two.`)]
        : [turn(order, 0, 1, `So ${second} is before ${first}.`, `It is ${first} who is before ${second}.`)];
    steps.push({ text: `After ${a} comes ${b}.`, wrong });
  }
  return steps;
}

/** Uses a clue whenever it leaves one place only. */
function fill(clues: readonly string[], order: readonly string[]): Step[] {
  const size = order.length;
  const steps: Step[] = [];
  const open = [...clues];
  let filled = 0;
  while (open.length > 0) {
    const found = open.findIndex((clue) => placed(clue, filled, size) !== null);
    const clue = open[found]!;
    const place = placed(clue, filled, size)!;
    open.splice(found, 1);
    steps.push(reason(clue, place, filled, order));
    filled |= 1 << place;
  }
  const left = order.findIndex((_, place) => !has(filled, place));
  steps.push({ text: `${order[left]!} has the place that is left, and is ${ordinal(left, size)}.` });
  return steps;
}

/** The place that a clue settles, or null. */
function placed(clue: string, filled: number, size: number): number | null {
  const form = clue[0];
  const low = Number(clue[1]);
  if (form === 'p') return low;
  const high = Number(clue[2]);
  if (has(filled, low) === has(filled, high)) return null;
  const [place, other] = has(filled, low) ? [high, low] : [low, high];
  if (form === 'n' || form === 'g') return place;
  if (form === 'b') return isOnlyFree(filled, place, other, size) ? place : null;
  const mirror = 2 * other - place;
  return mirror < 0 || mirror >= size || has(filled, mirror) ? place : null;
}

function reason(clue: string, place: number, filled: number, order: readonly string[]): Step {
  const size = order.length;
  const name = order[place]!;
  const is = `${name} is ${ordinal(place, size)}`;
  const swapped = (to: number, text: string, why: string): WrongTurn[] =>
    to < 0 || to >= size || to === place ? [] : [turn(order, place, to, text, why)];
  if (clue[0] === 'p') {
    const other = size - 1 - place;
    const slip = `${name} is ${ordinal(other, size)}.`;
    return { text: `${is}.`, wrong: swapped(other, slip, `${is}: this was counted from the wrong end.`) };
  }
  const other = Number(clue[1]) === place ? Number(clue[2]) : Number(clue[1]);
  const anchor = `${order[other]!} is ${ordinal(other, size)}`;
  const side = place < other ? 'before' : 'after';
  const mirror = 2 * other - place;
  const mirrored = (given: string, why: string): WrongTurn[] =>
    swapped(mirror, `${anchor} and ${given}, so ${name} is ${ordinal(mirror, size)}.`, why);
  const turnedAround = `${name} is ${side} ${order[other]!}, not ${place < other ? 'after' : 'before'}.`;
  switch (clue[0]) {
    case 'n': {
      const given = `${name} is right ${side}`;
      return { text: `${anchor} and ${given}, so ${is}.`, wrong: mirrored(given, turnedAround) };
    }
    case 'g': {
      const near = (place + other) / 2;
      const given = `${name} is two places ${side}`;
      const slip = `${anchor} and ${given}, so ${name} is ${ordinal(near, size)}.`;
      return {
        text: `${anchor} and ${given}, so ${is}.`,
        wrong: [
          ...swapped(near, slip, 'Two places away means that one stands between.'),
          ...mirrored(given, turnedAround),
        ],
      };
    }
    case 'b': {
      const given = `the only free place ${side} is ${ordinal(place, size)}`;
      return {
        text: `${anchor} and ${given}, so ${is}.`,
        wrong: swapped(
          firstFree(filled | (1 << place), size),
          `${name} has any place that is free.`,
          turnedAround,
        ),
      };
    }
  }
  const isTaken = mirror >= 0 && mirror < size;
  const given = isTaken ? `${ordinal(mirror, size)} is taken` : 'has only one neighbour';
  return {
    text: `${anchor} and ${given}, so ${is}.`,
    wrong: mirrored(`${name} is next`, isTaken ? `That place is taken by ${order[mirror] ?? ''}.` : ''),
  };
}

function firstFree(filled: number, size: number): number {
  for (let place = 0; place < size; place++) if (!has(filled, place)) return place;
  return -1;
}

/** A turn that gives two people each other's places. */
function turn(order: readonly string[], a: number, b: number, text: string, why: string): WrongTurn {
  const other = [...order];
  other[a] = order[b]!;
  other[b] = order[a]!;
  const answer = other.join(', ');
  return { text, after: [`The order is ${answer}.`], answer, why };
}

/** Names in the right order, however they are divided. */
function accepts({ order }: Core, stated: string): boolean {
  if (!/^[a-z ,;-]+\.?$/i.test(stated.trim())) return false;
  const names = stated
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '' && word !== 'and' && word !== 'then');
  return names.length === order.length && order.every((name, i) => name.toLowerCase() === names[i]);
}

/** Tries every order. */
function resolve({ clues, order }: Core): string {
  const holds = (clue: string, at: ReadonlyMap<string, number>): boolean => {
    const a = at.get(order[Number(clue[1])]!)!;
    const b = at.get(order[Number(clue[2])]!)!;
    if (clue[0] === 'p') return a === Number(clue[1]);
    if (clue[0] === 'n') return b - a === 1;
    if (clue[0] === 's') return Math.abs(b - a) === 1;
    return clue[0] === 'g' ? b - a === 2 : a < b;
  };
  const fitting: string[] = [];
  const extend = (row: readonly string[], left: readonly string[]): void => {
    if (left.length === 0) {
      const at = new Map(row.map((name, place) => [name, place]));
      if (clues.every((clue) => holds(clue, at))) fitting.push(row.join(', '));
    }
    for (const name of left)
      extend(
        [...row, name],
        left.filter((other) => other !== name),
      );
  };
  extend([], [...order].sort());
  return fitting.length === 1 ? fitting[0]! : `${fitting.length} solutions`;
}

export const orderingPuzzles: Generator<Core> = {
  name: 'ordering_puzzles',
  title: 'Ordering puzzles',
  domain: 'logical',
  abilities: ['constraint-puzzles'],
  why: 'Places that satisfy every clue: a clue often helps only after another one.',
  kind: 'generate',
  chance: 0,
  levels: [1, 2, 3, 4],
  templates: WORDINGS.length,
  sample,
  perturb: ({ clues, order }, random) => ({ clues, order: several(random, NAMES, order.length) }),
  aside: (_core, random) => plainAside(random),
  pose,
  accepts,
  resolve,
};
