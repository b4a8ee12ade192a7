/**
 * Cause and effect in small scripts: chains of happenings, one leading to the next, told in mixed order together with
 * others that have nothing to do with them. What began a chain, or what came of it in the end? That rain makes rivers
 * rise is never said. The chains are walks through `happenings.table.ts`, where most happenings can begin, continue or
 * end a chain.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Step, Surface, WrongTurn } from '../generator.ts';
import { pick, several, shuffled } from '../random-choice.ts';
import { capital, withAside } from '../telling.ts';
import { NAMES, plainAside } from '../words.ts';
import { ALSO_PLAUSIBLE, HAPPENINGS } from './happenings.table.ts';

/**
 * `asked`: the `first` cause of what came last, or the `last` effect of what came first. `chains`: names of happenings,
 * the chain asked about first, the others sorted. `offered`: those of the happenings one may choose from, besides the
 * answer, sorted. `people`: who each chain is about, empty when it is about nobody.
 */
interface Core {
  readonly asked: 'first' | 'last';
  readonly chains: readonly (readonly string[])[];
  readonly offered: readonly string[];
  readonly people: readonly string[];
}

const NAMES_OF_HAPPENINGS = Object.keys(HAPPENINGS);
const broughtBy = (name: string): string[] =>
  HAPPENINGS[name]!.brings.split(' ').filter((word) => word !== '');
const needsPerson = (name: string): boolean => HAPPENINGS[name]!.text.startsWith('*');

/** `cause effect` for all that may plausibly lead from one to the other, at once or by something in between. */
const LEADS: ReadonlySet<string> = (() => {
  const next = new Map(NAMES_OF_HAPPENINGS.map((name) => [name, new Set(broughtBy(name))]));
  for (const line of ALSO_PLAUSIBLE) {
    const [name, ...effects] = line.split(' ') as [string, ...string[]];
    for (const effect of effects) next.get(name)!.add(effect);
  }
  const leads = new Set<string>();
  for (const name of NAMES_OF_HAPPENINGS) {
    leads.add(`${name} ${name}`);
    for (const effect of next.get(name)!) {
      leads.add(`${name} ${effect}`);
      for (const later of broughtBy(effect)) leads.add(`${name} ${later}`);
    }
  }
  return leads;
})();

const leadsTo = (causes: readonly string[], effects: readonly string[]): boolean =>
  causes.some((cause) => effects.some((effect) => LEADS.has(`${cause} ${effect}`)));

/** Chains of causes and effects that do not run in a circle. */
function walksOf(length: number): string[][] {
  const found: string[][] = [];
  const extend = (walk: readonly string[]): void => {
    if (walk.length === length) found.push([...walk]);
    else
      for (const next of broughtBy(walk.at(-1)!))
        if (!walk.includes(next) && !broughtBy(next).some((effect) => walk.includes(effect)))
          extend([...walk, next]);
  };
  for (const name of NAMES_OF_HAPPENINGS) extend([name]);
  return found;
}

interface Story {
  readonly own: readonly string[];
  /** Chains that can be told beside it without a doubt about its beginning, or its end. */
  readonly beside: readonly (readonly string[])[];
}

/** By `asked` and length. Made when first needed. */
const STORIES = new Map<string, readonly Story[]>();

function storiesOf(asked: Core['asked'], level: number): readonly Story[] {
  const key = `${asked} ${level}`;
  const known = STORIES.get(key);
  if (known) return known;
  const others = walksOf(Math.min(level + 1, 3));
  const fits = (own: readonly string[], other: readonly string[]): boolean =>
    !own.some((name) => other.includes(name)) &&
    !(asked === 'first' ? leadsTo(other, own) : leadsTo(own, other));
  const stories = walksOf(level + 1)
    .map((own) => ({ own, beside: others.filter((other) => fits(own, other)) }))
    .filter(({ beside }) => beside.length > 0);
  STORIES.set(key, stories);
  return stories;
}

const SIDES: readonly Core['asked'][] = ['first', 'last'];

function sample(random: RandomStream, level: number): Core {
  const asked = pick(random, SIDES);
  const { own, beside } = pick(random, storiesOf(asked, level));
  const others = [pick(random, beside)];
  // Short chains leave room for two others.
  if (level === 1) {
    const second = pick(random, beside);
    if (second.some((name) => others[0]!.includes(name))) return sample(random, level);
    others.push(second);
  }
  others.sort((a, b) => (a[0]! < b[0]! ? -1 : 1));
  const offered = others.map((other) => (asked === 'first' ? other[0]! : other.at(-1)!));
  if (level > 1) offered.push(own[1 + random.below(level - 1)]!);
  const rest = others.flat().filter((name) => !offered.includes(name));
  offered.push(...several(random, rest, 3 - offered.length));
  const chains = [own, ...others];
  return { asked, chains, offered: offered.sort(), people: peopleOf(random, chains) };
}

/** A name for each chain that needs one. */
function peopleOf(random: RandomStream, chains: Core['chains']): string[] {
  const names = several(random, NAMES, chains.length);
  return chains.map((chain, i) => (chain.some(needsPerson) ? names[i]! : ''));
}

