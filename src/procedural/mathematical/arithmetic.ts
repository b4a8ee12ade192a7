/**
 * Sums and differences of whole numbers, worked out column by column as on paper. Level L has numbers of up to L + 1
 * digits.
 */
import type { RandomStream } from '../../stats/random.ts';
import type { Generator, Posed, Step, Surface, WrongTurn } from '../generator.ts';
import { between, happens, pick } from '../random-choice.ts';
import { plainAside } from '../words.ts';

/** `a` is not smaller than `b`, so a sum has one core and a difference is never negative. */
interface Core {
  readonly a: number;
  readonly b: number;
  readonly op: '+' | '-';
}

const COLUMNS = ['ones', 'tens', 'hundreds', 'thousands', 'ten thousands', 'hundred thousands', 'millions'];

const withDigits = (random: RandomStream, digits: number): number =>
  between(random, digits === 1 ? 1 : 10 ** (digits - 1), 10 ** digits - 1);

function sample(random: RandomStream, level: number): Core {
  const first = withDigits(random, level + 1);
  // The second number may be shorter, so that columns do not always line up.
  const second = withDigits(random, happens(random, 0.7) ? level + 1 : between(random, 1, level));
  return { a: Math.max(first, second), b: Math.min(first, second), op: pick(random, ['+', '-']) };
}

function perturb({ op, a, b }: Core, random: RandomStream): Core {
  const first = withDigits(random, String(a).length);
  const second = withDigits(random, String(b).length);
  return { a: Math.max(first, second), b: Math.min(first, second), op };
}

const QUESTIONS: Readonly<Record<Core['op'], readonly ((a: number, b: number) => string)[]>> = {
  '+': [
    (a, b) => `What is ${a} + ${b}?`,
    (a, b) => `Work out ${a} plus ${b}.`,
    (a, b) => `Add ${a} and ${b}.`,
    (a, b) => `Find the sum of ${a} and ${b}.`,
  ],
  '-': [
    (a, b) => `What is ${a} - ${b}?`,
    (a, b) => `Work out ${a} minus ${b}.`,
    (a, b) => `Take ${b} from ${a}.`,
    (a, b) => `Find the difference of ${a} and ${b}.`,
  ],
};

function pose({ op, a, b }: Core, { template, random, aside }: Surface): Posed {
  const turned = op === '+' && happens(random, 0.5);
  const [first, second] = turned ? [b, a] : [a, b];
  const question = QUESTIONS[op][template]!(first, second);
  const { steps, answer } = byColumns(op, first, second);
  return { question: aside === null ? question : `${aside} ${question}`, answer, steps };
}

/** One step a column, from the right, and one that reads off the result. */
function byColumns(op: Core['op'], a: number, b: number): { steps: Step[]; answer: string } {
  const places = Math.max(String(a).length, String(b).length);
  const steps: Step[] = [];
  let carry = 0;
  let written = '';
  for (let place = 0; place < places; place++) {
    const [x, y] = [digitAt(a, place), digitAt(b, place)];
    const total = op === '+' ? x + y + carry : x - y - carry;
    const digit = (total + 10) % 10;
    const next = op === '+' ? Number(total > 9) : Number(total < 0);
    const carried = carry === 0 ? '' : ` ${op} ${carry}`;
    const borrowed = op === '-' && next === 1 ? ` + 10` : '';
    const column = `${COLUMNS[place]!}: ${x} ${op} ${y}${carried}${borrowed} = ${borrowed ? digit : total}`;
    const wrong: WrongTurn[] = [];
    if (carry === 1) {
      const without = op === '+' ? `${x} + ${y} = ${x + y}` : forgetful(x, y);
      wrong.push({
        text: `${COLUMNS[place]!}: ${without}.`,
        ...ending(op, a, b, op === '+' ? -(10 ** place) : 10 ** place),
        why: `The 1 ${op === '+' ? 'carried' : 'borrowed'} from the ${COLUMNS[place - 1]!} was forgotten.`,
      });
    }
    const isFirstOpen = next === 1 && carry === 0;
    if (isFirstOpen && op === '-') {
      // The larger digit minus the smaller one, whichever stands above: 5 for 2 - 7.
      wrong.push({
        text: `${COLUMNS[place]!}: ${y} ${op} ${x} = ${y - x}.`,
        ...ending(op, a, b, (y - x - digit + 10) * 10 ** place),
        why: `The digits were turned around: ${x} - ${y} needs a 1 borrowed from the next column.`,
      });
    }
    steps.push({
      text: `${column}, write ${digit}${next === 1 ? (op === '+' ? ', carry 1' : ', borrow 1') : ''}.`,
      wrong,
    });
    written = `${digit}${written}`;
    carry = next;
  }
  const answer = String(Number(`${carry === 1 ? '1' : ''}${written}`));
  const other = op === '+' ? Math.abs(a - b) : a + b;
  steps.push({
    text: `So ${a} ${op} ${b} = ${answer}.`,
    wrong: [
      {
        text: `So ${a} ${op} ${b} = ${other}.`,
        answer: String(other),
        why: `That is the ${op === '+' ? 'difference' : 'sum'}: the question asks for the ${op === '+' ? 'sum' : 'difference'}.`,
      },
    ],
  });
  return { steps, answer };
}

const forgetful = (x: number, y: number): string =>
  x < y ? `${x} - ${y} + 10 = ${x - y + 10}` : `${x} - ${y} = ${x - y}`;

/** How a turn goes on whose result is off by `error`. */
function ending(op: Core['op'], a: number, b: number, error: number): Pick<WrongTurn, 'after' | 'answer'> {
  const result = (op === '+' ? a + b : a - b) + error;
  return { after: [`So ${a} ${op} ${b} = ${result}.`], answer: String(result) };
}

const digitAt = (number: number, place: number): number => Math.floor(number / 10 ** place) % 10;

export const arithmetic: Generator<Core> = {
  name: 'arithmetic',
  title: 'Sums and differences',
  domain: 'mathematical',
  abilities: ['arithmetic'],
  why: 'Written addition and subtraction: a slip in one column spoils the result.',
  kind: 'generate',
  chance: 0,
  levels: [1, 2, 3, 4],
  templates: 4,
  sample,
  perturb,
  aside: (_core, random) => plainAside(random),
  pose,
  resolve: ({ op, a, b }) => String(op === '+' ? a + b : a - b),
};
