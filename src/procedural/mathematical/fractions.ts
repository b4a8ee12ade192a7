/**
 * Calculating with fractions. Level 1 brings one fraction to lowest terms, level 2 has one easy operation (equal
 * bottoms, or times), level 3 a harder one (different bottoms, or divided), level 4 two operations.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Surface } from '../generator.ts';
import { between, happens, pick } from '../random-choice.ts';
import { type Slip, stepsOf, type Told } from '../slips.ts';
import { plainAside } from '../words.ts';

/** Top and bottom. */
type Fraction = readonly [top: number, bottom: number];
type Sign = '+' | '-' | '*' | '/';

/** From the left, without precedence: `signs[i]` stands before `terms[i + 1]`. */
interface Core {
  readonly signs: readonly Sign[];
  readonly terms: readonly Fraction[];
}

function sample(random: RandomStream, level: number): Core {
  if (level === 1) return { signs: [], terms: [unreduced(random)] };
  if (level === 2)
    return happens(random, 0.5) ? fill(random, ['*'], false) : fill(random, [pick(random, ['+', '-'])], true);
  const hard = (): Sign => pick(random, ['+', '+', '-', '-', '/']);
  if (level === 3) return fill(random, [hard()], false);
  return fill(
    random,
    Array.from({ length: level - 2 }, (_, i) => (i === 0 ? hard() : pick(random, ['+', '-', '*']))),
    false,
  );
}

function perturb({ signs, terms }: Core, random: RandomStream): Core {
  if (signs.length === 0) return { signs, terms: [unreduced(random)] };
  return fill(random, signs, signs.length === 1 && signs[0] !== '*' && terms[0]![1] === terms[1]![1]);
}

/** In lowest terms but for one small factor. */
function unreduced(random: RandomStream): Fraction {
  for (;;) {
    const [top, bottom] = [between(random, 1, 30), between(random, 2, 30)];
    const by = pick(random, [2, 3, 5, 7]);
    if (common(top, bottom) === 1) return [top * by, bottom * by];
  }
}

/** The value stays above 0 all the way. `isSame`: with equal bottoms, else neighbours in a sum have different ones. */
function fill(random: RandomStream, signs: readonly Sign[], isSame: boolean): Core {
  for (;;) {
    const terms: Fraction[] = [isSame ? lowest(random, between(random, 3, 20)) : pick(random, TERMS)];
    for (const sign of signs) {
      const last = terms.at(-1)!;
      let next = isSame ? lowest(random, last[1]) : pick(random, TERMS);
      while (!isSame && isSum(sign) && next[1] === last[1]) next = pick(random, TERMS);
      terms.push(next);
    }
    // The order of what is added or multiplied does not matter: the larger one stands last.
    const [first, second] = terms as [Fraction, Fraction];
    if ((signs[0] === '+' || signs[0] === '*') && first[0] * second[1] > second[0] * first[1])
      terms.splice(0, 2, second, first);
    if (isPositive(signs, terms)) return { signs, terms };
  }
}

function lowest(random: RandomStream, bottom: number): Fraction {
  for (;;) {
    const top = between(random, 1, bottom - 1);
    if (common(top, bottom) === 1) return [top, bottom];
  }
}

const isSum = (sign: Sign): boolean => sign === '+' || sign === '-';

function isPositive(signs: readonly Sign[], terms: readonly Fraction[]): boolean {
  let value = terms[0]![0] / terms[0]![1];
  for (let i = 0; i < signs.length; i++) {
    const by = terms[i + 1]![0] / terms[i + 1]![1];
    if (signs[i] === '-') value -= by;
    else value = signs[i] === '+' ? value + by : signs[i] === '*' ? value * by : value / by;
    if (value < 0.001) return false;
  }
  return true;
}

/** The greatest common divisor. */
function common(a: number, b: number): number {
  return b === 0 ? a : common(b, a % b);
}

/** Fractions in lowest terms with small bottoms, some above 1. */
const TERMS: readonly Fraction[] = [2, 3, 4, 5, 6, 8, 9, 10, 12].flatMap((bottom) =>
  Array.from({ length: bottom < 6 ? bottom + 2 : bottom - 1 }, (_, i): Fraction => [i + 1, bottom]).filter(
    ([top]) => common(top, bottom) === 1,
  ),
);

