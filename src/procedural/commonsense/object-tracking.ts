/**
 * Object tracking: things stand in containers, containers in places, and people move both. What is in a container goes
 * where the container goes, unless it was taken out before: nobody says so, everybody knows it. Half as many moves
 * have nothing to do with the thing asked about.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Step, Surface, WrongTurn } from '../generator.ts';
import { happens, pick, several } from '../random-choice.ts';
import { CONTAINERS, NAMES, PLACES, plainAside, THINGS } from '../words.ts';

/**
 * `words`: the thing asked about, another thing, two containers, and places in the order in which they are named. At
 * first the things are in the containers and these in the first two places. `moves`: two places in `words` each: `03`,
 * the first thing is put in the second container; `25`, the first container is brought to the second place.
 */
interface Core {
  readonly moves: readonly string[];
  readonly words: readonly string[];
}

const FIRST_CONTAINER = 2;
const FIRST_PLACE = 4;
const MOST_PLACES = 5;

function sample(random: RandomStream, level: number): Core {
  const moves: string[] = [];
  /** For two things and two containers what each is in. */
  const inside = [2, 3, 4, 5];
  let places = 2;
  let own = level;
  let idle = Math.ceil(level / 2);
  const move = (what: number, to: number): void => {
    moves.push(`${what}${to}`);
    inside[what] = to;
  };
  /** Somewhere else, perhaps to a place that was not named before. */
  const bring = (what: number): void => {
    let to = FIRST_PLACE + random.below(MOST_PLACES);
    if (to - FIRST_PLACE >= places) to = FIRST_PLACE + places;
    const now = inside[what]! < FIRST_PLACE ? inside[inside[what]!]! : inside[what]!;
    if (to === now) to = to === FIRST_PLACE ? to + 1 : to - 1;
    places = Math.max(places, to - FIRST_PLACE + 1);
    move(what, to);
  };
  while (own + idle > 0) {
    // The last move that matters seldom comes last: else the last place named would be the answer too often.
    const isOwn = own === 1 && idle > 0 ? happens(random, 0.8) : random.below(own + idle) < own;
    const holder = inside[0]!;
    const thing = isOwn ? 0 : 1;
    const isHeld = holder < FIRST_PLACE;
    if (isOwn) own--;
    else idle--;
    if (isOwn ? isHeld && happens(random, 0.5) : happens(random, 0.6)) {
      // What the thing asked about is in, or another container.
      const other = isHeld ? 5 - holder : FIRST_CONTAINER + random.below(2);
      bring(isOwn ? holder : other);
    } else if (happens(random, 0.6)) {
      const now = inside[thing]!;
      move(thing, now < FIRST_PLACE ? 5 - now : FIRST_CONTAINER + random.below(2));
    } else {
      bring(thing);
    }
  }
  return { moves, words: draw(random, places) };
}

const draw = (random: RandomStream, places: number): string[] => [
  ...several(random, THINGS, 2),
  ...several(random, CONTAINERS, 2),
  ...several(random, PLACES, places),
];

interface Wording {
  readonly at: (thing: string, container: string, place: string) => string;
  readonly put: (name: string, thing: string, container: string) => string;
  readonly takeOut: (name: string, thing: string, container: string, place: string) => string;
  readonly carry: (name: string, what: string, place: string) => string;
  readonly ask: (thing: string) => string;
}

const WORDINGS: readonly Wording[] = [
  {
    at: (thing, container, place) =>
      `The ${thing} is in the ${container}, and the ${container} is in the ${place}.`,
    put: (name, thing, container) => `${name} puts the ${thing} in the ${container}.`,
    takeOut: (name, thing, container, place) =>
      `${name} takes the ${thing} out of the ${container} and brings it to the ${place}.`,
    carry: (name, what, place) => `${name} brings the ${what} to the ${place}.`,
    ask: (thing) => `In which place is the ${thing} now?`,
  },
  {
    at: (thing, container, place) => `There was a ${container} in the ${place}, with a ${thing} in it.`,
    put: (name, thing, container) => `Then ${name} put the ${thing} in the ${container}.`,
    takeOut: (name, thing, container, place) =>
      `Then ${name} took the ${thing} from the ${container} and left it in the ${place}.`,
    carry: (name, what, place) => `Then ${name} carried the ${what} to the ${place}.`,
    ask: (thing) => `In the end, in which place was the ${thing}?`,
  },
  {
    at: (thing, container, place) => `In the ${place} is a ${container}. A ${thing} is in the ${container}.`,
    put: (_, thing, container) => `The ${thing} is put in the ${container}.`,
    takeOut: (_, thing, container, place) =>
      `The ${thing} is taken out of the ${container} and brought to the ${place}.`,
    carry: (_, what, place) => `The ${what} is brought to the ${place}.`,
    ask: (thing) => `Where is the ${thing}? Name the place.`,
  },
];

