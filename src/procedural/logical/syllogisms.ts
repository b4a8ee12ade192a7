/**
 * Syllogisms: from "all", "no", "some" and "some not" about neighbouring kinds, how many of the first kind are of the
 * last one? The premises form a path from the one kind to the other; three more premises about other kinds complete
 * the set, so that every problem has the same words (one "no", one "some", one "some not", else "all") and only who
 * stands where decides. No answer depends on whether a kind may be empty.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Step, Surface, WrongTurn } from '../generator.ts';
import { happens, pick, several, shuffled } from '../random-choice.ts';
import { capital, withAside } from '../telling.ts';
import { ASIDE_KINDS, KINDS } from '../words.ts';

/**
 * `kinds`: along the path asked about, then those of the other premises. `links`: a letter for each premise between
 * neighbours X and Y: A all X are Y, R all Y are X, E no X are Y, I some X are Y, O some X are not Y, P some Y are
 * not X. The last three are the other premises.
 */
interface Core {
  readonly kinds: readonly string[];
  readonly links: string;
}

const OTHERS = 3;
const ANSWERS = { A: 'all', E: 'none', I: 'some', O: 'not all', U: 'unknown' } as const;
type Known = keyof typeof ANSWERS;
const CHOICES = Object.values(ANSWERS);
const FOLLOWING = ['A', 'E', 'I', 'O'];
const LETTERS = [...FOLLOWING, 'U'];

/**
 * What is known of the first kind and the next one, from what is known of the first and this one and the premise
 * between this one and the next. What is missing says nothing of how many of the first kind there are.
 */
const COMBINED: Readonly<Record<string, string>> = {
  AA: 'A',
  AE: 'E',
  ER: 'E',
  RR: 'R',
  RI: 'I',
  RO: 'O',
  IA: 'I',
  IE: 'O',
  OR: 'O',
  // "All A are B, all A are C" says that some B are C only if there are any A: such paths are not asked about.
  RA: '?',
  RE: '?',
};

/** The letter that the whole path amounts to: of `ANSWERS` when it may be asked about. */
function meaning(path: string): string {
  let known = path[0]!;
  for (let i = 1; i < path.length && known !== '?'; i++) known = COMBINED[known + path[i]!] ?? 'U';
  return known;
}

function sample(random: RandomStream, level: number): Core {
  const size = level + 1;
  const answer = pick(random, LETTERS);
  const whole = validPath(random, answer === 'U' ? pick(random, FOLLOWING) : answer, size);
  const path = answer === 'U' ? broken(random, whole) : whole;
  // The words that the path lacks. A turned "some not" is still one.
  const rest = 'EIO'
    .split('')
    .filter((letter) => !path.includes(letter) && !(letter === 'O' && /P/.test(path)));
  while (rest.length < OTHERS) rest.push('A');
  const others = shuffled(random, rest).map((letter) => (happens(random, 0.5) ? turned(letter) : letter));
  return { kinds: several(random, KINDS, size + 1 + OTHERS + 1), links: path + others.join('') };
}

/** A path from which the answer follows. */
function validPath(random: RandomStream, answer: string, size: number): string {
  const at = random.below(size);
  const after = size - 1 - at;
  if (answer === 'A') return 'A'.repeat(size);
  if (answer === 'E') return `${'A'.repeat(at)}E${'R'.repeat(after)}`;
  if (answer === 'I') return `${'R'.repeat(at)}I${'A'.repeat(after)}`;
  if (after === 0 || happens(random, 0.4)) return `${'R'.repeat(at)}O${'R'.repeat(after)}`;
  const no = random.below(after);
  return `${'R'.repeat(at)}I${'A'.repeat(no)}E${'R'.repeat(after - 1 - no)}`;
}

const turned = (letter: string): string => ({ A: 'R', R: 'A', O: 'P', P: 'O' })[letter] ?? letter;

/** The same premises, some turned around or moved, so that nothing follows. */
function broken(random: RandomStream, whole: string): string {
  for (;;) {
    const letters = happens(random, 0.5) ? whole.split('') : shuffled(random, whole.split(''));
    const at = random.below(letters.length);
    letters[at] = turned(letters[at]!);
    if (happens(random, 0.3)) {
      const other = random.below(letters.length);
      letters[other] = turned(letters[other]!);
    }
    const path = letters.join('');
    if (meaning(path) === 'U') return path;
  }
}

