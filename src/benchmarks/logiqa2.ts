/**
 * LogiQA 2.0 (Liu et al. 2023, doi 10.1109/TASLP.2023.3293046): reading and logic items of the Chinese civil-service
 * examination in English. A row: {id, answer: 3, text, question, options: [4], type: '{...}'}.
 */
import type { ChoiceItem, HubBenchmark, Row } from './benchmark.ts';
import { hashId, uniqueIds } from './item-id.ts';
import { LOGIQA_ABILITIES } from './logiqa.ts';
import { buildPrompt, choicesAfter, letteredLines } from './prompt.ts';
import { integerOf, textOf, textsOf } from './rows.ts';

export const logiqa2: HubBenchmark = {
  name: 'logiqa2',
  title: 'LogiQA 2.0',
  domain: 'logical',
  abilities: ['deduction', 'reading-arguments'],
  why: 'Everything needed stands in the passage; what is asked is what follows from it.',
  abilityReasons: LOGIQA_ABILITIES,
  flaws: [
    { kind: 'items', text: 'Translated from Chinese by professionals; some items still read strangely.' },
    {
      kind: 'labels',
      text: 'Seven items offer one text twice; in four of them it is the reference, so that an equal choice counts as wrong.',
    },
    { kind: 'overlap', text: 'Holds items of the same examinations as logiqa, in other words.' },
    { kind: 'floor', text: 'Small models score near chance.' },
  ],
  clusterKey: 'passage',
  kind: 'choice',
  family: 'logiqa',
  chance: 0.25,
  paper: 'Liu et al. 2023, doi 10.1109/TASLP.2023.3293046',
  licence: 'CC BY-NC-SA 4.0',
  source: 'lm-evaluation-harness 0.4.13, tasks/logiqa2/logiqa2.yaml; 0-shot',
  test: { dataset: 'baber/logiqa2', config: 'logiqa2', split: 'test', files: 'logiqa2/test-*.parquet' },
  size: 1572,
  metric: 'acc_norm',
  items: (test: readonly Row[]): ChoiceItem[] => {
    // Four of the dataset's ids occur twice.
    const ids = uniqueIds(test.map((row) => String(integerOf(row, 'id'))));
    return test.map((row, index) => {
      const passage = textOf(row, 'text');
      const options = textsOf(row, 'options');
      const prompt = buildPrompt({
        question: `Passage: ${passage}\nQuestion: ${textOf(row, 'question')}\n${letteredLines(options)}Answer:`,
      });
      return {
        kind: 'choice',
        id: ids[index]!,
        index,
        cluster: hashId(passage),
        pairs: choicesAfter(prompt, options),
        choices: options,
        gold: integerOf(row, 'answer'),
      };
    });
  },
};
