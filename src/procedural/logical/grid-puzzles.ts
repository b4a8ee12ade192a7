/**
 * Grid puzzles: people and the one thing each has of a kind, or of two kinds, found by ruling out. A puzzle is built as
 * it can be solved, each clue leaving one possibility, so there is exactly one solution; told, the clues stand in any
 * order. With two kinds, clues tie the second to the first ("who has the cat likes red"), so the first has to be
 * solved before.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Step, Surface, WrongTurn } from '../generator.ts';
import { happens, pick, several, shuffled } from '../random-choice.ts';
import { capital, listed, withAside } from '../telling.ts';
import { ANIMALS, ASIDE_NAMES, COLOURS, FOODS, JOBS, NAMES, plainAside } from '../words.ts';

/**
 * `columns`: the people by alphabet, then the things of each kind in the order of those who have them. `clues`: four
 * digits each, sorted: `0112` says that item 1 of column 0 does not go with item 2 of column 1; with equal items it
 * does. `asked`: three digits: item, column it is told by, column asked for.
 */
interface Core {
  readonly asked: string;
  readonly clues: readonly string[];
  readonly columns: readonly (readonly string[])[];
  readonly kinds: readonly Kind[];
}

type Kind = 'animal' | 'colour' | 'food' | 'job';

const KINDS: readonly Kind[] = ['animal', 'colour', 'food', 'job'];

interface Told {
  readonly things: readonly string[];
  readonly has: string;
  readonly article: string;
  readonly not: string;
  /** For "which colour does Ann ...?". */
  readonly base: string;
}

const KINDS_OF_THINGS: Readonly<Record<Kind, Told>> = {
  animal: { things: ANIMALS, has: 'has', article: 'the ', not: 'does not have', base: 'have' },
  colour: { things: COLOURS, has: 'likes', article: '', not: 'does not like', base: 'like' },
  food: { things: FOODS, has: 'eats', article: 'the ', not: 'does not eat', base: 'eat' },
  job: { things: JOBS, has: 'is', article: 'the ', not: 'is not', base: 'have' },
};

/** People and kinds of things: 3 and 1, 4 and 1, 3 and 2, 4 and 2, 5 and 2. */
const sizeOf = (level: number): readonly [number, number] => (level <= 2 ? [level + 2, 1] : [level, 2]);

function sample(random: RandomStream, level: number): Core {
  const [size, depth] = sizeOf(level);
  const kinds = several(random, KINDS, depth);
  const clues: string[] = [];
  const asked = random.below(size);
  for (let column = 1; column <= depth; column++) clue(random, clues, size, column, asked);
  const turned = happens(random, 0.5);
  return {
    asked: turned ? `${asked}${depth}0` : `${asked}0${depth}`,
    clues: clues.sort(),
    ...names(random, size, kinds),
  };
}

function names(random: RandomStream, size: number, kinds: readonly Kind[]): Pick<Core, 'columns' | 'kinds'> {
  const people = several(random, NAMES, size).sort();
  return {
    columns: [people, ...kinds.map((kind) => several(random, KINDS_OF_THINGS[kind].things, size))],
    kinds,
  };
}

/** Clues that settle a column by the one before it, row by row in random order. */
function clue(random: RandomStream, clues: string[], size: number, column: number, asked: number): void {
  const open = several(random, ROWS.slice(0, size), size);
  while (open.length > 1) {
    const row = open.pop()!;
    // What is asked for is never told outright, and few things are told by long lists.
    const isTold = row !== asked && happens(random, [0, 0.2, 0.2, 0.5, 0.7][open.length]!);
    if (isTold) {
      clues.push(`${column - 1}${row}${column}${row}`);
      continue;
    }
    const byRow = happens(random, 0.5);
    for (const other of open)
      clues.push(byRow ? `${column - 1}${row}${column}${other}` : `${column - 1}${other}${column}${row}`);
  }
}

const ROWS = [0, 1, 2, 3, 4, 5, 6, 7];

/** The parts of sentences about an item of a column. */
interface Phrases {
  readonly subject: (column: number, item: number) => string;
  readonly object: (column: number, item: number) => string;
  readonly has: (column: number) => string;
  readonly not: (column: number) => string;
}

function phrasesOf({ columns, kinds }: Core, who: string): Phrases {
  const kind = (column: number) => KINDS_OF_THINGS[kinds[column - 1]!];
  const object = (column: number, item: number) => `${kind(column).article}${columns[column]![item]!}`;
  const subject = (column: number, item: number) => {
    if (column === 0) return columns[0]![item]!;
    return kinds[column - 1] === 'job'
      ? object(column, item)
      : `${who} ${kind(column).has} ${object(column, item)}`;
  };
  return { subject, object, has: (column) => kind(column).has, not: (column) => kind(column).not };
}

