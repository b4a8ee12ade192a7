import { expect, it } from 'vitest';
import { planStudy } from './plan.ts';
import { planWarnings } from './plan-warnings.ts';
import { parseStudyText } from './read-study.ts';

const warnings = (arms: string, rest = '', spare = '{ dataset: a/b }'): string[] => {
  const { study } = parseStudyText(
    'demo.yaml',
    `name: demo
question: Does it help?
sources: { spare: ${spare}, math: { dataset: openai/gsm8k }, general: { dataset: tatsu-lab/alpaca } }
budget: { supervised_tokens: 4000 }
training: { learning_rate: 1e-3, steps: 8 }
arms: ${arms}
evaluation: { benchmarks: [gsm8k] }
${rest}`,
  );
  return planWarnings(
    planStudy(study, {
      model: 'demo.gguf',
      models: { 'demo.gguf': 'aa' },
      sources: { spare: '0', math: '1', general: '2' },
      benchmarks: { gsm8k: '3' },
    }),
  );
};

it('a source that no arm is trained on, and what it does all the same', () => {
  expect(warnings('[base, math-only, mixed]')).toEqual([
    'warning: no arm is trained on the source spare; rows of later sources that repeat one of its rows are left out all the same: name it in the mix of a stage, or remove it',
  ]);
  expect(warnings('[base, math-only]', 'data: { dedup: off }')).toEqual(
    ['spare', 'general'].map(
      (name) =>
        `warning: no arm is trained on the source ${name}: name it in the mix of a stage, or remove it`,
    ),
  );
  expect(
    warnings('[base, { name: all, stages: [{ mix: { spare: 1, math: 1, general: 1 }, share: 1 }] }]'),
  ).toEqual([]);
});

it('a source of made rows leaves nobody out', () => {
  expect(warnings('[base, mixed]', '', '{ procedural: [arithmetic] }')).toEqual([
    'warning: no arm is trained on the source spare: name it in the mix of a stage, or remove it',
  ]);
});
