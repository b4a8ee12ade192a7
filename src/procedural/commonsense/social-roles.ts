/**
 * Social roles: somebody wants something and asks a friend, who asks another one, until one is found whose work it is.
 * Who that is, nobody says: a baker makes bread, a doctor helps the ill. A second chain of friends, of somebody who
 * wants something else, has somebody with the right job too, and a second one may come later on the same chain.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Step, Surface, WrongTurn } from '../generator.ts';
import { between, happens, pick, several, shuffled } from '../random-choice.ts';
import { withAside } from '../telling.ts';
import { NAMES, plainAside } from '../words.ts';

/**
 * `friends`: from the one who wants something along the chain of friends; `jobs`: those of all but the first, and at
 * last the one that helps with what the first wants. `others`, `otherJobs`: the same of the other chain.
 */
interface Core {
  readonly friends: readonly string[];
  readonly jobs: readonly string[];
  readonly otherJobs: readonly string[];
  readonly others: readonly string[];
}

/** What people want whom a job helps, and what one with the job does for them. */
const WORK: Readonly<Record<string, { readonly wants: readonly string[]; readonly does: string }>> = {
  baker: { wants: ['wants fresh bread', 'needs a cake'], does: 'makes bread and cakes' },
  doctor: { wants: ['is ill', 'has a bad leg'], does: 'helps the ill' },
  driver: { wants: ['needs a ride to town', 'wants to go home by car'], does: 'drives people' },
  farmer: { wants: ['wants milk from a cow', 'wants to buy a hen'], does: 'keeps cows and hens' },
  guard: { wants: ['wants the shop watched at night', 'is afraid of thieves'], does: 'keeps thieves away' },
  painter: { wants: ['wants a red door', 'wants a picture of the house'], does: 'works with paint' },
  pilot: { wants: ['wants to fly', 'wants to see the town from the air'], does: 'flies planes' },
  singer: { wants: ['wants to hear a song', 'needs music for a feast'], does: 'makes music' },
  teacher: { wants: ['wants to learn to read', 'wants to learn to count'], does: 'helps people to learn' },
};
const JOBS_THAT_HELP = Object.keys(WORK);

/** Level L has L + 1 friends; from level 3 on the first with the right job is never near. */
function sample(random: RandomStream, level: number): Core {
  const size = level + 1;
  const [right, ...wrong] = several(random, JOBS_THAT_HELP, 4) as [string, string, string, string];
  const at = between(random, Math.max(0, (size >> 1) - 1), size - 1);
  const jobs = Array.from({ length: size }, (_, i) =>
    i === at || (i > at && happens(random, 0.4)) ? right : pick(random, wrong),
  );
  const other = pick(random, wrong);
  const otherJobs = [...shuffled(random, [right, other]), other];
  const { friends, others } = people(random, size);
  return { friends, jobs: [...jobs, right], otherJobs, others };
}

function people(random: RandomStream, size: number): Pick<Core, 'friends' | 'others'> {
  const names = several(random, NAMES, size + 1 + 3);
  return { friends: names.slice(0, size + 1), others: names.slice(size + 1) };
}

interface Wording {
  readonly rule: string;
  readonly friend: (a: string, b: string, job: string) => string;
  readonly ask: (name: string) => string;
}

const WORDINGS: readonly Wording[] = [
  {
    rule: 'Whoever cannot help asks a friend.',
    friend: (a, b, job) => `${a}'s friend is ${b}, a ${job}.`,
    ask: (name) => `Who helps ${name}?`,
  },
  {
    rule: 'Each asks the next until one can help.',
    friend: (a, b, job) => `${a} knows ${b}, who is a ${job}.`,
    ask: (name) => `Who will help ${name}?`,
  },
  {
    rule: 'All who cannot help ask the one they can ask.',
    friend: (a, b, job) => `${a} can ask ${b} the ${job}.`,
    ask: (name) => `${name} looks for help. Who gives it?`,
  },
];

