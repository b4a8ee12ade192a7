/** Answers made to break a reader: each with a name, and what the sample's outcome may be against the reference 5. */
export interface HostileAnswer {
  readonly name: string;
  readonly answer: string;
}

const times = (part: string, n: number): string => part.repeat(n);
const nested = (open: string, close: string, n: number): string => `${times(open, n)}1${times(close, n)}`;

const BRACKETS: readonly (readonly [string, string])[] = [
  ['(', ')'],
  ['{', '}'],
  ['[', ']'],
  ['\\{', '\\}'],
  ['\\left(', '\\right)'],
  ['|', '|'],
  ['\\frac{1}{', '}'],
  ['\\sqrt{', '}'],
  ['2^{', '}'],
  ['\\sin(', ')'],
  ['\\text{', '}'],
  ['\\boxed{', '}'],
  ['\\lfloor ', '\\rfloor '],
  ['\\begin{pmatrix}', '\\end{pmatrix}'],
  ['\\binom{5}{', '}'],
];
const REPEATED: readonly string[] = [
  ...[
    '(',
    '{',
    '[',
    '|',
    '\\{',
    '\\frac',
    '\\sqrt',
    '^',
    '_',
    '-',
    '+',
    '!',
    '%',
    ',',
    ';',
    ':',
    '=',
    '<',
    '\\pm',
    '\\cup',
  ],
  ...[
    '\\boxed{',
    '\\boxed ',
    '\\text{',
    '\\begin{matrix}',
    '\\\\',
    '\\',
    "'",
    '$',
    '°',
    '.',
    '1,',
    '1 ',
    'x',
    'x^',
    'e^',
    '\\cdot',
  ],
];
const HUGE: readonly string[] = [
  '9^{9^{9^{9^{9}}}}',
  '10^{10^{10}}',
  '10^{-10^{10}}',
  '(10^{10000})^{10000}',
  '99999!',
  '((100!)!)!',
  '\\binom{100000}{50000}',
  '2^{2^{100}}-2^{2^{100}}+5',
  '\\frac{10^{5000}}{10^{5000}-1}',
  '(1+x)^{100000}',
  '(a+b+c+d+e+f)^{40}',
  '\\sin(10^{100})',
  '\\ln(10^{-100000})',
  '\\sum_{k=1}^{10^{100}} k',
  '\\gcd(10^{3000}+1,10^{2999}+7)',
  '0.\\overline{123456789}^{1000}',
  '1e999999999',
  '1e-999999999',
  'x^{1000000}y^{1000000}',
  '\\sqrt[1000000]{2}',
  '\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}^{1000}',
];

/** A hundred and more: by the kind of harm they mean. */
export const HOSTILE_ANSWERS: readonly HostileAnswer[] = [
  ...BRACKETS.flatMap(([open, close]) => [
    { name: `${open} nested 90 deep`, answer: nested(open, close, 90) },
    { name: `${open} nested 50,000 deep`, answer: nested(open, close, 50_000) },
  ]),
  ...REPEATED.map((part) => ({ name: `${part} 2,000 times`, answer: times(part, Math.floor(2000)) })),
  ...HUGE.map((answer) => ({ name: answer, answer })),
  { name: '1 MB of digits', answer: times('1234567890', 100_000) },
  { name: '1 MB of digits behind the point', answer: `0.${times('1234567890', 100_000)}` },
  { name: '4,900 digits over 90 digits', answer: `${times('7', 4900)}/${times('3', 90)}` },
  { name: '1 MB of thousands groups', answer: `1${times(',234', 250_000)}` },
  { name: '1 MB of spaces', answer: `5${times(' ', 1_000_000)}6` },
  { name: '1 MB of letters', answer: times('abcdefgh', 125_000) },
  { name: 'a list of 2,000 numbers', answer: Array.from({ length: 1000 }, (_, i) => i).join(', ') },
  {
    name: 'a set of 60 roots',
    answer: `\\{${Array.from({ length: 60 }, (_, i) => `\\sqrt{${i}}+\\sqrt{${i + 1}}`).join(',')}\\}`,
  },
  {
    name: 'a matrix of 100 by 100',
    answer: `\\begin{pmatrix}${times(`${times('1&', 99)}1\\\\`, 100)}\\end{pmatrix}`,
  },
  { name: 'a sum of 800 terms', answer: Array.from({ length: 800 }, (_, i) => `${i}x^{${i}}`).join('+') },
  { name: 'a product of 300 sums', answer: times('(x+y)', 300) },
  {
    name: 'a product of 300 different sums',
    answer: Array.from({ length: 300 }, (_, i) => `(x+${i})`).join(''),
  },
  { name: '200 roots', answer: Array.from({ length: 200 }, (_, i) => `\\sqrt{${i + 2}}`).join('+') },
  { name: '100 nested functions', answer: `${times('\\sin\\cos', 45)} x` },
  {
    name: 'a union of 300 intervals',
    answer: Array.from({ length: 300 }, (_, i) => `(${i},${i + 1})`).join('\\cup'),
  },
  {
    name: 'a chain of 500 inequalities',
    answer: Array.from({ length: 500 }, (_, i) => `x_{${i}}`).join('<'),
  },
  { name: 'an inequality of high degree', answer: `${times('(x-1)', 60)} > 0` },
  { name: '500 unknowns', answer: Array.from({ length: 500 }, (_, i) => `y_{${i}}`).join('+') },
  { name: 'the null character and friends', answer: '\u0000\u0001\ud800\uffff\u202e5' },
  { name: 'emoji', answer: times('🤖', 1000) },
  { name: 'combining marks', answer: `5${times('\u0301', 4000)}` },
];

/** Whole outputs that aim at the search for the answer. */
export const HOSTILE_OUTPUTS: readonly HostileAnswer[] = [
  { name: '1 MB of open boxes', answer: times('\\boxed{', 140_000) },
  { name: '1 MB of boxes', answer: times('\\boxed{1}', 110_000) },
  { name: '1 MB of "the answer is"', answer: times('the answer is ', 71_000) },
  { name: 'the answer is, then 1 MB of spaces', answer: `the answer is${times(' ', 1_000_000)}` },
  {
    name: 'final answer, then 1 MB of spaces',
    answer: `final${times(' ', 500_000)}answer${times(' ', 500_000)}is 5`,
  },
  { name: '1 MB of "final answer:"', answer: times('final answer: ', 71_000) },
  { name: '1 MB of dollars', answer: times('$', 1_000_000) },
  { name: '1 MB of formulas', answer: times('$1$ and ', 125_000) },
  { name: '1 MB of open formulas', answer: times('\\(', 500_000) },
  { name: '1 MB of hashes', answer: times('#### ', 200_000) },
  { name: '1 MB of commas and digits', answer: times('1,', 500_000) },
  { name: '1 MB of "answer to"', answer: times('answer to ', 100_000) },
  { name: 'a box of 1 MB', answer: `\\boxed{${times('1+', 500_000)}1}` },
  { name: '1 MB of backslashes', answer: times('\\', 1_000_000) },
  { name: '1 MB of lines', answer: times('answer:\n', 125_000) },
];
