import type { Strategy } from './strategy.ts';

export const generalOnly: Strategy = {
  name: 'general-only',
  title: 'General instructions only',
  why: 'Ordinary instruction tuning, as it would be done with no thought of mathematics.',
  controlsFor: 'Gains that any fine-tuning brings: answer format, ending in time, the prompt template.',
  danger: 'Answers become short and chatty; worked reasoning may be lost.',
  stages: [{ share: 1, mix: { general: 1 } }],
};
