import { expect, test } from 'vitest';
import type { SplitGap } from './report-splits.ts';
import { armVerdict } from './split-verdict.ts';

const estimate = {
  value: 0,
  stderr: 0.01,
  low: -0.02,
  high: 0.02,
  n: 400,
  clusters: 400,
  method: 'tango',
} as const;
const gap = (split: string, own: Partial<SplitGap>): SplitGap => ({
  arm: 'math-only',
  split,
  tasks: ['proc/arithmetic'],
  seen: null,
  floor: [],
  onTest: estimate,
  onSplit: estimate,
  gap: estimate,
  p: 1,
  adjustedP: 1,
  detectable: 0.03,
  detectableCorrected: 0.04,
  seedSpread: null,
  needed: null,
  verdict: 'no difference shown',
  because: '',
  ...own,
});

test('an arm is cleared only by training items that it is known to have seen', () => {
  const of = (train: Partial<SplitGap>) =>
    armVerdict('math-only', [gap('fresh', {}), gap('train', train)], []);
  expect(of({ seen: 'seen items' })).toEqual({
    arm: 'math-only',
    verdict: 'no overfitting shown',
    because: 'On fresh, train a gap of 5.0 points would have been found.',
  });
  expect(of({ seen: 'not known' })).toEqual({
    arm: 'math-only',
    verdict: 'cannot tell',
    because: 'Whether it was trained on the problems behind the items of train is not known.',
  });
  // A rise on training items alone speaks for itself.
  expect(of({ seen: 'not known', verdict: 'more' })?.verdict).toBe('overfit');
});
