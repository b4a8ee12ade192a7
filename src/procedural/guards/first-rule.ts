/**
 * Following stated rules: the first rule that fits says which word to answer. Level L has L + 1 rules and a last one
 * for everything else. Each of them is equally often the one that counts, and rules after it may fit as well.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Step, Surface, WrongTurn } from '../generator.ts';
import { between, happens, pick, several } from '../random-choice.ts';
import { COLOURS, KINDS, plainAside, THINGS } from '../words.ts';

type Condition =
  | readonly ['colour', string]
  | readonly ['thing', string]
  | readonly ['above', number]
  | readonly ['below', number];
interface Case {
  readonly colour: string;
  readonly count: number;
  readonly thing: string;
}
/** Count, colour and thing of the case; the word for everything else; each condition with its word. */
type Core = readonly [number, string, string, string, ...(readonly [Condition, string])[]];

function sample(random: RandomStream, level: number): Core {
  return draw(random, level + 1, random.below(level + 2));
}

/** `at`: which rule is the first that fits; `rules` for none. */
function draw(random: RandomStream, rules: number, at: number): Core {
  const item: Case = {
    colour: pick(random, COLOURS),
    count: between(random, 14, 40),
    thing: pick(random, THINGS),
  };
  const words = several(random, KINDS, rules + 1);
  const conditions: Condition[] = [];
  while (conditions.length < rules) {
    const place = conditions.length;
    const fits = place === at || (place > at && happens(random, 0.5));
    const condition = conditionOf(random, item, fits);
    const isNew = conditions.every(([kind, value]) => kind !== condition[0] || value !== condition[1]);
    if (isNew) conditions.push(condition);
  }
  return [
    item.count,
    item.colour,
    item.thing,
    words[rules]!,
    ...conditions.map((condition, i) => [condition, words[i]!] as const),
  ];
}

function conditionOf(random: RandomStream, { colour, count, thing }: Case, fits: boolean): Condition {
  const kind = random.below(4);
  if (kind === 0) return ['colour', fits ? colour : other(random, COLOURS, colour)];
  if (kind === 1) return ['thing', fits ? thing : other(random, THINGS, thing)];
  const distance = between(random, 1, 12);
  if (kind === 2) return ['above', fits ? count - distance : count + distance];
  return ['below', fits ? count + distance : count - distance];
}

const other = (random: RandomStream, all: readonly string[], but: string): string =>
  all[(all.indexOf(but) + between(random, 1, all.length - 1)) % all.length]!;

/** As many rules, and the same one is the first that fits. */
function perturb([count, colour, thing, , ...rules]: Core, random: RandomStream): Core {
  const first = rules.findIndex(([condition]) => fitsCase(condition, { colour, count, thing }));
  return draw(random, rules.length, first < 0 ? rules.length : first);
}

function fitsCase([kind, value]: Condition, item: Case): boolean {
  switch (kind) {
    case 'colour':
    case 'thing':
      return item[kind] === value;
    case 'above':
      return item.count > value;
    case 'below':
      return item.count < value;
  }
}

const told = ([kind, value]: Condition): string => {
  if (kind === 'colour') return `they are ${value}`;
  if (kind === 'thing') return `they are ${value}s`;
  return `there are ${kind === 'above' ? 'more than' : 'less than'} ${value}`;
};

type Rules = readonly (readonly [Condition, string])[];

const QUESTIONS: readonly ((rules: Rules, rest: string, item: string) => string)[] = [
  (rules, rest, item) =>
    `Use the first rule that fits. ${rules.map(([condition, word], i) => `${i + 1}: if ${told(condition)}, say ${word}.`).join(' ')} ${rules.length + 1}: else say ${rest}. What do you say to ${item}?`,
  (rules, rest, item) =>
    `You see ${item}. ${rules.map(([condition, word], i) => `${i === 0 ? 'If' : 'Else, if'} ${told(condition)}, say ${word}.`).join(' ')} Else say ${rest}. What do you say?`,
  (rules, rest, item) =>
    `${rules.map(([condition, word]) => `Say ${word} if ${told(condition)}.`).join(' Otherwise: ')} Otherwise say ${rest}. Now come ${item}. What do you say?`,
];

function pose([count, colour, thing, rest, ...rules]: Core, { template, aside }: Surface): Posed {
  const item = { colour, count, thing };
  const question = QUESTIONS[template]!(rules, rest, `${count} ${colour} ${thing}s`);
  const words = [...rules.map(([, word]) => word), rest];
  const at = rules.findIndex(([condition]) => fitsCase(condition, item));
  const answer = at < 0 ? rest : rules[at]![1];
  const seen = at < 0 ? rules : rules.slice(0, at + 1);
  const steps = seen.map(([condition, word], i): Step => {
    const fits = i === at;
    const found = foundOf(condition, item);
    const next = words[i + 1]!;
    return {
      text: fits ? `Rule ${i + 1}: ${found}, yes, say ${word}.` : `Rule ${i + 1}: ${found}, no.`,
      wrong: [
        fits
          ? {
              text: `Rule ${i + 1}: ${found}, no.`,
              after: [`So say ${next}.`],
              answer: next,
              why: `Rule ${i + 1} fits, and the first that fits counts.`,
            }
          : {
              text: `Rule ${i + 1}: ${found}, yes, say ${word}.`,
              answer: word,
              why: `It says "if ${told(condition)}", and that is not so.`,
            },
      ],
    };
  });
  if (at < 0) steps.push({ text: `No rule fits, say ${rest}.`, wrong: [astray(rules)] });
  return { question: aside === null ? question : `${aside} ${question}`, answer, choices: words, steps };
}

/** What is compared: `14 more than 10`. */
function foundOf([kind, value]: Condition, item: Case): string {
  if (kind === 'colour') return `${item.colour} is ${value}`;
  if (kind === 'thing') return `${item.thing} is ${value}`;
  return `${item.count} ${kind === 'above' ? 'more than' : 'less than'} ${value}`;
}

function astray(rules: Rules): WrongTurn {
  const word = rules.at(-1)![1];
  return { text: `The last rule says ${word}.`, answer: word, why: 'The last rule does not fit.' };
}

/** From the last rule to the first: each that fits takes the place of those after it. */
function resolve([count, colour, thing, rest, ...rules]: Core): string {
  return rules.reduceRight((word, [[kind, value], own]) => {
    const facts: Readonly<Record<Condition[0], boolean>> = {
      colour: colour === value,
      thing: thing === value,
      above: Number(value) < count,
      below: Number(value) > count,
    };
    return facts[kind] ? own : word;
  }, rest);
}

const LEVELS: readonly number[] = [1, 2, 3, 4];

export const firstRule: Generator<Core> = {
  name: 'first_rule',
  title: 'The first rule that fits',
  domain: 'guards',
  abilities: ['instruction-following'],
  why: 'Stated rules are followed as they stand, in their order, whatever the words mean.',
  kind: 'choice',
  chance: LEVELS.reduce((sum, level) => sum + 1 / (level + 2), 0) / LEVELS.length,
  levels: LEVELS,
  templates: QUESTIONS.length,
  sample,
  perturb,
  aside: (_core, random) => plainAside(random),
  pose,
  resolve,
};
