/**
 * Knights always tell the truth, knaves always lie: who is what? One statement settles somebody whoever says it ("Ben
 * and I are of the same kind": a knight says so of knights only, and so does a knave); from there, what is known of
 * one person settles the next. Often somebody else speaks who need not be heard.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Step, Surface, WrongTurn } from '../generator.ts';
import { happens, pick, several, shuffled } from '../random-choice.ts';
import { capital, listed, withAside } from '../telling.ts';
import { ASIDE_NAMES, NAMES, plainAside } from '../words.ts';

/**
 * `said`: "speaker claim name", or "speaker claim name name", by speaker. Claims:
 * `knight`, `knave`: of another person; `same`, `different`: that person and the speaker, or two persons, are of one
 * kind or not; `knaves`: that person and the speaker are both knaves; `either`: at least one of them is a knave.
 */
interface Core {
  readonly asked: readonly [string, string];
  readonly said: readonly string[];
}

/** Level L asks about L + 1 people, of whom the last two to be settled are named in the question. */
function sample(random: RandomStream, level: number): Core {
  const size = level + 1;
  const people = several(random, NAMES, size + 1);
  const isKnight = people.map(() => happens(random, 0.5));
  const said: string[] = [];
  const say = (speaker: number, isTrue: (truth: boolean) => string): void => {
    said.push(`${people[speaker]!} ${isTrue(isKnight[speaker]!)}`);
  };
  /** Who is settled and has not spoken. */
  const silent: number[] = [];
  let next = 1;
  /** Who said the first thing: what that one says of others is open until somebody else settles him. */
  let first = -1;
  if (isKnight[0] !== isKnight[1] && happens(random, 0.35)) {
    say(0, (truth) => `${truth ? 'either' : 'knaves'} ${people[1]!}`);
    silent.push(1);
    next = 2;
  } else {
    first = 1 + random.below(size - 1);
    said.push(`${people[first]!} ${isKnight[0] ? 'same' : 'different'} ${people[0]!}`);
    silent.push(0);
  }
  for (let i = next; i < size; i++) {
    if (silent.length > 0 && (i === first || happens(random, 0.5))) {
      const speaker = silent.pop()!;
      const third = random.below(i);
      if (third !== speaker && happens(random, 0.6)) {
        const both = [people[i]!, people[third]!].sort().join(' ');
        say(
          speaker,
          (truth) => `${(isKnight[i] === isKnight[third]) === truth ? 'same' : 'different'} ${both}`,
        );
      } else {
        say(speaker, (truth) => `${isKnight[i] === truth ? 'knight' : 'knave'} ${people[i]!}`);
      }
      silent.push(i);
    } else {
      const other = random.below(i);
      say(i, (truth) => `${isKnight[other] === truth ? 'knight' : 'knave'} ${people[other]!}`);
    }
  }
  if (happens(random, 0.6)) {
    const other = random.below(size);
    say(size, (truth) => `${isKnight[other] === truth ? 'knight' : 'knave'} ${people[other]!}`);
  }
  return { asked: pairOf(people[size - 2]!, people[size - 1]!), said: said.sort() };
}

const pairOf = (a: string, b: string): [string, string] => (a < b ? [a, b] : [b, a]);

function perturb({ asked, said }: Core, random: RandomStream): Core {
  const free = shuffled(random, NAMES);
  const names = new Map<string, string>();
  const rename = (name: string): string => {
    if (!names.has(name)) names.set(name, free[names.size]!);
    return names.get(name)!;
  };
  const renamed = said.map((one) => {
    const [speaker, claim, ...about] = one.split(' ') as [string, string, ...string[]];
    return [rename(speaker), claim, ...about.map(rename).sort()].join(' ');
  });
  return { asked: pairOf(rename(asked[0]), rename(asked[1])), said: renamed.sort() };
}

interface Said {
  readonly speaker: string;
  readonly claim: string;
  readonly about: string;
  /** For a claim about two people. */
  readonly other: string | undefined;
}

const read = (said: string): Said => {
  const [speaker, claim, about, other] = said.split(' ') as [string, string, string, string?];
  return { speaker, claim, about, other };
};

type Kinds = ReadonlyMap<string, boolean>;
const word = (isKnight: boolean): string => (isKnight ? 'knight' : 'knave');

/** What a claim says, by someone who calls himself `me`; `I` where he speaks himself. */
function claimed({ claim, about, other, speaker }: Said, isDirect: boolean): string {
  const [I, me] = isDirect ? ['I', 'me'] : [speaker, speaker];
  if (claim === 'knight' || claim === 'knave') return `${about} is a ${claim}`;
  if (claim === 'knaves') return `${about} and ${I} are both knaves`;
  if (claim === 'either') return `at least one of ${about} and ${me} is a knave`;
  return `${about} and ${other ?? I} are of ${claim === 'same' ? 'the same kind' : 'different kinds'}`;
}

