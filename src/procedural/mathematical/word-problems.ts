/**
 * Stories about who has how many. People (or boxes) are compared first, then things happen to them, then one is asked
 * about, or two together, or how far two are apart. Level L takes L calculations; a number that nobody needs may stand
 * in between.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Surface } from '../generator.ts';
import { sameQuantity } from '../quantity.ts';
import { between, happens, pick, several } from '../random-choice.ts';
import { type Slip, stepsOf, type Told } from '../slips.ts';
import { CONTAINERS, NAMES, plainAside, THINGS } from '../words.ts';

const RELATIONS = ['more', 'fewer', 'times'] as const;
const EVENTS = ['gets', 'loses', 'gives'] as const;
type Kind = 'has' | (typeof RELATIONS)[number] | (typeof EVENTS)[number] | 'packs';

const isRelation = (kind: Kind): boolean => kind === 'more' || kind === 'fewer' || kind === 'times';

/** What, who, how many, and: of whom for a relation, how many in each for `packs`, else 0. */
type Op = readonly [kind: Kind, who: number, n: number, other: number];

interface Core {
  /** `more`: how many more has the first than the second. */
  readonly ask: readonly ['one', number] | readonly ['both' | 'more', number, number];
  /** What a person has who is not asked about; 0 for nobody. */
  readonly extra: number;
  readonly ops: readonly Op[];
  readonly thing: string;
}

function sample(random: RandomStream, level: number): Core {
  const asked = pick(random, ['one', 'one', 'both', 'more'] as const);
  let left = asked === 'one' ? level : level - 1;
  const relations: Kind[] = [];
  const events: Kind[] = [];
  while (left > 0) {
    if (relations.length < 3 && happens(random, 0.5)) relations.push(pick(random, RELATIONS));
    else if (left > 1 && happens(random, 0.3)) {
      events.push('packs');
      left--;
    } else events.push(pick(random, asked === 'one' ? EVENTS : ['gets', 'loses']));
    left--;
  }
  if (asked !== 'one' && relations.length === 0) relations.push('has');
  // "3 more" would be the answer to "how many more".
  else if (asked === 'more' && relations.at(-1) !== 'has') relations[relations.length - 1] = 'times';
  const last = relations.length;
  const ops: Op[] = [['has', 0, 0, 0]];
  for (const kind of relations) ops.push([kind, ops.length, 0, kind === 'has' ? 0 : ops.length - 1]);
  for (const kind of events) ops.push([kind, asked === 'one' ? last : last - random.below(2), 0, 0]);
  const ask: Core['ask'] = asked === 'one' ? [asked, last] : [asked, last, last - 1];
  return numbered({ ask, extra: level > 1 && happens(random, 0.3) ? 1 : 0, ops, thing: '' }, random);
}

/** The same story with other numbers and things. */
function numbered({ ask, extra, ops }: Core, random: RandomStream): Core {
  const thing = pick(random, THINGS);
  for (;;) {
    const values: number[] = [];
    const filled = ops.map(([kind, who, , other]): Op => {
      const base = values[isRelation(kind) ? other : who] ?? 0;
      const n =
        kind === 'has'
          ? between(random, 4, 40)
          : kind === 'times'
            ? between(random, 2, base > 40 ? 2 : 4)
            : between(random, 2, kind === 'packs' ? 5 : 20);
      const size = kind === 'packs' ? between(random, 2, 9) : other;
      if (kind === 'has') values[who] = n;
      else if (kind === 'times') values[who] = base * n;
      else if (kind === 'packs') values[who] = base + n * size;
      else values[who] = kind === 'more' || kind === 'gets' ? base + n : base - n;
      return [kind, who, n, size];
    });
    if (filled.some(([, who]) => values[who]! < 1)) continue;
    const changed = extra === 0 ? 0 : between(random, 4, 40);
    if (ask[0] !== 'more') return { ask, extra: changed, ops: filled, thing };
    const [, p, q] = ask;
    if (values[p] === values[q]) continue;
    const larger = values[p]! > values[q]! ? p : q;
    return { ask: ['more', larger, p + q - larger], extra: changed, ops: filled, thing };
  }
}

/** How a story is told. `who`: the people of the core, then one who gets things, then the one nobody asks about. */
interface View {
  readonly things: string;
  readonly who: readonly string[];
}

