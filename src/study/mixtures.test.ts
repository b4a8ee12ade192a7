import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { mixtureSizes } from './mixture-sizes.ts';
import { mixtureStage } from './mixtures.ts';
import { type DataWork, planStudy, type ResolvedFacts } from './plan.ts';
import { parseStudyText, type StudyFile } from './read-study.ts';
import { stageSpec } from './stage-spec.ts';

const folder = mkdtempSync(join(tmpdir(), 'carryover-study-mixtures-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const facts: ResolvedFacts = {
  model: 'm',
  models: { m: 'aa' },
  sources: { math: 'm1', general: 'g1' },
  benchmarks: { gsm8k: 'b1' },
  sizes: { general: 10_000, math: 1_000_000 },
};

function study(mixtures: string, arms: string): StudyFile {
  const text = `name: demo
seeds: [1]
sources: { math: { file: math.jsonl }, general: { file: general.jsonl } }
mixtures:
${mixtures}
budget: { supervised_tokens: 4000, max_epochs: 2 }
training: { learning_rate: 1e-3, steps: 8, max_length: 128 }
arms: [base, mixed, ${arms}]
data: { dedup: off, decontaminate: false }
evaluation: { benchmarks: [gsm8k] }
`;
  return parseStudyText('demo.yaml', text);
}
const works = (file: StudyFile): DataWork[] =>
  planStudy(file.study, facts).steps.flatMap(({ work }) => (work.kind === 'data' ? [work] : []));

describe('a stage that names a mixture', () => {
  it('takes the same examples as the mixed arm when its schedule is a step, in the order of the schedule', () => {
    const [mixed, step] = works(
      study(
        `  then: { schedule: [{ at: 0.5, weights: { math: 1 } }, { at: 0.5, weights: { general: 1 } }] }`,
        '{ name: in-steps, stages: [{ mix: then, share: 1 }] }',
      ),
    );
    expect(step!.parts).toEqual(mixed!.parts);
    expect(mixed!.course).toBeUndefined();
    expect(step!.course).toEqual([
      { at: 0, shares: { general: 0, math: 1 } },
      { at: 0.5, shares: { general: 0, math: 1 } },
      { at: 0.5, shares: { general: 1, math: 0 } },
      { at: 1, shares: { general: 1, math: 0 } },
    ]);
  });

  it('keeps its floors and caps for the report', () => {
    const file = study(
      '  held: { weights: { math: 1, general: 1 }, at_least: { general: 0.4 }, at_most: { math: 0.55 } }',
      '{ name: held, stages: [{ mix: held, share: 1 }] }',
    );
    const { bounds, mixture } = mixtureStage(file.study, 'held', 1, {});
    expect({ bounds, mixture }).toEqual({
      bounds: { atLeast: { general: 0.4 }, atMost: { math: 0.55 } },
      mixture: 'held',
    });
  });

  it('is the very step of the mixed arm when its shares stay and are the same', () => {
    const file = study(
      '  even: { weights: { math: 2, general: 2 } }',
      '{ name: same, stages: [{ mix: even, share: 1 }] }',
    );
    const { steps, arms } = planStudy(file.study, facts);
    expect(steps.find(({ kind }) => kind === 'data')!.usedBy).toEqual(['mixed 1', 'same 1']);
    expect(arms.at(-1)!.stages).toEqual([{ share: 1, mix: { general: 0.5, math: 0.5 }, mixture: 'even' }]);
  });

  it('keeps a floor of replay in every stage, and counts on from stage to stage', () => {
    const [, first, second] = works(
      study(
        '  replay: { weights: { math: 1 }, at_least: { general: 0.06 } }',
        '{ name: replayed, stages: [{ mix: replay, share: 0.5 }, { mix: { general: 1 }, share: 0.5 }] }',
      ),
    );
    expect(first!.parts).toEqual([
      { source: 'general', from: 0, tokens: 120 },
      { source: 'math', from: 0, tokens: 1880 },
    ]);
    expect(second!.parts).toEqual([{ source: 'general', from: 120, tokens: 2000 }]);
  });

  it('has shares by temperature from the sizes of all sources, and epochs of its own', () => {
    const file = study(
      '  tempered: { temperature: 2, epochs: { math: 3 } }',
      '{ name: even, stages: [{ mix: tempered, share: 1 }] }',
    );
    const work = works(file)[1]!;
    expect(work.parts.map(({ tokens }) => tokens)).toEqual([364, 3636]);
    const { sources } = stageSpec(file.study, work, '.');
    expect([sources['math']?.maxEpochs, sources['general']?.maxEpochs]).toEqual([3, 2]);
    const { steps } = planStudy(file.study, facts);
    expect(steps.find(({ id }) => id === 'data-even-1-seed1')!.label).toContain(
      ', mixed as tempered, seed 1',
    );
  });

  it('counts its sources with the model when the shares depend on it, and only then', async () => {
    for (const [name, rows] of [
      ['math', 4],
      ['general', 2],
    ] as const) {
      const line = JSON.stringify({ question: 'one and one?', answer: 'two' });
      writeFileSync(join(folder, `${name}.jsonl`), `${line}\n`.repeat(rows));
    }
    const model = 'test/fixtures/models/llama';
    const sized = study('  sized: { temperature: 1 }', '{ name: sized, stages: [{ mix: sized, share: 1 }] }');
    const { math, general } = await mixtureSizes(sized, model, folder);
    expect(math).toBe(2 * general!);
    const plain = study(
      '  plain: { weights: { math: 1 } }',
      '{ name: plain, stages: [{ mix: plain, share: 1 }] }',
    );
    expect(await mixtureSizes(plain, model, folder)).toEqual({});
  });
});

it('every fault of a mixture has its line, in the section and where a stage names it', () => {
  const said = (mixtures: string, arms: string): string => {
    try {
      study(mixtures, arms);
      return 'right';
    } catch (error) {
      return String(error);
    }
  };
  expect(
    [
      said('  replay: { weights: { maths: 1 } }', '{ name: a, stages: [{ mix: reply, share: 1 }] }'),
      said(
        '  replay: { sources: [math, code], weights: { general: 1 } }',
        '{ name: a, stages: [{ mix: 3, share: 1 }] }',
      ),
      said('  replay: { weight: 3 }', '{ name: a, stages: [{ mix: { math: 0 }, share: 1 }] }'),
    ].join('\n\n'),
  ).toMatchInlineSnapshot(`
    "demo.yaml:5:24: mixtures.replay.weights.maths: there is no source maths
       5 |   replay: { weights: { maths: 1 } }
         |                        ~~~~~
           did you mean math?
    demo.yaml:8:48: arms[2].stages[0].mix: there is no mixture reply
       8 | arms: [base, mixed, { name: a, stages: [{ mix: reply, share: 1 }] }]
         |                                                ~~~~~
           did you mean replay?
      2 problems in demo.yaml; nothing was started.

    demo.yaml:5:29: mixtures.replay.sources[1]: there is no source code
       5 |   replay: { sources: [math, code], weights: { general: 1 } }
         |                             ~~~~
           known: math, general
    demo.yaml:5:47: mixtures.replay.weights.general: there is no source general
       5 |   replay: { sources: [math, code], weights: { general: 1 } }
         |                                               ~~~~~~~
           known: math
    demo.yaml:8:48: arms[2].stages[0].mix: expected a name or a map, got 3
       8 | arms: [base, mixed, { name: a, stages: [{ mix: 3, share: 1 }] }]
         |                                                ~
    demo.yaml:8:48: arms[2].stages[0].mix: names no source
       8 | arms: [base, mixed, { name: a, stages: [{ mix: 3, share: 1 }] }]
         |                                                ~
      4 problems in demo.yaml; nothing was started.

    demo.yaml:5:13: mixtures.replay.weight: unknown key
       5 |   replay: { weight: 3 }
         |             ~~~~~~
           did you mean weights?
    demo.yaml:8:56: arms[2].stages[0].mix.math: must be above 0, got 0
       8 | arms: [base, mixed, { name: a, stages: [{ mix: { math: 0 }, share: 1 }] }]
         |                                                        ~
      2 problems in demo.yaml; nothing was started."
  `);
});
