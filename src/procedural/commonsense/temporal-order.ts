/**
 * Temporal order: what was done in a day or a week, told in any order. Some doings have a time ("in the evening"), the
 * others hang on one of these ("right after they ate"). That the morning comes before the evening, and Tuesday before
 * Friday, is not said.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Step, Surface, WrongTurn } from '../generator.ts';
import { happens, pick, several, shuffled } from '../random-choice.ts';
import { capital, withAside } from '../telling.ts';
import { DAYS, NAMES, plainAside } from '../words.ts';

/**
 * `order`: what was done, first to last. `times`: for each the place of its time in the frame, or -1. `joined`: a `+`
 * for neighbours that are told to follow each other at once, else a `|`; each run so joined has one time. `asked`:
 * `first`, `last`, `before` or `after` another one, and the place in `order` of the answer.
 */
interface Core {
  readonly asked: readonly [Form, number];
  readonly frame: Frame;
  readonly joined: string;
  readonly order: readonly string[];
  readonly times: readonly number[];
}

type Form = 'first' | 'last' | 'before' | 'after';
type Frame = 'day' | 'hours' | 'meals' | 'week';

const FRAMES: Readonly<Record<Frame, readonly string[]>> = {
  day: 'in the morning,at noon,in the afternoon,in the evening,at night'.split(','),
  meals: 'at breakfast,at lunch,at dinner'.split(','),
  hours: [1, 2, 3, 4, 5, 6, 7, 8, 9].map((hour) => `at ${hour}`),
  week: DAYS.map((day) => `on ${day}`),
};
const FRAME_NAMES: readonly Frame[] = ['day', 'hours', 'meals', 'week'];

/** Past forms that need no object. */
const DOINGS: readonly string[] =
  'cooked danced drew ran read rested sang shopped skated swam walked washed worked wrote'.split(' ');

function sample(random: RandomStream, level: number): Core {
  const size = level + 2;
  const frame = pick(random, FRAME_NAMES);
  // Two or three groups, each with one time.
  const groups = size > 3 && happens(random, 0.5) ? 3 : 2;
  const cuts = several(random, SPOTS.slice(0, size - 1), groups - 1);
  let joined = '';
  for (let i = 0; i < size - 1; i++) joined += cuts.includes(i) ? '|' : '+';
  const slots = several(random, SPOTS.slice(0, FRAMES[frame].length), groups).sort();
  const times: number[] = new Array(size).fill(-1);
  let begin = 0;
  for (const slot of slots) {
    const end = joined.indexOf('|', begin);
    const length = (end < 0 ? size - 1 : end) - begin + 1;
    times[begin + random.below(length)] = slot;
    begin += length;
  }
  return { asked: ask(random, size), frame, joined, order: several(random, DOINGS, size), times };
}

const SPOTS = [0, 1, 2, 3, 4, 5, 6, 7, 8];

/** A question about any place: what comes before and after is not always told by one sentence, so neither is it never. */
function ask(random: RandomStream, size: number): [Form, number] {
  const form = pick(random, FORMS);
  if (form === 'first') return [form, 0];
  if (form === 'last') return [form, size - 1];
  return [form, random.below(size - 1) + (form === 'after' ? 1 : 0)];
}

const FORMS: readonly Form[] = ['first', 'last', 'before', 'after'];

interface Wording {
  readonly we: (a: string, b: string) => string;
  readonly they: string;
  readonly timed: (who: string, doing: string, time: string) => string;
  /** The one who is told first comes first in the sentence. */
  readonly joined: readonly ((who: string, they: string, earlier: string, later: string) => string)[];
}

const JOINED: Wording['joined'] = [
  (who, they, earlier, later) => `${who} ${earlier} right before ${they} ${later}.`,
  (who, they, earlier, later) => `${who} ${later} right after ${they} ${earlier}.`,
  (who, they, earlier, later) => `Right after ${who} ${earlier}, ${they} ${later}.`,
  (who, they, earlier, later) => `Right before ${who} ${later}, ${they} ${earlier}.`,
];

