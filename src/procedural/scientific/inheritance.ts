/**
 * What a thing has because of its kind. Kinds lie in wider kinds; what is said of a kind goes for all in it, unless a
 * nearer kind says something else. Three kinds say something: the nearest one above the thing, and two that mislead: a
 * wider one that is overruled, a narrower one, or one beside the way. Level L takes L - 1 steps up.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Step, Surface, WrongTurn } from '../generator.ts';
import { between, pick, several, shuffled } from '../random-choice.ts';
import { ASIDE_KINDS, COLOURS, KINDS, NAMES } from '../words.ts';

/** The thing is of kind 0. Kinds are numbers, their names do not matter. */
interface Core {
  /** Each kind and the wider one that it lies in. */
  readonly links: readonly (readonly [kind: number, wider: number])[];
  /** What they say it about. */
  readonly property: string;
  /** What kinds say: the nearest one first. */
  readonly says: readonly (readonly [kind: number, value: string])[];
}

/** What can be counted on a thing, or its colour. */
const COUNTED = ['legs', 'eyes', 'horns', 'spots', 'wings'];
const COLOUR = 'colour';
const COUNTS = ['2', '3', '4', '5', '6', '7', '8', '9'];

type Lure = 'wider' | 'narrower' | 'beside';
const LURES: readonly Lure[] = ['wider', 'narrower', 'beside'];

const sample = (random: RandomStream, level: number): Core =>
  build(random, level - 1, several(random, LURES, 2), pick(random, [...COUNTED, COLOUR, COLOUR]));

function perturb({ links, property, says }: Core, random: RandomStream): Core {
  const values = several(random, property === COLOUR ? COLOURS : COUNTS, 3);
  const other = property === COLOUR ? COLOUR : pick(random, COUNTED);
  return { links, property: other, says: says.map(([kind], i) => [kind, values[i]!]) };
}

/** `up`: how many kinds above that of the thing the answer stands. */
function build(random: RandomStream, up: number, lures: readonly Lure[], property: string): Core {
  const values = several(random, property === COLOUR ? COLOURS : COUNTS, 3);
  const links: [number, number][] = Array.from({ length: up }, (_, i) => [i, i + 1]);
  const says: [number, string][] = [[up, values[0]!]];
  let next = up + 1;
  // In a fixed order, so that what is told in another order is the same problem.
  for (const lure of LURES) {
    if (!lures.includes(lure)) continue;
    const kind = next++;
    says.push([kind, values[says.length]!]);
    if (lure === 'wider') links.push([up, kind]);
    else {
      // Every kind that says something has one below it, so that this does not give the answer away.
      links.push([kind, lure === 'narrower' ? 0 : between(random, Math.min(1, up), up)], [next++, kind]);
    }
  }
  return { links, property, says };
}

const WORDINGS: readonly {
  readonly link: (kind: string, wider: string) => string;
  readonly count: (kind: string, value: string, property: string) => string;
  readonly colour: (kind: string, value: string) => string;
  readonly rule: string;
}[] = [
  {
    link: (kind, wider) => `Every ${kind} is a ${wider}.`,
    count: (kind, value, property) => `A ${kind} has ${value} ${property}.`,
    colour: (kind, value) => `A ${kind} is ${value}.`,
    rule: 'The nearest kind decides.',
  },
  {
    link: (kind, wider) => `All ${kind}s are ${wider}s.`,
    count: (kind, value, property) => `${capital(kind)}s have ${value} ${property}.`,
    colour: (kind, value) => `${capital(kind)}s are ${value}.`,
    rule: 'What a nearer kind says comes first.',
  },
  {
    link: (kind, wider) => `A ${kind} is a kind of ${wider}.`,
    count: (kind, value, property) => `Most ${kind}s have ${value} ${property}.`,
    colour: (kind, value) => `Most ${kind}s are ${value}.`,
    rule: 'Go by the nearest kind.',
  },
];

