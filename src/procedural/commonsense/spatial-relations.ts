/**
 * Spatial relations: where is one thing, seen from another, when each is told to be one step from the next? A relation
 * is told from either end, so the words alone ("left", "right") say little: one has to know that what is left of a
 * thing has this thing on its right.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Step, Surface, WrongTurn } from '../generator.ts';
import { happens, pick, several, shuffled } from '../random-choice.ts';
import { withAside } from '../telling.ts';
import { ASIDE_THINGS, THINGS } from '../words.ts';

/**
 * `things`: from the one that is looked from to the one that is looked for, and at last one that does not matter.
 * `moves`: a letter for each step along them: L left, R right, U above, D below. `spur`: the place in `things` of the
 * neighbour of the last thing, and the letter of the step from there to it.
 */
interface Core {
  readonly moves: string;
  readonly spur: string;
  readonly things: readonly string[];
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  L: [-1, 0],
  R: [1, 0],
  U: [0, 1],
  D: [0, -1],
};
const LETTERS = ['L', 'R', 'U', 'D'];
const BACK: Readonly<Record<string, string>> = { L: 'R', R: 'L', U: 'D', D: 'U' };

/** By sign of the way right, and of the way up. */
const DIRECTIONS = [
  'below left',
  'left',
  'above left',
  'below',
  '',
  'above',
  'below right',
  'right',
  'above right',
];
const CHOICES = DIRECTIONS.filter((direction) => direction !== '');

const directionOf = ([x, y]: readonly [number, number]): string =>
  DIRECTIONS[3 * (Math.sign(x) + 1) + Math.sign(y) + 1]!;

function along(moves: string): [number, number] {
  let [x, y] = [0, 0];
  for (const letter of moves) {
    x += STEPS[letter]![0];
    y += STEPS[letter]![1];
  }
  return [x, y];
}

/** For each length the ways that never come back to a place, by direction; made when first needed. */
const WAYS = new Map<number, ReadonlyMap<string, readonly string[]>>();

function waysOf(length: number): ReadonlyMap<string, readonly string[]> {
  const known = WAYS.get(length);
  if (known) return known;
  const ways = new Map<string, string[]>(CHOICES.map((direction) => [direction, []]));
  const extend = (way: string, seen: readonly string[]): void => {
    const here = along(way);
    if (seen.includes(String(here))) return;
    if (way.length === length) ways.get(directionOf(here))!.push(way);
    else for (const letter of LETTERS) extend(way + letter, [...seen, String(here)]);
  };
  extend('', []);
  WAYS.set(length, ways);
  return ways;
}

function sample(random: RandomStream, level: number): Core {
  const size = level + 1;
  const moves = pick(random, waysOf(size).get(pick(random, CHOICES))!);
  return { moves, spur: spurOf(random, moves), things: several(random, THINGS, size + 2) };
}

/** A free place beside one of the things. */
function spurOf(random: RandomStream, moves: string): string {
  // A place as one number: steps up count 100.
  const step = (letter: string): number => STEPS[letter]![0] + 100 * STEPS[letter]![1];
  const taken = [0];
  for (let i = 0; i < moves.length; i++) taken.push(taken[i]! + step(moves[i]!));
  for (;;) {
    const at = random.below(taken.length);
    const letter = pick(random, LETTERS);
    if (!taken.includes(taken[at]! + step(letter))) return `${at}${letter}`;
  }
}

const PLAIN: Readonly<Record<string, string>> = { L: 'left of', R: 'right of', U: 'above', D: 'below' };

const WORDINGS: readonly {
  /** `a` lies in that direction from `b`. */
  readonly tell: (a: string, b: string, letter: string) => string;
  readonly ask: (a: string, b: string) => string;
}[] = [
  {
    tell: (a, b, letter) => `The ${a} is one step ${PLAIN[letter]!} the ${b}.`,
    ask: (a, b) => `Seen from the ${b}, where is the ${a}?`,
  },
  {
    tell: (a, b, letter) => `One step ${PLAIN[letter]!} the ${b} is the ${a}.`,
    ask: (a, b) => `In which direction from the ${b} is the ${a}?`,
  },
  {
    tell: (a, b, letter) => `From the ${b} it is one step ${ONE_WAY[letter]!} to the ${a}.`,
    ask: (a, b) => `Where does the ${a} lie from the ${b}?`,
  },
];

const ONE_WAY: Readonly<Record<string, string>> = { L: 'left', R: 'right', U: 'up', D: 'down' };

