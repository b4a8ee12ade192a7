import { expect, test } from 'vitest';
import { parseMixture } from './read-mixture.ts';

const SOURCES = `sources:
  math: { dataset: openai/gsm8k, config: main }
  general: { file: general.jsonl }
`;
const said = (text: string): string => {
  try {
    parseMixture('mix.yaml', text);
    return 'right';
  } catch (error) {
    return String(error);
  }
};

test('a mixture: sources with their epochs, and paths from its own folder', () => {
  const text = `${SOURCES}tokens: 500\nweights: { math: 3, general: 1 }\nat_least: { general: 0.06 }\nepochs: { math: 2 }\n`;
  expect(parseMixture('data/mix.yaml', text)).toEqual({
    sources: {
      math: { dataset: 'openai/gsm8k', config: 'main', maxEpochs: 2 },
      general: { file: 'general.jsonl', maxEpochs: 1 },
    },
    mixture: { weights: { math: 3, general: 1 }, at_least: { general: 0.06 }, epochs: { math: 2 } },
    tokens: 500,
    baseFolder: 'data',
  });
});

test('every fault at once, with its line and the nearest name', () => {
  expect(
    said(`sources:
  math: { dataset: openai/gsm8k, rows: 3 }
  general: { file: general.jsonl }
  code: { file: code.jsonl }
weights: { math: 1, genral: 1 }
temperature: 2
at_least: { math: 0.6 }
at_most: { math: 0.5 }
`),
  ).toMatchInlineSnapshot(`
    "mix.yaml:2:34: sources.math.rows: does not go with dataset
       2 |   math: { dataset: openai/gsm8k, rows: 3 }
         |                                  ~~~~
    mix.yaml:3:3: sources.general: is never used
       3 |   general: { file: general.jsonl }
         |   ~~~~~~~
           give it a weight (0 at some points of a schedule), a share in at_least, or remove it
    mix.yaml:4:3: sources.code: is never used
       4 |   code: { file: code.jsonl }
         |   ~~~~
           give it a weight (0 at some points of a schedule), a share in at_least, or remove it
    mix.yaml:5:21: weights.genral: there is no source genral
       5 | weights: { math: 1, genral: 1 }
         |                     ~~~~~~
           did you mean general?
    mix.yaml:6:1: temperature: weights and temperature both say what the shares are
       6 | temperature: 2
         | ~~~~~~~~~~~
           keep one of them
    mix.yaml:7:19: at_least.math: 0.6 is more than at_most allows (0.5)
       7 | at_least: { math: 0.6 }
         |                   ~~~
      6 problems in mix.yaml; nothing was started."
  `);
  expect(
    said(`${SOURCES}weigths: { math: 1 }\ntemperature: 0\nepochs: { math: 1.5 }\nat_most: { math: 2 }\n`),
  ).toMatchInlineSnapshot(`
    "mix.yaml:4:1: weigths: unknown key
       4 | weigths: { math: 1 }
         | ~~~~~~~
           did you mean weights?
    mix.yaml:5:14: temperature: must be above 0, got 0
       5 | temperature: 0
         |              ~
    mix.yaml:6:17: epochs.math: expected a whole number, got 1.5
       6 | epochs: { math: 1.5 }
         |                 ~~~
    mix.yaml:7:18: at_most.math: must be at most 1, got 2
       7 | at_most: { math: 2 }
         |                  ~
      4 problems in mix.yaml; nothing was started."
  `);
});

test('schedules: points in order, at most two at a moment, one rule each', () => {
  expect(
    said(`${SOURCES}schedule:
  - { at: 0.5, weights: { math: 1 }, temperature: 1 }
  - { at: 0.2, weights: { math: 0 } }
  - { at: 0.2 }
  - { at: 0.2, weights: { general: 1 } }
`),
  ).toMatchInlineSnapshot(`
    "mix.yaml:5:5: schedule[0]: needs one of weights and temperature
       5 |   - { at: 0.5, weights: { math: 1 }, temperature: 1 }
         |     ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    mix.yaml:6:11: schedule[1].at: 0.2 comes after 0.5; the points go from 0 to 1
       6 |   - { at: 0.2, weights: { math: 0 } }
         |           ~~~
    mix.yaml:6:25: schedule[1].weights: needs a weight above 0
       6 |   - { at: 0.2, weights: { math: 0 } }
         |                         ~~~~~~~~~~~
    mix.yaml:7:5: schedule[2]: needs one of weights and temperature
       7 |   - { at: 0.2 }
         |     ~~~~~~~~~~~
    mix.yaml:8:11: schedule[3].at: a third point at 0.2; two make a step, from the first to the second
       8 |   - { at: 0.2, weights: { general: 1 } }
         |           ~~~
      5 problems in mix.yaml; nothing was started."
  `);
});

test('bounds that leave no shares, and sources that nothing names', () => {
  expect(
    [
      said(`${SOURCES}weights: { math: 1, general: 1 }\nat_least: { math: 0.6, general: 0.6 }\n`),
      said(`${SOURCES}weights: { math: 1 }\nat_most: { math: 0.9 }\nat_least: { general: 0.05 }\n`),
      said(`${SOURCES}weights: { math: 1 }\n`),
    ].join('\n\n'),
  ).toMatchInlineSnapshot(`
    "mix.yaml:5:1: at_least: the least shares sum to 1.2, more than 1
       5 | at_least: { math: 0.6, general: 0.6 }
         | ~~~~~~~~
      1 problem in mix.yaml; nothing was started.

    mix.yaml:5:1: at_most: leaves a share of the tokens that no source may take
       5 | at_most: { math: 0.9 }
         | ~~~~~~~
           raise it, or give another source a weight
      1 problem in mix.yaml; nothing was started.

    mix.yaml:3:3: sources.general: is never used
       3 |   general: { file: general.jsonl }
         |   ~~~~~~~
           give it a weight (0 at some points of a schedule), a share in at_least, or remove it
      1 problem in mix.yaml; nothing was started."
  `);
});

test('what is no mixture', () => {
  expect(
    [
      said('arms: [base]\n'),
      said('- a\n'),
      said('sources: {}\n'),
      said(`${SOURCES}weights: { math: 1, math: 2 }\n`),
    ].join('\n\n'),
  ).toMatchInlineSnapshot(`
    "mix.yaml: this is a study, not a mixture
      Use: carryover run mix.yaml

    mix.yaml:1:1: a mixture is a map with at least sources
       1 | - a
         | ~
      1 problem in mix.yaml; nothing was started.

    mix.yaml:1:1: sources: names no source
       1 | sources: {}
         | ~~~~~~~
      1 problem in mix.yaml; nothing was started.

    mix.yaml:4:21: this key is there twice
       4 | weights: { math: 1, math: 2 }
         |                     ~
    mix.yaml:3:3: sources.general: is never used
       3 |   general: { file: general.jsonl }
         |   ~~~~~~~
           give it a weight (0 at some points of a schedule), a share in at_least, or remove it
      2 problems in mix.yaml; nothing was started."
  `);
});