const capital = (text: string): string => text[0]!.toUpperCase() + text.slice(1);

function pose(core: Core, { template, random, aside }: Surface): Posed {
  const { links, property, says } = core;
  const wording = WORDINGS[template]!;
  const kinds = several(random, KINDS, 1 + Math.max(...links.flat(), ...says.map(([kind]) => kind)));
  const name = pick(random, NAMES);
  const has = (kind: string, value: string): string =>
    property === COLOUR ? wording.colour(kind, value) : wording.count(kind, value, property);
  const told = shuffled(random, [
    `${name} is a ${kinds[0]!}.`,
    ...links.map(([kind, wider]) => wording.link(kinds[kind]!, kinds[wider]!)),
    ...says.map(([kind, value]) => has(kinds[kind]!, value)),
  ]);
  if (aside !== null) told.splice(between(random, 0, told.length), 0, aside);
  const ask = property === COLOUR ? `What colour is ${name}?` : `How many ${property} does ${name} have?`;
  return {
    question: `${told.join(' ')} ${wording.rule} ${ask}`,
    answer: says[0]![1],
    choices: says.map(([, value]) => value),
    steps: climb(core, kinds, name),
  };
}

/** From kind to wider kind, as far as one that says something. */
function climb({ links, property, says }: Core, kinds: readonly string[], name: string): Step[] {
  const steps: Step[] = [];
  const is = (value: string): string => (property === COLOUR ? `is ${value}` : `has ${value} ${property}`);
  const [up] = says[0]!;
  const turn = ([kind, value]: Core['says'][number], why: string): WrongTurn => ({
    text: `${name} is a ${kinds[kind]!}, and a ${kinds[kind]!} ${is(value)}, so ${name} ${is(value)}.`,
    answer: value,
    why,
  });
  for (let kind = 0; kind <= up; kind++) {
    // Those that lie in this kind, and the one that this kind lies in, when the way ends here.
    const wrong = says.slice(1).flatMap((said): WrongTurn[] => {
      const inside = links.some(([one, other]) => one === said[0] && other === kind);
      if (inside) return [turn(said, `Not every ${kinds[kind]!} is a ${kinds[said[0]]!}.`)];
      const isWider = kind === up && links.some(([one, other]) => one === up && other === said[0]);
      return isWider ? [turn(said, `A ${kinds[up]!} is nearer and ${is(says[0]![1])}.`)] : [];
    });
    const here = kinds[kind]!;
    const next = kinds[kind + 1];
    const text =
      kind === up
        ? `${name} is a ${here}, and a ${here} ${is(says[0]![1])}, so ${name} ${is(says[0]![1])}.`
        : `${name} is a ${here}, and every ${here} is a ${next!}.`;
    steps.push({ text, wrong });
  }
  return steps;
}

/** From wide to narrow: each kind without a value of its own takes that of the kind that it lies in, until none changes. */
function resolve({ links, says }: Core): string {
  const own = new Map(says);
  const values = new Map(says);
  for (let changed = true; changed; ) {
    changed = false;
    for (const [kind, wider] of links) {
      const value = values.get(wider);
      if (own.has(kind) || value === undefined || values.get(kind) === value) continue;
      values.set(kind, value);
      changed = true;
    }
  }
  return values.get(0)!;
}

export const inheritance: Generator<Core> = {
  name: 'inheritance',
  title: 'Taxonomy and inheritance',
  domain: 'scientific',
  abilities: ['classification'],
  why: 'A thing has what its class has, unless a nearer class differs; the classes are invented, so only the rule helps.',
  kind: 'choice',
  chance: 1 / 3,
  levels: [1, 2, 3, 4],
  templates: WORDINGS.length,
  sample,
  perturb,
  aside: (_core, random) => {
    const [kind, wider] = several(random, ASIDE_KINDS, 2) as [string, string];
    return `Every ${kind} is a ${wider}.`;
  },
  pose,
  resolve,
};