const asMany = (n: number): string => (n === 2 ? 'twice' : `${n} times`);

const people = (has: string, gets: string, loses: string) => ({
  names: (random: RandomStream, count: number) => several(random, NAMES, count),
  op: ([kind, p, n, q]: Op, { things, who }: View): string => {
    const name = who[p]!;
    switch (kind) {
      case 'more':
      case 'fewer':
        return `${name} ${has} ${n} ${kind} ${things} than ${who[q]!}.`;
      case 'times':
        return `${name} ${has} ${asMany(n)} as many ${things} as ${who[q]!}.`;
      case 'packs':
        return `${name} ${gets} ${n} boxes with ${q} ${things} in each.`;
      case 'gives':
        return `${name} gives ${n} ${things} to ${who.at(-2)!}.`;
      default:
        return `${name} ${kind === 'has' ? has : kind === 'gets' ? gets : loses} ${n} ${things}.`;
    }
  },
  ask: ({ ask: [kind, p, q] }: Core, { things, who }: View): string => {
    const verb = has === 'has' ? 'have' : 'own';
    if (kind === 'one') return `How many ${things} does ${who[p]!} ${verb} in the end?`;
    if (kind === 'both') return `How many ${things} do ${who[p]!} and ${who[q]!} ${verb} together?`;
    return `How many more ${things} does ${who[p]!} ${verb} than ${who[q]!}?`;
  },
});

const boxes = {
  names: (random: RandomStream, count: number) =>
    several(random, CONTAINERS, count).map((name) => `the ${name}`),
  op: ([kind, p, n, q]: Op, { things, who }: View): string => {
    const name = who[p]!;
    const first = `The${name.slice(3)}`;
    switch (kind) {
      case 'has':
        return `There are ${n} ${things} in ${name}.`;
      case 'more':
      case 'fewer':
        return `${first} has ${n} ${kind} ${things} than ${who[q]!}.`;
      case 'times':
        return `${first} has ${asMany(n)} as many ${things} as ${who[q]!}.`;
      case 'packs':
        return `${n} packs of ${q} ${things} are put into ${name}.`;
      case 'gives':
        return `${n} ${things} are moved from ${name} to ${who.at(-2)!}.`;
      default:
        return `${n} ${things} are ${kind === 'gets' ? 'put into' : 'taken out of'} ${name}.`;
    }
  },
  ask: ({ ask: [kind, p, q] }: Core, { things, who }: View): string => {
    if (kind === 'one') return `How many ${things} are in ${who[p]!} in the end?`;
    if (kind === 'both') return `How many ${things} are in ${who[p]!} and ${who[q]!} together?`;
    return `How many more ${things} are in ${who[p]!} than in ${who[q]!}?`;
  },
};

const STYLES = [
  { ...people('has', 'finds', 'loses'), isAskedFirst: false },
  { ...people('owns', 'buys', 'sells'), isAskedFirst: false },
  { ...people('has', 'gets', 'uses up'), isAskedFirst: true },
  { ...boxes, isAskedFirst: false },
];

function pose(core: Core, { template, random, aside }: Surface): Posed {
  const style = STYLES[template]!;
  const people = 1 + Math.max(...core.ops.map(([, who]) => who));
  const view: View = { things: `${core.thing}s`, who: style.names(random, people + 2) };
  const told = core.ops.map((op) => style.op(op, view));
  if (core.extra > 0)
    told.splice(between(random, 0, people), 0, style.op(['has', people + 1, core.extra, 0], view));
  if (aside !== null) told.splice(between(random, 0, told.length), 0, aside);
  const ask = style.ask(core, view);
  const question = (style.isAskedFirst ? [ask, ...told] : [...told, ask]).join(' ');
  const right = tell(core, view, -1, 'turned');
  return { question, answer: right.answer!, steps: stepsOf(right, slipsOf(core, view)) };
}

const SIGNS: Readonly<Record<string, '+' | '-' | '*'>> = {
  more: '+',
  fewer: '-',
  times: '*',
  gets: '+',
  loses: '-',
  gives: '-',
  packs: '+',
};

