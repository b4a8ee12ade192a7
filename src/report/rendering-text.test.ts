import { expect, test } from 'vitest';
import type { RenderingFacts } from '../study/run-facts.ts';
import type { ArmTraining } from './report-training.ts';
import { renderingSentences } from './training-text.ts';

const sentences = (...arms: (RenderingFacts | null)[]) =>
  renderingSentences({
    trainingData: arms.map(
      (rendering, index): ArmTraining => ({
        arm: `arm ${index + 1}`,
        from: null,
        sources: [],
        rendering,
        domains: [],
      }),
    ),
  });
const own: RenderingFacts = { template: null, named: false, trainOn: 'assistant' };

test('the report says by which template conversations became text, and whose choice it was', () => {
  expect(sentences(own, own)).toEqual([
    'Conversations were rendered with the model’s own chat template, and every answer was trained on.',
  ]);
  expect(
    sentences({ ...own, template: 'chatml' }, { ...own, template: 'alpaca', named: true, trainOn: 'all' }),
  ).toEqual([
    'Conversations of arm 1 were rendered with the chat template chatml, as the model has none of its own, and every answer was trained on.',
    'Conversations of arm 2 were rendered with the chat template alpaca, and their whole text was trained on, questions included.',
  ]);
  expect(sentences(null)).toEqual([]);
});
