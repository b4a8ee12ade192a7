/** Procedural tasks in a study: as sources of training data and as benchmarks. */
import { expect, it } from 'vitest';
import { UserError } from '../errors.ts';
import { resolveFacts } from './facts.ts';
import { parseStudyText } from './read-study.ts';
import { sourceSpecs } from './sources.ts';

const study = (math: string, rest = '') => `name: laboratory
sources:
  math: ${math}
  general: { procedural: ["domain:logical"], rows: 400 }
budget: { supervised_tokens: 2000 }
training: { learning_rate: 1e-3, steps: 8 }
arms: [base, general-only, math-only]
evaluation: { benchmarks: [proc/arithmetic, proc/arithmetic@harder]${rest} }
`;
const read = (text: string) => parseStudyText('my.yaml', text);
const SUMS = '{ procedural: [arithmetic], levels: [1, 2], rows: 300, seed: 7, layout: worked }';

it('reads what is made, and fills in nothing', () => {
  expect(sourceSpecs(read(study(SUMS)).study)).toEqual({
    math: {
      procedural: ['arithmetic'],
      levels: [1, 2],
      rows: 300,
      seed: 7,
      layout: 'worked',
      maxEpochs: 1,
    },
    general: { procedural: ['domain:logical'], rows: 400, maxEpochs: 1 },
  });
});

it('points at what does not go together and at unknown tasks', () => {
  const wrong = study('{ procedural: [arithmetik], dataset: openai/gsm8k, levels: hard }').replace(
    'rows: 400 }',
    'limit: 3 }',
  );
  const other = study('{ dataset: openai/gsm8k, rows: 3 }').replace('@harder', '@hardr');
  const limited = study(SUMS).replace(/\] \}\s*$/, '], limits: { mathematic: 3, "proc/sorting": 2 } }\n');
  const said = [
    wrong,
    limited,
    study('{ procedural: [arithmetik, proc/deducton] }'),
    other,
    study('{ rows: 5 }'),
  ].map((text) => {
    try {
      return read(text).file;
    } catch (error) {
      if (error instanceof UserError) return error.toString();
      throw error;
    }
  });
  expect(said.join('\n\n')).toMatchInlineSnapshot(`
    "my.yaml:3:68: sources.math.levels: expected a list, got "hard"
       3 |   math: { procedural: [arithmetik], dataset: openai/gsm8k, levels: hard }
         |                                                                    ~~~~
    my.yaml:4:46: sources.general.limit: does not go with procedural
       4 |   general: { procedural: ["domain:logical"], limit: 3 }
         |                                              ~~~~~
      2 problems in my.yaml; nothing was started.

    my.yaml:8:80: evaluation.limits.mathematic: mathematic is no domain and no benchmark of this study
       8 | evaluation: { benchmarks: [proc/arithmetic, proc/arithmetic@harder], limits: { mathematic: 3, "proc/sorting": 2 } }
         |                                                                                ~~~~~~~~~~
           did you mean mathematical?
    my.yaml:8:95: evaluation.limits.proc/sorting: proc/sorting is no domain and no benchmark of this study
       8 | evaluation: { benchmarks: [proc/arithmetic, proc/arithmetic@harder], limits: { mathematic: 3, "proc/sorting": 2 } }
         |                                                                                               ~~~~~~~~~~~~~~
           known: mathematical, logical, scientific, commonsense, symbolic, code, guards, proc/arithmetic, proc/arithmetic@harder
      2 problems in my.yaml; nothing was started.

    my.yaml:3:24: sources.math.procedural[0]: there is no procedural task arithmetik
       3 |   math: { procedural: [arithmetik, proc/deducton] }
         |                        ~~~~~~~~~~
           did you mean arithmetic?
    my.yaml:3:36: sources.math.procedural[1]: there is no procedural task proc/deducton
       3 |   math: { procedural: [arithmetik, proc/deducton] }
         |                                    ~~~~~~~~~~~~~
           did you mean deduction?
      2 problems in my.yaml; nothing was started.

    my.yaml:3:34: sources.math.rows: does not go with dataset
       3 |   math: { dataset: openai/gsm8k, rows: 3 }
         |                                  ~~~~
    my.yaml:8:45: evaluation.benchmarks[1]: there is no benchmark proc/arithmetic@hardr
       8 | evaluation: { benchmarks: [proc/arithmetic, proc/arithmetic@hardr] }
         |                                             ~~~~~~~~~~~~~~~~~~~~~
           did you mean proc/arithmetic@harder?
      2 problems in my.yaml; nothing was started.

    my.yaml:3:9: sources.math: needs a dataset, a file, procedural or samples
       3 |   math: { rows: 5 }
         |         ~~~~~~~~~~~
      1 problem in my.yaml; nothing was started."
  `);
});

it('has everything that decides the rows and the items in its fingerprints', async () => {
  const model = 'test/fixtures/models/llama';
  const facts = async (math: string, rest?: string) =>
    resolveFacts(read(study(math, rest)), model, '.').then(({ sources, benchmarks }) => ({
      math: sources['math'],
      general: sources['general'],
      ...benchmarks,
    }));
  const first = await facts(SUMS);
  expect(Object.values(first).every((digest) => /^[0-9a-f]{64}$/.test(String(digest)))).toBe(true);
  expect(await facts(SUMS)).toEqual(first);
  for (const [from, to] of [
    ['[1, 2]', '[1, 3]'],
    ['rows: 300', 'rows: 301'],
    ['seed: 7', 'seed: 8'],
    ['worked', 'both'],
    ['arithmetic', 'deduction'],
  ] as const) {
    const { math, ...others } = await facts(SUMS.replace(from, to));
    expect(math, to).not.toBe(first.math);
    expect({ math: first.math, ...others }).toEqual(first);
  }
  const limited = await facts(SUMS, ', limit: 20');
  expect(limited.math).toBe(first.math);
  expect(limited['proc/arithmetic' as keyof typeof limited]).not.toBe(
    first['proc/arithmetic' as keyof typeof first],
  );
});

it('points into the study where a task has no such level', async () => {
  const file = read(study('{ procedural: [arithmetic], levels: [9] }'));
  await expect(resolveFacts(file, 'test/fixtures/models/llama', '.')).rejects.toThrow(
    'my.yaml:3:9: sources.math: arithmetic has no level 9 in the split train.',
  );
});