const TEMPLATES = 3;

function pose(core: Core, { template, random, aside }: Surface): Posed {
  const { columns, kinds } = core;
  const [row, told, wanted] = digits(core.asked) as [number, number, number];
  const phrases = phrasesOf(core, pick(random, ['the one who', 'whoever']));
  const clues = withAside(
    random,
    shuffled(random, tell(core, phrases, template === 1 && core.clues.length < 7)),
    aside,
  );
  const kind = kinds.at(-1)!;
  const { article, has, base } = KINDS_OF_THINGS[kind];
  const given = columns[told]![row]!;
  const ask = wanted === 0 ? `Who ${has} ${article}${given}?` : `Which ${kind} does ${given} ${base}?`;
  const people = listed(shuffled(random, columns[0]!));
  const shares = kinds.map((one, i) =>
    share(one, shuffled(random, columns[i + 1]!), i === 0 ? people : 'They'),
  );
  const parts = template === 2 ? [ask, ...shares, ...clues] : [...shares, ...clues, ask];
  return {
    question: parts.join(' '),
    answer: columns[wanted]![row]!,
    choices: columns[wanted]!,
    steps: solve(core, row, wanted),
  };
}

const digits = (text: string): number[] => Array.from(text, Number);
const digit = (text: string, at: number): number => text.charCodeAt(at) - 48;

/** `Ann, Ben and Cara have the cat, the dog and the pig, one each.` */
function share(kind: Kind, things: readonly string[], who: string): string {
  const { article, base } = KINDS_OF_THINGS[kind];
  return `${who} ${kind === 'job' ? 'are' : base} ${listed(things.map((thing) => article + thing))}, one each.`;
}

/** The clues as sentences. What is ruled out for one item stands together, unless `apart`. */
function tell({ clues }: Core, { subject, object, has, not }: Phrases, apart: boolean): string[] {
  const sentences: string[] = [];
  const told = new Set<string>();
  for (const clue of clues) {
    if (told.has(clue)) continue;
    const [from, a, to, b] = [digit(clue, 0), digit(clue, 1), digit(clue, 2), digit(clue, 3)];
    /** What is ruled out as this is, for the same item at a place of the clue. */
    const like = (at: number): string[] =>
      apart
        ? [clue]
        : clues.filter(
            (other) =>
              other[0] === clue[0] && other[at] === clue[at] && other[1] !== other[3] && !told.has(other),
          );
    if (a === b) {
      sentences.push(`${capital(subject(from, a))} ${has(to)} ${object(to, b)}.`);
      continue;
    }
    const [things, owners] = [like(1), like(3)];
    const group = owners.length > things.length ? owners : things;
    for (const one of group) told.add(one);
    if (group.length === 1) {
      sentences.push(`${capital(subject(from, a))} ${not(to)} ${object(to, b)}.`);
    } else if (group === things) {
      const out = things.map((one) => object(to, digit(one, 3)));
      sentences.push(`${capital(subject(from, a))} ${has(to)} neither ${listed(out, 'nor')}.`);
    } else {
      const out = owners.map((one) => (from === 0 ? subject : object)(from, digit(one, 1)));
      const goes = from === 0 ? has(to) : 'goes with';
      sentences.push(`Neither ${listed(out, 'nor')} ${goes} ${object(to, b)}.`);
    }
  }
  return sentences;
}

/** Rules out, column after column, until the row asked about is found. */
function solve(core: Core, row: number, wanted: number): Step[] {
  const { columns } = core;
  const phrases = phrasesOf(core, 'the one who');
  const { subject, object, has } = phrases;
  const last = columns.length - 1;
  const conclude = (found: number): string => {
    const [person, thing] = wanted === 0 ? [found, row] : [row, found];
    return `${columns[0]![person]!} ${has(last)} ${object(last, thing)}`;
  };
  /** What comes of giving the row asked about what belongs to another. */
  const mistaken = (column: number, other: number, why: string): WrongTurn => ({
    text: `${capital(subject(column - 1, row))} ${has(column)} ${object(column, other)}.`,
    after: [`So ${conclude(other)}.`],
    answer: columns[wanted]![other]!,
    why,
  });
  const steps: Step[] = [];
  for (let column = 1; column <= last; column++) steps.push(...settle(core, phrases, column, row, mistaken));
  if (last > 1) {
    const first = `${subject(0, row)} ${has(1)} ${object(1, row)}`;
    const second = `${subject(1, row)} ${has(2)} ${object(2, row)}`;
    steps.push({ text: `${capital(first)} and ${second}, so ${conclude(row)}.` });
  }
  return steps;
}

