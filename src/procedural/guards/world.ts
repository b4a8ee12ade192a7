/**
 * A small made-up world: who lives where, which river a town lies on. It is the same in every study and for every
 * seed. What is known of it must have been learned in pretraining, so it shows what training on something else makes
 * a model forget.
 *
 * The world is dealt from a stream of its own. Any change to a list or to the order of dealing makes another world,
 * and every model that has learned this one worthless: `world.test.ts` guards it.
 */
import { type RandomStream, randomStream } from '../../stats/random.ts';
import { several, shuffled } from '../random-choice.ts';

/** No name of `words.ts` is among them, so that no problem tells of the world by chance. */
export const PEOPLE: readonly string[] = (
  'Abo Bela Brin Caro Dara Dino Edo Elva Fara Filo Gita Gor Hedda Ilse Ivo Jana Kari Kolo Lena Lars Mara Milo ' +
  'Nela Nils Otto Pia Rana Remo Sera Tara Ulla Vito Wanda Yara Yuri Zeno'
).split(' ');
export const TOWNS: readonly string[] =
  'Arden Belm Corvo Dunmar Elsby Farro Gandle Holt Ister Jarle Kelby Lomar Mirfa Norden Ostra Tavik'.split(
    ' ',
  );
export const LANDS: readonly string[] = 'Avia Brona Celtia Doria Estra Fenland'.split(' ');
export const RIVERS: readonly string[] = 'Alm Bure Cass Dove Esk Fane Gorl Hume'.split(' ');

// Ordinary words of other problems, but a list of its own: those of `words.ts` grow.
const JOBS: readonly string[] = 'baker doctor driver farmer guard nurse painter pilot singer teacher'.split(
  ' ',
);
const ANIMALS: readonly string[] =
  'bear bird cat cow deer dog duck fox frog goat hen horse mouse pig rabbit sheep'.split(' ');
const WARES: readonly string[] =
  'ball bell book bowl card coin cup doll drum fork hat jar key lamp map mug pen pin ring rope shell spoon stamp toy'.split(
    ' ',
  );
const COLOURS: readonly string[] =
  'black blue brown gold green grey pink purple red silver white yellow'.split(' ');

type Kind = 'person' | 'town' | 'land' | 'river' | 'job' | 'animal' | 'thing' | 'colour';

export interface Relation {
  readonly of: Kind;
  readonly gives: Kind;
  /** "the ... of Abo". */
  readonly noun: string;
}

export type RelationName =
  | 'home'
  | 'job'
  | 'friend'
  | 'pet'
  | 'land'
  | 'river'
  | 'ware'
  | 'mayor'
  | 'capital'
  | 'colour';

export const RELATIONS: Readonly<Record<RelationName, Relation>> = {
  home: { of: 'person', gives: 'town', noun: 'home town' },
  job: { of: 'person', gives: 'job', noun: 'job' },
  friend: { of: 'person', gives: 'person', noun: 'best friend' },
  pet: { of: 'person', gives: 'animal', noun: 'pet' },
  land: { of: 'town', gives: 'land', noun: 'land' },
  river: { of: 'town', gives: 'river', noun: 'river' },
  ware: { of: 'town', gives: 'thing', noun: 'product' },
  mayor: { of: 'town', gives: 'person', noun: 'mayor' },
  capital: { of: 'land', gives: 'town', noun: 'capital' },
  colour: { of: 'land', gives: 'colour', noun: 'colour' },
};
export const RELATION_NAMES: readonly RelationName[] = Object.keys(RELATIONS) as RelationName[];

export interface Fact {
  readonly relation: RelationName;
  readonly subject: string;
  readonly object: string;
}

/** Every fact, by relation and subject. */
export const FACTS: readonly Fact[] = deal(randomStream('carryover/world/1'));

const BY_RELATION: ReadonlyMap<RelationName, ReadonlyMap<string, string>> = new Map(
  RELATION_NAMES.map((relation) => [
    relation,
    new Map(
      FACTS.filter((fact) => fact.relation === relation).map(({ subject, object }) => [subject, object]),
    ),
  ]),
);

/** The subjects of a relation. */
export function subjectsOf(relation: RelationName): readonly string[] {
  return [...BY_RELATION.get(relation)!.keys()];
}

/** What the relation gives for a subject. Throws RangeError for a subject that it does not have. */
export function lookUp(relation: RelationName, subject: string): string {
  const object = BY_RELATION.get(relation)!.get(subject);
  if (object === undefined) throw new RangeError(`${subject} has no ${relation}`);
  return object;
}

/** A fact as a sentence: how it is told in solutions, and in the text that a model is pretrained on. */
export function factText({ relation, subject, object }: Fact): string {
  return `The ${RELATIONS[relation].noun} of ${subject} is ${object}.`;
}

function deal(random: RandomStream): Fact[] {
  const facts: Fact[] = [];
  const add = (relation: RelationName, subjects: readonly string[], objects: readonly string[]): void => {
    subjects.forEach((subject, i) => {
      facts.push({ relation, subject, object: objects[i % objects.length]! });
    });
  };
  /** Each object about equally often. */
  const dealt = (relation: RelationName, subjects: readonly string[], objects: readonly string[]): void =>
    add(relation, shuffled(random, subjects), shuffled(random, objects));
  dealt('home', PEOPLE, TOWNS);
  dealt('job', PEOPLE, JOBS);
  // One ring of friends, so that nobody is their own friend's friend.
  const ring = shuffled(random, PEOPLE);
  add('friend', ring, [...ring.slice(1), ring[0]!]);
  dealt('pet', PEOPLE, ANIMALS);
  dealt('land', TOWNS, LANDS);
  dealt('river', TOWNS, RIVERS);
  dealt('ware', TOWNS, several(random, WARES, TOWNS.length));
  dealt('mayor', TOWNS, several(random, PEOPLE, TOWNS.length));
  const townIn = (land: string): string =>
    facts.find(({ relation, object }) => relation === 'land' && object === land)!.subject;
  add('capital', LANDS, LANDS.map(townIn));
  dealt('colour', LANDS, several(random, COLOURS, LANDS.length));
  const rank = (fact: Fact): number => RELATION_NAMES.indexOf(fact.relation);
  return facts.sort((a, b) => rank(a) - rank(b) || (a.subject < b.subject ? -1 : 1));
}
