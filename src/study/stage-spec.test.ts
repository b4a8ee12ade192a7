import { expect, it } from 'vitest';
import { DEFAULT_ACTIONS } from '../data/overlap/layers.ts';
import type { StageSpec } from '../data/stage.ts';
import { type DataWork, planStudy, type ResolvedFacts } from './plan.ts';
import { parseStudyText } from './read-study.ts';
import { stageSpec } from './stage-spec.ts';

const facts: ResolvedFacts = {
  model: 'm',
  models: { m: 'aa' },
  sources: { math: 'm1' },
  benchmarks: { gsm8k: 'b1', 'proc/arithmetic': 'b2' },
  sizes: { math: 1_000_000 },
};

/** The stage of the one data step of a study. */
function stageOf(training = '', rest = ''): StageSpec {
  const text = `name: demo
seeds: [3]
sources: { math: { file: math.jsonl } }
budget: { supervised_tokens: 4000 }
training: { learning_rate: 1e-3, steps: 8, max_length: 128${training} }
arms: [base, math-only]
evaluation: { benchmarks: [gsm8k, proc/arithmetic] }
${rest}
`;
  const { study } = parseStudyText('demo.yaml', text);
  const [work] = planStudy(study, facts).steps.flatMap(({ work }) => (work.kind === 'data' ? [work] : []));
  return stageSpec(study, work as DataWork, 'studies');
}

it('a stage is prepared as the study says', () => {
  // The first of the two stages that math-only has, as two-stage has them.
  expect(stageOf(', train_on: last, overlong: truncate')).toMatchObject({
    sources: { math: { file: 'math.jsonl' } },
    parts: [{ source: 'math', from: 0, tokens: 2000 }],
    seed: 3,
    rowLength: 128,
    batches: { steps: 4 },
    trainOn: 'last',
    overlong: 'truncate',
    baseFolder: 'studies',
  });
  expect(stageOf()).toMatchObject({ trainOn: 'assistant', overlong: 'drop' });
});

it('repeated rows and items of the study’s own benchmarks are left out unless it says otherwise', () => {
  // Items that are made from a seed are in nobody's data.
  const own = { dedup: 'exact', against: ['gsm8k'], layers: DEFAULT_ACTIONS };
  expect(stageOf().screen).toEqual(own);
  expect(stageOf('', 'data: { dedup: near, layers: { template: drop } }').screen).toEqual({
    ...own,
    dedup: 'near',
    layers: { ...DEFAULT_ACTIONS, template: 'drop' },
  });
  expect(stageOf('', 'data: { decontaminate: false }').screen).toEqual({ ...own, against: [] });
  expect(stageOf('', 'data: { dedup: off, decontaminate: false }').screen).toBeUndefined();
});