function pose({ moves, spur, things }: Core, { template, random, aside }: Surface): Posed {
  const { tell, ask } = WORDINGS[template]!;
  const either = (a: string, b: string, letter: string): string =>
    happens(random, 0.5) ? tell(a, b, letter) : tell(b, a, BACK[letter]!);
  const size = moves.length;
  const told = Array.from(moves, (letter, i) => either(things[i + 1]!, things[i]!, letter));
  told.push(either(things[size + 1]!, things[Number(spur[0])]!, spur[1]!));
  const sentences = withAside(random, shuffled(random, told), aside);
  const [from, to] = [things[0]!, things[size]!];
  const how = pick(random, [
    'Say left, right, above, below, or two of them as in below left.',
    'Answer above, below, left or right, or as in above right.',
  ]);
  const question = `${sentences.join(' ')} ${ask(to, from)} ${how}`;
  return { question, answer: directionOf(along(moves)), choices: CHOICES, steps: follow(moves, things) };
}

/** Adds up the steps from thing to thing. */
function follow(moves: string, things: readonly string[]): Step[] {
  const from = things[0]!;
  const size = moves.length;
  const to = things[size]!;
  const steps: Step[] = [];
  let [x, y] = [0, 0];
  const ending = (end: readonly [number, number]): Pick<WrongTurn, 'after' | 'answer'> => {
    const direction = directionOf(end);
    if (direction === '') return { after: [`So it is at the same place.`], answer: null };
    return { after: [`So seen from the ${from}, the ${to} is ${direction}.`], answer: direction };
  };
  const [endX, endY] = along(moves);
  for (let i = 0; i < size; i++) {
    const letter = moves[i]!;
    const [dx, dy] = STEPS[letter]!;
    const text = (way: string, end: readonly [number, number]): string =>
      `The ${things[i + 1]!} is ${PLAIN[way]!} the ${things[i]!}: ${way === letter && i === 0 ? '' : 'together '}${amount(end)}.`;
    const wrong: WrongTurn = {
      text: text(BACK[letter]!, [x - dx, y - dy]),
      ...ending([endX - 2 * dx, endY - 2 * dy]),
      why: `That is how the ${things[i]!} lies from the ${things[i + 1]!}, not the other way around.`,
    };
    x += dx;
    y += dy;
    steps.push({ text: text(letter, [x, y]), wrong: [wrong] });
  }
  const answer = directionOf([x, y]);
  const opposite = directionOf([-x, -y]);
  steps.push({
    text: `So seen from the ${from}, the ${to} is ${answer}.`,
    wrong: [
      {
        text: `So the answer is ${opposite}.`,
        answer: opposite,
        why: `That is where the ${from} is, seen from the ${to}.`,
      },
    ],
  });
  return steps;
}

/** `2 left, 1 up`. */
function amount([x, y]: readonly [number, number]): string {
  const parts: string[] = [];
  if (x !== 0) parts.push(`${Math.abs(x)} ${x < 0 ? 'left' : 'right'}`);
  if (y !== 0) parts.push(`${Math.abs(y)} ${y < 0 ? 'down' : 'up'}`);
  return parts.length === 0 ? 'the same place' : parts.join(', ');
}

/** Puts the things on a board, one beside the other, and looks for the rows and columns of the two. */
function resolve({ moves, things }: Core): string {
  const side = 2 * moves.length + 1;
  const board: string[][] = Array.from({ length: side }, () => new Array<string>(side).fill(''));
  let [row, column] = [moves.length, moves.length];
  things.slice(0, moves.length + 1).forEach((thing, i) => {
    const letter = moves[i - 1];
    if (letter === 'U') row--;
    if (letter === 'D') row++;
    if (letter === 'L') column--;
    if (letter === 'R') column++;
    board[row]![column] = thing;
  });
  const find = (thing: string): { row: number; column: number } => {
    const at = board.findIndex((cells) => cells.includes(thing));
    return { row: at, column: board[at]!.indexOf(thing) };
  };
  const [from, to] = [find(things[0]!), find(things[moves.length]!)];
  const parts: string[] = [];
  if (to.row !== from.row) parts.push(to.row < from.row ? 'above' : 'below');
  if (to.column !== from.column) parts.push(to.column < from.column ? 'left' : 'right');
  return parts.join(' ');
}

export const spatialRelations: Generator<Core> = {
  name: 'spatial_relations',
  title: 'Where things lie from each other',
  domain: 'commonsense',
  abilities: ['spatial-relations'],
  why: 'Left and right, above and below are turned around when seen from the other end, which nobody says.',
  kind: 'choice',
  chance: 1 / 8,
  levels: [1, 2, 3, 4],
  templates: WORDINGS.length,
  sample,
  perturb: ({ moves, things }, random) => ({
    moves,
    spur: spurOf(random, moves),
    things: several(random, THINGS, things.length),
  }),
  aside: (_core, random) => {
    const [a, b] = several(random, ASIDE_THINGS, 2) as [string, string];
    return `The ${a} is one step ${PLAIN[pick(random, LETTERS)]!} the ${b}.`;
  },
  pose,
  resolve,
};
