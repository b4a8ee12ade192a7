/**
 * Reading an experiment. Trials differ in what they got and in what came out; a pair of trials is fair when they differ
 * in one thing only. Asked is either the effect of one thing (it matters, makes no difference, or cannot be told,
 * because no pair is fair), or which one of three things is shown to matter. Level L has L + 1 trials.
 *
 * "It matters" is what the trials prove whatever the things do together: two trials that agree in all else came out
 * differently. "No difference" is what they show as far as they go: there is a fair pair, and it came out equal.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Step, Surface, WrongTurn } from '../generator.ts';
import { between, happens, pick, several, shuffled } from '../random-choice.ts';
import { plainAside } from '../words.ts';

/** What it got, one bit for each thing, and what came out. */
type Trial = readonly [got: number, result: number];

interface Core {
  /** Places in `things`: one whose effect is asked for, or three of which one matters. */
  readonly asked: readonly number[];
  readonly setting: number;
  /** In the order of the setting's list. */
  readonly things: readonly string[];
  /** In rising order. */
  readonly trials: readonly Trial[];
}

const MATTERS = 'it matters';
const EQUAL = 'no difference';
const OPEN = 'cannot tell';
const VERDICTS = [MATTERS, EQUAL, OPEN];

const SETTINGS: readonly {
  readonly trial: string;
  readonly did: string;
  readonly unit: string;
  readonly things: readonly string[];
}[] = [
  { trial: 'Plant', did: 'grew', unit: 'cm', things: ['heat', 'light', 'salt', 'sand', 'water', 'wind'] },
  { trial: 'Dough', did: 'rose', unit: 'cm', things: ['egg', 'heat', 'milk', 'oil', 'salt', 'sugar'] },
  { trial: 'Nail', did: 'lost', unit: 'mg', things: ['air', 'heat', 'oil', 'paint', 'salt', 'water'] },
];

/** By the number of trials, from 2. */
const THINGS = [3, 3, 4, 4, 5];

const sample = (random: RandomStream, level: number): Core =>
  draw(random, level + 1, happens(random, 0.5) ? pick(random, VERDICTS) : null);

/** As hard as before means the same kind of answer. */
const perturb = (core: Core, random: RandomStream): Core =>
  draw(random, core.trials.length, core.asked.length === 1 ? resolve(core) : null);

/** `verdict`: what is to be said of the thing asked for; null for the question which thing matters. */
function draw(random: RandomStream, count: number, verdict: string | null): Core {
  const setting = random.below(SETTINGS.length);
  const names = SETTINGS[setting]!.things;
  const wide = THINGS[count - 2]!;
  const things = [...names];
  while (things.length > wide) things.splice(random.below(things.length), 1);
  const others = several(random, [...things.keys()], verdict === null ? 3 : 1);
  const main = others[0]!;
  const got = trials(random, count, wide, main, verdict !== OPEN);
  const effects = things.map(() => (happens(random, 0.4) ? 0 : between(random, 1, 9)));
  if (verdict === EQUAL) effects[main] = 0;
  else if (verdict !== OPEN) effects[main] = between(random, 1, 9);
  // Which thing matters: nothing else is shown to.
  if (verdict === null) for (const i of others.slice(1)) if (hasFair(got, i)) effects[i] = 0;
  const signs = things.map(() => (happens(random, 0.3) ? -1 : 1));
  const sums = got.map((bits) => effects.reduce((sum, n, i) => sum + ((bits >> i) & 1) * n * signs[i]!, 0));
  const shift = between(random, 2, 25) - Math.min(...sums);
  return {
    asked: others.sort((a, b) => a - b),
    setting,
    things,
    trials: got.map((bits, i): Trial => [bits, sums[i]! + shift]),
  };
}

/** Different ones, among which `main` changes, and with a fair pair for it or with none. */
function trials(random: RandomStream, count: number, wide: number, main: number, isFair: boolean): number[] {
  for (;;) {
    const first = random.below(1 << wide);
    const got = [first];
    if (isFair) got.push(first ^ (1 << main));
    while (got.length < count) {
      const next = random.below(1 << wide);
      if (!got.includes(next)) got.push(next);
    }
    const changes = got.some((bits) => ((bits ^ first) >> main) & 1);
    if (isFair || (changes && !hasFair(got, main))) return got.sort((a, b) => a - b);
  }
}

