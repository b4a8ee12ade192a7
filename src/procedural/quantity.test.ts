import { expect, it } from 'vitest';
import { sameQuantity } from './quantity.ts';

it.each([
  ['235', true],
  [' 235 cm. ', true],
  ['235cm', true],
  ['235 CM', true],
  ['235 m', false],
  ['235 mm', false],
  ['2.35 m', false],
  ['cm', false],
  ['cm 235', false],
  ['', false],
])('%j is 235 cm: %j', (stated, same) => {
  expect(sameQuantity('235', 'cm', stated)).toBe(same);
});

it('does not take the end of a longer unit for the unit', () => {
  expect(sameQuantity('235', 'm', '235 mm')).toBe(false);
});
