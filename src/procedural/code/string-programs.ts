/** What does a program print that works on a word? Level L has L lines that change the word. */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Step, Surface } from '../generator.ts';
import { between, happens, pick } from '../random-choice.ts';
import { ANIMALS, COLOURS, CONTAINERS, FOODS, PLACES, THINGS } from '../words.ts';
import { binary, call, index, literal, method, name, print, set, slice } from './language/build.ts';
import { printLines } from './language/print.ts';
import type { Expression, Program } from './language/syntax.ts';
import { codeText, idleLine, printedBy, VARIABLES } from './telling.ts';

type Change =
  | readonly ['reverse' | 'rotate' | 'double']
  /** The first so many letters are dropped or kept; the last so many are dropped. */
  | readonly ['drop' | 'keep' | 'cut', number]
  /** Letters at the end or in front. */
  | readonly ['append' | 'prepend', string]
  | readonly ['replace', string, string];

/** The word, what is printed of it in the end, and the changes. */
type Core = readonly [string, 'word' | 'length' | 'first' | 'last', ...Change[]];

const WORDS: readonly string[] = [
  ...new Set([...THINGS, ...CONTAINERS, ...PLACES, ...COLOURS, ...ANIMALS, ...FOODS]),
];
const LETTERS = 'abdeghiklmnoprstuwy';
const KINDS: readonly Change[0][] = [
  'reverse',
  'reverse',
  'rotate',
  'double',
  'drop',
  'keep',
  'cut',
  'append',
  'prepend',
  'replace',
];

function sample(random: RandomStream, level: number): Core {
  const word = pick(random, WORDS);
  const drawn = random.below(20);
  const end = drawn > 3 ? 'word' : drawn > 1 ? 'length' : drawn === 1 ? 'first' : 'last';
  const changes: Change[] = [];
  let text = word;
  while (changes.length < level) {
    const change = changeOf(random, KINDS[random.below(KINDS.length)]!, text);
    const next = apply(change, text);
    // Neither too short to tell anything, nor without effect.
    if (next.length < 2 || next.length > 12 || next === text) continue;
    changes.push(change);
    text = next;
  }
  return [word, end, ...changes];
}

function changeOf(random: RandomStream, kind: Change[0], text: string): Change {
  switch (kind) {
    case 'drop':
    case 'keep':
    case 'cut':
      return [kind, between(random, 1, 3)];
    case 'append':
    case 'prepend':
      return [kind, letter(random) + (happens(random, 0.5) ? letter(random) : '')];
    case 'replace':
      return [kind, text[random.below(text.length)]!, letter(random)];
    default:
      return [kind];
  }
}

const letter = (random: RandomStream): string => LETTERS[random.below(LETTERS.length)]!;

/** The same kinds of changes to another word. */
function perturb([, end, ...changes]: Core, random: RandomStream): Core {
  for (;;) {
    const word = pick(random, WORDS);
    const fresh: Change[] = [];
    let text = word;
    for (const [kind] of changes) {
      const change = changeOf(random, kind, text);
      fresh.push(change);
      text = apply(change, text);
      if (text.length < 2) break;
    }
    if (fresh.length === changes.length && text.length > 1 && text.length < 25) return [word, end, ...fresh];
  }
}

function apply(change: Change, text: string): string {
  switch (change[0]) {
    case 'reverse':
      return [...text].reverse().join('');
    case 'rotate':
      return text.slice(1) + text[0]!;
    case 'double':
      return text + text;
    case 'drop':
      return text.slice(change[1]);
    case 'keep':
      return text.slice(0, change[1]);
    case 'cut':
      return text.slice(0, Math.max(0, text.length - change[1]));
    case 'append':
      return text + change[1];
    case 'prepend':
      return change[1] + text;
    case 'replace':
      return text.split(change[1]).join(change[2]);
  }
}

/** The right side of a line. */
function expressionOf(change: Change, s: Expression): Expression {
  switch (change[0]) {
    case 'reverse':
      return slice(s, null, null, literal(-1));
    case 'rotate':
      return binary('+', slice(s, literal(1), null), index(s, literal(0)));
    case 'double':
      return binary('*', s, literal(2));
    case 'drop':
      return slice(s, literal(change[1]), null);
    case 'keep':
      return slice(s, null, literal(change[1]));
    case 'cut':
      return slice(s, null, literal(-change[1]));
    case 'append':
      return binary('+', s, literal(change[1]));
    case 'prepend':
      return binary('+', literal(change[1]), s);
    case 'replace':
      return method(s, 'replace', literal(change[1]), literal(change[2]));
  }
}

