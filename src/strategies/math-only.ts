import type { Strategy } from './strategy.ts';

export const mathOnly: Strategy = {
  name: 'math-only',
  title: 'Mathematics only',
  why: 'The plain form of the question: train on mathematics and look what happens elsewhere.',
  controlsFor: 'The effect of mathematical data with no general data beside it.',
  danger:
    'Forgetting: general skills and instruction following suffer most here (off-policy solutions, narrow format).',
  // Two halves, not one whole: the first half is then the same work as two-stage's first stage and is done once.
  stages: [
    { share: 0.5, mix: { math: 1 } },
    { share: 0.5, mix: { math: 1 } },
  ],
};