/** How the four forms are told; x and y are kinds. */
const WORDINGS: readonly {
  readonly all: (x: string, y: string) => string;
  readonly no: (x: string, y: string) => string;
  readonly some: (x: string, y: string) => string;
  readonly someNot: (x: string, y: string) => string;
  readonly ask: (x: string, y: string, choices: string) => string;
}[] = [
  {
    all: (x, y) => `All ${x}s are ${y}s.`,
    no: (x, y) => `No ${x}s are ${y}s.`,
    some: (x, y) => `Some ${x}s are ${y}s.`,
    someNot: (x, y) => `Some ${x}s are not ${y}s.`,
    ask: (x, y, choices) => `How many ${x}s are ${y}s: ${choices}?`,
  },
  {
    all: (x, y) => `Every ${x} is a ${y}.`,
    no: (x, y) => `No ${x} is a ${y}.`,
    some: (x, y) => `At least one ${x} is a ${y}.`,
    someNot: (x, y) => `At least one ${x} is not a ${y}.`,
    ask: (x, y, choices) => `What follows about how many ${x}s are ${y}s? Say ${choices}.`,
  },
  {
    all: (x, y) => `Each ${x} is a ${y}.`,
    no: (x, y) => `Nothing is both a ${x} and a ${y}.`,
    some: (x, y) => `Something is both a ${x} and a ${y}.`,
    someNot: (x, y) => `Something is a ${x} and not a ${y}.`,
    ask: (x, y, choices) => `Of the ${x}s, how many are ${y}s: ${choices}?`,
  },
];

function pose({ kinds, links }: Core, { template, random, aside }: Surface): Posed {
  const size = links.length - OTHERS;
  const wording = WORDINGS[template]!;
  const tell = (letter: string, x: string, y: string): string => {
    if (letter === 'A') return wording.all(x, y);
    if (letter === 'R') return wording.all(y, x);
    if (letter === 'O') return wording.someNot(x, y);
    if (letter === 'P') return wording.someNot(y, x);
    const [first, second] = happens(random, 0.5) ? [x, y] : [y, x];
    return letter === 'E' ? wording.no(first, second) : wording.some(first, second);
  };
  const told = links.split('').map((letter, i) => {
    // The second path begins with a kind of its own.
    const at = i < size ? i : i + 1;
    return tell(letter, kinds[at]!, kinds[at + 1]!);
  });
  const sentences = withAside(random, shuffled(random, told), aside);
  const options = happens(random, 0.5)
    ? 'all, some, not all, none or unknown'
    : 'all, none, some, not all or unknown';
  const ask = wording.ask(kinds[0]!, kinds[size]!, options);
  const { steps, answer } = follow(links.slice(0, size), kinds);
  return { question: `${sentences.join(' ')} ${ask}`, answer, choices: CHOICES, steps };
}

/** What a letter says of x and y. */
function said(letter: string, x: string, y: string): string {
  if (letter === 'A') return `all ${x}s are ${y}s`;
  if (letter === 'R') return `all ${y}s are ${x}s`;
  if (letter === 'E') return `no ${x}s are ${y}s`;
  if (letter === 'I') return `some ${x}s are ${y}s`;
  return letter === 'O' ? `some ${x}s are not ${y}s` : `some ${y}s are not ${x}s`;
}

/** Takes in one premise a step. */
function follow(path: string, kinds: readonly string[]): { steps: Step[]; answer: string } {
  const first = kinds[0]!;
  const last = kinds[path.length]!;
  const steps: Step[] = [];
  let known = path[0]!;
  for (let i = 1; i < path.length; i++) {
    const here = kinds[i]!;
    const next = kinds[i + 1]!;
    const link = path[i]!;
    const given = `${capital(said(known, first, here))} and ${said(link, here, next)}`;
    const combined = COMBINED[known + link];
    if (combined === undefined) {
      const goesOn = i < path.length - 1;
      const text = `${given}, so a ${first} may be a ${next} or not${goesOn ? `, and so it is with ${last}s` : ''}.`;
      const seeming = seems(known, link);
      const wrong = {
        text: `${given}, so ${said(seeming, first, last)}.`,
        answer: ANSWERS[seeming],
        why: fault(known, link, first, here, next),
      };
      steps.push({ text, wrong: [wrong] });
      return { steps, answer: ANSWERS.U };
    }
    const isLast = i === path.length - 1;
    steps.push({
      text: `${given}, so ${said(combined, first, next)}.`,
      wrong: isLast ? slips(combined as Known, given, first, next) : [],
    });
    known = combined;
  }
  return { steps, answer: ANSWERS[known as Known] };
}

