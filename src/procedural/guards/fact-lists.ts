/**
 * Several facts of the made-up world at once, written without anything to choose from: Level L asks for L + 1. Every
 * fact may be asked for in every split; what the splits keep apart is which facts are asked for together, and in
 * which order.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Step, Surface } from '../generator.ts';
import { happens, pick, several } from '../random-choice.ts';
import { plainAside } from '../words.ts';
import { FACTS, type Fact, lookUp, RELATIONS, type RelationName, subjectsOf } from './world.ts';

/** Relation and subject of each fact, in the order asked. */
type Core = readonly (readonly [RelationName, string])[];

/** Those with enough subjects for a list. */
const LISTED: readonly RelationName[] = ['home', 'job', 'friend', 'pet', 'land', 'river', 'ware', 'mayor'];
const ASKED: readonly Fact[] = FACTS.filter(({ relation }) => LISTED.includes(relation));

function sample(random: RandomStream, level: number): Core {
  return happens(random, 0.5)
    ? of(random, pick(random, LISTED), level + 1)
    : several(random, ASKED, level + 1).map(({ relation, subject }) => [relation, subject] as const);
}

const of = (random: RandomStream, relation: RelationName, count: number): Core =>
  several(random, subjectsOf(relation), count).map((subject) => [relation, subject] as const);

/** A list of one relation stays one, a mixed list stays mixed. */
function perturb(core: Core, random: RandomStream): Core {
  const relation = core[0]![0];
  return core.every(([other]) => other === relation)
    ? of(random, relation, core.length)
    : core.map(([one]) => [one, pick(random, subjectsOf(one))] as const);
}

const QUESTIONS: readonly ((list: string, one: boolean) => string)[] = [
  (list, one) => `Name ${list}${one ? ', in this order' : ''}.`,
  (list) => `What do you know of these: ${list}? Answer in this order.`,
  (list) => `List ${list}. Write only the answers.`,
  (list) => `Say in one line: ${list}.`,
];

function pose(core: Core, { template, random, aside }: Surface): Posed {
  const relation = core[0]![0];
  const isOne = core.every(([other]) => other === relation);
  const { noun } = RELATIONS[relation];
  const list = isOne
    ? `the ${noun}s of ${joined(core.map(([, subject]) => subject))}`
    : joined(core.map(([one, subject]) => `the ${RELATIONS[one].noun} of ${subject}`));
  const question = QUESTIONS[template]!(list, isOne);
  const answers = core.map(([one, subject]) => lookUp(one, subject));
  const steps = core.map(([one, subject], i): Step => {
    const told = `The ${RELATIONS[one].noun} of ${subject} is`;
    const other = pick(random, subjectsOf(one));
    const slip = lookUp(one, other);
    const wrongly = [...answers.slice(0, i), slip, ...answers.slice(i + 1)].join(', ');
    return {
      text: `${told} ${answers[i]!}.`,
      wrong: [
        {
          text: `${told} ${slip}.`,
          after: [`So: ${wrongly}.`],
          answer: wrongly,
          why: `${slip} is the ${RELATIONS[one].noun} of ${other}.`,
        },
      ],
    };
  });
  const turned = [...answers].reverse().join(', ');
  const short = answers.slice(0, -1).join(', ');
  steps.push({
    text: `So: ${answers.join(', ')}.`,
    wrong: [
      { text: `So: ${turned}.`, answer: turned, why: 'The order is that of the question.' },
      { text: `So: ${short}.`, answer: short, why: `${core.at(-1)![1]} was asked for as well.` },
    ],
  });
  return {
    question: aside === null ? question : `${aside} ${question}`,
    answer: answers.join(', '),
    steps,
  };
}

const joined = (parts: readonly string[]): string => `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)!}`;

/** With commas, spaces or "and" between the answers. */
function accepts(core: Core, stated: string): boolean {
  const said = stated
    .trim()
    .replace(/\.$/, '')
    .toLowerCase()
    .split(/(?:,|\s|\band\b)+/);
  return (
    said.length === core.length &&
    core.every(([one, subject], i) => lookUp(one, subject).toLowerCase() === said[i])
  );
}

/** Reads through all facts, those asked for in their order. */
function resolve(core: Core): string {
  return core
    .flatMap(([one, subject]) => FACTS.filter((fact) => fact.relation === one && fact.subject === subject))
    .map((fact) => fact.object)
    .join(' and ');
}

export const factLists: Generator<Core> = {
  name: 'fact_lists',
  title: 'Facts of a made-up world, listed',
  domain: 'guards',
  abilities: ['fact-recall'],
  why: 'Facts learned in pretraining are written down, with nothing to choose from.',
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
