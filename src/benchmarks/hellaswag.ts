/**
 * HellaSwag (Zellers et al. 2019, arXiv 1905.07830), validation split (the test answers are not published): how a
 * described scene goes on; the wrong endings were written by a model and chosen to fool one.
 * A row: {activity_label: 'Roof shingle removal', ctx_a, ctx_b: 'he', endings: [4], label: '3', ...}.
 */
import { pythonCapitalize, pythonStrip } from '../text/python-text.ts';
import type { ChoiceItem, HubBenchmark, Row } from './benchmark.ts';
import { hashId, uniqueIds } from './item-id.ts';
import { buildPrompt, choiceItem } from './prompt.ts';
import { textOf, textsOf } from './rows.ts';

/** `preprocess` of the harness's tasks/hellaswag/utils.py: the bracketed tags of WikiHow go. */
function clean(text: string): string {
  return pythonStrip(text)
    .replaceAll(' [title]', '. ')
    .replace(/\[[^\n]*?\]/g, '')
    .replaceAll('  ', ' ');
}

/** `activitynet~v_-IMXSEIabMM` or `wikihow~3`; some copies leave it empty or out. */
function sourceOf(row: Row): string {
  return typeof row['source_id'] === 'string' ? row['source_id'] : '';
}

export const hellaswag: HubBenchmark = {
  name: 'hellaswag',
  title: 'HellaSwag',
  domain: 'commonsense',
  abilities: ['plausible-continuation', 'physical-intuition'],
  why: 'What people do next in a scene that everybody has seen: captions of videos and steps of instructions.',
  abilityReasons: {
    'plausible-continuation': 'The endings are continuations of a told scene, and one fits.',
    'physical-intuition': 'Wrong endings are often movements that cannot follow from the ones before.',
  },
  flaws: [
    {
      kind: 'items',
      text: 'More than a third of a sample of the items had errors of language or sense.',
      source: 'Surge AI 2022',
    },
    {
      kind: 'artefacts',
      text: 'Much of a score remains when the question is hidden.',
      source: 'Chizhov et al. 2025, arXiv 2504.07825',
    },
    { kind: 'ceiling', text: 'Large models are at the level of people, about 0.95.' },
  ],
  clusterKey:
    'the video or article; in a copy that does not name it the activity, which for articles is a whole topic',
  kind: 'choice',
  paper: 'Zellers et al. 2019, arXiv 1905.07830',
  chance: 0.25,
  licence: 'MIT',
  source: 'lm-evaluation-harness 0.4.13, tasks/hellaswag/hellaswag.yaml; 0-shot',
  test: { dataset: 'Rowan/hellaswag', split: 'validation', files: 'data/validation-*.parquet' },
  size: 10042,
  metric: 'acc_norm',
  items: (test: readonly Row[]): ChoiceItem[] => {
    const asked = test.map((row) => {
      const activity = textOf(row, 'activity_label');
      const context = `${textOf(row, 'ctx_a')} ${pythonCapitalize(textOf(row, 'ctx_b'))}`;
      return {
        cluster: hashId(sourceOf(row) || activity),
        question: clean(`${activity}: ${context}`),
        choices: textsOf(row, 'endings').map(clean),
        gold: Number(textOf(row, 'label')),
      };
    });
    // Of the cleaned text, so that copies with and without the tags give the same ids.
    const ids = uniqueIds(asked.map(({ question, choices }) => hashId(question, ...choices)));
    return asked.map(({ question, ...item }, index) =>
      choiceItem({ id: ids[index]!, index, ...item }, buildPrompt({ question })),
    );
  },
};