/** The steps that settle a column, up to the row asked about. */
function settle(
  core: Core,
  { subject, object, has }: Phrases,
  column: number,
  wantedRow: number,
  mistaken: (column: number, other: number, why: string) => WrongTurn,
): Step[] {
  const size = core.columns[0]!.length;
  const full = (1 << size) - 1;
  // For each item of the column before, the items it may still go with; and the other way around.
  const ofRow: number[] = new Array(size).fill(full);
  const ofThing: number[] = new Array(size).fill(full);
  let told = 0;
  for (const clue of core.clues) {
    if (digit(clue, 2) !== column) continue;
    const [a, b] = [digit(clue, 1), digit(clue, 3)];
    if (a === b) told |= 1 << a;
    ofRow[a]! &= a === b ? full : ~(1 << b);
    ofThing[b]! &= a === b ? full : ~(1 << a);
  }
  const nameOf = column === 1 ? subject : object;
  const steps: Step[] = [];
  let found = 0;
  while (!contains(found, wantedRow)) {
    const row = nextRow(found, told, ofRow, ofThing, size);
    const is = `${subject(column - 1, row)} ${has(column)} ${object(column, row)}`;
    const others = ROWS.slice(0, size).filter((other) => other !== row);
    let text = `${is}.`;
    if (found === (full & ~(1 << row))) text = `What is left: ${is}.`;
    else if (!contains(told, row)) {
      const isByRow = (ofRow[row]! & ~found) === 1 << row;
      const out = others.map((other) => (isByRow ? object(column, other) : nameOf(column - 1, other)));
      text = `Not ${listed(out, 'or')}: ${is}.`;
    }
    const wrong: WrongTurn[] = [];
    if (row === wantedRow) {
      const taken = others.find((other) => contains(found, other));
      if (taken !== undefined)
        wrong.push(mistaken(column, taken, `That is what ${subject(column - 1, taken)} ${has(column)}.`));
      const ruledOut = others.find((other) => !contains(ofRow[row]!, other));
      if (ruledOut !== undefined && ruledOut !== taken)
        wrong.push(mistaken(column, ruledOut, 'A clue says just that this is not so.'));
      if (wrong.length === 0)
        wrong.push(mistaken(column, others[0]!, `Then nobody would be left for ${object(column, row)}.`));
    }
    steps.push({ text: capital(text), wrong });
    found |= 1 << row;
  }
  return steps;
}

const contains = (set: number, item: number): boolean => ((set >> item) & 1) === 1;

/** A row that is told, or has one possibility left. */
function nextRow(
  found: number,
  told: number,
  ofRow: readonly number[],
  ofThing: readonly number[],
  size: number,
): number {
  let next = -1;
  for (let row = size - 1; row >= 0; row--) {
    if (contains(found, row)) continue;
    if (contains(told, row)) return row;
    if ((ofRow[row]! & ~found) === 1 << row || (ofThing[row]! & ~found) === 1 << row) next = row;
  }
  return next;
}

/** Tries every way to share out the things. */
function resolve({ asked, clues, columns }: Core): string {
  const people = columns[0]!.map((_, i) => i);
  const orders = permutations(people);
  const worlds = columns
    .slice(1)
    .reduce<number[][][]>(
      (partial, _, i) =>
        partial
          .flatMap((world) => orders.map((order) => [...world, order]))
          .filter((world) => clues.every((clue) => Number(clue[2]) > i + 1 || holds(clue, world))),
      [[people]],
    );
  const [row, told, wanted] = digits(asked) as [number, number, number];
  // A world says for each person which item of a column he has.
  const answers = worlds.map((world) => columns[wanted]![world[wanted]![world[told]!.indexOf(row)]!]!);
  return [...new Set(answers)].join(' or ');
}

function holds(clue: string, world: readonly (readonly number[])[]): boolean {
  const [from, a, to, b] = digits(clue) as [number, number, number, number];
  return (world[to]![world[from]!.indexOf(a)] === b) === (a === b);
}

function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
  );
}

export const gridPuzzles: Generator<Core> = {
  name: 'grid_puzzles',
  title: 'Grid puzzles',
  domain: 'logical',
  abilities: ['constraint-puzzles'],
  why: 'One assignment satisfies every clue, and is found by ruling out the others.',
  kind: 'choice',
  // 3, 4, 3 and 4 people at the four levels.
  chance: 7 / 24,
  levels: [1, 2, 3, 4],
  templates: TEMPLATES,
  sample,
  perturb: ({ asked, clues, columns, kinds }, random) => ({
    asked,
    clues,
    ...names(random, columns[0]!.length, kinds),
  }),
  aside: (_core, random) =>
    happens(random, 0.5) ? plainAside(random) : `${pick(random, ASIDE_NAMES)} does not have the comb.`,
  pose,
  resolve,
};