const WORDINGS: readonly Wording[] = [
  {
    we: (a, b) => `${a} and ${b}`,
    they: 'they',
    timed: (who, doing, time) => `${who} ${doing} ${time}.`,
    joined: JOINED,
  },
  {
    we: () => 'I',
    they: 'I',
    timed: (who, doing, time) => `${capital(time)} ${who} ${doing}.`,
    joined: JOINED,
  },
  {
    we: () => 'you',
    they: 'you',
    timed: (who, doing, time) => `It was ${time} that ${who} ${doing}.`,
    joined: [
      (who, they, earlier, later) => `First ${who} ${earlier}, and at once after that ${they} ${later}.`,
      (who, they, earlier, later) => `${who} ${later}, and just before that ${they} ${earlier}.`,
    ],
  },
];

function pose({ asked, frame, joined, order, times }: Core, { template, random, aside }: Surface): Posed {
  const wording = WORDINGS[template]!;
  const [a, b] = several(random, NAMES, 2) as [string, string];
  const { they } = wording;
  let who = wording.we(a, b);
  const [form, place] = asked;
  const ask = question(form, order, place, who, they);
  // What is told: the doings with a time, and from `size` on the neighbours that are joined.
  const size = order.length;
  const facts: number[] = [];
  for (let i = 0; i < size; i++) {
    if (times[i]! >= 0) facts.push(i);
    if (joined[i] === '+') facts.push(size + i);
  }
  const told: string[] = [];
  for (const fact of shuffled(random, facts)) {
    const i = fact % size;
    const sentence =
      fact < size
        ? wording.timed(who, order[i]!, FRAMES[frame][times[i]!]!)
        : pick(random, wording.joined)(who, they, order[i]!, order[i + 1]!);
    told.push(capital(sentence));
    who = they;
  }
  // The clause does not stand before the names of those who are meant by "they".
  const first = told.splice(0, 1);
  const sentences = [...first, ...withAside(random, told, aside)];
  // What the question itself names cannot be the answer.
  const named = form === 'before' ? place + 1 : form === 'after' ? place - 1 : -1;
  const choices = order.filter((_, i) => i !== named);
  const { answer, steps } = solve({ asked, frame, joined, order, times }, they);
  return { question: `${sentences.join(' ')} ${ask}`, answer, choices, steps };
}

function question(form: Form, order: readonly string[], place: number, who: string, they: string): string {
  if (form === 'before') return `What was the last thing ${who} did before ${they} ${order[place + 1]!}?`;
  if (form === 'after') return `What was the first thing ${who} did after ${they} ${order[place - 1]!}?`;
  return `What did ${who} do ${form}?`;
}

/** The answer when things were done in another order; null when there is none. */
function answerIn(order: readonly string[], form: Form, from: string | undefined): string | null {
  if (form === 'first') return order[0]!;
  if (form === 'last') return order.at(-1)!;
  return order[order.indexOf(from!) + (form === 'before' ? -1 : 1)] ?? null;
}