/** What one would take to follow by the sound of it. */
function seems(known: string, link: string): Known {
  const isPartial = /[IOP]/.test(known + link);
  return /[EOP]/.test(known + link) ? (isPartial ? 'O' : 'E') : isPartial ? 'I' : 'A';
}

function fault(known: string, link: string, first: string, here: string, next: string): string {
  if (/[EOP]/.test(known) && /[EOP]/.test(link)) return 'Nothing follows from two sentences that both deny.';
  if (known === 'A' && link === 'R') return `Both are ${here}s, but they may be different ${here}s.`;
  if (known === 'E' && link === 'A') return `A ${first} is no ${here}, but a ${next} need not be a ${here}.`;
  return `The ${here}s of which the one sentence speaks may be others than those of the other.`;
}

/** Too little or too much taken from a sound conclusion. */
function slips(known: Known, given: string, first: string, next: string): WrongTurn[] {
  const gaveUp: WrongTurn = {
    text: `${given}, so a ${first} may be a ${next} or not.`,
    answer: ANSWERS.U,
    why: `It does follow that ${said(known, first, next)}.`,
  };
  const other: Known = ({ A: 'I', E: 'O', I: 'A', O: 'E', U: 'A' } as const)[known];
  const why =
    known === 'A' || known === 'E'
      ? `That is true, but more follows: ${said(known, first, next)}.`
      : `It follows for some ${first}s only.`;
  return [gaveUp, { text: `${given}, so ${said(other, first, next)}.`, answer: ANSWERS[other], why }];
}

/**
 * Looks at every sort of thing there can be, that is, at every set of kinds it may belong to. The premises with "all"
 * and "no" rule sorts out; those with "some" promise a thing of one of several sorts.
 */
function resolve({ kinds, links }: Core): string {
  const size = links.length - OTHERS;
  const premises = links.split('').map((letter, i) => {
    const at = i < size ? i : i + 1;
    const pair = [1 << at, 1 << (at + 1)] as const;
    const [x, y] = letter === 'R' || letter === 'P' ? [pair[1], pair[0]] : pair;
    return { form: letter === 'R' ? 'A' : letter === 'P' ? 'O' : letter, x, y };
  });
  const sorts: number[] = [];
  for (let sort = 0; sort < 1 << kinds.length; sort++) {
    const isRuledOut = premises.some(
      ({ form, x, y }) =>
        (sort & x) > 0 && ((form === 'A' && !(sort & y)) || (form === 'E' && (sort & y) > 0)),
    );
    if (!isRuledOut) sorts.push(sort);
  }
  const isFirst = (sort: number): boolean => (sort & 1) > 0;
  const isLast = (sort: number): boolean => (sort & (1 << size)) > 0;
  const promises = premises
    .filter(({ form }) => form === 'I' || form === 'O')
    .map(({ form, x, y }) => sorts.filter((sort) => sort & x && Boolean(sort & y) === (form === 'I')));
  const someOfEachKind = kinds.map((_, i) => sorts.filter((sort) => sort & (1 << i)));
  const conclude = (there: readonly (readonly number[])[]): string => {
    if (there.some((possible) => possible.length === 0)) return 'a contradiction';
    if (sorts.every((sort) => !isFirst(sort) || isLast(sort))) return ANSWERS.A;
    if (sorts.every((sort) => !isFirst(sort) || !isLast(sort))) return ANSWERS.E;
    const some = there.some((possible) => possible.every((sort) => isFirst(sort) && isLast(sort)));
    const someNot = there.some((possible) => possible.every((sort) => isFirst(sort) && !isLast(sort)));
    return some && someNot ? 'two answers' : some ? ANSWERS.I : someNot ? ANSWERS.O : ANSWERS.U;
  };
  const answer = conclude(promises);
  return answer === conclude([...promises, ...someOfEachKind]) ? answer : 'depends on empty kinds';
}

export const syllogisms: Generator<Core> = {
  name: 'syllogisms',
  title: 'Syllogisms over invented kinds',
  domain: 'logical',
  abilities: ['deduction'],
  why: 'What follows from all, no and some by the form of the sentences alone.',
  kind: 'choice',
  weighed: true,
  chance: 1 / 5,
  levels: [1, 2, 3, 4],
  templates: WORDINGS.length,
  sample,
  perturb: ({ kinds, links }, random) => ({ kinds: several(random, KINDS, kinds.length), links }),
  aside: (_core, random) => {
    const [x, y] = several(random, ASIDE_KINDS, 2) as [string, string];
    return pick(random, [`All ${x}s are ${y}s.`, `Some ${x}s are ${y}s.`, `No ${x}s are ${y}s.`]);
  },
  pose,
  resolve,
};
