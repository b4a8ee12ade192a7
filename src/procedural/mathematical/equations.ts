/**
 * Linear equations with one unknown: `a(x + q) + b = cx + d`, of which a level has more and more. Level 1 is one move
 * (`x + 4 = 9`, `3x = 12`), level 2 two (`3x + 4 = 19`), level 3 has the unknown on both sides, level 4 a bracket.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Surface } from '../generator.ts';
import { between, happens, pick } from '../random-choice.ts';
import { type Slip, stepsOf, type Told } from '../slips.ts';
import { sameAnswer } from '../verify.ts';
import { plainAside } from '../words.ts';

/** `a(x + q) + b = cx + d` with `a` above `c`; 0 for what is not there. The letter is surface. */
interface Core {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly q: number;
}

const sample = (random: RandomStream, level: number): Core => draw(random, level, happens(random, 0.8));

function perturb({ a, b, c, q }: Core, random: RandomStream): Core {
  return draw(random, q !== 0 ? (b !== 0 ? 5 : 4) : c > 0 ? 3 : a > 1 && b !== 0 ? 2 : 1, a === 1);
}

/** `isPlain`: for level 1, whether the unknown stands without a factor. */
function draw(random: RandomStream, level: number, isPlain: boolean): Core {
  for (;;) {
    const x = level < 3 ? between(random, 1, 40) : between(random, -9, 20);
    const c = level < 3 ? 0 : between(random, 1, 8);
    const a = level === 1 && isPlain ? 1 : level < 3 ? between(random, 2, 12) : c + between(random, 2, 6);
    const q = level < 4 ? 0 : signed(random, 9);
    const b = level === 4 || (level === 1 && !isPlain) ? 0 : signed(random, level === 1 ? 40 : 20);
    // x = 0 hides what was done to it, and numbers that cancel save a step.
    if (x !== 0 && (q === 0 || a * q + b !== 0)) return { a, b, c, d: a * (x + q) + b - c * x, q };
  }
}

const signed = (random: RandomStream, limit: number): number =>
  happens(random, 0.5) ? between(random, 1, limit) : -between(random, 1, limit);

const QUESTIONS: readonly ((equation: string, x: string) => string)[] = [
  (equation, x) => `Solve ${equation} for ${x}.`,
  (equation, x) => `If ${equation}, what is ${x}?`,
  (equation, x) => `Find ${x}: ${equation}.`,
  (equation, x) => `Which number ${x} makes this true: ${equation}?`,
];

/** "3x + 4", "3x", "4" or "0"; with `isTurned` "4 + 3x" where nothing is taken away. */
function side(times: number, x: string, constant: number, isTurned = false): string {
  if (times === 0) return String(constant);
  const first = times === 1 ? x : `${times}${x}`;
  if (constant === 0) return first;
  return isTurned && constant > 0 ? `${constant} + ${first}` : `${first}${plus(constant)}`;
}

const plus = (n: number): string => (n < 0 ? ` - ${-n}` : ` + ${n}`);

function bracket({ a, q, b }: Core, x: string): string {
  return `${a}(${side(1, x, q)})${b === 0 ? '' : plus(b)}`;
}

function pose(core: Core, { template, random, aside }: Surface): Posed {
  const { a, b, c, d, q } = core;
  const x = pick(random, ['x', 'y', 'n', 'k']);
  const left = q === 0 ? side(a, x, b, happens(random, 0.3)) : bracket(core, x);
  const right = side(c, x, d, happens(random, 0.3));
  const equation = happens(random, 0.25) ? `${right} = ${left}` : `${left} = ${right}`;
  const asked = QUESTIONS[template]!(equation, x);
  const told = tell(core, x, null);
  return {
    question: aside === null ? asked : `${aside} ${asked}`,
    answer: told.answer!,
    steps: stepsOf(told, slipsOf(core, x)),
  };
}

