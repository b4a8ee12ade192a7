/**
 * Formulas of school physics, each a product of two quantities, applied one after another: what one formula gives, the
 * next one needs. Level L takes L formulas, as they stand or turned around. A quantity that no formula needs may be given.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Surface } from '../generator.ts';
import { sameQuantity } from '../quantity.ts';
import { between, happens, pick, shuffled } from '../random-choice.ts';
import { type Slip, stepsOf, type Told } from '../slips.ts';
import { plainAside } from '../words.ts';

const UNITS: Readonly<Record<string, string>> = {
  distance: 'm',
  speed: 'm/s',
  time: 's',
  force: 'N',
  mass: 'kg',
  acceleration: 'm/s2',
  work: 'J',
  power: 'W',
  voltage: 'V',
  current: 'A',
  resistance: 'ohm',
  charge: 'C',
  density: 'kg/m3',
  volume: 'm3',
  area: 'm2',
  height: 'm',
  pressure: 'Pa',
  momentum: 'kg m/s',
};

/** The first is the product of the other two. */
type Formula = readonly [product: string, factor: string, factor: string];

const FORMULAS: readonly Formula[] = [
  ['distance', 'speed', 'time'],
  ['force', 'mass', 'acceleration'],
  ['work', 'force', 'distance'],
  ['work', 'power', 'time'],
  ['power', 'voltage', 'current'],
  ['voltage', 'resistance', 'current'],
  ['charge', 'current', 'time'],
  ['mass', 'density', 'volume'],
  ['volume', 'area', 'height'],
  ['force', 'pressure', 'area'],
  ['momentum', 'mass', 'speed'],
];

/** Which formula and which of its three quantities it is used for. */
type Link = readonly [formula: number, wanted: number];

interface Core {
  /** Formulas in order of use, each giving what the next one needs: `1.2 7.0`, a `Link` each. */
  readonly chain: string;
  /** A quantity that is not needed, and its value; null for none. */
  readonly extra: readonly [name: string, value: number] | null;
  /** What is given, in order of use. */
  readonly given: readonly number[];
}

type Sign = '*' | '/' | '+' | '-';

/** One formula of a chain. Its quantities are places in a list: what is given, then the results. */
interface Move {
  readonly formula: Formula;
  readonly wanted: number;
  readonly name: string;
  /** The first is divided by the second, or the two are multiplied. */
  readonly places: readonly [number, number];
  readonly kind: 'begin' | 'multiply' | 'divide' | 'turn';
}

/** A chain without numbers. */
interface Plan {
  readonly chain: string;
  readonly moves: readonly Move[];
  /** The names of what is given. */
  readonly given: readonly string[];
  /** Quantities that no formula joins with what is settled. */
  readonly idle: readonly string[];
}

const PLANS: Plan[][] = [];
const BY_CHAIN = new Map<string, Plan>();

/** Every chain of a level, made when first asked for. */
function plansOf(level: number): readonly Plan[] {
  PLANS[level] ??= chains(level)
    .filter((links) => settledBy(links) !== null)
    .map((links) => planOf(links.map((link) => link.join('.')).join(' ')));
  return PLANS[level]!;
}

function chains(level: number): readonly (readonly Link[])[] {
  if (level === 1) return FORMULAS.flatMap((_, i) => [0, 1, 2].map((wanted) => [[i, wanted] as const]));
  return chains(level - 1).flatMap((links) => {
    const [formula, wanted] = links.at(-1)!;
    const result = FORMULAS[formula]![wanted]!;
    const known = namesOf(links);
    return FORMULAS.flatMap((next, i) =>
      next.includes(result) && next.filter((name) => known.has(name)).length === 1
        ? [0, 1, 2].filter((j) => next[j] !== result).map((j) => [...links, [i, j] as const])
        : [],
    );
  });
}

const namesOf = (links: readonly Link[]): Set<string> => new Set(links.flatMap(([i]) => FORMULAS[i]!));

/**
 * All quantities that are settled by those of a chain; null when one is settled in two ways, which would give two
 * answers.
 */
function settledBy(links: readonly Link[]): Set<string> | null {
  const names = namesOf(links);
  const used = new Set(links.map(([i]) => i));
  for (let i = 0; i < FORMULAS.length; i++) {
    const missing = FORMULAS[i]!.filter((name) => !names.has(name));
    if (used.has(i) || missing.length > 1) continue;
    if (missing.length === 0) return null;
    names.add(missing[0]!);
    used.add(i);
    i = -1;
  }
  return names;
}