const WORDINGS: readonly {
  readonly told: string;
  readonly ask: Readonly<Record<Core['asked'], (happening: string) => string>>;
}[] = [
  {
    told: 'This happened, told in mixed order.',
    ask: {
      first: (effect) => `What was the first cause of this: ${effect}?`,
      last: (cause) => `What was the last effect of this: ${cause}?`,
    },
  },
  {
    told: 'Here is what happened, but not in order.',
    ask: {
      first: (effect) => `In the end ${effect}. How did that begin?`,
      last: (cause) => `First ${cause}. How did that end?`,
    },
  },
  {
    told: 'These things happened, one because of another or not.',
    ask: {
      first: (effect) => `Go back as far as you can: why was it that ${effect}?`,
      last: (cause) => `Go on as far as you can: what came of it that ${cause}?`,
    },
  },
];

function pose(core: Core, { template, random, aside }: Surface): Posed {
  const { asked, chains, offered } = core;
  const { told, ask } = WORDINGS[template]!;
  const own = chains[0]!;
  const texts = textsOf(core);
  const tell = (name: string): string => texts.get(name)!;
  const happenings = shuffled(random, chains.flat()).map((name) => `${capital(tell(name))}.`);
  const [answer, given] = asked === 'first' ? [own[0]!, own.at(-1)!] : [own.at(-1)!, own[0]!];
  const lures = chains.slice(1).map((chain) => (asked === 'first' ? chain[0]! : chain.at(-1)!));
  return {
    question: `${told} ${withAside(random, happenings, aside).join(' ')} ${ask[asked](tell(given))}`,
    answer: tell(answer),
    choices: [answer, ...offered].map(tell),
    steps: trace(asked, own.map(tell), tell(pick(random, lures))),
  };
}

/** Every happening as it is told. */
function textsOf({ chains, people }: Core): Map<string, string> {
  return new Map(
    chains.flatMap((chain, i) =>
      chain.map((name) => [name, HAPPENINGS[name]!.text.replace('*', people[i]!)] as const),
    ),
  );
}

/** From link to link, back to the beginning or on to the end. */
function trace(asked: Core['asked'], own: readonly string[], lure: string): Step[] {
  const isBack = asked === 'first';
  const path = isBack ? [...own].reverse() : own;
  const link = (from: string, to: string): string =>
    isBack ? `${capital(from)}, because ${to}.` : `Because ${from}, ${to}.`;
  const last = isBack ? 'That is the first cause.' : 'That is the last effect.';
  const steps: Step[] = [];
  for (let i = 1; i < path.length; i++) {
    const [from, to, next] = [path[i - 1]!, path[i]!, path[i + 1]];
    const wrong: WrongTurn[] = [];
    if (i === 1) {
      const why = isBack ? `That ${lure} has nothing to do with it.` : `That ${lure} does not come of it.`;
      wrong.push({ text: link(from, lure), after: [last], answer: lure, why });
    }
    if (next !== undefined) {
      const why = isBack ? `That has a cause too: ${next}.` : `Something comes of that too: ${next}.`;
      wrong.push({ text: `${link(from, to)} ${last}`, answer: to, why });
    }
    steps.push({ text: link(from, to), wrong });
  }
  const nothing = isBack ? 'Nothing that is told explains that' : 'Nothing that is told comes of that';
  steps.push({ text: `${nothing}, so it is the ${isBack ? 'first cause' : 'last effect'}.` });
  return steps;
}

/** Spreads from the happening asked about over all that is told, and looks for what cannot be followed further. */
function resolve(core: Core): string {
  const { asked, chains } = core;
  const told = chains.flat();
  const isLinked = (a: string, b: string): boolean =>
    (asked === 'first' ? broughtBy(b) : broughtBy(a)).includes(asked === 'first' ? a : b);
  const reached = [asked === 'first' ? chains[0]!.at(-1)! : chains[0]![0]!];
  for (const here of reached)
    for (const name of told) if (isLinked(here, name) && !reached.includes(name)) reached.push(name);
  const ends = reached.filter((here) => !told.some((name) => isLinked(here, name)));
  const texts = textsOf(core);
  return ends.map((name) => texts.get(name)!).join(' or ');
}

export const causeAndEffect: Generator<Core> = {
  name: 'cause_and_effect',
  title: 'What led to what',
  domain: 'commonsense',
  abilities: ['cause-and-effect', 'world-knowledge'],
  why: 'What brings about what in daily life is not told: everybody knows it.',
  kind: 'choice',
  weighed: true,
  chance: 1 / 4,
  levels: [1, 2, 3, 4],
  templates: WORDINGS.length,
  sample,
  perturb: ({ asked, chains }, random) => {
    for (;;) {
      const core = sample(random, chains[0]!.length - 1);
      if (core.asked === asked) return core;
    }
  },
  aside: (_core, random) => plainAside(random),
  pose,
  resolve,
};
