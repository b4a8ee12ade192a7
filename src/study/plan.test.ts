import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { armData } from './arm-data.ts';
import { stageSteps } from './arms.ts';
import { explainStale } from './fingerprint.ts';
import { type DataPart, type Plan, planStudy, type ResolvedFacts } from './plan.ts';
import { parseStudyText } from './read-study.ts';
import type { Study } from './study.ts';

const facts: ResolvedFacts = {
  model: 'model.gguf',
  models: { 'model.gguf': 'aa', 'org/math': 'bb' },
  sources: { math: 'm1', general: 'g1' },
  benchmarks: { gsm8k: 'b1' },
};

const TEXT = `name: demo
seeds: [1]
sources: { math: { dataset: openai/gsm8k }, general: { dataset: tatsu-lab/alpaca } }
budget: { supervised_tokens: 4001 }
training: { learning_rate: 1e-3, steps: 9 }
arms: [base, general-only, math-only, two-stage, mixed]
evaluation: { benchmarks: [gsm8k], limit: 24 }
`;

function study(change: (text: string) => string = (text) => text): Study {
  return parseStudyText('demo.yaml', change(TEXT)).study;
}

const step = (plan: Plan, id: string) => plan.steps.find((one) => one.id === id)!;

describe('the plan of the five strategies', () => {
  const plan = planStudy(study(), facts);

  it('shares what is equal', () => {
    expect(
      plan.steps.map(({ id, needs, usedBy }) => `${id} <- ${needs.join(', ')} | ${usedBy.join(', ')}`),
    ).toMatchInlineSnapshot(`
      [
        "data-general-only-1-seed1 <-  | general-only 1",
        "data-math-only-1-seed1 <-  | math-only 1, two-stage 1",
        "data-math-only-2-seed1 <-  | math-only 2",
        "data-two-stage-2-seed1 <-  | two-stage 2",
        "data-mixed-1-seed1 <-  | mixed 1",
        "evaluate-base-1 <-  | base",
        "train-general-only-1-seed1 <- data-general-only-1-seed1 | general-only 1",
        "evaluate-general-only-1 <- train-general-only-1-seed1 | general-only",
        "train-math-only-1-seed1 <- data-math-only-1-seed1 | math-only 1, two-stage 1",
        "train-math-only-2-seed1 <- data-math-only-2-seed1, train-math-only-1-seed1 | math-only 2",
        "evaluate-math-only-1 <- train-math-only-2-seed1 | math-only",
        "train-two-stage-2-seed1 <- data-two-stage-2-seed1, train-math-only-1-seed1 | two-stage 2",
        "evaluate-two-stage-1 <- train-two-stage-2-seed1 | two-stage",
        "train-mixed-1-seed1 <- data-mixed-1-seed1 | mixed 1",
        "evaluate-mixed-1 <- train-mixed-1-seed1 | mixed",
        "report <- evaluate-base-1, evaluate-general-only-1, evaluate-math-only-1, evaluate-two-stage-1, evaluate-mixed-1 | report",
      ]
    `);
  });

  it('names every step otherwise', () => {
    const labels = plan.steps.map(({ label }) => label);
    expect(labels).toContain('data: 2000 tokens of math after the first 2000, seed 1');
    expect(new Set(labels).size).toBe(labels.length);
  });

  it('runs every step after those it needs', () => {
    const seen = new Set<string>();
    for (const { id, needs } of plan.steps) {
      for (const need of needs) expect(seen).toContain(need);
      seen.add(id);
    }
  });

  it('gives two-stage and mixed the same supervised tokens, in another order', () => {
    const parts = (arm: string): readonly DataPart[] =>
      plan.runs
        .find((run) => run.arm === arm)!
        .data.flatMap((id) => {
          const { work } = step(plan, id);
          return work.kind === 'data' ? work.parts : [];
        })
        .toSorted((a, b) => (a.source < b.source ? -1 : 1));
    expect(parts('two-stage')).toEqual(parts('mixed'));
    expect(parts('math-only')).toEqual([
      { source: 'math', from: 0, tokens: 2000 },
      { source: 'math', from: 2000, tokens: 2000 },
    ]);
  });

  it('evaluates the untouched model once, whatever the seeds', () => {
    const seeds = planStudy(
      study((text) => text.replace('[1]', '[3, 4]')),
      facts,
    );
    const evaluations = seeds.steps.filter(({ kind }) => kind === 'evaluate').map(({ id }) => id);
    expect(evaluations).toHaveLength(9);
    expect(evaluations[0]).toBe('evaluate-base-3');
  });

  it('never shares the stages of an arm that starts from another model', () => {
    const other = planStudy(
      study((text) =>
        text
          .replace('mixed]', 'mixed, { name: two-stage, from: org/math, matched: false }]')
          .replace('two-stage, mixed', 'mixed'),
      ),
      facts,
    );
    const run = other.runs.find(({ arm }) => arm === 'two-stage')!;
    expect(run.train).toHaveLength(1);
    expect(step(other, run.train[0]!).usedBy).toEqual(['two-stage 1']);
  });
});