const hasFair = (got: readonly number[], thing: number): boolean =>
  got.some((bits) => got.includes(bits ^ (1 << thing)));

const WORDINGS: readonly {
  readonly trial: (trial: string, got: string, came: string) => string;
  readonly effect: (thing: string) => string;
  readonly cause: (list: string) => string;
}[] = [
  {
    trial: (trial, got, came) => `${trial} got ${got} and ${came}.`,
    effect: (thing) => `What is shown about ${thing}: it matters, no difference or cannot tell?`,
    cause: (list) => `Which one is shown to matter: ${list}?`,
  },
  {
    trial: (trial, got, came) => `With ${got} ${trial.toLowerCase()} ${came}.`,
    effect: (thing) => `Does ${thing} matter? Say it matters, no difference or cannot tell.`,
    cause: (list) => `What matters for sure: ${list}?`,
  },
  {
    trial: (trial, got, came) => `${trial}: ${got}. It ${came}.`,
    effect: (thing) =>
      `A fair pair differs in one thing. What does one say about ${thing}: it matters, no difference or cannot tell?`,
    cause: (list) => `A fair pair differs in one thing. Which one do fair pairs show to matter: ${list}?`,
  },
];

/** How the trials are numbered and told. */
interface View {
  readonly trials: readonly Trial[];
  readonly things: readonly string[];
  readonly unit: string;
}

function pose(core: Core, { template, random, aside }: Surface): Posed {
  const { asked, things, setting } = core;
  const wording = WORDINGS[template]!;
  const { trial, did, unit } = SETTINGS[setting]!;
  const view: View = { trials: shuffled(random, core.trials), things, unit };
  const told = view.trials.map(([bits, result], i) =>
    wording.trial(`${trial} ${i + 1}`, listed(bits, things, 'nothing'), `${did} ${result} ${unit}`),
  );
  if (aside !== null) told.splice(between(random, 0, told.length), 0, aside);
  if (asked.length === 1) {
    told.push(wording.effect(things[asked[0]!]!));
    const { steps, answer } = effect(view, asked[0]!);
    return { question: told.join(' '), answer, choices: VERDICTS, steps };
  }
  const order = shuffled(random, asked);
  const names = order.map((i) => things[i]!);
  told.push(wording.cause(`${names[0]!}, ${names[1]!} or ${names[2]!}`));
  const { steps, answer } = cause(view, order);
  return { question: told.join(' '), answer, choices: names, steps };
}

/** "light, salt and water" */
function listed(bits: number, things: readonly string[], none: string): string {
  const names = things.filter((_, i) => (bits >> i) & 1);
  if (names.length === 0) return none;
  const last = names.pop()!;
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}

interface Pair {
  /** "1 and 3" */
  readonly label: string;
  readonly isFair: boolean;
  readonly isEqual: boolean;
  /** What came out. */
  readonly results: string;
  /** In what they differ, and in what besides the thing asked for. */
  readonly differ: string;
  readonly besides: string;
}

/** The pairs that differ in a thing, as far as the first fair one. */
function pairsOf({ trials, things, unit }: View, thing: number): Pair[] {
  const pairs: Pair[] = [];
  const bit = 1 << thing;
  for (let i = 0; i < trials.length; i++) {
    for (let j = i + 1; j < trials.length; j++) {
      const [[got, a], [other, b]] = [trials[i]!, trials[j]!];
      const differ = got ^ other;
      if (!(differ & bit)) continue;
      const isFair = differ === bit;
      pairs.push({
        label: `${i + 1} and ${j + 1}`,
        isFair,
        isEqual: a === b,
        results: a === b ? `both ${a} ${unit}` : `${a} and ${b} ${unit}`,
        differ: listed(differ, things, ''),
        besides: listed(differ ^ bit, things, ''),
      });
      if (isFair) return pairs;
    }
  }
  return pairs;
}

