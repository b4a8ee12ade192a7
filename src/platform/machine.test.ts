import { totalmem } from 'node:os';
import { expect, it } from 'vitest';
import { availableMemory, totalMemory, withinLimit } from './machine.ts';

it('a container may use its limit, not the whole machine', () => {
  expect(withinLimit(64e9, 8e9)).toBe(8e9);
  // No limit is told in three ways.
  for (const none of [0, undefined, 2 ** 64]) expect(withinLimit(64e9, none)).toBe(64e9);
});

it('what is free is a part of what may be used', () => {
  expect(totalMemory()).toBeLessThanOrEqual(totalmem());
  expect(availableMemory()).toBeGreaterThan(0);
  expect(availableMemory()).toBeLessThan(totalMemory());
});
