/**
 * Writing a few words in the form that is demanded. Nothing has to be found out, only followed: Level L has L demands.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Step, Surface } from '../generator.ts';
import { between, pick, several, shuffled } from '../random-choice.ts';
import { ANIMALS, COLOURS, CONTAINERS, FOODS, plainAside, THINGS } from '../words.ts';

/** What the words must look like; each is followed by its sign where it has one. */
type Demand =
  | readonly ['backwards' | 'capitals' | 'first capital']
  /** Between the words. */
  | readonly ['between', string]
  /** An opening and a closing sign around all words. */
  | readonly ['around', string]
  | readonly ['end', string];

/** Demands in the order in which they are carried out, then the words. */
type Core = readonly [readonly Demand[], ...string[]];

const WORDS: readonly string[] = [...new Set([...THINGS, ...CONTAINERS, ...COLOURS, ...ANIMALS, ...FOODS])];

/** One list of alternatives for each kind of demand, in the order in which they are carried out. */
const DEMANDS: readonly (readonly Demand[])[] = [
  [['backwards']],
  [['capitals'], ['first capital']],
  [
    ['between', '-'],
    ['between', '/'],
    ['between', '+'],
    ['between', ';'],
  ],
  [
    ['around', '[]'],
    ['around', '()'],
    ['around', '""'],
    ['around', '**'],
  ],
  [
    ['end', '!'],
    ['end', '?'],
  ],
];

function sample(random: RandomStream, level: number): Core {
  const kinds = several(random, DEMANDS, level).sort((a, b) => DEMANDS.indexOf(a) - DEMANDS.indexOf(b));
  return [kinds.map((kind) => pick(random, kind)), ...several(random, WORDS, between(random, 2, 4))];
}

/** The same kinds of demands for other words. */
function perturb([demands, ...words]: Core, random: RandomStream): Core {
  const kinds = demands.map(([name]) => DEMANDS.find((kind) => kind.some(([other]) => other === name))!);
  return [kinds.map((kind) => pick(random, kind)), ...several(random, WORDS, words.length)];
}

const TOLD: Readonly<Record<Demand[0], readonly ((sign: string) => string)[]>> = {
  backwards: [() => 'Begin with the last word.', () => 'Go from the last word to the first.'],
  capitals: [() => 'Use capital letters only.', () => 'Write all letters as capitals.'],
  'first capital': [
    () => 'Begin each word with a capital.',
    () => 'Each word has one capital, the first letter.',
  ],
  between: [(sign) => `Put ${sign} between the words.`, (sign) => `Join the words with ${sign} signs.`],
  around: [
    (sign) => `Put ${sign[0]!} before and ${sign[1]!} after the words.`,
    (sign) => `The words stand between ${sign[0]!} and ${sign[1]!}.`,
  ],
  end: [(sign) => `Let ${sign} be the very last sign.`, (sign) => `End with ${sign} after all else.`],
};

const QUESTIONS: readonly ((words: string, demands: string) => string)[] = [
  (words, demands) => `Write these words: ${words}. ${demands}`,
  (words, demands) => `${demands} The words: ${words}.`,
  (words, demands) => `Copy ${words}. ${demands}`,
  (words, demands) => `The words are ${words}. Write them like this. ${demands}`,
];

function pose([demands, ...words]: Core, { template, random, aside }: Surface): Posed {
  const told = shuffled(random, demands).map(([name, sign = '']) => pick(random, TOLD[name])(sign));
  if (aside !== null) told.splice(between(random, 0, told.length), 0, aside);
  const question = QUESTIONS[template]!(words.join(', '), told.join(' '));
  const steps = demands.map((demand, i): Step => {
    const without = written(
      demands.filter((other) => other !== demand),
      words,
    );
    return {
      text: `${NAMES[demand[0]]}: ${written(demands.slice(0, i + 1), words)}`,
      wrong: [{ text: `Write: ${without}`, answer: without, why: WHY[demand[0]](demand[1] ?? '') }],
    };
  });
  return { question, answer: written(demands, words), steps };
}

const NAMES: Readonly<Record<Demand[0], string>> = {
  backwards: 'From the last word',
  capitals: 'Capitals',
  'first capital': 'First letters',
  between: 'Between',
  around: 'Around',
  end: 'End',
};

const WHY: Readonly<Record<Demand[0], (sign: string) => string>> = {
  backwards: () => 'The last word must come first.',
  capitals: () => 'All letters must be capitals.',
  'first capital': () => 'Each word must begin with a capital.',
  between: (sign) => `There must be ${sign} between the words.`,
  around: (sign) => `The words must stand between ${sign[0]!} and ${sign[1]!}.`,
  end: (sign) => `It must end with ${sign}.`,
};

/** The words with some demands fulfilled. */
function written(demands: readonly Demand[], words: readonly string[]): string {
  let list = words;
  let [between, open, close, end] = [' ', '', '', ''];
  for (const [name, sign = ''] of demands) {
    if (name === 'backwards') list = [...list].reverse();
    else if (name === 'capitals') list = list.map((word) => word.toUpperCase());
    else if (name === 'first capital') list = list.map((word) => word[0]!.toUpperCase() + word.slice(1));
    else if (name === 'between') between = sign;
    else if (name === 'around') [open, close] = [sign[0]!, sign[1]!];
    else end = sign;
  }
  return open + list.join(between) + close + end;
}

/**
 * Spaces do not matter where a sign stands. Where no sign is demanded between the words, commas may stand there; where
 * nothing is said of capitals, they may be used.
 */
function accepts([demands, ...words]: Core, stated: string): boolean {
  const names = demands.map(([name]) => name);
  const bare = (text: string): string => {
    const spaced = names.includes('between')
      ? text.replace(/\s/g, '')
      : text
          .trim()
          .replace(/\s*,\s*|\s+/g, ' ')
          .replace(/ ?([^\w ]) ?/g, '$1');
    return names.includes('capitals') || names.includes('first capital') ? spaced : spaced.toLowerCase();
  };
  const said = names.includes('end') ? stated : stated.trim().replace(/\.$/, '');
  return bare(said) === bare(written(demands, words));
}

/** Sign by sign: every demand rewrites the text that the others have left. */
function resolve([demands, ...words]: Core): string {
  let text = words.join(' ');
  const signs = new Map(demands.map(([name, sign]) => [name, sign ?? '']));
  if (signs.has('backwards')) text = words.reduceRight((done, word) => `${done} ${word}`, '').trim();
  if (signs.has('capitals'))
    text = text.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 32));
  if (signs.has('first capital'))
    text = text.replace(/\b[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 32));
  if (signs.has('between')) text = text.replaceAll(' ', ` ${signs.get('between')!} `);
  if (signs.has('around')) text = [...signs.get('around')!].join(text);
  return text + (signs.get('end') ?? '');
}

export const answerForm: Generator<Core> = {
  name: 'answer_form',
  title: 'The demanded form',
  domain: 'guards',
  abilities: ['instruction-following'],
  why: 'Given words are written in the form that the instructions ask for, every one of them kept.',
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
