/**
 * StrategyQA (Geva et al. 2021, arXiv 2101.02235): yes-or-no questions whose steps are not named in the question.
 * Two copies: `strategyqa`, the rows of ChilleD/StrategyQA {qid, term, question, answer: true, facts, ...}, and
 * lm-evaluation-harness's task on BIG-bench's rows {inputs: 'Q: ...\nA:', multiple_choice_targets: ['Yes', 'No'],
 * multiple_choice_scores: [0, 1], ...}. The first is asked in the form of the second.
 */
import { UserError } from '../errors.ts';
import type { ChoiceItem, HubBenchmark, Row } from './benchmark.ts';
import { hashId, uniqueIds } from './item-id.ts';
import { buildPrompt, choiceItem } from './prompt.ts';
import { booleanOf, indicesOf, textOf, textsOf } from './rows.ts';

const CHOICES = ['Yes', 'No'] as const;

export const strategyqa: HubBenchmark = {
  name: 'strategyqa',
  title: 'StrategyQA',
  domain: 'commonsense',
  abilities: ['implicit-steps', 'world-knowledge'],
  why: 'The steps have to be found before they can be taken, and each needs a fact that people know.',
  flaws: [
    'Needs encyclopaedic facts: a small model may lack them whatever it can reason.',
    'The test questions are a published 70/30 split of the training data; the authors keep their own test answers.',
    'Asked at once, without room for the steps: most papers let the model write them out.',
  ],
  clusterKey: 'term: questions written about one term',
  kind: 'choice',
  chance: 0.5,
  licence: 'MIT',
  source: "the dataset's test split under the prompt of BIG-bench's strategyqa (no task of the harness)",
  test: { dataset: 'ChilleD/StrategyQA', split: 'test', files: 'data/test-*.parquet' },
  size: 687,
  metric: 'acc',
  items: (test: readonly Row[]): ChoiceItem[] =>
    test.map((row, index) =>
      choiceItem(
        {
          id: textOf(row, 'qid'),
          index,
          cluster: textOf(row, 'term'),
          choices: CHOICES,
          gold: booleanOf(row, 'answer') ? 0 : 1,
        },
        buildPrompt({ question: `Q: ${textOf(row, 'question')}\nA:` }),
      ),
    ),
};

export const bigbenchStrategyqa: HubBenchmark = {
  ...strategyqa,
  name: 'bigbench_strategyqa_multiple_choice',
  title: 'StrategyQA (BIG-bench)',
  variantOf: 'strategyqa',
  flaws: [...strategyqa.flaws.slice(0, 1), ...strategyqa.flaws.slice(2)],
  clusterKey: 'item: the terms are not published with it',
  licence: 'Apache-2.0 (BIG-bench)',
  source: 'lm-evaluation-harness 0.4.13, tasks/bigbench/multiple_choice/strategyqa.yaml; 0-shot',
  test: {
    dataset: 'hails/bigbench',
    config: 'strategyqa_zero_shot',
    split: 'default',
    files: 'strategyqa_zero_shot/default-*.parquet',
  },
  size: 2289,
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