function solve(
  { asked, frame, joined, order, times }: Core,
  they: string,
): { answer: string; steps: Step[] } {
  const [form, place] = asked;
  const from = form === 'before' ? order[place + 1] : order[place - 1];
  const turn = (text: string, other: readonly string[], why: string): WrongTurn => ({
    text,
    after: [`The order is ${other.join(', ')}.`],
    answer: answerIn(other, form, from),
    why,
  });
  const runs = runsOf(joined);
  const slots = times.filter((time) => time >= 0).map((time) => FRAMES[frame][time]!);
  const backwards = [...runs].reverse().flatMap((run) => run.map((i) => order[i]!));
  const steps: Step[] = [
    {
      text: `The times in order: ${slots.join(', ')}.`,
      wrong: [
        turn(
          `The times in order: ${[...slots].reverse().join(', ')}.`,
          backwards,
          `"${slots.at(-1)!}" is the latest.`,
        ),
      ],
    },
  ];
  for (const run of runs) {
    const timed = run.find((i) => times[i]! >= 0)!;
    steps.push({ text: `${capital(they)} ${order[timed]!} ${FRAMES[frame][times[timed]!]!}.` });
    const reach = (i: number, side: 'before' | 'after'): Step => {
      const near = side === 'before' ? i + 1 : i - 1;
      const swapped = [...order];
      swapped[i] = order[near]!;
      swapped[near] = order[i]!;
      const text = (way: string): string => `Right ${way} ${they} ${order[near]!}, ${they} ${order[i]!}.`;
      const why = `It is the other way around: ${they} ${order[i]!} ${side} ${they} ${order[near]!}.`;
      return { text: text(side), wrong: [turn(text(side === 'before' ? 'after' : 'before'), swapped, why)] };
    };
    for (let i = timed - 1; i >= run[0]!; i--) steps.push(reach(i, 'before'));
    for (let i = timed + 1; i <= run.at(-1)!; i++) steps.push(reach(i, 'after'));
  }
  const answer = order[place]!;
  const opposite: Form = ({ first: 'last', last: 'first', before: 'after', after: 'before' } as const)[form];
  const other = answerIn(order, opposite, from);
  const whole = `The order is ${order.join(', ')}.`;
  const what = from === undefined || form === 'first' || form === 'last' ? form : `${form} they ${from}`;
  steps.push({
    text: `${whole} What came ${what.replace('they', they)}: ${answer}.`,
    wrong: [
      {
        text: `${whole} So it is ${other ?? answer}.`,
        answer: other,
        why: `The question asks for what came ${what.replace('they', they)}.`,
      },
    ],
  });
  return { answer, steps };
}

/** Places joined to one another. */
function runsOf(joined: string): number[][] {
  const runs = [[0]];
  for (let i = 0; i < joined.length; i++) {
    if (joined[i] === '+') runs.at(-1)!.push(i + 1);
    else runs.push([i + 1]);
  }
  return runs;
}

/** Tries every order. */
function resolve({ asked, joined, order, times }: Core): string {
  const size = order.length;
  const answers = new Set<string>();
  const [form, place] = asked;
  const extend = (row: readonly number[]): void => {
    const last = row.at(-1);
    if (last !== undefined && row.length > 1) {
      const previous = row.at(-2)!;
      // Whoever is told to follow at once must follow, and nobody else may come between.
      if (joined[last - 1] === '+' && previous !== last - 1) return;
      if (joined[previous] === '+' && last !== previous + 1) return;
      if (times[last]! >= 0 && row.some((i) => times[i]! > times[last]!)) return;
    } else if (last !== undefined && joined[last - 1] === '+') return;
    if (row.length === size) {
      const told = form === 'before' ? place + 1 : place - 1;
      const at = { first: 0, last: size - 1, before: row.indexOf(told) - 1, after: row.indexOf(told) + 1 }[
        form
      ];
      answers.add(order[row[at]!] ?? 'nothing');
    }
    for (let i = 0; i < size; i++) if (!row.includes(i)) extend([...row, i]);
  };
  extend([]);
  return [...answers].join(' or ');
}

export const temporalOrder: Generator<Core> = {
  name: 'temporal_order',
  title: 'What came before what',
  domain: 'commonsense',
  abilities: ['temporal-order'],
  why: 'The order of the times of a day and the days of a week is not told: everybody knows it.',
  kind: 'choice',
  // 3, 4, 5 and 6 doings at the four levels, and one less to choose from in every second question.
  chance: (1 / 2 + 2 / 3 + 2 / 4 + 2 / 5 + 1 / 6) / 8,
  levels: [1, 2, 3, 4],
  templates: WORDINGS.length,
  sample,
  perturb: (core, random) => ({
    asked: core.asked,
    frame: core.frame,
    joined: core.joined,
    order: several(random, DOINGS, core.order.length),
    times: core.times,
  }),
  aside: (_core, random) => plainAside(random),
  pose,
  resolve,
};
