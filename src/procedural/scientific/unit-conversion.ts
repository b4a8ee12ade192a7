/**
 * Amounts in several units, changed into one. Half are units of length, mass, volume and time, which one has to know;
 * half are invented, and the question says how they hang together. Level L takes L calculations.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Surface } from '../generator.ts';
import { sameQuantity } from '../quantity.ts';
import { between, happens, pick, several, shuffled } from '../random-choice.ts';
import { type Slip, stepsOf, type Told } from '../slips.ts';
import { KINDS, plainAside } from '../words.ts';

/** How many of which unit, below 0 when taken away. */
type Part = readonly [n: number, unit: number];

interface Core {
  /** How many of the next unit each one is; empty for real units. */
  readonly factors: readonly number[];
  readonly parts: readonly Part[];
  readonly target: number;
  /** From the largest to the smallest; real ones by the name of what they measure. */
  readonly units: Measure | readonly string[];
}

type Measure = 'length' | 'mass' | 'time' | 'volume';

const REAL: Readonly<
  Record<Measure, { readonly units: readonly string[]; readonly factors: readonly number[] }>
> = {
  length: { units: ['km', 'm', 'cm', 'mm'], factors: [1000, 100, 10] },
  mass: { units: ['t', 'kg', 'g', 'mg'], factors: [1000, 1000, 1000] },
  time: { units: ['weeks', 'days', 'hours', 'minutes', 'seconds'], factors: [7, 24, 60, 60] },
  volume: { units: ['l', 'cl', 'ml'], factors: [100, 10] },
};
const MEASURES = Object.keys(REAL) as Measure[];

/** For each level: how many units each part is away from the one asked for. Each of these takes one calculation. */
const DISTANCES: readonly (readonly (readonly number[])[])[] = [
  [[1]],
  [[2], [1, 0]],
  [
    [1, 0, 0],
    [2, 0],
    [1, 1],
  ],
  [
    [2, 1],
    [1, 1, 0],
    [2, 0, 0],
  ],
  [
    [2, 1, 0],
    [1, 1, 0, 0],
    [2, 2],
  ],
];

function sample(random: RandomStream, level: number): Core {
  const distances = pick(random, DISTANCES[level - 1]!);
  const isReal = happens(random, 0.5);
  return fill(random, distances, isReal, happens(random, 0.3), distances.length);
}

function perturb({ units, target, parts }: Core, random: RandomStream): Core {
  const distances = parts.map(([, unit]) => Math.abs(unit - target));
  return fill(random, distances, typeof units === 'string', parts[0]![1] > target, parts.length);
}

/** `isUp`: into a larger unit. */
function fill(
  random: RandomStream,
  distances: readonly number[],
  isReal: boolean,
  isUp: boolean,
  count: number,
): Core {
  const far = Math.max(...distances);
  for (;;) {
    const measure = isReal ? pick(random, MEASURES) : null;
    const factors = measure
      ? REAL[measure].factors
      : Array.from({ length: far + random.below(2) }, () => between(random, 2, 12));
    const target = isUp ? random.below(factors.length + 1 - far) : between(random, far, factors.length);
    let total = 0;
    const parts = distances.map((distance, i): Part => {
      const unit = isUp ? target + distance : target - distance;
      const size = ratio(factors, unit, target);
      const most = distance === 0 ? 60 : distance === 1 ? (count === 1 ? 90 : 30) : 12;
      let n = between(random, 2, most);
      if (i > 0 && n * size < total && happens(random, 0.4)) n = -n;
      total += n * size;
      return [isUp ? n * inverse(factors, unit, target) : n, unit];
    });
    // What is added or taken away in any order stands in a fixed one.
    for (let i = 1; i < parts.length; i++) {
      const [[a, unit], [b, other]] = [parts[i - 1]!, parts[i]!];
      if (unit === other && a > 0 === b > 0 && a < b) [parts[i - 1], parts[i]] = [parts[i]!, parts[i - 1]!];
    }
    // Numbers of up to six digits.
    if (total >= 1e6 || parts.some(([n]) => Math.abs(n) >= 1e6)) continue;
    if (measure) return { factors: [], parts, target, units: measure };
    return { factors, parts, target, units: several(random, KINDS, factors.length + 1) };
  }
}

