/**
 * Closing what is open: a text of four kinds of brackets is cut off, and the missing closing brackets are asked for.
 * The core is that text. Level L begins with 3L + 1 to 3L + 3 brackets, of which up to L + 2 are still open.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Step, Surface } from '../generator.ts';
import { between, happens } from '../random-choice.ts';
import { plainAside } from '../words.ts';

const OPEN = '([{<';
const CLOSE = ')]}>';

const closing = (bracket: string): string => CLOSE[OPEN.indexOf(bracket)]!;

function sample(random: RandomStream, level: number): string {
  return write(random, between(random, 3 * level + 1, 3 * level + 3), between(random, 2, level + 2));
}

/** A text of about `length` brackets with `open` of them left open. */
function write(random: RandomStream, length: number, open: number): string {
  let closes = Math.max(0, (length - open) >> 1);
  let opens = open + closes;
  let text = '';
  let stack = '';
  while (opens + closes > 0) {
    const closesNow =
      closes > 0 && stack !== '' && (opens === 0 || happens(random, closes / (opens + closes)));
    if (closesNow) {
      text += closing(stack.at(-1)!);
      stack = stack.slice(0, -1);
      closes--;
    } else {
      const bracket = OPEN[random.below(4)]!;
      text += bracket;
      stack += bracket;
      opens--;
    }
  }
  return text;
}

/** Opens and closes at the same places, with other brackets. */
function perturb(text: string, random: RandomStream): string {
  const stack: string[] = [];
  let other = '';
  for (const one of text) {
    if (OPEN.includes(one)) {
      stack.push(OPEN[random.below(4)]!);
      other += stack.at(-1)!;
    } else other += closing(stack.pop()!);
  }
  return other;
}

const QUESTIONS: readonly ((text: string) => string)[] = [
  (text) => `Close all open brackets: ${text}`,
  (text) => `Which closing brackets are missing at the end of ${text} ?`,
  (text) => `${text}\nWrite the brackets that close this, and no more.`,
  (text) => `Here are brackets: ${text} Some are still open. Close them in the right order.`,
];

function pose(text: string, { template, aside }: Surface): Posed {
  const question = QUESTIONS[template]!([...text].join(' '));
  const { steps, answer } = solve(text);
  return { question: aside === null ? question : `${aside} ${question}`, answer, steps };
}

/** Keeps the open brackets, the last one at the end. */
function solve(text: string): { steps: Step[]; answer: string } {
  const steps: Step[] = [];
  let open = '';
  for (const [at, one] of [...text].entries()) {
    if (OPEN.includes(one)) {
      open += one;
      steps.push({ text: `${one} opens: ${spaced(open)}.` });
      continue;
    }
    const closed = open.at(-1)!;
    const kept = open;
    open = open.slice(0, -1);
    const forgot = after(kept, text.slice(at + 1));
    steps.push({
      text: `${one} closes ${closed}: ${open === '' ? 'none' : spaced(open)}.`,
      wrong: [
        {
          text: `${one} closes ${closed}: ${spaced(kept)}.`,
          after: [`In the end ${spaced(forgot)} are open.`],
          answer: closers(forgot),
          why: `The ${closed} is closed now and no longer open.`,
        },
      ],
    });
  }
  const answer = closers(open);
  const forward = spaced([...open].map(closing).join(''));
  steps.push({
    text: `The last one closes first: ${answer}.`,
    wrong: [
      {
        text: `Closed in order: ${forward}.`,
        answer: forward,
        why: 'What was opened last must be closed first.',
      },
      {
        text: `The last one closes: ${answer[0]!}.`,
        answer: answer[0]!,
        why: `${open.length} brackets are open, not one.`,
      },
    ],
  });
  return { steps, answer };
}

const spaced = (text: string): string => [...text].join(' ');
const closers = (open: string): string => spaced([...open].reverse().map(closing).join(''));

/** The open brackets when the rest is read with these open. */
function after(open: string, rest: string): string {
  let stack = open;
  for (const one of rest) stack = OPEN.includes(one) ? stack + one : stack.slice(0, -1);
  return stack;
}

/** Takes closed pairs out until none is left; what remains is mirrored. */
function resolve(text: string): string {
  let rest = text;
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replace(/\(\)|\[\]|\{\}|<>/g, '');
  }
  const mirror: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };
  return rest
    .split('')
    .map((one) => mirror[one]!)
    .reverse()
    .join('');
}

/** With or without spaces. */
function accepts(text: string, stated: string): boolean {
  const bare = stated.replace(/\s/g, '');
  let open = '';
  for (const one of text) open = OPEN.includes(one) ? open + one : open.slice(0, -1);
  return bare.length === open.length && [...bare].every((one, i) => one === closing(open.at(-1 - i)!));
}

export const bracketCompletion: Generator<string> = {
  name: 'bracket_completion',
  title: 'Closing brackets',
  domain: 'symbolic',
  abilities: ['nesting', 'state-tracking'],
  why: 'Which brackets are open is a stack that grows and shrinks with every sign read.',
  kind: 'generate',
  chance: 0.02,
  levels: [1, 2, 3, 4],
  templates: QUESTIONS.length,
  sample,
  perturb,
  aside: (_core, random) => plainAside(random),
  pose,
  accepts,
  resolve,
};
