/**
 * A thing with two sides or states, and people who turn it or leave it: which state is it in at the end? Level L has
 * 2L people. From level 3 on some act twice or three times.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Step, Surface } from '../generator.ts';
import { between, happens, pick, several } from '../random-choice.ts';
import { NAMES, plainAside } from '../words.ts';

type Thing = 'card' | 'coin' | 'lamp';

/** Thing, state at the start (0 or 1), then each person and how often they act. */
type Core = readonly [Thing, number, ...(readonly [string, number])[]];

interface Telling {
  readonly states: readonly [string, string];
  readonly start: (state: string) => string;
  readonly does: readonly string[];
  readonly leaves: readonly string[];
  readonly ask: readonly string[];
}

const THINGS: Readonly<Record<Thing, Telling>> = {
  coin: {
    states: ['heads', 'tails'],
    start: (state) => `A coin shows ${state}.`,
    does: ['flips it', 'flips the coin', 'turns the coin over'],
    leaves: ['does not flip it', 'does not flip the coin', 'leaves the coin'],
    ask: ['Does it show heads or tails?', 'Heads or tails?', 'Which side is up, heads or tails?'],
  },
  card: {
    states: ['red', 'blue'],
    start: (state) => `A card has a red side and a blue side. The ${state} side is up.`,
    does: ['flips it', 'flips the card', 'turns the card over'],
    leaves: ['does not flip it', 'does not flip the card', 'leaves the card'],
    ask: ['Is the red or the blue side up?', 'Red or blue?', 'Which side is up, red or blue?'],
  },
  lamp: {
    states: ['on', 'off'],
    start: (state) => `A lamp is ${state}.`,
    does: ['presses the button', 'presses the lamp button', 'pushes the button'],
    leaves: ['does not press the button', 'does not press the lamp button', 'leaves the button'],
    ask: ['Is the lamp on or off?', 'On or off?', 'Is it on or off at the end?'],
  },
};

const KEYS: readonly Thing[] = ['card', 'coin', 'lamp'];
const DOES = ['does not', 'does', 'does 2 times', 'does 3 times'];
const TIMES = ['', '', ' twice', ' three times'];

function sample(random: RandomStream, level: number): Core {
  const names = several(random, NAMES, 2 * level);
  const count = (): number => {
    const acts = happens(random, 0.5);
    if (level < 3 || happens(random, 0.6)) return Number(acts);
    return acts ? pick(random, [1, 3]) : pick(random, [0, 2]);
  };
  return [pick(random, KEYS), random.below(2), ...names.map((name) => [name, count()] as const)];
}

/** Other people and another start; who acts how often moves about. */
function perturb([, , ...acts]: Core, random: RandomStream): Core {
  const names = several(random, NAMES, acts.length);
  const counts = several(random, acts, acts.length).map(([, count]) => count);
  return [pick(random, KEYS), random.below(2), ...names.map((name, i) => [name, counts[i]!] as const)];
}

const WORDINGS = 3;

function pose([thing, start, ...acts]: Core, { template, random, aside }: Surface): Posed {
  const telling = THINGS[thing];
  const told = acts.map(([name, count]) =>
    count === 0
      ? `${name} ${telling.leaves[template]!}.`
      : `${name} ${telling.does[template]!}${TIMES[count]!}.`,
  );
  if (aside !== null) told.splice(between(random, 0, told.length), 0, aside);
  const state = telling.states[start]!;
  const end = pick(random, telling.ask);
  const { steps, answer } = follow(telling, start, acts);
  return {
    question: `${telling.start(state)} ${told.join(' ')} ${end}`,
    answer,
    choices: telling.states,
    steps,
  };
}

/** The state after each person. */
function follow(
  { states }: Telling,
  start: number,
  acts: readonly (readonly [string, number])[],
): { steps: Step[]; answer: string } {
  const steps: Step[] = [];
  const total = acts.reduce((sum, [, count]) => sum + count, start);
  const slip = states[(total + 1) % 2]!;
  let state = start;
  for (const [name, count] of acts) {
    const before = state;
    for (let i = 0; i < count; i++) state = 1 - state;
    const text = `${name} ${DOES[count]!}: ${states[state]!}.`;
    const wrongly = states[1 - state]!;
    steps.push({
      text,
      wrong: [
        {
          text: `${name} ${DOES[[1, 0, 2, 3][count]!]!}: ${wrongly}.`,
          after: [`At the end: ${slip}.`],
          answer: slip,
          why: whyOf(name, count, states[before]!, states[state]!),
        },
      ],
    });
  }
  return { steps, answer: states[state]! };
}

function whyOf(name: string, count: number, before: string, now: string): string {
  if (count === 0) return `${name} changes nothing, so it stays ${now}.`;
  if (count === 1) return `${name} changes it from ${before} to ${now}.`;
  return count === 2 ? `Two changes undo each other: still ${now}.` : `Three changes are as one: ${now}.`;
}

/** Only whether the number of changes is odd matters. */
function resolve([thing, start, ...acts]: Core): string {
  let changes = 0;
  for (const act of acts) changes += act[1];
  const turned = changes % 2 === 1;
  return THINGS[thing].states[turned === (start === 0) ? 1 : 0];
}

export const coinFlips: Generator<Core> = {
  name: 'coin_flips',
  title: 'Coins, cards and lamps turned over',
  domain: 'symbolic',
  abilities: ['state-tracking'],
  why: 'One of two states is carried through a list of changes, and every change counts.',
  kind: 'choice',
  chance: 1 / 2,
  levels: [1, 2, 3, 4],
  templates: WORDINGS,
  sample,
  perturb,
  aside: (_core, random) => plainAside(random),
  pose,
  resolve,
};