/** How many of `target` one of `unit` is; 1 where `unit` is the smaller one. */
function ratio(factors: readonly number[], unit: number, target: number): number {
  let product = 1;
  for (let i = unit; i < target; i++) product *= factors[i]!;
  return product;
}

const inverse = (factors: readonly number[], unit: number, target: number): number =>
  ratio(factors, target, unit);

function scale({ units, factors }: Core): { names: readonly string[]; factors: readonly number[] } {
  if (typeof units === 'string') return { names: REAL[units].units, factors: REAL[units].factors };
  return { names: units.map((unit) => `${unit}s`), factors };
}

/** Stories: how it begins, what comes, what goes, what is asked. */
const STORIES: Readonly<
  Record<Measure | 'other', readonly (readonly [start: string, more: string, less: string, ask: string])[]>
> = {
  length: [
    ['A rope is # long.', 'A piece of # is tied to it.', 'A piece of # is cut off.', 'How long is it in #?'],
    ['Ann walks #.', 'Then she walks # more.', 'Then she walks # back.', 'How far is that in #?'],
  ],
  mass: [
    ['A bag weighs #.', '# more is put in.', '# is taken out.', 'How much does it weigh in #?'],
    ['A shop has # of nuts.', 'It buys #.', 'It sells #.', 'How much does it have in #?'],
  ],
  volume: [
    ['A tank holds # of water.', '# more flows in.', '# flows out.', 'How much is in it in #?'],
    ['A cook has # of milk.', 'She buys #.', 'She uses up #.', 'How much does she have in #?'],
  ],
  time: [
    ['A trip takes #.', 'It takes # more in the rain.', 'By car one saves #.', 'How long is it in #?'],
    ['Ben works for #.', 'Then he works # more.', 'He rests for # of this time.', 'How long is that in #?'],
  ],
  other: [
    [
      'A box is worth #.',
      'Things worth # are put in.',
      'Things worth # are taken out.',
      'What is it worth in #?',
    ],
    ['Ann has #.', 'She finds #.', 'She loses #.', 'How much is that in #?'],
  ],
};

const TEMPLATES = 4;

function pose(core: Core, { template, random, aside }: Surface): Posed {
  const { parts, target, units, factors } = core;
  const { names } = scale(core);
  const amount = ([n, unit]: Part): string => `${Math.abs(n)} ${names[unit]!}`;
  const told: string[] = [];
  if (typeof units !== 'string')
    told.push(
      ...shuffled(
        random,
        factors.map((factor, i) => `1 ${units[i]!} is ${factor} ${names[i + 1]!}.`),
      ),
    );
  if (template < 2) {
    const sum = parts
      .map((part, i) => `${i === 0 ? '' : part[0] < 0 ? ' - ' : ' + '}${amount(part)}`)
      .join('');
    told.push(
      template === 0 ? `How many ${names[target]!} are ${sum}?` : `Change ${sum} into ${names[target]!}.`,
    );
  } else {
    const stories = STORIES[typeof units === 'string' ? units : 'other'];
    const [start, more, less, ask] = stories[template - 2]!;
    parts.forEach((part, i) => {
      told.push((i === 0 ? start : part[0] < 0 ? less : more).replace('#', amount(part)));
    });
    told.push(ask.replace('#', names[target]!));
  }
  if (aside !== null) told.splice(between(random, 0, told.length - 1), 0, aside);
  const right = tell(core, -1, null);
  return { question: told.join(' '), answer: right.answer!, steps: stepsOf(right, slipsOf(core)) };
}

type SlipKind = 'unchanged' | 'inverse' | 'factor' | 'added';

