/** Stored answers of an earlier evaluation as a source of a study. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { resolveFacts } from './facts.ts';
import { parseStudyText } from './read-study.ts';
import { sourceSpecs } from './sources.ts';

const study = (own: string) => `name: on-policy
sources:
  math: ${own}
  general: { procedural: ["domain:logical"], rows: 400 }
budget: { supervised_tokens: 2000 }
training: { learning_rate: 1e-3, steps: 8 }
arms: [base, general-only, math-only]
evaluation: { benchmarks: [proc/arithmetic] }
`;
const read = (own: string) => parseStudyText('my.yaml', study(own));
const said = (own: string): string => {
  try {
    read(own);
    return 'nothing';
  } catch (error) {
    return String(error);
  }
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-own-answers-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('reads what is stated and fills in nothing', () => {
  expect(
    sourceSpecs(read('{ samples: drawn, outcomes: [correct, wrong], test_items: true }').study),
  ).toMatchObject({
    math: { samples: 'drawn', outcomes: ['correct', 'wrong'], testItems: true, maxEpochs: 1 },
  });
});

it('points at what does not go together', () => {
  expect(
    [
      said('{ samples: drawn, split: train, format: alpaca }'),
      said('{ file: rows.jsonl, test_items: true }'),
      said('{ samples: drawn, outcomes: [truncated] }'),
    ].join('\n\n'),
  ).toMatchInlineSnapshot(`
    "my.yaml:3:27: sources.math.split: does not go with samples
       3 |   math: { samples: drawn, split: train, format: alpaca }
         |                           ~~~~~
    my.yaml:3:41: sources.math.format: does not go with samples
       3 |   math: { samples: drawn, split: train, format: alpaca }
         |                                         ~~~~~~
      2 problems in my.yaml; nothing was started.

    my.yaml:3:29: sources.math.test_items: does not go with file
       3 |   math: { file: rows.jsonl, test_items: true }
         |                             ~~~~~~~~~~
      1 problem in my.yaml; nothing was started.

    my.yaml:3:38: sources.math.outcomes[0]: "truncated" is not one of correct, wrong, no_answer
       3 |   math: { samples: drawn, outcomes: [truncated] }
         |                                      ~~~~~~~~~
      1 problem in my.yaml; nothing was started."
  `);
});

it('has the answers in its fingerprint, and refuses test items before anything is done', async () => {
  const place = join(folder, 'drawn/samples/proc');
  await mkdir(place, { recursive: true });
  const model = 'test/fixtures/models/llama';
  const digest = async (own: string) => (await resolveFacts(read(own), model, folder)).sources['math'];
  await writeFile(join(place, 'arithmetic@train.jsonl'), '{"id": "a"}\n');
  const first = await digest('{ samples: drawn }');
  expect(await digest('{ samples: drawn }')).toBe(first);
  expect(await digest('{ samples: drawn, outcomes: [wrong] }')).not.toBe(first);
  await writeFile(join(place, 'arithmetic@train.jsonl'), '{"id": "b"}\n');
  expect(await digest('{ samples: drawn }')).not.toBe(first);
  await writeFile(join(place, 'arithmetic.jsonl'), '{"id": "b"}\n');
  await expect(digest('{ samples: drawn }')).rejects.toThrow(
    'drawn: Training on answers to proc/arithmetic would train on the items that it tests with.',
  );
  await expect(digest('{ samples: drawn, test_items: true }')).resolves.toHaveLength(64);
});
