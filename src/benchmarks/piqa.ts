/**
 * PIQA (Bisk et al. 2019, arXiv 1911.11641), validation split (the test answers are not published): which of two ways
 * to reach an everyday goal works. A row: {goal, sol1, sol2, label: 0 or 1}.
 */
import type { ChoiceItem, HubBenchmark, Row } from './benchmark.ts';
import { hashId, uniqueIds } from './item-id.ts';
import { buildPrompt, choiceItem } from './prompt.ts';
import { integerOf, textOf } from './rows.ts';

export const piqa: HubBenchmark = {
  name: 'piqa',
  title: 'PIQA',
  domain: 'commonsense',
  abilities: ['physical-intuition', 'world-knowledge'],
  why: 'What happens when things are handled: the two solutions often differ in one word.',
  abilityReasons: {
    'physical-intuition': 'Which of two ways of handling things reaches the goal.',
    'world-knowledge': 'What the tools and materials are, and what they are for.',
  },
  flaws: [
    {
      kind: 'ceiling',
      text: 'People reach 0.95, and large models come near.',
      source: 'Bisk et al. 2019, arXiv 1911.11641',
    },
    {
      kind: 'contamination',
      text: 'Goals come from one web site of instructions, which training data hold.',
    },
  ],
  clusterKey: 'goal: several pairs of solutions were written for one goal',
  kind: 'choice',
  paper: 'Bisk et al. 2019, arXiv 1911.11641',
  chance: 0.5,
  licence: 'AFL-3.0',
  source: 'lm-evaluation-harness 0.4.13, tasks/piqa/piqa.yaml; 0-shot',
  test: { dataset: 'baber/piqa', split: 'validation', files: 'piqa_validation.parquet' },
  size: 1838,
  metric: 'acc_norm',
  items: (test: readonly Row[]): ChoiceItem[] => {
    const parts = (row: Row): [string, string, string] => [
      textOf(row, 'goal'),
      textOf(row, 'sol1'),
      textOf(row, 'sol2'),
    ];
    const ids = uniqueIds(test.map((row) => hashId(...parts(row))));
    return test.map((row, index) => {
      const [goal, ...choices] = parts(row);
      return choiceItem(
        { id: ids[index]!, index, cluster: hashId(goal), choices, gold: integerOf(row, 'label') },
        buildPrompt({ question: `Question: ${goal}\nAnswer:` }),
      );
    });
  },
};
