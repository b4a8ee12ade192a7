import { expect, test } from 'vitest';
import { ALL_NAMES } from '../benchmarks/names.ts';
import { ALL_PUBLISHED } from '../data/overlap/screen.ts';
import { againstNames } from './against-option.ts';

test('all stands for every published benchmark, and is no other name', async () => {
  expect(await againstNames(' all ')).toEqual([ALL_PUBLISHED]);
  expect(ALL_NAMES).not.toContain(ALL_PUBLISHED);
  expect(await againstNames('gsm8k,gsm8k')).toEqual(['gsm8k']);
  expect(await againstNames(undefined)).toEqual([]);
  await expect(againstNames('all,gsm8k')).rejects.toThrow('all');
});
