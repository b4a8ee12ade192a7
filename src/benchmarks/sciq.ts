/**
 * SciQ (Welbl et al. 2017, arXiv 1707.06209): science questions that crowd workers wrote from textbooks, with a passage
 * that supports the answer. A row: {question, distractor1, distractor2, distractor3, correct_answer, support}.
 */
import { pythonLstrip } from '../text/python-text.ts';
import type { ChoiceItem, HubBenchmark, Row } from './benchmark.ts';
import { hashId, uniqueIds } from './item-id.ts';
import { buildPrompt, choiceItem } from './prompt.ts';
import { textOf } from './rows.ts';

const ANSWERS = ['distractor1', 'distractor2', 'distractor3', 'correct_answer'] as const;

function items(rows: readonly Row[]): ChoiceItem[] {
  const ids = uniqueIds(
    rows.map((row) => hashId(textOf(row, 'question'), ...ANSWERS.map((name) => textOf(row, name)))),
  );
  return rows.map((row, index) => {
    const support = pythonLstrip(textOf(row, 'support'));
    const question = `${support}\nQuestion: ${textOf(row, 'question')}\nAnswer:`;
    return choiceItem(
      {
        id: ids[index]!,
        index,
        cluster: support === '' ? ids[index]! : hashId(support),
        choices: ANSWERS.map((name) => textOf(row, name)),
        gold: 3,
      },
      buildPrompt({ question }),
    );
  });
}

export const sciq: HubBenchmark = {
  name: 'sciq',
  title: 'SciQ',
  domain: 'scientific',
  abilities: ['natural-science'],
  why: 'Facts of physics, chemistry, biology and earth science, most of them stated in the passage before.',
  flaws: [
    {
      kind: 'artefacts',
      text: 'The passage often holds the answer word for word: in eight of ten items of the validation split.',
    },
    { kind: 'ceiling', text: 'Models of 1 B parameters score above 0.9.' },
    { kind: 'form', text: 'About one item in nine has no passage.' },
  ],
  clusterKey: 'passage, else item',
  kind: 'choice',
  paper: 'Welbl et al. 2017, arXiv 1707.06209',
  chance: 0.25,
  licence: 'CC BY-NC 3.0',
  source: 'lm-evaluation-harness 0.4.13, tasks/sciq/sciq.yaml; 0-shot',
  test: { dataset: 'allenai/sciq', split: 'test', files: 'data/test-*.parquet' },
  size: 1000,
  metric: 'acc_norm',
  items,
};

/** For whoever has the validation split alone, or keeps the test split for the end. */
export const sciqValidation: HubBenchmark = {
  ...sciq,
  name: 'sciq@validation',
  title: 'SciQ, validation split',
  variantOf: 'sciq',
  test: { dataset: 'allenai/sciq', split: 'validation', files: 'data/validation-*.parquet' },
};
