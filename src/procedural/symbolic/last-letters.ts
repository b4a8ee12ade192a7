/**
 * Letters taken out of words and put together: the last, the first, or the last ones from the end of the list to its
 * beginning. Level L has L + 1 words.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Step, Surface, WrongTurn } from '../generator.ts';
import { happens, several } from '../random-choice.ts';
import { ANIMALS, COLOURS, CONTAINERS, FOODS, NAMES, PLACES, plainAside, THINGS } from '../words.ts';

type Take = 'first' | 'last' | 'last-backwards';

/** Words in order; which letters are taken. */
type Core = readonly [Take, ...string[]];

const WORDS: readonly string[] = [
  ...new Set([...NAMES, ...THINGS, ...CONTAINERS, ...PLACES, ...COLOURS, ...ANIMALS, ...FOODS]),
];

function sample(random: RandomStream, level: number): Core {
  const take = happens(random, 0.6) ? 'last' : happens(random, 0.5) ? 'first' : 'last-backwards';
  return [take, ...several(random, WORDS, level + 1)];
}

function perturb([take, ...words]: Core, random: RandomStream): Core {
  return [take, ...several(random, WORDS, words.length)];
}

const QUESTIONS: readonly ((which: string, words: string) => string)[] = [
  (which, words) => `Take the ${which} letter of each word and join them: ${words}`,
  (which, words) => `Join the ${which} letters of these words: ${words}`,
  (which, words) => `${words}\nWhat do the ${which} letters of these words spell?`,
  (which, words) => `Here are some words: ${words}. Write the ${which} letter of each as one word.`,
];
const TURNED = [
  ' Begin with the last word.',
  ' Start from the last word.',
  ' Go from the last word to the first.',
];

function pose([take, ...words]: Core, { template, random, aside }: Surface): Posed {
  const list = words.join(happens(random, 0.5) ? ', ' : ' ');
  const which = take === 'first' ? 'first' : 'last';
  const asked = QUESTIONS[template]!(which, list);
  const turned = take === 'last-backwards' ? TURNED[random.below(TURNED.length)]! : '';
  // A list at the end of the question is told before the order in which it is to be read.
  const question = turned !== '' && /\w$/.test(asked) ? `${asked}.${turned}` : asked + turned;
  const { steps, answer } = spell(which, turned === '' ? words : [...words].reverse(), words);
  return { question: aside === null ? question : `${aside} ${question}`, answer, steps };
}

function spell(
  which: 'first' | 'last',
  words: readonly string[],
  told: readonly string[],
): { steps: Step[]; answer: string } {
  const other = which === 'first' ? 'last' : 'first';
  const letters = words.map((word) => letterOf(word, which));
  const answer = letters.join('');
  const steps: Step[] = words.map((word, i) => {
    const taken = letterOf(word, other);
    const slip = [...letters.slice(0, i), taken, ...letters.slice(i + 1)].join('');
    return {
      text: `${word}: ${letters[i]!}.`,
      wrong: [
        {
          text: `${word}: ${taken}.`,
          after: [`Together: ${slip}.`],
          answer: slip,
          why: `${taken} is the ${other} letter of ${word}, not the ${which}.`,
        },
      ],
    };
  });
  const backwards = [...letters].reverse().join('');
  const wrong: WrongTurn[] = [
    {
      text: `Together: ${backwards}.`,
      answer: backwards,
      why: words === told ? 'The words come in the order given.' : 'The last word comes first.',
    },
    { text: `Together: ${answer.slice(0, -1)}.`, answer: answer.slice(0, -1), why: 'One letter is missing.' },
  ];
  steps.push({ text: `Together: ${answer}.`, wrong });
  return { steps, answer };
}

const letterOf = (word: string, which: 'first' | 'last'): string =>
  (which === 'first' ? word[0]! : word.at(-1)!).toLowerCase();

/** By patterns on the joined list: drops all letters but the one asked for. */
function resolve([take, ...words]: Core): string {
  const order = take === 'last-backwards' ? words.reverse() : words;
  const pattern = take === 'first' ? /(\w)\w*\s?/g : /\w*(\w)(?:\s|$)/g;
  return order.join(' ').replace(pattern, '$1').toLowerCase();
}

export const lastLetters: Generator<Core> = {
  name: 'last_letters',
  title: 'Letters of words',
  domain: 'symbolic',
  abilities: ['string-manipulation'],
  why: 'Words are taken apart into letters, and letters put together in a given order.',
  kind: 'generate',
  chance: 0.01,
  levels: [1, 2, 3, 4],
  templates: QUESTIONS.length,
  sample,
  perturb,
  aside: (_core, random) => plainAside(random),
  pose,
  resolve,
};
