/**
 * Walks on a grid: where does one end, seen from the start? Told with compass directions or with turns. Level L has
 * L + 1 legs.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Step, Surface, WrongTurn } from '../generator.ts';
import { between, happens, pick } from '../random-choice.ts';
import { NAMES, plainAside } from '../words.ts';

/** Clockwise: a right turn is one further. */
const COMPASS = ['north', 'east', 'south', 'west'] as const;
/** A turn's number is how many quarters to the right it is. */
const TURNS = ['on', 'right', 'back', 'left'] as const;

/**
 * How it is told; the direction faced at the start (0 for the compass, which needs none); then for each leg a
 * direction or turn and a number of steps.
 */
type Core = readonly ['compass' | 'turns', number, ...(readonly [number, number])[]];
type Leg = readonly [number, number];

function sample(random: RandomStream, level: number): Core {
  const mode = pick(random, ['compass', 'turns'] as const);
  for (;;) {
    const start = mode === 'compass' ? 0 : random.below(4);
    const core: Core = [mode, start, ...legs(random, mode, level + 1)];
    const [north, east] = placeOf(core);
    if (north !== 0 || east !== 0) return core;
  }
}

/** No leg goes on in the direction of the one before: the two would be one. */
function legs(random: RandomStream, mode: 'compass' | 'turns', count: number): Leg[] {
  const found: Leg[] = [];
  let last = random.below(4);
  for (let i = 0; i < count; i++) {
    const change = between(random, 1, 3);
    last = (last + change) % 4;
    // Turning back is rarer than turning to a side.
    const turn = change === 2 && happens(random, 0.5) ? 1 : change;
    found.push([mode === 'compass' ? last : turn, between(random, 1, 9)]);
  }
  return found;
}

function perturb(core: Core, random: RandomStream): Core {
  const [mode, , ...old] = core;
  for (;;) {
    const start = mode === 'compass' ? 0 : random.below(4);
    // Compass directions turn around together, so that the walk keeps its shape; its lengths change.
    const turn = mode === 'compass' ? random.below(4) : 0;
    const fresh = old.map(([direction]): Leg => [(direction + turn) % 4, between(random, 1, 9)]);
    const other: Core = [mode, start, ...fresh];
    const [north, east] = placeOf(other);
    if (north !== 0 || east !== 0) return other;
  }
}

type Place = readonly [number, number];

/** How far north and how far east. */
function placeOf([mode, start, ...walk]: Core): Place {
  return walkOn(mode, start, [0, 0], walk, 0);
}

/** Where the legs from `from` on lead, from a place and direction. */
function walkOn(mode: Core[0], start: number, place: Place, walk: readonly Leg[], from: number): Place {
  let [facing, north, east] = [start, place[0], place[1]];
  for (let i = from; i < walk.length; i++) {
    const [direction, steps] = walk[i]!;
    facing = mode === 'compass' ? direction : (facing + direction) % 4;
    if (facing === 0) north += steps;
    else if (facing === 1) east += steps;
    else if (facing === 2) north -= steps;
    else east -= steps;
  }
  return [north, east];
}

interface Wording {
  readonly go: (direction: string, steps: number) => string;
  readonly faces: (name: string, direction: string) => string;
  readonly turn: (turn: string) => string;
  readonly walk: (steps: number) => string;
  readonly begin: (name: string) => string;
  readonly ask: (name: string) => string;
}

const BACK = (turn: string, side: string): string => (turn === 'back' ? 'Turn back.' : side);

const WORDINGS: readonly Wording[] = [
  {
    go: (direction, steps) => `Go ${steps} ${direction}.`,
    faces: (_, direction) => `You face ${direction}.`,
    turn: (turn) => BACK(turn, `Turn ${turn}.`),
    walk: (steps) => `Go ${steps}.`,
    begin: () => '',
    ask: () => 'Where are you, seen from the start?',
  },
  {
    go: (direction, steps) => `${steps} steps ${direction}.`,
    faces: (_, direction) => `At the start you look ${direction}.`,
    turn: (turn) => BACK(turn, `Turn to the ${turn}.`),
    walk: (steps) => `${steps} steps.`,
    begin: () => 'You walk.',
    ask: () => 'How far in which directions is the end from the start?',
  },
  {
    go: (direction, steps) => `Then ${steps} to the ${direction}.`,
    faces: (name, direction) => `${name} faces ${direction}.`,
    turn: (turn) => BACK(turn, `Turn ${turn}.`),
    walk: (steps) => `Then ${steps} on.`,
    begin: (name) => `${name} leaves home.`,
    ask: (name) => `Where is ${name} now, seen from home?`,
  },
];

function pose(core: Core, { template, random, aside }: Surface): Posed {
  const [mode, start, ...walk] = core;
  const wording = WORDINGS[template]!;
  const name = pick(random, NAMES);
  const told = walk.map(([direction, steps]) =>
    mode === 'compass'
      ? wording.go(COMPASS[direction]!, steps)
      : `${wording.turn(TURNS[direction]!)} ${wording.walk(steps)}`,
  );
  if (aside !== null) told.splice(between(random, 0, told.length), 0, aside);
  const faces = mode === 'turns' ? wording.faces(name, COMPASS[start]!) : '';
  const question = [wording.begin(name), faces, ...told, wording.ask(name)].filter((part) => part !== '');
  const { steps, answer } = follow(core);
  return { question: question.join(' '), answer, steps };
}