function pose({ friends, jobs, others, otherJobs }: Core, { template, random, aside }: Surface): Posed {
  const { rule, friend, ask } = WORDINGS[template]!;
  const want = pick(random, WORK[jobs.at(-1)!]!.wants);
  const otherWant = pick(random, WORK[otherJobs.at(-1)!]!.wants);
  const wants = shuffled(random, [`${friends[0]!} ${want}.`, `${others[0]!} ${otherWant}.`]);
  const links = (names: readonly string[], work: readonly string[]): string[] =>
    names.slice(1).map((name, i) => friend(names[i]!, name, work[i]!));
  const told = shuffled(random, [...links(friends, jobs), ...links(others, otherJobs)]);
  const sentences = withAside(random, told, aside);
  const question = `${wants.join(' ')} ${sentences.join(' ')} ${rule} ${ask(friends[0]!)}`;
  const lure = others[1 + otherJobs.indexOf(jobs.at(-1)!)]!;
  return { question, ...pass(friends, jobs, want, lure) };
}

/** Goes from friend to friend. */
function pass(
  friends: readonly string[],
  jobs: readonly string[],
  want: string,
  lure: string,
): Pick<Posed, 'answer' | 'steps'> {
  const right = jobs.at(-1)!;
  const asker = friends[0]!;
  const at = jobs.indexOf(right);
  const steps: Step[] = [{ text: `${asker} ${want}, and a ${right} ${WORK[right]!.does}.` }];
  for (let i = 0; i < at; i++) {
    const [name, job] = [friends[i + 1]!, jobs[i]!];
    const helps: WrongTurn = {
      text: `${friends[i]!} asks ${name} the ${job}, who helps.`,
      answer: name,
      why: `A ${job} ${WORK[job]!.does}: that is not what ${asker} wants.`,
    };
    steps.push({ text: `${friends[i]!} asks ${name} the ${job}, who cannot help.`, wrong: [helps] });
  }
  const answer = friends[at + 1]!;
  const wrong: WrongTurn[] = [
    {
      text: `${lure} is a ${right} and helps.`,
      answer: lure,
      why: `Nobody whom ${asker} comes to asks ${lure}.`,
    },
  ];
  const last = friends.at(-1)!;
  if (last !== answer)
    wrong.push({
      text: `${answer} the ${right} cannot help, and so it goes on to ${last}.`,
      answer: last,
      why: `A ${right} ${WORK[right]!.does}, so ${answer} can help, and nobody else is asked.`,
    });
  steps.push({ text: `${friends[at]!} asks ${answer} the ${right}, who helps.`, wrong });
  return { answer, steps };
}

/** The name, with the job or without. */
function accepts(core: Core, stated: string): boolean {
  const bare = stated.trim().replace(/\.$/, '').toLowerCase();
  const name = resolve(core).toLowerCase();
  const right = core.jobs.at(-1)!;
  return [name, `${name} the ${right}`, `${name}, a ${right}`, `${name}, the ${right}`].includes(bare);
}

/** Whoever has the right job and is asked: by the one who wants something, or by someone who is asked and lacks it. */
function resolve({ friends, jobs, others, otherJobs }: Core): string {
  const right = jobs.at(-1)!;
  const asks = new Map([...links(friends), ...links(others)]);
  const jobOf = new Map([...friends.slice(1).entries()].map(([i, name]) => [name, jobs[i]!]));
  for (const [i, name] of others.slice(1).entries()) jobOf.set(name, otherJobs[i]!);
  const isAsked = (name: string): boolean =>
    [...asks].some(
      ([from, to]) => to === name && (from === friends[0] || (isAsked(from) && jobOf.get(from) !== right)),
    );
  return [...jobOf.keys()].filter((name) => jobOf.get(name) === right && isAsked(name)).join(' or ');
}

const links = (names: readonly string[]): [string, string][] =>
  names.slice(1).map((name, i) => [names[i]!, name]);

export const socialRoles: Generator<Core> = {
  name: 'social_roles',
  title: 'Who can help',
  domain: 'commonsense',
  abilities: ['social-roles', 'world-knowledge'],
  why: 'What people want and whose work that is, is not told: everybody knows it.',
  kind: 'generate',
  // One of 24 names.
  chance: 1 / 24,
  levels: [1, 2, 3, 4],
  templates: WORDINGS.length,
  sample,
  perturb: ({ jobs, otherJobs }, random) => {
    const fresh = several(random, JOBS_THAT_HELP, JOBS_THAT_HELP.length);
    const change = (job: string): string => fresh[JOBS_THAT_HELP.indexOf(job)]!;
    const { friends, others } = people(random, jobs.length - 1);
    return { friends, jobs: jobs.map(change), otherJobs: otherJobs.map(change), others };
  },
  aside: (_core, random) => plainAside(random),
  pose,
  accepts,
  resolve,
};