describe('fingerprints', () => {
  const plan = planStudy(study(), facts);
  const changed = (change: (text: string) => string, world: Partial<ResolvedFacts> = {}) => {
    const other = planStudy(study(change), { ...facts, ...world });
    return plan.steps.flatMap(({ id, fingerprint }) => {
      const why = explainStale(fingerprint, step(other, id).fingerprint);
      return why ? [`${id}: ${why}`] : [];
    });
  };

  it('cover what is left out of the data: the rule, and what the benchmarks ask', () => {
    const data = (change: (text: string) => string, world: Partial<ResolvedFacts> = {}) =>
      changed(change, world).filter((line) => line.startsWith('data-math'))[0];
    expect(data((text) => `${text}\ndata: { dedup: near }\n`)).toMatchInlineSnapshot(
      `"data-math-only-1-seed1: config.screen.dedup exact -> near"`,
    );
    expect(data((text) => `${text}\ndata: { layers: { template: drop } }\n`)).toMatchInlineSnapshot(
      `"data-math-only-1-seed1: config.screen.layers.template flag -> drop"`,
    );
    expect(data((text) => `${text}\ndata: { dedup: off, decontaminate: false }\n`)).toMatchInlineSnapshot(
      `"data-math-only-1-seed1: config.screen {"against":["gsm8k"],"dedup":"exact","layers":{"exact":"d... -> none"`,
    );
    const name = plan.study.evaluation.benchmarks[0]!;
    const other = { benchmarks: { ...facts.benchmarks, [name]: 'other' } };
    expect(data((text) => text, other)).toMatchInlineSnapshot(
      `"data-math-only-1-seed1: dataset.benchmark gsm8k b1 -> other"`,
    );
  });

  it('cover the sources that are declared before and may hold the same rows, and their order', () => {
    const data = (text: string, world: Partial<ResolvedFacts> = {}): string[] =>
      changed(() => text, world).filter((line) => line.startsWith('data-'));
    const math = { sources: { math: 'm2', general: 'g1' } };
    const stale = data(TEXT, math);
    expect(stale).toHaveLength(5);
    expect(stale[0]).toBe('data-general-only-1-seed1: dataset.math m1 -> m2');
    const general = { sources: { math: 'm1', general: 'g2' } };
    expect(data(TEXT, general).filter((line) => line.startsWith('data-math'))).toEqual([]);
    const turned = TEXT.replace(
      /sources: .*/,
      'sources: { general: { dataset: tatsu-lab/alpaca }, math: { dataset: openai/gsm8k } }',
    );
    expect(data(turned)).toMatchInlineSnapshot(`
      [
        "data-general-only-1-seed1: config.screen.order ["math","general"] -> none",
        "data-math-only-1-seed1: config.screen.order none -> ["general","math"]",
        "data-math-only-2-seed1: config.screen.order none -> ["general","math"]",
        "data-two-stage-2-seed1: config.screen.order ["math","general"] -> none",
        "data-mixed-1-seed1: config.screen.order.0 math -> general",
      ]
    `);
    const off = (world: Partial<ResolvedFacts>): Plan =>
      planStudy(
        study((same) => `${same}\ndata: { dedup: off }\n`),
        { ...facts, ...world },
      );
    const only = 'data-general-only-1-seed1';
    expect(step(off(math), only).digest).toBe(step(off({}), only).digest);
  });

  it('name the setting that changed, and fold into what follows', () => {
    expect(changed((text) => text.replace('1e-3', '2e-3'))).toMatchInlineSnapshot(`
      [
        "train-general-only-1-seed1: config.learning_rate 0.001 -> 0.002",
        "evaluate-general-only-1: inputs.trained f05ed089 -> c8c790f5",
        "train-math-only-1-seed1: config.learning_rate 0.001 -> 0.002",
        "train-math-only-2-seed1: config.learning_rate 0.001 -> 0.002",
        "evaluate-math-only-1: inputs.trained efc4f984 -> 5ab5925c",
        "train-two-stage-2-seed1: config.learning_rate 0.001 -> 0.002",
        "evaluate-two-stage-1: inputs.trained 90fae33f -> 97252f6b",
        "train-mixed-1-seed1: config.learning_rate 0.001 -> 0.002",
        "evaluate-mixed-1: inputs.trained 5803c24f -> 07a73a7e",
        "report: inputs.evaluate-general-only-1 5b7c9883 -> 5324094f",
      ]
    `);
  });

  it('do not change with what has no influence on the result', () => {
    expect(changed((text) => text.replace('steps: 9', 'steps: 9, checkpoint_every: 2'))).toEqual([]);
  });

  it.each(['limit: 48', 'limit: 24, limits: { mathematical: 48 }'])(
    'change evaluations only, when only the evaluation changes: %s',
    (limit) => {
      expect(changed((text) => text.replace('limit: 24', limit)).map((line) => line.split(':')[0])).toEqual(
        ['base', 'general-only', 'math-only', 'two-stage', 'mixed']
          .map((arm) => `evaluate-${arm}-1`)
          .concat('report'),
      );
    },
  );

  it('notice changed data files and models', () => {
    const other = { sources: { math: 'm1', general: 'g2' } };
    expect(changed((text) => text, other)[0]).toBe('data-general-only-1-seed1: dataset.general g1 -> g2');
    expect(changed((text) => text, { models: { 'model.gguf': 'cc' } })).toHaveLength(plan.steps.length);
  });
});

