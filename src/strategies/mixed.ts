import type { Strategy } from './strategy.ts';

export const mixed: Strategy = {
  name: 'mixed',
  title: 'Mathematics and general instructions mixed',
  why: 'Every optimizer step holds both kinds of data, so neither is forgotten while the other is learnt.',
  controlsFor: 'Schedule: it sees exactly the examples of `two-stage`, but side by side.',
  danger: 'Each source gets half the tokens, so the mathematical gain is smaller than that of math-only.',
  stages: [{ share: 1, mix: { math: 0.5, general: 0.5 } }],
};