/** Calculates line by line. The operation of index `at` goes wrong; the index after the last is the question. */
function tell({ ask, ops }: Core, { who, things }: View, at: number, slip: 'turned' | 'skipped'): Told {
  const values: number[] = [];
  const lines: string[] = [];
  ops.forEach(([kind, p, n, q], i) => {
    if (kind === 'has') {
      values[p] = n;
      return;
    }
    const base = values[isRelation(kind) ? q : p]!;
    if (i === at && slip === 'skipped') {
      values[p] = base;
      lines.push(`So ${who[p]!} has ${base} ${things}.`);
      return;
    }
    const isTurned = i === at;
    if (kind === 'packs' && !isTurned) lines.push(`${n} * ${q} = ${n * q}.`);
    const sign = isTurned && kind !== 'packs' ? (SIGNS[kind] === '+' ? '-' : '+') : SIGNS[kind]!;
    const by = kind === 'packs' ? (isTurned ? q : n * q) : n;
    values[p] = sign === '+' ? base + by : sign === '-' ? base - by : base * by;
    lines.push(`${capital(who[p]!)} has ${base} ${sign} ${by} = ${values[p]} ${things}.`);
  });
  const [kind, p, q] = ask;
  const x = values[p]!;
  if (kind === 'one') return { lines, answer: String(x) };
  const y = values[q]!;
  if (at === ops.length && slip === 'skipped')
    return { lines: [...lines, `So the result is ${x} ${things}.`], answer: String(x) };
  const isSum = (kind === 'both') !== (at === ops.length);
  const result = isSum ? x + y : x - y;
  const label = isSum ? 'Together' : 'The difference';
  lines.push(`${label}: ${x} ${isSum ? '+' : '-'} ${y} = ${result} ${things}.`);
  return { lines, answer: String(result) };
}

const capital = (text: string): string => text[0]!.toUpperCase() + text.slice(1);

const TURNED: Readonly<Partial<Record<Kind, string>>> = {
  more: '"More" means adding.',
  fewer: '"Fewer" means taking away.',
  times: '"Times as many" means multiplying.',
  gets: 'What comes in is added.',
  loses: 'What is gone is taken away.',
  gives: 'What is given away is taken away.',
  packs: 'Only one pack was counted.',
};

function slipsOf(core: Core, view: View): Slip[] {
  const slips: Slip[] = [];
  const { ask, ops } = core;
  ops.forEach(([kind, , n], i) => {
    if (kind === 'has') return;
    // One or the other, as the numbers have it: both for each would be many.
    if (isRelation(kind) || n % 2 === 0)
      slips.push({ told: tell(core, view, i, 'turned'), why: TURNED[kind]! });
    else slips.push({ told: tell(core, view, i, 'skipped'), why: 'Something that happens was forgotten.' });
  });
  if (ask[0] === 'one') return slips;
  const asked = ask[0] === 'both' ? 'both together' : 'the difference';
  const slip = ops[0]![2] % 2 === 0 ? 'turned' : 'skipped';
  slips.push({ told: tell(core, view, ops.length, slip), why: `The question asks for ${asked}.` });
  return slips;
}

/** Backwards: what is asked is a weighted sum of what people have, and each operation is undone in the weights. */
function resolve({ ask: [kind, p, q], ops }: Core): string {
  const weights: number[] = [];
  weights[p] = 1;
  if (q !== undefined) weights[q] = kind === 'both' ? 1 : -1;
  let total = 0;
  for (let i = ops.length - 1; i >= 0; i--) {
    const [name, who, n, other] = ops[i]!;
    const weight = weights[who] ?? 0;
    if (name === 'packs') total += weight * n * other;
    else if (name === 'fewer' || name === 'loses' || name === 'gives') total -= weight * n;
    else if (name !== 'times') total += weight * n;
    if (isRelation(name)) weights[other] = (weights[other] ?? 0) + (name === 'times' ? weight * n : weight);
    if (isRelation(name) || name === 'has') weights[who] = 0;
  }
  return String(total);
}

export const wordProblems: Generator<Core> = {
  name: 'word_problems',
  title: 'Word problems',
  domain: 'mathematical',
  abilities: ['word-problems', 'arithmetic'],
  why: 'A story has to be turned into the right calculations in the right order.',
  kind: 'generate',
  chance: 0,
  levels: [1, 2, 3, 4],
  templates: STYLES.length,
  sample,
  perturb: numbered,
  aside: (_core, random) => plainAside(random),
  pose,
  /** `15` and, where pens are asked for, `15 pens`. */
  accepts: (core, stated) => sameQuantity(resolve(core), `${core.thing}s`, stated),
  resolve,
};
