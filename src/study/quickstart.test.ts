/** The study of `npm start`, cut down to seconds: everything in it that can go wrong with a model has to go right. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { writeRoomyModel } from '../../test/support/roomy-model.ts';
import { BENCHMARKS } from '../benchmarks/index.ts';
import { DOMAINS } from '../domains/domains.ts';
import type { Report } from '../report/report.ts';
import { STRATEGY_NAMES } from '../strategies/index.ts';
import { runStudy } from './run-study.ts';
import type { Study } from './study.ts';

const QUICKSTART = parse(readFileSync('studies/quickstart.yaml', 'utf8')) as Study;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-quickstart-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('takes the built-in model, trains all its weights, and looks at every domain', () => {
  const { model, seeds, arms, training, evaluation } = QUICKSTART;
  expect(model).toBe('builtin:seedling');
  expect(training?.method).toBe('full');
  expect(seeds).toHaveLength(2);
  expect(arms).toEqual(STRATEGY_NAMES);
  const domains = evaluation.benchmarks.map((name) => BENCHMARKS[name]?.domain);
  expect([...DOMAINS, 'guards'].filter((domain) => !domains.some((one) => one === domain))).toEqual([]);
  for (const split of ['@fresh', '@perturbed', '@harder'])
    expect(
      evaluation.benchmarks.some((name) => name.endsWith(split)),
      split,
    ).toBe(true);
});

it('runs from the first step to the report', async () => {
  writeRoomyModel(join(folder, 'model'), 2048);
  const small = {
    ...QUICKSTART,
    seeds: [1],
    arms: ['base', 'two-stage'],
    budget: { ...QUICKSTART.budget, supervised_tokens: 200 },
    training: { ...QUICKSTART.training, steps: 2, max_length: 512, checkpoint_every: 1 },
    evaluation: { ...QUICKSTART.evaluation, limit: 1, limits: undefined },
  };
  const study = join(folder, 'quickstart.yaml');
  writeFileSync(study, stringify(small));
  const out = join(folder, 'run');
  const model = join(folder, 'model');
  expect((await runStudy({ study, model, out, json: false, resume: '' })).wasFinished).toBe(false);
  const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as Report;
  expect(report.benchmarks.map(({ name }) => name).sort()).toEqual([...small.evaluation.benchmarks].sort());
  expect((await runStudy({ study, model, out, json: false, resume: '' })).wasFinished).toBe(true);
});
