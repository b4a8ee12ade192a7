/**
 * OpenBookQA (Mihaylov et al. 2018, arXiv 1809.02789): elementary science facts that have to be joined with what
 * everybody knows. The book of facts is not shown. A row: {id, question_stem, choices: {text, label}, answerKey: 'D'}.
 */
import { pythonLstrip } from '../text/python-text.ts';
import type { ChoiceItem, HubBenchmark, Row } from './benchmark.ts';
import { buildPrompt, choiceItem } from './prompt.ts';
import { labelledChoicesOf, textOf } from './rows.ts';

export const openbookqa: HubBenchmark = {
  name: 'openbookqa',
  title: 'OpenBookQA',
  domain: 'commonsense',
  abilities: ['world-knowledge', 'physical-intuition'],
  why: 'A fact of elementary science meets an everyday case; the step between them is common knowledge.',
  abilityReasons: {
    'world-knowledge': 'The fact of the book is of use only with what everybody knows about the case.',
    'physical-intuition': 'Many items ask what happens to a thing that is heated, moved or left alone.',
  },
  flaws: [
    { kind: 'placement', text: 'Near science: a gain here may be recall of school facts.' },
    { kind: 'form', text: 'The question stands alone, without "Question:" or "Answer:".' },
    {
      kind: 'labels',
      text: 'People agree with the reference in 0.92.',
      source: 'Mihaylov et al. 2018, arXiv 1809.02789',
    },
  ],
  clusterKey: 'item',
  kind: 'choice',
  paper: 'Mihaylov et al. 2018, arXiv 1809.02789',
  chance: 0.25,
  licence: 'Apache-2.0',
  source: 'lm-evaluation-harness 0.4.13, tasks/openbookqa/openbookqa.yaml; 0-shot',
  test: { dataset: 'allenai/openbookqa', config: 'main', split: 'test', files: 'main/test-*.parquet' },
  size: 500,
  metric: 'acc_norm',
  items: (test: readonly Row[]): ChoiceItem[] =>
    test.map((row, index) => {
      const id = textOf(row, 'id');
      const { texts, labels } = labelledChoicesOf(row, 'choices');
      const gold = labels.indexOf(pythonLstrip(textOf(row, 'answerKey')));
      return choiceItem(
        { id, index, cluster: id, choices: texts, gold },
        buildPrompt({ question: textOf(row, 'question_stem') }),
      );
    }),
};
