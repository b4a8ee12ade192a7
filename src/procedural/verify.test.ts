import { expect, it } from 'vitest';
import { sameAnswer } from './verify.ts';

it.each([
  ['7', ' 7. ', true],
  ['1234', '1,234', true],
  ['7', '007', true],
  ['7', '+7', true],
  ['0', '-0', true],
  ['-7', '7', false],
  ['7', '7.0', false],
  ['123', '12,3', false],
  ['7', '7 cups', false],
  ['Red  cup', 'red cup', true],
  ['true', 'not true', false],
  ['3/4', '6/8', false],
])('%j and %j are the same answer: %j', (a, b, same) => {
  expect(sameAnswer(a, b)).toBe(same);
  expect(sameAnswer(b, a)).toBe(same);
});
