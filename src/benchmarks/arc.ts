/**
 * The AI2 Reasoning Challenge (Clark et al. 2018, arXiv 1803.05457): science questions of US schools with three to
 * five answers. The challenge half holds those that retrieval and word statistics answered wrongly.
 * A row: {id: 'Mercury_7175875', question, choices: {text: [...], label: ['A', ...] or ['1', ...]}, answerKey: 'C'}.
 */
import type { ChoiceItem, HubBenchmark, Row } from './benchmark.ts';
import { buildPrompt, choicesAfter } from './prompt.ts';
import { labelledChoicesOf, textOf } from './rows.ts';

function items(test: readonly Row[]): ChoiceItem[] {
  return test.map((row, index) => {
    const id = textOf(row, 'id');
    const { texts, labels } = labelledChoicesOf(row, 'choices');
    const prompt = buildPrompt({ question: `Question: ${textOf(row, 'question')}\nAnswer:` });
    return {
      kind: 'choice',
      id,
      index,
      cluster: id,
      pairs: choicesAfter(prompt, texts),
      choices: texts,
      gold: labels.indexOf(textOf(row, 'answerKey')),
    };
  });
}

const shared = {
  domain: 'scientific',
  abilities: ['natural-science', 'experimental-method'],
  abilityReasons: {
    'natural-science':
      'Facts and laws of school physics, chemistry, biology and earth science decide most items.',
    'experimental-method': 'Some items describe a trial and ask what it shows or how to carry it out.',
  },
  clusterKey: 'item',
  kind: 'choice',
  chance: 0.25,
  licence: 'CC BY-SA 4.0',
  paper: 'Clark et al. 2018, arXiv 1803.05457',

  metric: 'acc_norm',
  items,
} as const;

export const arcChallenge: HubBenchmark = {
  ...shared,
  name: 'arc_challenge',
  source:
    'lm-evaluation-harness 0.4.13, tasks/arc/arc_challenge.yaml; 0-shot, the answers are not shown in the prompt',
  title: 'ARC Challenge',
  why: 'School science: facts of physics, chemistry, biology and earth science applied to a described case.',
  flaws: [{ kind: 'form', text: 'Seven items have 3 or 5 answers, so chance is 0.25 to two digits only.' }],
  test: {
    dataset: 'allenai/ai2_arc',
    config: 'ARC-Challenge',
    split: 'test',
    files: 'ARC-Challenge/test-*.parquet',
  },
  size: 1172,
};

export const arcEasy: HubBenchmark = {
  ...shared,
  name: 'arc_easy',
  source:
    'lm-evaluation-harness 0.4.13, tasks/arc/arc_easy.yaml; 0-shot, the answers are not shown in the prompt',
  title: 'ARC Easy',
  why: 'School science; the part that retrieval or word statistics answered, so it also measures recall.',
  flaws: [
    { kind: 'artefacts', text: 'Solvable in part by word overlap.' },
    { kind: 'form', text: 'Eleven items have 3 or 5 answers.' },
  ],
  test: { dataset: 'allenai/ai2_arc', config: 'ARC-Easy', split: 'test', files: 'ARC-Easy/test-*.parquet' },
  size: 2376,
};
