/** The study files that come with the product must stay right: every one is read and planned. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { BENCHMARKS } from '../benchmarks/index.ts';
import { parseMixture, readMixture } from '../data/mixture/read-mixture.ts';
import { settleMixture } from '../data/mixture/settle-mixture.ts';
import { DOMAINS } from '../domains/domains.ts';
import { tasksOf } from '../pretraining/corpus.ts';
import { parsePretraining } from '../pretraining/read-pretraining.ts';
import { STRATEGY_NAMES } from '../strategies/index.ts';
import { longForm } from './arms.ts';
import { planStudy } from './plan.ts';
import { parseStudyText } from './read-study.ts';

const read = (file: string) => parseStudyText(file, readFileSync(`studies/${file}`, 'utf8')).study;

const OTHERS = ['seedling.yaml', 'mixture.yaml'];

it.each(readdirSync('studies').filter((file) => !OTHERS.includes(file)))('%s can be planned', (file) => {
  const study = read(file);
  const plan = planStudy(study, { model: 'm', models: { m: 'f' }, sources: {}, benchmarks: {} });
  expect(plan.runs.length).toBeGreaterThan(study.arms.length - 1);
});

it('smollm2.yaml has all five strategies and every domain', () => {
  const study = read('smollm2.yaml');
  expect(study.arms.map((arm) => longForm(arm).name)).toEqual(STRATEGY_NAMES);
  const domains = study.evaluation.benchmarks.map((name) => BENCHMARKS[name]?.domain);
  expect(DOMAINS.filter((domain) => !domains.includes(domain))).toEqual([]);
});

it('mixture.yaml is a mixture with a course and replay, and so is the one of the README', async () => {
  const { sources, mixture } = await readMixture('studies/mixture.yaml');
  const shown = /### Mixtures[\s\S]*?```yaml\n([\s\S]*?)```/.exec(readFileSync('README.md', 'utf8'))![1]!;
  expect(parseMixture('README.md', shown).mixture).toEqual(mixture);
  const { means, course } = settleMixture(mixture, Object.keys(sources))!;
  const moments = course!.map(({ at }) => at);
  expect(moments).toEqual(expect.arrayContaining([0, 0.5, 0.9, 1]));
  // Between the points the line bends where it leaves the floor: at 0.048 behind 0.5.
  for (const at of moments.filter((at) => ![0, 0.5, 0.9, 1].includes(at)))
    expect(Math.abs(at - 0.548)).toBeLessThan(0.16);
  expect(means['general']).toBeGreaterThan(0.06);
});

it.each(['seedling.yaml'])('%s can be read', (file) => {
  const { corpus, rounds } = parsePretraining(file, readFileSync(`studies/${file}`, 'utf8'));
  const tasks = tasksOf(corpus);
  expect(DOMAINS.filter((domain) => !tasks.some((task) => task.domain === domain))).toEqual([]);
  expect(rounds.length).toBeGreaterThan(0);
});

it('a file of the other kind is answered with the command for it', () => {
  const text = (file: string) => readFileSync(`studies/${file}`, 'utf8');
  expect(() => read('seedling.yaml')).toThrow('this is a pretraining, not a study');
  expect(() => parsePretraining('s.yaml', text('quickstart.yaml'))).toThrow(
    'this is a study, not a pretraining',
  );
});
