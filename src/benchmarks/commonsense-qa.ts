/**
 * CommonsenseQA (Talmor et al. 2019, arXiv 1811.00937), validation split (the test answers are not published).
 * A row: {id, question, question_concept: 'revolving door', choices: {text: [5], label: ['A'..'E']}, answerKey}.
 */

import { pythonStrip } from '../text/python-text.ts';
import type { ChoiceItem, HubBenchmark, Row } from './benchmark.ts';
import { buildPrompt, choicesAfter, LETTERS, letteredLines } from './prompt.ts';
import { labelledChoicesOf, textOf } from './rows.ts';

export const commonsenseQa: HubBenchmark = {
  name: 'commonsense_qa',
  title: 'CommonsenseQA',
  domain: 'commonsense',
  abilities: ['world-knowledge'],
  why: 'Relations between ordinary things (purpose, place, cause) taken from ConceptNet.',
  flaws: [
    {
      kind: 'labels',
      text: 'Several answers are often defensible; people reach 89 %.',
      source: 'Talmor et al. 2019, arXiv 1811.00937',
    },
    { kind: 'form', text: 'The model has to name a letter: below some size it names a favourite one.' },
  ],
  clusterKey: 'question concept: questions were written in sets about one concept',
  kind: 'choice',
  paper: 'Talmor et al. 2019, arXiv 1811.00937',
  chance: 0.2,
  licence: 'MIT',
  source: 'lm-evaluation-harness 0.4.13, tasks/commonsense_qa/default.yaml; 0-shot',
  test: { dataset: 'tau/commonsense_qa', split: 'validation', files: 'data/validation-*.parquet' },
  size: 1221,
  metric: 'acc',
  items: (test: readonly Row[]): ChoiceItem[] =>
    test.map((row, index) => {
      const { texts } = labelledChoicesOf(row, 'choices');
      const letters = [...LETTERS.slice(0, texts.length)];
      const prompt = buildPrompt({
        question: `Question: ${pythonStrip(textOf(row, 'question'))}\n${letteredLines(texts)}Answer:`,
      });
      return {
        kind: 'choice',
        id: textOf(row, 'id'),
        index,
        cluster: textOf(row, 'question_concept'),
        pairs: choicesAfter(prompt, letters),
        choices: letters,
        gold: letters.indexOf(textOf(row, 'answerKey')),
      };
    }),
};
