/**
 * LogiQA (Liu et al. 2020, arXiv 2007.08124): logic items of the Chinese civil-service examination, translated.
 * A row: {label: 'a', context, question, options: [4]}.
 */
import { pythonStrip } from '../text/python-text.ts';
import type { ChoiceItem, HubBenchmark, Row } from './benchmark.ts';
import { hashId, uniqueIds } from './item-id.ts';
import { buildPrompt, choiceItem, letteredLines } from './prompt.ts';
import { textOf, textsOf } from './rows.ts';

export const logiqa: HubBenchmark = {
  name: 'logiqa',
  title: 'LogiQA',
  domain: 'logical',
  abilities: ['deduction', 'reading-arguments'],
  why: 'Everything needed stands in the passage; what is asked is what follows from it.',
  flaws: [
    'Translated from Chinese; LogiQA 2.0 was made because of the translation (Liu et al. 2023).',
    'The same items as agieval_logiqa_en, and most are in LogiQA 2.0, too.',
    'Small models score near chance.',
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