const told = ([north, east]: Place): string => {
  const parts = [
    ...(north === 0 ? [] : [`${Math.abs(north)} ${north > 0 ? 'north' : 'south'}`]),
    ...(east === 0 ? [] : [`${Math.abs(east)} ${east > 0 ? 'east' : 'west'}`]),
  ];
  return parts.length === 0 ? 'at the start' : parts.join(' and ');
};

/** One step for each leg, with the place after it. */
function follow([mode, start, ...walk]: Core): { steps: Step[]; answer: string } {
  const steps: Step[] = [];
  let facing = start;
  let place: Place = [0, 0];
  for (const [i, leg] of walk.entries()) {
    const [direction, count] = leg;
    const before = facing;
    facing = mode === 'compass' ? direction : (facing + direction) % 4;
    const next = walkOn('compass', 0, place, [[facing, count]], 0);
    const turned =
      mode === 'compass' ? '' : `${COMPASS[before]!} ${TURNS[direction]!} is ${COMPASS[facing]!}, `;
    steps.push({
      text: `${turned}${count} ${COMPASS[facing]!}: ${told(next)}.`,
      wrong: [misled(mode, walk, i, before, place)],
    });
    place = next;
  }
  const answer = told(place);
  const opposite = told([-place[0], -place[1]]);
  steps.push({
    text: `So the end is ${answer}.`,
    wrong: [
      {
        text: `So the end is ${opposite}.`,
        answer: opposite,
        why: 'That is the start seen from the end.',
      },
    ],
  });
  return { steps, answer };
}

/** A leg walked the wrong way: left for right, no turn for a turn back, or the opposite compass direction. */
function misled(mode: Core[0], walk: readonly Leg[], at: number, before: number, place: Place): WrongTurn {
  const [direction, count] = walk[at]!;
  const isCompass = mode === 'compass';
  const facing = isCompass ? direction : (before + direction) % 4;
  const other = !isCompass && direction === 2 ? before : (facing + 2) % 4;
  const here = walkOn('compass', 0, place, [[other, count]], 0);
  const end = told(walkOn(mode, other, here, walk, at + 1));
  const turned = isCompass ? '' : `${COMPASS[before]!} ${TURNS[direction]!} is ${COMPASS[other]!}, `;
  return {
    text: `${turned}${count} ${COMPASS[other]!}: ${told(here)}.`,
    after: [`So the end is ${end}.`],
    answer: end,
    why: isCompass
      ? `The walk goes ${COMPASS[facing]!} here, not ${COMPASS[other]!}.`
      : `Who faces ${COMPASS[before]!} and turns ${TURNS[direction]!} faces ${COMPASS[facing]!}.`,
  };
}

/** Step by step, with the direction as a vector that turns. */
function resolve([mode, start, ...walk]: Core): string {
  const turnRight = ([x, y]: readonly [number, number]): readonly [number, number] => [y, -x];
  let [x, y] = [0, 0];
  let ahead: readonly [number, number] = [0, 1];
  for (let i = 0; i < start; i++) ahead = turnRight(ahead);
  for (const [direction, steps] of walk) {
    if (mode === 'compass') ahead = [0, 1];
    for (let i = 0; i < direction; i++) ahead = turnRight(ahead);
    for (let i = 0; i < steps; i++) {
      x += ahead[0];
      y += ahead[1];
    }
  }
  return `${Math.abs(x)} ${x < 0 ? 'west' : 'east'}, ${Math.abs(y)} ${y < 0 ? 'south' : 'north'}`;
}

/** Both distances in either order; a distance of 0 may be left out. */
function accepts(core: Core, stated: string): boolean {
  const said = stated.toLowerCase().replace(/\.$/, '');
  if (
    !/^\d{1,4}( steps?)? (north|east|south|west)((,| and|, and) \d{1,4}( steps?)? (north|east|south|west))?$/.test(
      said,
    )
  )
    return false;
  let [north, east] = [0, 0];
  const found = [...said.matchAll(/(\d+)[a-z ]*? (north|east|south|west)/g)];
  for (const [, count, direction] of found) {
    if (direction === 'north' || direction === 'south')
      north += (direction === 'north' ? 1 : -1) * Number(count);
    else east += (direction === 'east' ? 1 : -1) * Number(count);
  }
  const sides = new Set(found.map(([, , direction]) => direction === 'north' || direction === 'south'));
  const place = placeOf(core);
  return sides.size === found.length && north === place[0] && east === place[1];
}

export const navigation: Generator<Core> = {
  name: 'navigation',
  title: 'Walks on a grid',
  domain: 'symbolic',
  abilities: ['state-tracking'],
  why: 'A place and a direction are carried through a list of moves.',
  kind: 'generate',
  chance: 0.01,
  levels: [1, 2, 3, 4],
  templates: WORDINGS.length,
  sample,
  perturb,
  aside: (_core, random) => plainAside(random),
  pose,
  accepts,
  resolve,
};