/** The plan of a chain, made once. */
function planOf(chain: string): Plan {
  const known = BY_CHAIN.get(chain);
  if (known) return known;
  const links = chain.split(' ').map((link) => link.split('.').map(Number) as [number, number]);
  const results = links.map(([i, wanted]) => FORMULAS[i]![wanted]!);
  const names = namesOf(links);
  const given = [...names].filter((name) => !results.includes(name));
  const places = [...given, ...results];
  const moves = links.map(([i, wanted], at): Move => {
    const formula = FORMULAS[i]!;
    const [x, y] = wanted === 0 ? [formula[1], formula[2]] : [formula[0], formula[3 - wanted]!];
    const turn = results[at - 1] === formula[0] ? 'divide' : 'turn';
    return {
      formula,
      wanted,
      name: formula[wanted]!,
      places: [places.indexOf(x), places.indexOf(y)],
      kind: at === 0 ? 'begin' : wanted === 0 ? 'multiply' : turn,
    };
  });
  const settled = settledBy(links)!;
  const idle = Object.keys(UNITS).filter(
    (name) =>
      !FORMULAS.some((formula) => formula.includes(name) && formula.some((other) => settled.has(other))),
  );
  const plan = { chain, moves, given, idle };
  BY_CHAIN.set(chain, plan);
  return plan;
}

function sample(random: RandomStream, level: number): Core {
  return fill(random, pick(random, plansOf(level)), level > 1 && happens(random, 0.3));
}

const perturb = ({ chain, extra }: Core, random: RandomStream): Core =>
  fill(random, planOf(chain), extra !== null);

/**
 * Numbers for which every formula gives a whole number above 1. Where a chain divides what it has, it begins with a
 * multiple of all that it will be divided by.
 */
function fill(random: RandomStream, { chain, moves, given: names, idle }: Plan, hasExtra: boolean): Core {
  const given: number[] = new Array(names.length);
  const most = moves.length > 3 ? 6 : 12;
  const by = moves.map(() => between(random, 2, most));
  let value = 0;
  for (let i = 0; i < moves.length; i++) {
    const { kind, wanted, places } = moves[i]!;
    // One of the two is what the formula before gave, except at the beginning.
    const [x, y] = places;
    if (kind === 'multiply' || kind === 'divide') {
      given[x < names.length ? x : y] = by[i]!;
      value = kind === 'divide' ? value / by[i]! : value * by[i]!;
      continue;
    }
    let divided = 1;
    for (let j = i + 1; j < moves.length && moves[j]!.kind !== 'turn'; j++)
      if (moves[j]!.kind === 'divide') divided *= by[j]!;
    const start = between(random, 2, 30);
    if (wanted === 0) {
      const a = (start * divided) / common(divided, by[i]!);
      const isTurned = happens(random, 0.5);
      given[x] = isTurned ? by[i]! : a;
      given[y] = isTurned ? a : by[i]!;
      value = a * by[i]!;
      continue;
    }
    // What is wanted times what is known is the product, which is given.
    const factor = kind === 'begin' ? between(random, 2, 20) : value;
    given[x] = start * divided * factor;
    if (kind === 'begin') given[y] = factor;
    value = start * divided;
  }
  const extra = hasExtra && idle.length > 0 ? ([pick(random, idle), between(random, 2, 40)] as const) : null;
  return { chain, extra, given };
}

const common = (a: number, b: number): number => (b === 0 ? a : common(b, a % b));

const WORDINGS: readonly {
  readonly fact: (name: string, amount: string) => string;
  readonly ask: (name: string, unit: string) => string;
  readonly isReminded: boolean;
}[] = [
  {
    fact: (name, amount) => `The ${name} is ${amount}.`,
    ask: (name, unit) => `What is the ${name} in ${unit}?`,
    isReminded: true,
  },
  {
    fact: (name, amount) => `The ${name} is ${amount}.`,
    ask: (name, unit) => `Find the ${name} in ${unit}.`,
    isReminded: false,
  },
  {
    fact: (name, amount) => `${capital(name)}: ${amount}.`,
    ask: (name, unit) => `How large is the ${name} in ${unit}?`,
    isReminded: true,
  },
  {
    fact: (name, amount) => `Given: ${name} ${amount}.`,
    ask: (name, unit) => `Wanted: ${name} in ${unit}.`,
    isReminded: false,
  },
];

function pose(core: Core, { template, random, aside }: Surface): Posed {
  const { chain, given, extra } = core;
  const plan = planOf(chain);
  const wording = WORDINGS[template]!;
  const fact = (name: string, value: number): string => wording.fact(name, `${value} ${UNITS[name]!}`);
  const facts = given.map((value, i) => fact(plan.given[i]!, value));
  if (extra) facts.push(fact(...extra));
  const told = shuffled(random, facts);
  if (aside !== null) told.splice(between(random, 0, told.length), 0, aside);
  if (wording.isReminded)
    told.unshift(...shuffled(random, plan.moves).map(({ formula }) => reminder(formula)));
  const { name } = plan.moves.at(-1)!;
  told.push(wording.ask(name, UNITS[name]!));
  const right = tell(core, plan, -1, '*');
  return { question: told.join(' '), answer: right.answer!, steps: stepsOf(right, slipsOf(core, plan)) };
}