type Place = 'bracket' | 'together' | 'unknown' | 'constant' | 'divide';

/** Moves term after term to the other side. A slip happens in one place. */
function tell({ a, b, c, d, q }: Core, x: string, slip: Place | null): Told {
  const lines: string[] = [];
  const is = (left: string, right: string | number): string => `${left} = ${right}.`;
  let [times, constant, rest] = [a, b, d];
  if (q !== 0) {
    constant = slip === 'bracket' ? q : a * q;
    const open = side(a, x, constant);
    lines.push(`${a}(${side(1, x, q)}) = ${open}, so ${is(open + (b === 0 ? '' : plus(b)), side(c, x, d))}`);
    if (b !== 0) {
      constant = slip === 'together' ? constant - b : constant + b;
      lines.push(`Add up the numbers: ${is(side(a, x, constant), side(c, x, d))}`);
    }
  }
  if (c !== 0) {
    times = slip === 'unknown' ? a + c : a - c;
    lines.push(`Take ${side(c, x, 0)} from both sides: ${is(side(times, x, constant), d)}`);
  }
  if (constant !== 0) {
    rest = slip === 'constant' ? rest + constant : rest - constant;
    const move = constant < 0 ? `Add ${-constant} to` : `Take ${constant} from`;
    lines.push(`${move} both sides: ${is(side(times, x, 0), rest)}`);
  }
  if (times === 1) return { lines, answer: String(rest) };
  const result = slip === 'divide' ? String(rest - times) : quotient(rest, times);
  lines.push(slip === 'divide' ? `Take ${times}: ${is(x, result)}` : `Divide by ${times}: ${is(x, result)}`);
  return { lines, answer: result };
}

/** A whole number or a fraction in lowest terms. */
function quotient(a: number, b: number): string {
  let [x, y] = [Math.abs(a), b];
  while (y !== 0) [x, y] = [y, x % y];
  return x === b ? String(a / b) : `${a / x}/${b / x}`;
}

const WHYS: Readonly<Record<Place, string>> = {
  bracket: 'Each number in the bracket is multiplied, not the first alone.',
  together: 'The number after the bracket has the other sign.',
  unknown: 'Taking away makes the number on the left smaller, not larger.',
  constant: 'The same must be done to both sides: here one was added to and the other taken from.',
  divide: 'The number before the letter multiplies it, so one divides by it.',
};

function slipsOf(core: Core, x: string): Slip[] {
  const { a, b, c, q } = core;
  const places: Place[] = [];
  if (q !== 0) places.push('bracket');
  if (q !== 0 && b !== 0) places.push('together');
  if (c !== 0) places.push('unknown');
  if (q !== 0 || b !== 0) places.push('constant');
  if (a - c !== 1) places.push('divide');
  return places.map((place) => ({ told: tell(core, x, place), why: WHYS[place] }));
}

export const equations: Generator<Core> = {
  name: 'equations',
  title: 'Linear equations',
  domain: 'mathematical',
  abilities: ['algebra'],
  why: 'An unknown is found by doing the same to both sides, each move undoing one thing.',
  kind: 'generate',
  chance: 0.02,
  levels: [1, 2, 3, 4],
  templates: QUESTIONS.length,
  sample,
  perturb,
  aside: (_core, random) => plainAside(random),
  pose,
  /** `7` and `x = 7`, whatever the letter is. The solutions are whole numbers, and are to be written as such. */
  accepts: ({ a, b, c, d, q }, stated) =>
    sameAnswer(String((d - b - a * q) / (a - c)), stated.trim().replace(/^[a-z]\s*=\s*/i, '')),
  /** Tries every number. */
  resolve: ({ a, b, c, d, q }) => {
    const found: number[] = [];
    for (let x = -500; x <= 500; x++) if (a * (x + q) + b === c * x + d) found.push(x);
    if (found.length !== 1) throw new Error(`${found.length} solutions`);
    return String(found[0]);
  },
};