function effect(view: View, thing: number): { steps: Step[]; answer: string } {
  const name = view.things[thing]!;
  const steps: Step[] = [];
  for (const { label, isFair, isEqual, results, differ, besides } of pairsOf(view, thing)) {
    const answer = isEqual ? EQUAL : MATTERS;
    const so = isEqual ? `${name} makes no difference` : `${name} matters`;
    if (isFair) {
      const gaveUp: WrongTurn = {
        text: `The trials differ in many things, so we cannot tell.`,
        answer: OPEN,
        why: `${label} differ in ${name} only.`,
      };
      steps.push({ text: `${label} differ in ${name} only: ${results}, so ${so}.`, wrong: [gaveUp] });
      return { steps, answer };
    }
    const hasty = {
      text: `${label}: ${results}, so ${so}.`,
      answer,
      why: `They differ in ${besides} as well.`,
    };
    steps.push({ text: `${label} differ in ${differ}: not fair.`, wrong: [hasty] });
  }
  steps.push({
    text: 'No pair is fair, so we cannot tell.',
    wrong: [
      {
        text: `No fair pair shows that ${name} matters, so it makes no difference.`,
        answer: EQUAL,
        why: 'What was not tested fairly may still matter.',
      },
    ],
  });
  return { steps, answer: OPEN };
}

/** One thing after the other, as far as the one that matters. */
function cause(view: View, order: readonly number[]): { steps: Step[]; answer: string } {
  const steps: Step[] = [];
  for (let at = 0; at < order.length; at++) {
    const name = view.things[order[at]!]!;
    const pairs = pairsOf(view, order[at]!);
    const fair = pairs.find(({ isFair }) => isFair);
    if (fair && !fair.isEqual) {
      const other = view.things[order[(at + 1) % order.length]!]!;
      const turn = {
        text: `So it is ${other}.`,
        answer: other,
        why: `No fair pair shows that ${other} matters.`,
      };
      steps.push({
        text: `${name}: ${fair.label} differ in it only: ${fair.results}, so it is ${name}.`,
        wrong: [turn],
      });
      return { steps, answer: name };
    }
    const hasty = pairs.find(({ isFair, isEqual }) => !isFair && !isEqual);
    const wrong = hasty
      ? [
          {
            text: `${name}: ${hasty.label} differ in it: ${hasty.results}, so it is ${name}.`,
            answer: name,
            why: `They differ in ${hasty.besides} as well.`,
          },
        ]
      : [];
    const text = fair
      ? `${name}: ${fair.label} differ in it only: ${fair.results}, so not shown.`
      : pairs.length === 0
        ? `${name} never changes, so not shown.`
        : `${name}: ${pairs.map(({ label }) => label).join(', ')} differ in more, so not shown.`;
    steps.push({ text, wrong });
  }
  throw new Error('nothing is shown to matter');
}

/** Trials are put together that agree in all but the thing: what came out of each group decides. */
function resolve({ asked, things, trials }: Core): string {
  const verdict = (thing: number): string => {
    const groups = new Map<number, Set<number>>();
    let isTested = false;
    for (const [got, result] of trials) {
      const rest = got - (Math.floor(got / 2 ** thing) % 2) * 2 ** thing;
      const group = groups.get(rest);
      if (group) isTested = true;
      groups.set(rest, (group ?? new Set()).add(result));
    }
    if ([...groups.values()].some((results) => results.size > 1)) return MATTERS;
    return isTested ? EQUAL : OPEN;
  };
  if (asked.length === 1) return verdict(asked[0]!);
  const shown = asked.filter((thing) => verdict(thing) === MATTERS);
  if (shown.length !== 1) throw new Error(`${shown.length} things are shown to matter`);
  return things[shown[0]!]!;
}

export const experiments: Generator<Core> = {
  name: 'experiments',
  title: 'Reading an experiment',
  domain: 'scientific',
  abilities: ['experimental-method'],
  why: 'What changed, and what may be concluded from it: only trials that differ in one thing show what it does.',
  kind: 'choice',
  chance: 1 / 3,
  levels: [1, 2, 3, 4],
  templates: WORDINGS.length,
  sample,
  perturb,
  aside: (_core, random) => plainAside(random),
  pose,
  resolve,
};
