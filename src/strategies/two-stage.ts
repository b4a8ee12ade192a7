import type { Strategy } from './strategy.ts';

export const twoStage: Strategy = {
  name: 'two-stage',
  title: 'Mathematics, then general instructions',
  why: 'Learn to reason first, then learn to talk: the general stage shall repair what the first one broke.',
  controlsFor: 'Order: it sees exactly the examples of `mixed`, one source after the other.',
  danger: 'The second stage overwrites the first: mathematical gains fade and general reasoning may weaken.',
  stages: [
    { share: 0.5, mix: { math: 1 } },
    { share: 0.5, mix: { general: 1 } },
  ],
  // An existing mathematical model takes the place of the first stage.
  stagesFromExisting: [{ share: 1, mix: { general: 1 } }],
};
