/**
 * StrategyQA as BIG-bench has it (Srivastava et al. 2022, arXiv 2206.04615): the same kind of questions as `strategyqa`,
 * answered at once by weighing "Yes" against "No". A row: {inputs: 'Q: ...\nA:', multiple_choice_targets: ['Yes', 'No'],
 * multiple_choice_scores: [0, 1], ...}.
 */
import { UserError } from '../errors.ts';
import type { ChoiceItem, HubBenchmark, Row } from './benchmark.ts';
import { hashId, uniqueIds } from './item-id.ts';
import { buildPrompt, choiceItem } from './prompt.ts';
import { indicesOf, textOf, textsOf } from './rows.ts';

export const bigbenchStrategyqa: HubBenchmark = {
  name: 'bigbench_strategyqa_multiple_choice',
  title: 'StrategyQA (BIG-bench)',
  variantOf: 'strategyqa',
  domain: 'commonsense',
  abilities: ['implicit-steps', 'world-knowledge'],
  why: 'The steps have to be found before they can be taken, and each needs a fact that people know.',
  abilityReasons: {
    'implicit-steps': 'The question does not say which facts it rests on.',
    'world-knowledge': 'Each step takes a fact that has to be known.',
  },
  flaws: [
    {
      kind: 'placement',
      text: 'Needs encyclopaedic facts: a small model may lack them whatever it can reason.',
    },
    {
      kind: 'set-up',
      text: 'Asked at once, without room for the steps: most papers let the model write them out.',
    },
  ],
  clusterKey: 'item: the terms are not published with it',
  kind: 'choice',
  format: 'choice-texts',
  answer: 'yes-no',
  paper: 'Geva et al. 2021, arXiv 2101.02235',
  family: 'ChilleD/StrategyQA',
  chance: 0.5,
  licence: 'Apache-2.0 (BIG-bench)',
  source: 'lm-evaluation-harness 0.4.13, tasks/bigbench/multiple_choice/strategyqa.yaml; 0-shot',
  test: {
    dataset: 'hails/bigbench',
    config: 'strategyqa_zero_shot',
    split: 'default',
    files: 'strategyqa_zero_shot/default-*.parquet',
  },
  size: 2289,
  metric: 'acc',
  items: (test: readonly Row[]): ChoiceItem[] => {
    const ids = uniqueIds(test.map((row) => hashId(textOf(row, 'inputs'))));
    return test.map((row, index) => {
      const gold = indicesOf(row, 'multiple_choice_scores').indexOf(1);
      if (gold < 0) {
        throw new UserError(`Row ${index + 1} of strategyqa in BIG-bench has no right answer.`, {
          remedy: 'Is the copy of the dataset the right one?',
        });
      }
      return choiceItem(
        {
          id: ids[index]!,
          index,
          cluster: ids[index]!,
          choices: textsOf(row, 'multiple_choice_targets'),
          gold,
        },
        buildPrompt({ question: textOf(row, 'inputs') }),
      );
    });
  },
};
