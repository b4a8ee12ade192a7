/**
 * LogiQA (Liu et al. 2020, arXiv 2007.08124): logic items of the Chinese civil-service examination, translated.
 * A row: {label: 'a', context, question, options: [4]}.
 */
import { pythonStrip } from '../text/python-text.ts';
import type { ChoiceItem, HubBenchmark, Row } from './benchmark.ts';
import { hashId, uniqueIds } from './item-id.ts';
import { buildPrompt, choiceItem, letteredLines } from './prompt.ts';
import { textOf, textsOf } from './rows.ts';

/** Why both versions, and AGIEval's copy, ask for each ability. */
export const LOGIQA_ABILITIES = {
  deduction: 'Categorical, conditional and disjunctive statements have to be combined.',
  'reading-arguments': 'Many items ask what strengthens, weakens or is assumed by an argument.',
} as const;

export const logiqa: HubBenchmark = {
  name: 'logiqa',
  title: 'LogiQA',
  domain: 'logical',
  abilities: ['deduction', 'reading-arguments'],
  why: 'Everything needed stands in the passage; what is asked is what follows from it.',
  abilityReasons: LOGIQA_ABILITIES,
  flaws: [
    {
      kind: 'items',
      text: 'Translated from Chinese, and hard to read in places; LogiQA 2.0 was translated anew by professionals.',
      source: 'Liu et al. 2023, doi 10.1109/TASLP.2023.3293046',
    },
    {
      kind: 'overlap',
      text: 'The same 651 items as agieval_logiqa_en; LogiQA 2.0 has items of the same examinations in other words.',
    },
    { kind: 'floor', text: 'Small models score near chance.' },
  ],
  clusterKey: 'passage',
  kind: 'choice',
  paper: 'Liu et al. 2020, arXiv 2007.08124',
  family: 'logiqa',
  chance: 0.25,
  licence: 'not stated',
  source: 'lm-evaluation-harness 0.4.13, tasks/logiqa/logiqa.yaml; 0-shot',
  test: { dataset: 'EleutherAI/logiqa', config: 'logiqa', split: 'test', files: 'logiqa/test-*.parquet' },
  size: 651,
  metric: 'acc_norm',
  items: (test: readonly Row[]): ChoiceItem[] => {
    const ids = uniqueIds(test.map((row) => hashId(textOf(row, 'context'), textOf(row, 'question'))));
    return test.map((row, index) => {
      const passage = textOf(row, 'context');
      const choices = textsOf(row, 'options');
      const question = `Passage: ${passage}\nQuestion: ${textOf(row, 'question')}\nChoices:\n${letteredLines(choices)}Answer:`;
      const gold = 'abcd'.indexOf(pythonStrip(textOf(row, 'label')));
      return choiceItem(
        { id: ids[index]!, index, cluster: hashId(passage), choices, gold },
        buildPrompt({ question }),
      );
    });
  },
};