function pose({ moves, words }: Core, { template, random, aside }: Surface): Posed {
  const wording = WORDINGS[template]!;
  const people = several(random, NAMES, 2);
  const asked = words[0]!;
  const inside = [2, 3, 4, 5];
  const told = [0, 1].map((thing) =>
    wording.at(words[thing]!, words[thing + FIRST_CONTAINER]!, words[thing + FIRST_PLACE]!),
  );
  if (happens(random, 0.5)) told.reverse();
  const idleAt = 1 + random.below(moves.length + 1);
  const steps: Step[] = [begin(words, moves)];
  moves.forEach((move, i) => {
    const [what, to] = read(move);
    const name = pick(random, people);
    const was = inside[what]!;
    if (to < FIRST_PLACE) told.push(wording.put(name, words[what]!, words[to]!));
    else if (was < FIRST_PLACE) told.push(wording.takeOut(name, words[what]!, words[was]!, words[to]!));
    else told.push(wording.carry(name, words[what]!, words[to]!));
    const holder = inside[0]!;
    const from = placeIn(inside, holder);
    inside[what] = to;
    const later = moves.slice(i + 1);
    /** Where the thing ends up that is taken to be somewhere now. */
    const turn = (text: string, where: number, why: string): WrongTurn => {
      const then = [...inside];
      then[0] = where;
      for (const one of later) then[read(one)[0]] = read(one)[1];
      const answer = words[placeIn(then, then[0])]!;
      return { text, after: [`So it is in the ${answer}.`], answer, why };
    };
    if (what === 0) {
      const now = words[placeIn(inside, to)]!;
      const text =
        to < FIRST_PLACE
          ? `The ${asked} is put in the ${words[to]!}, which is in the ${now}.`
          : `The ${asked} is brought to the ${now}.`;
      const left = words[holder]!;
      steps.push({
        text,
        wrong: [
          turn(
            `The ${asked} is in the ${left} all the time.`,
            holder,
            `The ${asked} is no longer in the ${left}.`,
          ),
        ],
      });
    } else if (what === holder) {
      const [container, place] = [words[what]!, words[from]!];
      const why = `The ${asked} was in the ${container}, so it did not stay.`;
      steps.push({
        text: `The ${container} is brought to the ${words[to]!}, and the ${asked} with it.`,
        wrong: [turn(`The ${asked} stays in the ${place}.`, from, why)],
      });
    }
  });
  if (aside !== null) told.splice(idleAt, 0, aside);
  return {
    question: `${told.join(' ')} ${wording.ask(asked)}`,
    answer: words[placeIn(inside, inside[0]!)]!,
    steps,
  };
}

const read = (move: string): [number, number] => [move.charCodeAt(0) - 48, move.charCodeAt(1) - 48];

const placeIn = (inside: readonly number[], holder: number): number =>
  holder < FIRST_PLACE ? inside[holder]! : holder;

function begin(words: readonly string[], moves: readonly string[]): Step {
  const [asked, , holder, , place] = words as [string, string, string, string, string];
  const wrong: WrongTurn = {
    text: `The ${asked} is in the ${place}, and nothing else is said of the ${asked}.`,
    answer: place,
    why: moves.some((move) => move.startsWith('0'))
      ? `The ${asked} was moved later.`
      : `The ${asked} goes where the ${holder} goes.`,
  };
  return { text: `The ${asked} is in the ${holder}, in the ${place}.`, wrong: [wrong] };
}

/** With or without "in the". */
function accepts(core: Core, stated: string): boolean {
  const bare = stated
    .trim()
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^(?:it is )?(?:in |at )?(?:the )?/, '');
  return bare === resolve(core);
}

/** From the end: who moved the thing, or what it is in, last? */
function resolve({ moves, words }: Core): string {
  const all = ['02', '13', '24', '35', ...moves];
  const last = (what: string): string => {
    const to = all.findLast((move) => move[0] === what)![1]!;
    return to === '2' || to === '3' ? last(to) : words[Number(to)]!;
  };
  return last('0');
}

export const objectTracking: Generator<Core> = {
  name: 'object_tracking',
  title: 'Where things end up',
  domain: 'commonsense',
  abilities: ['object-tracking', 'physical-intuition'],
  why: 'That things go along with what they are in is never said: everybody knows it.',
  kind: 'generate',
  // One of 14 places.
  chance: 1 / 14,
  levels: [1, 2, 3, 4],
  templates: WORDINGS.length,
  sample,
  perturb: ({ moves, words }, random) => ({ moves, words: draw(random, words.length - FIRST_PLACE) }),
  aside: (_core, random) => plainAside(random),
  pose,
  accepts,
  resolve,
};
