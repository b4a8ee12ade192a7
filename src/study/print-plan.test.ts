import { expect, it } from 'vitest';
import { roughDuration } from '../text/duration.ts';
import { planStudy } from './plan.ts';
import { printPlan } from './print-plan.ts';
import { parseStudyText } from './read-study.ts';
import { ratesFor } from './time-estimate.ts';

it('prints arms, stages, what is shared, tokens and a time', () => {
  const text = `name: demo
question: Does it help?
sources: { math: { dataset: openai/gsm8k }, general: { dataset: tatsu-lab/alpaca } }
budget: { supervised_tokens: 4000 }
training: { learning_rate: 1e-3, steps: 8 }
arms:
  - base
  - math-only
  - two-stage
  - mixed
  - { name: two-stage-existing, strategy: two-stage, from: org/math-model, matched: false }
evaluation: { benchmarks: [gsm8k], limit: 24 }
`;
  const { study } = parseStudyText('demo.yaml', text);
  const plan = planStudy(study, {
    model: 'demo.gguf',
    models: { 'demo.gguf': 'aa', 'org/math-model': 'bb' },
    sources: { math: '1', general: '2' },
    benchmarks: { gsm8k: '3' },
  });
  const data = new Map(
    plan.steps
      .filter(({ kind }) => kind === 'data')
      .map(({ id }, index) => [id, { supervisedTokens: 2000, tokens: 4000 + index }]),
  );
  const figures = {
    model: { name: 'demo', parameters: 134_515_008 },
    data,
    evaluation: { items: 24, promptTokens: 24_000, answerTokens: 3200 },
    rates: ratesFor(134_515_008, 2, 'lora'),
    cores: 2,
  };
  expect(`\n${printPlan(plan, figures)}\n`).toMatchInlineSnapshot(`
    "
    demo: Does it help?

    model      demo, 134.5 M parameters
    train      LoRA rank 16, alpha 32, learning rate 0.001 (cosine), seeds 1
    matched    supervised tokens: 4,000 for every matched arm, in 8 optimizer steps

    arm                 stage                     steps  supervised       tokens
    base                not trained
    math-only           math                        0-4       2,000  about 4,000  shared with two-stage 1
                        math                        4-8       2,000  about 4,001
    two-stage           math                        0-4       2,000  about 4,000  shared with math-only 1
                        general                     4-8       2,000  about 4,002
    mixed               50 % general + 50 % math    0-8       2,000  about 4,003
    two-stage-existing  general                     0-8       2,000  about 4,004  starts from org/math-model, not compute-matched

    evaluate   5 models on 1 benchmark; each model 24 items in all, 24,000 prompt tokens and an assumed 3,200 answer tokens
               gsm8k
    steps      16: 5 data, 5 train, 5 evaluate, 1 report
    time       about 7 min: 2 min of training, 5 min of evaluation. An estimate from rates recorded on another machine,
               scaled to 2 cores and this model's size; it may be wrong by a factor of two.
    "
  `);
});

it('rounds durations as roughly as they are known', () => {
  expect([0.2, 40.4, 89.6, 100, 5399, 9000].map(roughDuration)).toEqual([
    '1 s',
    '40 s',
    '90 s',
    '2 min',
    '90 min',
    '2.5 h',
  ]);
});