const shown = ([top, bottom]: Fraction): string => (bottom === 1 ? String(top) : `${top}/${bottom}`);

const QUESTIONS: readonly ((sum: string, isOne: boolean) => string)[] = [
  (sum, isOne) => (isOne ? `Write ${sum} in lowest terms.` : `What is ${sum} in lowest terms?`),
  (sum, isOne) => (isOne ? `Reduce ${sum} to lowest terms.` : `Work out ${sum} and reduce the result.`),
  (sum) => `Give ${sum} as a fraction in lowest terms.`,
  (sum) => `Which fraction in lowest terms is ${sum}?`,
];

function pose(core: Core, { template, random, aside }: Surface): Posed {
  const { signs, terms } = core;
  const written = terms.map(shown);
  const isTurned = (signs[0] === '+' || signs[0] === '*') && happens(random, 0.5);
  if (isTurned) written.splice(0, 2, written[1]!, written[0]!);
  let sum = written[0]!;
  signs.forEach((sign, i) => {
    const isOpen = i > 0 && !isSum(sign) && isSum(signs[i - 1]!);
    sum = `${isOpen ? `(${sum})` : sum} ${sign === '/' ? 'divided by' : sign} ${written[i + 1]!}`;
  });
  const asked = QUESTIONS[template]!(sum, signs.length === 0);
  const told = (slip: SlipKind | null, at = 0): Told => tell(core, isTurned, slip, at);
  const right = told(null);
  return {
    question: aside === null ? asked : `${aside} ${asked}`,
    answer: right.answer!,
    steps: stepsOf(right, slipsOf(core, told)),
  };
}

type SlipKind = 'straight' | 'unscaled' | 'unflipped' | 'unreduced' | 'top only';

/** Operation by operation, then divided by one small number after the other. A slip happens at the sign of index `at`. */
function tell({ signs, terms }: Core, isTurned: boolean, slip: SlipKind | null, at: number): Told {
  const lines: string[] = [];
  const inOrder = isTurned ? [terms[1]!, terms[0]!, ...terms.slice(2)] : terms;
  let [a, b] = inOrder[0]!;
  signs.forEach((sign, i) => {
    const [c, d] = inOrder[i + 1]!;
    const here = i === at ? slip : null;
    if (isSum(sign)) [a, b] = added(lines, [a, b], sign as '+' | '-', [c, d], here);
    else {
      const [x, y] = sign === '/' && here !== 'unflipped' ? [d, c] : [c, d];
      if (sign === '/' && here !== 'unflipped')
        lines.push(`Dividing by ${shown([c, d])} is the same as times ${x}/${y}.`);
      lines.push(`Top: ${a} * ${x} = ${a * x}. Bottom: ${b} * ${y} = ${b * y}.`);
      [a, b] = [a * x, b * y];
    }
  });
  for (let by = 2; by <= a && by <= b; ) {
    if (a % by !== 0 || b % by !== 0) {
      by++;
      continue;
    }
    if (slip === 'unreduced') break;
    const next: Fraction = [a / by, slip === 'top only' ? b : b / by];
    lines.push(`Divide by ${by}: ${a}/${b} = ${next[0]}/${next[1]}.`);
    [a, b] = next;
    if (slip === 'top only') break;
  }
  lines.push(b === 1 ? `${a}/1 is ${a}.` : `${a}/${b} is in lowest terms.`);
  return { lines, answer: shown([a, b]) };
}

