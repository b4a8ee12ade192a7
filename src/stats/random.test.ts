import { expect, test } from 'vitest';
import { fromState, randomStream } from './random.ts';

test("the first numbers are those of the authors' C code from the state 1, 2, 3, 4", () => {
  const stream = fromState([1, 2, 3, 4]);
  expect(Array.from({ length: 8 }, stream.bits)).toEqual([
    11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849,
  ]);
});

test('a seed names one stream; texts and numbers can be seeds', () => {
  const draw = (seed: number | string) => Array.from({ length: 4 }, randomStream(seed).bits);
  expect(draw('mixed/logical')).toEqual(draw('mixed/logical'));
  expect(draw('mixed/logical')).not.toEqual(draw('mixed/code'));
  expect(draw(0)).not.toEqual(draw(1));
});

test('numbers are uniform: chi-square over 10 cells stays below the 99.9 % point of 9 degrees of freedom', () => {
  for (const seed of [0, 1, 2, 'a', 'b']) {
    const stream = randomStream(seed);
    const cells = new Array<number>(10).fill(0);
    for (let i = 0; i < 20_000; i++) {
      const cell = stream.below(10);
      cells[cell] = (cells[cell] as number) + 1;
    }
    const chi = cells.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
    expect(chi).toBeLessThan(27.88);
    const mean = Array.from({ length: 10_000 }, stream.uniform).reduce((a, b) => a + b) / 10_000;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.012);
  }
});