describe('dividing an arm', () => {
  const stages = fc
    .array(fc.record({ weight: fc.integer({ min: 1, max: 9 }), math: fc.integer({ min: 0, max: 4 }) }), {
      minLength: 1,
      maxLength: 5,
    })
    .map((drawn) => {
      const sum = drawn.reduce((total, { weight }) => total + weight, 0);
      return drawn.map(({ weight, math }) => ({
        share: weight / sum,
        mix: { math: math / 4, general: 1 - math / 4 },
      }));
    });

  it('covers every optimizer step once', () => {
    fc.assert(
      fc.property(stages, fc.integer({ min: 1, max: 500 }), (drawn, total) => {
        const spans = stageSteps(drawn, total);
        expect(spans[0]!.from).toBe(0);
        expect(spans.at(-1)!.to).toBe(total);
        for (const [index, { from }] of spans.entries()) {
          if (index > 0) expect(from).toBe(spans[index - 1]!.to);
        }
      }),
    );
  });

  it('asks for the budget up to one token per part, and takes no token of a source twice', () => {
    fc.assert(
      fc.property(stages, fc.integer({ min: 1, max: 100_000 }), (drawn, budget) => {
        const parts = armData({ stages: drawn }, budget).flat();
        const tokens = parts.reduce((sum, part) => sum + part.tokens, 0);
        expect(tokens).toBeLessThanOrEqual(budget);
        expect(tokens).toBeGreaterThan(budget - 2 * drawn.length - 1);
        for (const source of ['math', 'general']) {
          let next = 0;
          for (const part of parts.filter((one) => one.source === source)) {
            expect(part.from).toBeGreaterThanOrEqual(next);
            expect(part.from).toBeLessThanOrEqual(next + 1);
            next = part.from + part.tokens;
          }
        }
      }),
    );
  });
});
