import { expect, test } from 'vitest';
import { chosenSeeds } from '../study/seed-choice.ts';
import { seedsOption, seedsText } from './seeds-option.ts';

test.each([
  ['3', [5, 6, 7]],
  ['3,4', [3, 4]],
  ['0, 9', [0, 9]],
  ['7,', [7]],
])('--seeds %s for a study with the seeds 5 and 8', (text, seeds) => {
  const choice = seedsOption(text);
  expect(chosenSeeds([5, 8], choice)).toEqual(seeds);
  expect(seedsOption(seedsText(choice))).toEqual(choice);
});

test.each([
  ['0', 'not a whole number from 1 to 1000'],
  ['a,b', '"a" is not a whole number of at least 0'],
  ['3,,4', '"" is not a whole number'],
  ['3,-4', '"-4" is not a whole number'],
  ['3,1e3', '"1e3" is not a whole number'],
  ['3,4,3', 'a seed is there twice'],
  [Array.from({ length: 1001 }, (_, seed) => seed).join(','), '1001 seeds are more than 1000'],
])('--seeds %.20s is refused', (text, message) => {
  expect(() => seedsOption(text)).toThrow(message);
});

test('shifts share no seed, and shift 0 is the study itself', () => {
  const all = [0, 1, 2, 3].flatMap((shift) => chosenSeeds([1, 2], { shift }));
  expect(all).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  const sparse = [0, 1, 2].flatMap((shift) => chosenSeeds([4, 0, 2], { shift }));
  expect(new Set(sparse).size).toBe(9);
});