const capital = (text: string): string => text[0]!.toUpperCase() + text.slice(1);

const reminder = ([product, a, b]: Formula): string => `${capital(product)} = ${a} * ${b}.`;

const calculate = (sign: Sign, a: number, b: number): number =>
  sign === '*' ? a * b : sign === '/' ? a / b : sign === '+' ? a + b : a - b;

/** Formula by formula. At the one of index `at` another sign is taken. */
function tell({ given }: Core, { moves }: Plan, at: number, other: Sign): Told {
  const values = [...given];
  const lines = moves.map(({ formula, wanted, name, places }, i) => {
    const sign = i === at ? other : wanted === 0 ? '*' : '/';
    const [a, b] = [values[places[0]]!, values[places[1]]!];
    const [x, y] = wanted === 0 ? [formula[1], formula[2]] : [formula[0], formula[3 - wanted]!];
    const result = calculate(sign, a, b);
    values.push(result);
    return `${capital(name)} = ${x} ${sign} ${y} = ${a} ${sign} ${b} = ${result} ${UNITS[name]!}.`;
  });
  return { lines, answer: String(values.at(-1)) };
}

/** The numbers alone: null when one is broken, which would show at once. */
function answerOf({ given }: Core, { moves }: Plan, at = -1, other: Sign = '*'): number | null {
  const values = [...given];
  for (let i = 0; i < moves.length; i++) {
    const { wanted, places } = moves[i]!;
    const sign = i === at ? other : wanted === 0 ? '*' : '/';
    const result = calculate(sign, values[places[0]]!, values[places[1]]!);
    if (!Number.isInteger(result)) return null;
    values.push(result);
  }
  return values.at(-1)!;
}

function slipsOf(core: Core, plan: Plan): Slip[] {
  const slips: Slip[] = [];
  plan.moves.forEach(({ formula: [product, a, b], wanted }, at) => {
    const [likely, other] = wanted === 0 ? (['/', '+'] as const) : (['*', '-'] as const);
    const sign = answerOf(core, plan, at, likely) === null ? other : likely;
    if (sign === other && answerOf(core, plan, at, other) === null) return;
    const turned = wanted === 0 ? '' : `, so one divides by ${wanted === 1 ? b : a}`;
    slips.push({
      told: tell(core, plan, at, sign),
      why: `${capital(product)} is ${a} times ${b}${turned}.`,
    });
  });
  return slips;
}

/** Uses whatever formula can be used until nothing new comes out; whatever comes out twice must be equal. */
function resolve({ given, extra, chain }: Core): string {
  const plan = planOf(chain);
  const values = new Map(given.map((value, i): [string, number] => [plan.given[i]!, value]));
  if (extra) values.set(...extra);
  const put = (name: string, value: number): boolean => {
    const before = values.get(name);
    if (before === undefined) values.set(name, value);
    // What nobody asks for may be a fraction.
    else if (Math.abs(before - value) > 1e-9 * before) throw new Error(`${name} is ${before} and ${value}`);
    return before === undefined;
  };
  for (let isNew = true; isNew; ) {
    isNew = false;
    for (const [product, a, b] of FORMULAS) {
      const [whole, x, y] = [values.get(product), values.get(a), values.get(b)];
      if (x !== undefined && y !== undefined) isNew = put(product, x * y) || isNew;
      if (whole !== undefined && x !== undefined) isNew = put(b, whole / x) || isNew;
      if (whole !== undefined && y !== undefined) isNew = put(a, whole / y) || isNew;
    }
  }
  return String(Number(values.get(plan.moves.at(-1)!.name)!.toPrecision(10)));
}

export const formulas: Generator<Core> = {
  name: 'formulas',
  title: 'Formula application',
  domain: 'scientific',
  abilities: ['quantities', 'natural-science'],
  why: 'The formulas that join what is given with what is wanted have to be found and turned around.',
  kind: 'generate',
  chance: 0.03,
  levels: [1, 2, 3, 4],
  templates: WORDINGS.length,
  sample,
  perturb,
  aside: (_core, random) => plainAside(random),
  pose,
  /** `12` and, where newtons are asked for, `12 N`. */
  accepts: (core, stated) => {
    const plan = planOf(core.chain);
    return sameQuantity(String(answerOf(core, plan)), UNITS[plan.moves.at(-1)!.name]!, stated);
  },
  resolve,
};