const WORDINGS: readonly {
  readonly rules: string;
  readonly says: (said: Said) => string;
  readonly ask: (a: string, b: string) => string;
}[] = [
  {
    rules: 'Knights always tell the truth and knaves always lie.',
    says: (said) => `${said.speaker} says: "${capital(claimed(said, true))}."`,
    ask: (a, b) => `Which of ${a} and ${b} are knights`,
  },
  {
    rules:
      'Each of them is a knight or a knave. A knave says only what is false, a knight only what is true.',
    says: (said) => `"${capital(claimed(said, true))}," says ${said.speaker}.`,
    ask: (a, b) => `Who of ${a} and ${b} is a knight`,
  },
  {
    rules: 'A knight never lies and a knave always does.',
    says: (said) => `${said.speaker} says that ${claimed(said, false)}.`,
    ask: (a, b) => `Are ${a} and ${b} knights`,
  },
];

function pose({ asked, said }: Core, { template, random, aside }: Surface): Posed {
  const wording = WORDINGS[template]!;
  const statements = said.map(read);
  const told = withAside(random, shuffled(random, statements).map(wording.says), aside);
  const [a, b] = shuffled(random, asked) as [string, string];
  const choices = ['both', 'neither', `only ${asked[0]}`, `only ${asked[1]}`];
  const options = shuffled(random, ['both', 'neither', `only ${a}`, `only ${b}`]);
  const question = `${wording.rules} ${told.join(' ')} ${wording.ask(a, b)}: ${listed(options, 'or')}?`;
  const { steps, answer } = derive(statements, asked);
  return { question, answer, choices, steps };
}

/** A statement used to settle one person, or for `either` and `knaves` the speaker and the other. */
interface Use {
  readonly said: Said;
  readonly who: string;
}

function derive(said: readonly Said[], asked: readonly [string, string]): { steps: Step[]; answer: string } {
  const uses: Use[] = [];
  const kinds = new Map<string, boolean>();
  const open = [...said];
  while (!(kinds.has(asked[0]) && kinds.has(asked[1]))) {
    const found = open.findIndex((one) => settles(one, kinds) !== null);
    const use = { said: open[found]!, who: settles(open[found]!, kinds)! };
    open.splice(found, 1);
    uses.push(use);
    settle(use, kinds);
  }
  const needed = neededFor(asked, uses);
  const answer = told(asked, kinds);
  const steps: Step[] = needed.map((use, i) => {
    const before = new Map<string, boolean>();
    for (const earlier of needed.slice(0, i)) settle(earlier, before);
    return { text: explain(use, kinds), wrong: mistakes(use, kinds, before, needed.slice(i + 1), asked) };
  });
  const [x, y] = asked;
  const both = `${x} is a ${word(kinds.get(x)!)} and ${y} is a ${word(kinds.get(y)!)}`;
  const knaves = told(asked, new Map(asked.map((name) => [name, !kinds.get(name)])));
  const wrong = [
    { text: `${both}: ${knaves}.`, answer: knaves, why: 'The question asks for knights, not for knaves.' },
  ];
  steps.push({ text: `${both}: ${answer}.`, wrong });
  return { steps, answer };
}

function told([x, y]: readonly [string, string], kinds: Kinds): string {
  if (kinds.get(x)) return kinds.get(y) ? 'both' : `only ${x}`;
  return kinds.get(y) ? `only ${y}` : 'neither';
}

/** Whom a statement settles, given what is known; null when nobody. */
function settles({ speaker, claim, about, other }: Said, kinds: Kinds): string | null {
  if (other !== undefined) {
    if (!kinds.has(speaker) || kinds.has(about) === kinds.has(other)) return null;
    return kinds.has(about) ? other : about;
  }
  if (claim === 'knight' || claim === 'knave') {
    if (kinds.has(speaker) === kinds.has(about)) return null;
    return kinds.has(speaker) ? about : speaker;
  }
  return kinds.has(about) ? null : about;
}

function settle({ said, who }: Use, kinds: Map<string, boolean>): void {
  const { speaker, claim, about, other } = said;
  if (claim === 'knaves' || claim === 'either') {
    kinds.set(speaker, claim === 'either');
    kinds.set(about, claim === 'knaves');
  } else if (claim === 'knight' || claim === 'knave') {
    const [from, agrees] = [who === about ? speaker : about, claim === 'knight'];
    kinds.set(who, kinds.get(from) === agrees);
  } else if (other === undefined) {
    kinds.set(about, claim === 'same');
  } else {
    const areSame = (claim === 'same') === kinds.get(speaker);
    kinds.set(who, kinds.get(who === about ? other : about) === areSame);
  }
}

/** Leaves out what the people asked about do not hang on. */
function neededFor(asked: readonly string[], uses: readonly Use[]): Use[] {
  const wanted = new Set(asked);
  const needed: Use[] = [];
  for (const use of [...uses].reverse()) {
    const { speaker, about, other, claim } = use.said;
    const settlesBoth = claim === 'knaves' || claim === 'either';
    if (!wanted.has(use.who) && !(settlesBoth && wanted.has(speaker))) continue;
    needed.unshift(use);
    if (claim === 'knight' || claim === 'knave' || other !== undefined)
      for (const name of [speaker, about, other]) if (name !== undefined) wanted.add(name);
  }
  return needed;
}

