/**
 * Facts of the made-up world, joined in chains of L: the river of the home town of Abo. Four answers are offered.
 *
 * What the splits keep apart are questions, not facts: a fact that was never told cannot be recalled. So the answers
 * offered belong to the core, and the same chain may be asked in `train` among other answers. A model that learned
 * the world answers all splits; one that learned questions answers only those it has seen.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Step, Surface, WrongTurn } from '../generator.ts';
import { pick, several } from '../random-choice.ts';
import { plainAside } from '../words.ts';
import { FACTS, lookUp, RELATION_NAMES, RELATIONS, type RelationName, subjectsOf } from './world.ts';

/** Relations from the subject on, joined by dots; the subject; the answers offered, sorted. */
type Core = readonly [string, string, ...string[]];

const OPTIONS = 4;

/** A chain of relations, with the subjects that lead to each answer. */
interface Chain {
  readonly key: string;
  readonly answers: readonly string[];
  readonly subjects: ReadonlyMap<string, readonly string[]>;
}

/** By number of links. Chains that end in too few answers, or go back where they came from, are left out. */
const CHAINS: readonly (readonly Chain[])[] = [1, 2, 3, 4].map((links) =>
  pathsOf(links)
    .map(chainOf)
    .filter(({ answers }) => answers.length > OPTIONS),
);

function pathsOf(links: number): RelationName[][] {
  if (links === 1) return RELATION_NAMES.map((name) => [name]);
  return pathsOf(links - 1).flatMap((path) =>
    RELATION_NAMES.filter((name) => {
      const last = path.at(-1)!;
      return RELATIONS[last].gives === RELATIONS[name].of && !(last === 'capital' && name === 'land');
    }).map((name) => [...path, name]),
  );
}

function chainOf(path: readonly RelationName[]): Chain {
  const subjects = new Map<string, string[]>();
  for (const subject of subjectsOf(path[0]!)) {
    const answer = path.reduce((now, relation) => lookUp(relation, now), subject);
    subjects.set(answer, [...(subjects.get(answer) ?? []), subject]);
  }
  return { key: path.join('.'), answers: [...subjects.keys()].sort(), subjects };
}

const CHAIN_OF: ReadonlyMap<string, Chain> = new Map(CHAINS.flat().map((chain) => [chain.key, chain]));

/** First the answers offered, then which of them is right: so none is right more often than the others. */
function ask(random: RandomStream, chain: Chain): Core {
  const options = several(random, chain.answers, OPTIONS);
  return [chain.key, pick(random, chain.subjects.get(options[0]!)!), ...options.sort()];
}

const QUESTIONS: readonly ((
  path: readonly string[],
  subject: string,
  options: string,
  who: string,
) => string)[] = [
  (path, subject, options, who) => `${who} is the ${nested(path, subject)}: ${options}?`,
  (path, subject, options, who) => `${options}: ${who.toLowerCase()} is the ${nested(path, subject)}?`,
  (path, subject, options) => `Name the ${nested(path, subject)}. Is it ${options}?`,
  (path, subject, options) =>
    `Think of ${subject}, then of the ${path.join(', then of the ')}. Is that ${options}?`,
];

const nested = (path: readonly string[], subject: string): string =>
  `${[...path].reverse().join(' of the ')} of ${subject}`;

function pose([key, subject, ...options]: Core, { template, random, aside }: Surface): Posed {
  const path = key.split('.') as RelationName[];
  const nouns = path.map((relation) => RELATIONS[relation].noun);
  const told = several(random, options, OPTIONS);
  const list = `${told.slice(0, -1).join(', ')} or ${told.at(-1)!}`;
  const who = RELATIONS[path.at(-1)!].gives === 'person' ? 'Who' : 'What';
  const question = QUESTIONS[template]!(nouns, subject, list, who);
  const { steps, answer } = recall(path, subject, told);
  return { question: aside === null ? question : `${aside} ${question}`, answer, choices: options, steps };
}

/** One fact a step. */
function recall(
  path: readonly RelationName[],
  subject: string,
  options: readonly string[],
): { steps: Step[]; answer: string } {
  const places = [subject];
  for (const relation of path) places.push(lookUp(relation, places.at(-1)!));
  const answer = places.at(-1)!;
  const chain = CHAIN_OF.get(path.join('.'))!;
  const others = options.filter((option) => option !== answer);
  const steps = path.map((relation, i): Step => {
    const told = factOf(relation, places[i]!, places[i + 1]!);
    const wrong: WrongTurn[] = [];
    // The chain of another subject, which ends in another of the answers.
    const end = others[i % others.length]!;
    let stray = chain.subjects.get(end)![0]!;
    for (const past of path.slice(0, i)) stray = lookUp(past, stray);
    const slip = lookUp(relation, stray);
    if (slip !== places[i + 1]) {
      const rest: string[] = [];
      let now = slip;
      for (const later of path.slice(i + 1)) {
        rest.push(factOf(later, now, lookUp(later, now)));
        now = lookUp(later, now);
      }
      wrong.push({
        text: factOf(relation, places[i]!, slip),
        ...(rest.length > 0 ? { after: rest } : {}),
        answer: end,
        why: `${slip} is the ${RELATIONS[relation].noun} of ${stray}, not of ${places[i]!}.`,
      });
    }
    return { text: told, wrong };
  });
  return { steps, answer };
}

const factOf = (relation: RelationName, subject: string, object: string): string =>
  `The ${RELATIONS[relation].noun} of ${subject} is ${object}.`;

/** From each answer back to the subject, over all facts. */
function resolve([key, subject, ...options]: Core): string {
  const backwards = key.split('.').reverse();
  const found = options.filter((option) => {
    let ends: readonly string[] = [option];
    for (const link of backwards)
      ends = FACTS.filter((fact) => fact.relation === link && ends.includes(fact.object)).map(
        (fact) => fact.subject,
      );
    return ends.includes(subject);
  });
  return found.join(' and ');
}

export const factChains: Generator<Core> = {
  name: 'fact_chains',
  title: 'Facts of a made-up world, in chains',
  domain: 'guards',
  abilities: ['fact-recall'],
  why: 'What was learned of a world in pretraining is asked for again, alone and in chains.',
  kind: 'choice',
  weighed: true,
  chance: 1 / OPTIONS,
  levels: [1, 2, 3],
  templates: QUESTIONS.length,
  sample: (random, level) => ask(random, pick(random, CHAINS[level - 1]!)),
  perturb: ([key], random) => ask(random, CHAIN_OF.get(key)!),
  aside: (_core, random) => plainAside(random),
  pose,
  resolve,
};
