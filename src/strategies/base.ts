import type { Strategy } from './strategy.ts';

export const base: Strategy = {
  name: 'base',
  title: 'Untouched model',
  why: 'Every gain and every loss is measured from here.',
  controlsFor: 'What the model could do before any training.',
  danger: 'None of its own; but a gain over it alone does not say that mathematics was the cause.',
  stages: [],
};