function programOf([word, end, ...changes]: Core, variable: string): Program {
  const s = name(variable);
  const shown = {
    word: s,
    length: call('len', s),
    first: index(s, literal(0)),
    last: index(s, literal(-1)),
  }[end];
  return [
    set(variable, literal(word)),
    ...changes.map((change) => set(variable, expressionOf(change, s))),
    print(shown),
  ];
}

const QUESTIONS: readonly ((code: string) => string)[] = [
  (code) => `What does this program print?\n${code}`,
  (code) => `${code}\nWhat is printed?`,
  (code) => `A program works on a word.\n${code}\nWhat does it print?`,
  (code) => `Run this code on paper and say what it prints.\n${code}`,
];

function pose(core: Core, { template, random, aside }: Surface): Posed {
  const variable = happens(random, 0.5) ? 's' : pick(random, VARIABLES);
  const code = codeText(printLines(programOf(core, variable)), aside, random);
  const { steps, answer } = follow(core, variable);
  return { question: QUESTIONS[template]!(code), answer, steps };
}

const printed = (end: Core[1], text: string): string =>
  end === 'word' ? text : end === 'length' ? String(text.length) : end === 'first' ? text[0]! : text.at(-1)!;

/** One step for each line, and one for what is printed. */
function follow([word, end, ...changes]: Core, variable: string): { steps: Step[]; answer: string } {
  const steps: Step[] = [];
  let text = word;
  for (const [at, change] of changes.entries()) {
    const slip = misread(change, text);
    const result = changes.slice(at + 1).reduce((now, next) => apply(next, now), slip.text);
    text = apply(change, text);
    const answer = result === '' ? null : printed(end, result);
    steps.push({
      text: `${variable} = "${text}".`,
      wrong: [
        {
          text: `${variable} = "${slip.text}".`,
          ...(answer === null ? {} : { after: [`It prints ${answer}.`] }),
          answer,
          why: slip.why,
        },
      ],
    });
  }
  const answer = printed(end, text);
  const other = end === 'word' ? word : end === 'length' ? String(text.length - 1) : printed(end, word);
  const whys = {
    word: 'That is the word at the start.',
    length: `"${text}" has ${text.length} letters: the last place has the number ${text.length - 1}.`,
    first: 'That is of the word at the start.',
    last: 'That is of the word at the start.',
  };
  steps.push({
    text: `It prints ${answer}.`,
    wrong: [{ text: `It prints ${other}.`, answer: other, why: whys[end] }],
  });
  return { steps, answer };
}

/** What one might take a line for. */
function misread(change: Change, text: string): { readonly text: string; readonly why: string } {
  switch (change[0]) {
    case 'reverse':
      return {
        text: text.at(-1)! + text.slice(1, -1) + text[0]!,
        why: 'All letters change places, not only the first and the last.',
      };
    case 'rotate':
      return { text: text.at(-1)! + text.slice(0, -1), why: 'The first letter goes to the end.' };
    case 'double':
      return {
        text: [...text].map((one) => one + one).join(''),
        why: 'The whole word is written twice, not each letter.',
      };
    case 'drop':
      return { text: text.slice(change[1] - 1), why: `Places count from 0, so ${change[1]} letters go.` };
    case 'keep':
      return {
        text: text.slice(0, change[1] + 1),
        why: `The letter at place ${change[1]} is no longer taken.`,
      };
    case 'cut':
      return { text: text.slice(-change[1]), why: 'The last letters go, the others stay.' };
    case 'append':
      return { text: change[1] + text, why: 'What stands on the right of + comes after.' };
    case 'prepend':
      return { text: text + change[1], why: 'What stands on the left of + comes first.' };
    case 'replace':
      return {
        text: text.split(change[2]).join(change[1]),
        why: `"${change[1]}" is replaced by "${change[2]}", not the other way.`,
      };
  }
}

export const stringPrograms: Generator<Core> = {
  name: 'string_programs',
  title: 'Programs that work on words',
  domain: 'code',
  abilities: ['execution'],
  why: 'A program cuts, turns and joins strings, and each line builds on the one before.',
  kind: 'generate',
  chance: 0.03,
  levels: [1, 2, 3, 4],
  templates: QUESTIONS.length,
  sample,
  perturb,
  aside: (_core, random) => idleLine(random),
  pose,
  resolve: (core) => printedBy(programOf(core, 's')),
};