function added(
  lines: string[],
  [a, b]: Fraction,
  sign: '+' | '-',
  [c, d]: Fraction,
  slip: SlipKind | null,
): Fraction {
  const join = (x: number, y: number): number => (sign === '+' ? x + y : x - y);
  if (slip === 'straight') {
    const bottom = sign === '+' ? b + d : Math.abs(b - d) || b;
    const top = Math.abs(join(a, c)) || 1;
    lines.push(`${a}/${b} ${sign} ${c}/${d} = ${top}/${bottom}.`);
    return [top, bottom];
  }
  let [x, y, bottom] = [a, c, b];
  if (b !== d) {
    bottom = (b * d) / common(b, d);
    x = slip === 'unscaled' ? a : (a * bottom) / b;
    y = slip === 'unscaled' ? c : (c * bottom) / d;
    lines.push(`${bottom} is a multiple of ${b} and ${d}.`);
    lines.push(`${a}/${b} = ${x}/${bottom} and ${c}/${d} = ${y}/${bottom}.`);
  }
  const top = join(x, y);
  lines.push(`${x}/${bottom} ${sign} ${y}/${bottom} = ${top}/${bottom}.`);
  return [top, bottom];
}

function slipsOf({ signs, terms }: Core, told: (slip: SlipKind, at?: number) => Told): Slip[] {
  const slips: Slip[] = [];
  signs.forEach((sign, i) => {
    if (sign === '/')
      slips.push({ told: told('unflipped', i), why: 'To divide, the second fraction is turned over.' });
    if (sign !== '+' && sign !== '-') return;
    slips.push({
      told: told('straight', i),
      why: `Bottoms are not ${sign === '+' ? 'added' : 'taken away'}.`,
    });
    if (terms[i]![1] !== terms[i + 1]![1])
      slips.push({ told: told('unscaled', i), why: 'The tops must be multiplied like the bottoms.' });
  });
  slips.push({ told: told('unreduced'), why: 'One number divides both top and bottom.' });
  slips.push({ told: told('top only'), why: 'The bottom must be divided as well.' });
  return slips.filter(({ told: { answer } }) => !answer!.includes('-'));
}

/** Over one bottom, the product of all, then by trying every divisor. */
function resolve({ signs, terms }: Core): string {
  let [top, bottom] = terms[0]!;
  signs.forEach((sign, i) => {
    const [c, d] = terms[i + 1]!;
    if (sign === '+') top = top * d + c * bottom;
    else if (sign === '-') top = top * d - c * bottom;
    else top *= sign === '*' ? c : d;
    bottom *= sign === '/' ? c : d;
  });
  let by = Math.min(top, bottom);
  while (top % by !== 0 || bottom % by !== 0) by--;
  return shown([top / by, bottom / by]);
}

/**
 * Lowest terms are asked for, so `2/4` is wrong where `1/2` is right. `7/4` may be written `1 3/4`, and 3 as `3/1`;
 * decimals are no fractions.
 */
function accepts(core: Core, stated: string): boolean {
  const parts = /^(?:(\d{1,6}) )?(\d{1,6})(?: ?\/ ?(\d{1,6}))?\.?$/.exec(stated.trim().replace(/\s+/g, ' '));
  if (!parts) return false;
  const [whole, top, bottom] = [Number(parts[1] ?? 0), Number(parts[2]), Number(parts[3] ?? 1)];
  if (bottom === 0 || common(top, bottom) !== 1) return false;
  // A mixed number has a proper fraction behind the whole one.
  if (parts[1] !== undefined && (parts[3] === undefined || top >= bottom || whole === 0)) return false;
  const [a, b] = value(core);
  return (whole * bottom + top) * b === a * bottom;
}

/** Not in lowest terms. */
function value({ signs, terms }: Core): Fraction {
  return signs.reduce<Fraction>(([a, b], sign, i) => {
    const [c, d] = terms[i + 1]!;
    if (sign === '*') return [a * c, b * d];
    if (sign === '/') return [a * d, b * c];
    return [a * d + (sign === '+' ? c : -c) * b, b * d];
  }, terms[0]!);
}

export const fractions: Generator<Core> = {
  name: 'fractions',
  title: 'Fractions',
  domain: 'mathematical',
  abilities: ['arithmetic', 'number-theory'],
  why: 'Fractions follow rules of their own: what holds for tops does not hold for bottoms.',
  kind: 'generate',
  chance: 0.01,
  levels: [1, 2, 3, 4],
  templates: QUESTIONS.length,
  sample,
  perturb,
  aside: (_core, random) => plainAside(random),
  pose,
  accepts,
  resolve,
};
