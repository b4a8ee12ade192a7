import { expect, it } from 'vitest';
import { wordsOf } from './normalise.ts';
import { templateOf } from './template.ts';

const hashes = (text: string): number[] => [...templateOf(wordsOf(text)).hashes];

it.each([
  ['numbers', 'A farmer has 12 hens and sells 3.5 kg.', 'A farmer has 1,250 hens and sells 1/2 kg.'],
  ['numbers in words', 'She buys three apples for two dollars.', 'She buys twenty-one apples for 7 dollars.'],
  [
    'names and pronouns',
    'Anna buys 3 pens. She gives her pens to Tom.',
    'Paul buys 9 pens. He gives his pens to Mary.',
  ],
  [
    'names that are no common ones',
    'Every day Zorblax eats 3 eggs.',
    'Every day Qwendoline Fitz eats 4 eggs.',
  ],
  ['coefficients', 'Solve $3x + 4 = 10$ for x', 'Solve $12x + 7 = 1$ for x'],
])('is the same with other %s', (_, a, b) => {
  expect(hashes(a)).toEqual(hashes(b));
});

it.each([
  ['another thing', 'A farmer has 12 hens.', 'A farmer has 12 cows.'],
  ['another question', 'How many pens has Tom if he buys 3?', 'How many pens has Tom if he sells 3?'],
  ['another variable', 'Solve 3x = 4.', 'Solve 3y = 4.'],
])('is not the same with %s', (_, a, b) => {
  expect(hashes(a)).not.toEqual(hashes(b));
});

it('counts places for numbers and plain words', () => {
  const { numbers, plain } = templateOf(wordsOf('Anna has 3 or four pens, or 5'));
  expect({ numbers, plain }).toEqual({ numbers: 3, plain: 4 });
});