/** Part by part, unit by unit. The slip happens at the part of index `at`. */
function tell(core: Core, at: number, slip: SlipKind | null): Told {
  const { parts, target } = core;
  const { names, factors } = scale(core);
  const lines: string[] = [];
  let total = 0;
  for (let i = 0; i < parts.length; i++) {
    let [n, unit] = parts[i]!;
    const isLess = n < 0;
    n = Math.abs(n);
    const here = i === at ? slip : null;
    while (unit !== target) {
      const isDown = unit < target;
      const next = isDown ? unit + 1 : unit - 1;
      const factor = factors[Math.min(unit, next)]!;
      if (here === 'unchanged') {
        lines.push(`${n} ${names[unit]!} is ${n} ${names[next]!}.`);
      } else {
        const isTimes = isDown !== (here === 'inverse');
        const by = here === 'factor' ? wrongFactor(factor) : factor;
        const result = isTimes ? n * by : n / by;
        lines.push(`${n} ${names[unit]!} = ${n} ${isTimes ? '*' : '/'} ${by} = ${result} ${names[next]!}.`);
        n = result;
      }
      unit = next;
    }
    if (i === 0) total = n;
    else {
      const sign = isLess !== (here === 'added') ? '-' : '+';
      const sum = sign === '+' ? total + n : total - n;
      lines.push(`${total} ${sign} ${n} = ${sum} ${names[target]!}.`);
      total = sum;
    }
  }
  return { lines, answer: String(total) };
}

const wrongFactor = (factor: number): number =>
  factor === 60 || factor === 1000 ? 100 : factor === 100 ? 10 : factor === 10 ? 100 : factor + 1;

function slipsOf(core: Core): Slip[] {
  const { parts, target } = core;
  const slips: Slip[] = [];
  const add = (at: number, slip: SlipKind, why: string): boolean => {
    const told = tell(core, at, slip);
    // A broken number would show at once.
    const isWhole = told.lines.every((line) => !/\.\d/.test(line));
    if (isWhole) slips.push({ told, why });
    return isWhole;
  };
  parts.forEach(([n, unit], i) => {
    if (unit === target) {
      if (i > 0) add(i, 'added', n < 0 ? 'This is taken away.' : 'This is added.');
      return;
    }
    const turned =
      unit < target ? 'A smaller unit needs a larger number.' : 'A larger unit needs a smaller number.';
    const wrong = 'That is not how many of the smaller unit the larger one has.';
    // One of the three, as the number has it: all three for each part would be many.
    if (n % 3 === 0 && add(i, 'inverse', turned)) return;
    if (n % 3 === 1 && add(i, 'factor', wrong)) return;
    add(i, 'unchanged', 'Another unit needs another number.');
  });
  return slips;
}

function answerOf(core: Core): number {
  const { factors } = scale(core);
  return core.parts.reduce(
    (sum, [n, unit]) => sum + (n * ratio(factors, unit, core.target)) / inverse(factors, unit, core.target),
    0,
  );
}

/** In the smallest unit of all, then counted out in the unit asked for. */
function resolve(core: Core): string {
  const { parts, target } = core;
  const { factors } = scale(core);
  const sizes = [...factors, 1].map((_, i) => factors.slice(i).reduce((a, b) => a * b, 1));
  const smallest = parts.reduce((sum, [n, unit]) => sum + n * sizes[unit]!, 0);
  return String(smallest / sizes[target]!);
}

export const unitConversion: Generator<Core> = {
  name: 'unit_conversion',
  title: 'Unit conversion',
  domain: 'scientific',
  abilities: ['quantities'],
  why: 'Amounts can only be compared and added in one unit; which one is the smaller decides what to do.',
  kind: 'generate',
  chance: 0,
  levels: [1, 2, 3, 4],
  templates: TEMPLATES,
  sample,
  perturb,
  aside: (_core, random) => plainAside(random),
  pose,
  /** `235` and, where cm are asked for, `235 cm`; the same amount in another unit is no answer. */
  accepts: (core, stated) => sameQuantity(String(answerOf(core)), scale(core).names[core.target]!, stated),
  resolve,
};
