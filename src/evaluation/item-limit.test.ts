import { expect, it } from 'vitest';
import { itemLimit, limitText } from './item-limit.ts';

it('takes the name of a benchmark before its domain, and its domain before the rest', () => {
  const limits = { 'proc/arithmetic': 3, mathematical: 2 };
  const of = (name: string, domain: 'mathematical' | 'code') =>
    itemLimit({ limit: 1, limits }, { name, domain });
  expect([
    of('proc/arithmetic', 'mathematical'),
    of('gsm8k', 'mathematical'),
    of('humaneval', 'code'),
  ]).toEqual([3, 2, 1]);
  const variant = { name: 'proc/sums@fresh', domain: 'mathematical', variantOf: 'proc/sums' } as const;
  expect(itemLimit({ limit: 1, limits }, variant)).toBe(1);
  expect(itemLimit({ limits }, { name: 'humaneval', domain: 'code' })).toBeUndefined();
  expect(itemLimit({ limit: 5 }, { name: 'humaneval', domain: 'code' })).toBe(5);
});

it('is told in words', () => {
  expect(limitText(null)).toBeNull();
  expect(limitText(24)).toBe('at most 24 items of each');
  expect(limitText(24, { code: 3 })).toBe('at most 24 items of each (code: 3)');
  expect(limitText(null, { code: 3, gsm8k: 1 })).toBe('at most 3 items of each in code and 1 item of gsm8k');
});
