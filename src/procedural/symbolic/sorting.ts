/**
 * Lists put in order: numbers by size, words by the alphabet, in either direction. Level L has L + 2 items. The core
 * holds the items sorted, as the order in which they are given does not matter.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Step, Surface, WrongTurn } from '../generator.ts';
import { between, happens, several, shuffled } from '../random-choice.ts';
import { ANIMALS, COLOURS, CONTAINERS, FOODS, plainAside, THINGS } from '../words.ts';

/** Direction, then the items, always rising. */
type Core = readonly ['up' | 'down', ...string[]];

const WORDS: readonly string[] = [...new Set([...THINGS, ...CONTAINERS, ...COLOURS, ...ANIMALS, ...FOODS])];

function sample(random: RandomStream, level: number): Core {
  const items = happens(random, 0.5) ? several(random, WORDS, level + 2) : numbers(random, level + 2);
  return [happens(random, 0.65) ? 'up' : 'down', ...rising(items)];
}

/** Different numbers; half the time with one to three digits, so that the first digit does not decide. */
function numbers(random: RandomStream, count: number): string[] {
  const mixed = happens(random, 0.5);
  const found = new Set<number>();
  while (found.size < count) found.add(between(random, 0, mixed ? [9, 99, 999][random.below(3)]! : 99));
  return [...found].map(String);
}

const rising = (items: readonly string[]): string[] =>
  [...items].sort((a, b) => (isNumber(a) ? Number(a) - Number(b) : a < b ? -1 : 1));

const isNumber = (item: string): boolean => item[0]! <= '9';

function perturb([direction, ...items]: Core, random: RandomStream): Core {
  const count = items.length;
  const others = isNumber(items[0]!) ? numbers(random, count) : several(random, WORDS, count);
  return [direction, ...rising(others)];
}

const ORDERS = {
  numbers: { up: 'from small to large', down: 'from large to small' },
  words: { up: 'from a to z', down: 'from z to a' },
} as const;

const QUESTIONS: readonly ((list: string, kind: string, order: string) => string)[] = [
  (list, kind, order) => `Sort these ${kind} ${order}: ${list}`,
  (list, kind, order) => `Put the ${kind} ${list} in order, ${order}.`,
  (list, _, order) => `${list}\nWrite this list ${order}.`,
  (list, kind, order) => `Here are some ${kind}: ${list}. Sort them ${order}.`,
];

function pose([direction, ...items]: Core, { template, random, aside }: Surface): Posed {
  const kind = isNumber(items[0]!) ? 'numbers' : 'words';
  const given = shuffled(random, items);
  const question = QUESTIONS[template]!(given.join(', '), kind, ORDERS[kind][direction]);
  const sorted = direction === 'up' ? items : [...items].reverse();
  return {
    question: aside === null ? question : `${aside} ${question}`,
    answer: sorted.join(', '),
    steps: select(given, sorted, kind, direction),
  };
}

/** Takes what comes next out of what is left, again and again. */
function select(
  given: readonly string[],
  sorted: readonly string[],
  kind: 'numbers' | 'words',
  direction: 'up' | 'down',
): Step[] {
  const steps: Step[] = [];
  let rest = given;
  for (const [i, item] of sorted.slice(0, -1).entries()) {
    const before = rest;
    rest = rest.filter((one) => one !== item);
    const next = sorted[i + 1]!;
    const swapped = [...sorted.slice(0, i), next, item, ...sorted.slice(i + 2)].join(', ');
    const wrong: WrongTurn[] = [
      {
        text: `${next}; left: ${before.filter((one) => one !== next).join(', ')}.`,
        after: [`So: ${swapped}.`],
        answer: swapped,
        why: `${item} comes before ${next}${kind === 'words' ? ` ${ORDERS.words[direction]}` : ''}.`,
      },
    ];
    steps.push({ text: `${item}; left: ${rest.join(', ')}.`, wrong });
  }
  const turned = [...sorted].reverse().join(', ');
  const short = sorted.slice(0, -1).join(', ');
  steps.push({
    text: `${sorted.at(-1)!} is last.`,
    wrong: [
      {
        text: `So: ${turned}.`,
        answer: turned,
        why: `That is the other direction: it was asked ${ORDERS[kind][direction]}.`,
      },
      { text: `So: ${short}.`, answer: short, why: `${sorted.at(-1)!} is missing.` },
    ],
  });
  return steps;
}

/** Each item goes where the number of items before it says. */
function resolve([direction, ...items]: Core): string {
  const places: string[] = [];
  const key = (item: string): string => (isNumber(item) ? item.padStart(6, '0') : item);
  for (const item of items) {
    const smaller = items.filter((other) => key(other).localeCompare(key(item), 'en') < 0).length;
    places[direction === 'up' ? smaller : items.length - 1 - smaller] = item;
  }
  return places.join(' ');
}

/** With commas, spaces or both between the items. */
function accepts([direction, ...items]: Core, stated: string): boolean {
  const said = stated
    .toLowerCase()
    .replace(/\.$/, '')
    .split(/[\s,]+/);
  const sorted = direction === 'up' ? items : [...items].reverse();
  return said.length === sorted.length && sorted.every((item, i) => said[i] === item);
}

export const sorting: Generator<Core> = {
  name: 'sorting',
  title: 'Sorting lists',
  domain: 'symbolic',
  abilities: ['ordering'],
  why: 'A list is put in order by a rule, item after item, and none may be lost.',
  kind: 'generate',
  chance: 0,
  levels: [1, 2, 3, 4],
  templates: QUESTIONS.length,
  sample,
  perturb,
  aside: (_core, random) => plainAside(random),
  pose,
  accepts,
  resolve,
};
