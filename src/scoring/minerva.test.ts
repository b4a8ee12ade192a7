import { expect, it } from 'vitest';
import { compatibleMinerva } from './minerva.ts';

const said = (answer: string): string =>
  `Final Answer: The final answer is $${answer}$. I hope it is correct.`;

it.each([
  ['7', '7', 1],
  ['0.5', '\\frac{1}{2}', 1],
  ['seven', '7', 0],
  ['12^{th}', '12', 0],
])('reads %s against %s as SymPy does, which knows no words', (answer, reference, value) => {
  expect(compatibleMinerva(said(answer), reference)).toBe(value);
});