function explain({ said, who }: Use, kinds: Kinds): string {
  const { speaker, claim, about, other } = said;
  const is = (name: string): string => `${name} is a ${word(kinds.get(name)!)}`;
  if (claim === 'either')
    return `If ${speaker} were a knave, what ${speaker} says would be true. So ${is(speaker)} and ${is(about)}.`;
  if (claim === 'knaves')
    return `No knight says "${about} and I are both knaves". So ${is(speaker)}, this is false, and ${is(about)}.`;
  if (other !== undefined) {
    const from = who === about ? other : about;
    const kind = kinds.get(about) === kinds.get(other) ? 'the same kind' : 'different kinds';
    return `${is(speaker)}, so ${about} and ${other} are of ${kind}. ${is(from)}, so ${is(who)}.`;
  }
  if (claim === 'knight' || claim === 'knave') {
    if (who === about) return `${is(speaker)} and says that ${about} is a ${claim}, so ${is(about)}.`;
    const tells = kinds.get(speaker) ? 'tells the truth' : 'lies';
    return `${speaker} says that ${about} is a ${claim}. ${is(about)}, so ${speaker} ${tells}: ${is(speaker)}.`;
  }
  const of = claim === 'same' ? 'the same kind' : 'different kinds';
  return `${speaker} says that ${about} and ${speaker} are of ${of}. Knights say so of ${word(kinds.get(about)!)}s only, and so do knaves: ${is(about)}.`;
}

/** One mistake about whom a statement settles, and where the other statements lead from there. */
function mistakes(
  { said, who }: Use,
  kinds: Kinds,
  before: ReadonlyMap<string, boolean>,
  later: readonly Use[],
  asked: readonly [string, string],
): WrongTurn[] {
  const { speaker, claim, about, other } = said;
  const believed = new Map(before);
  const slip = `${who} is a ${word(!kinds.get(who))}`;
  let text: string;
  let why: string;
  believed.set(who, !kinds.get(who));
  if (claim === 'knaves' || claim === 'either') {
    believed.set(speaker, !kinds.get(speaker));
    text = `${speaker} speaks of knaves, so ${speaker} is a ${word(!kinds.get(speaker))} and ${slip}.`;
    why =
      claim === 'either'
        ? `Then what the knave ${speaker} says would be true.`
        : `Then the knight ${speaker} would say something false.`;
  } else if (other !== undefined || (who === about && (claim === 'knight' || claim === 'knave'))) {
    if (kinds.get(speaker)) return [];
    text = `${speaker} says that ${claimed(said, false)}, so ${slip}.`;
    why = `${speaker} is a knave, so what ${speaker} says is false.`;
  } else if (who === speaker) {
    text = `${speaker} calls ${about} a ${claim}, so ${slip}.`;
    why = `${about} is a ${word(kinds.get(about)!)}, so this is ${kinds.get(speaker) ? 'true' : 'a lie'}.`;
  } else {
    text = `${speaker} may be lying, so ${slip}.`;
    const lie = claim === 'same' ? 'the other kind, a knight' : 'the same kind, a knave';
    why = `If ${speaker} is a knave and lies, ${about} is of ${lie}.`;
  }
  for (const use of later) settle(use, believed);
  const answer = told(asked, believed);
  return [{ text, after: [`Going on from there, the answer is ${answer}.`], answer, why }];
}

/** Tries every way to be knights and knaves. */
function resolve({ asked, said }: Core): string {
  const people = [...new Set(said.flatMap((one) => one.split(' ').filter((_, i) => i !== 1)))];
  const answers = new Set<string>();
  for (let knights = 0; knights < 1 << people.length; knights++) {
    const isKnight = (name: string): boolean => ((knights >> people.indexOf(name)) & 1) === 1;
    const isTrue = (one: string): boolean => {
      const [speaker, claim, x, y = speaker] = one.split(' ') as [string, string, string, string?];
      if (claim === 'knight') return isKnight(x);
      if (claim === 'knave') return !isKnight(x);
      if (claim === 'knaves') return !isKnight(x) && !isKnight(speaker);
      if (claim === 'either') return !isKnight(x) || !isKnight(speaker);
      return (isKnight(x) === isKnight(y)) === (claim === 'same');
    };
    if (!said.every((one) => isTrue(one) === isKnight(one.split(' ')[0]!))) continue;
    const found = asked.filter(isKnight);
    answers.add(found.length === 2 ? 'both' : found.length === 0 ? 'neither' : `only ${found[0]!}`);
  }
  return [...answers].join(' and ');
}

export const knightsAndKnaves: Generator<Core> = {
  name: 'knights_and_knaves',
  title: 'Knights and knaves',
  domain: 'logical',
  abilities: ['deduction', 'constraint-puzzles'],
  why: 'Who lies follows from what is said alone, by ruling out what would contradict itself.',
  kind: 'choice',
  chance: 1 / 4,
  levels: [1, 2, 3, 4],
  templates: WORDINGS.length,
  sample,
  perturb,
  aside: (_core, random) =>
    happens(random, 0.5) ? plainAside(random) : `${pick(random, ASIDE_NAMES)} says nothing.`,
  pose,
  resolve,
};
