/**
 * GSM-Plus (Li et al. 2024, arXiv 2402.19255): each GSM8K test problem in eight perturbed forms, and a sample of 300
 * problems with their eight (`mini`).
 * A row: {question, solution: '... #### 18', answer, perturbation_type, seed_question, seed_solution, seed_answer}.
 */
import type { HubBenchmark, Row } from '../benchmark.ts';
import { hashId } from '../item-id.ts';
import { textOf } from '../rows.ts';
import { question } from './gsm8k.ts';
import { drawnShots, STOP_QUESTION, STORY_ABILITIES, wordProblems } from './word-problem.ts';

const shared = {
  ...wordProblems({
    ask: question,
    gold: (row) => textOf(row, 'solution'),
    cluster: (row) => hashId(textOf(row, 'seed_question')),
    shots: (test) =>
      drawnShots(test, test, 5, (row: Row) => ({
        question: question(row),
        answer: textOf(row, 'solution'),
      })),
    stop: STOP_QUESTION,
    style: 'hashes',
  }),
  domain: 'mathematical',
  abilities: ['arithmetic', 'word-problems'],
  why: 'The same problems with other numbers, an idle clause, a turned question or a missing fact: whether solving holds when the surface changes.',
  abilityReasons: STORY_ABILITIES,
  flaws: [
    {
      kind: 'ceiling',
      text: 'An eighth of the items ("critical thinking") has the reference None, which the compatible patterns cannot match: its ceiling is 87.5 %. The corrected reading counts an answer that says so.',
    },
    {
      kind: 'overlap',
      text: 'Examples are drawn from the tested split, so a perturbed twin of the item may be shown.',
    },
    { kind: 'contamination', text: 'Seeds are GSM8K test problems, which have leaked into training data.' },
  ],
  clusterKey: 'the seed problem: its eight forms stand and fall together',
  chance: 0,
  licence: 'CC BY-SA 4.0',
  paper: 'Li et al. 2024, arXiv 2402.19255',
  family: 'gsm8k',
} as const;

export const gsmPlus: HubBenchmark = {
  ...shared,
  name: 'gsm_plus',
  title: 'GSM-Plus',
  source: 'lm-evaluation-harness 0.4.13, tasks/gsm_plus/gsm_plus.yaml; 5-shot from the test split itself',
  test: { dataset: 'qintongli/GSM-Plus', split: 'test', files: 'data/test-*.jsonl' },
  size: 10552,
};

export const gsmPlusMini: HubBenchmark = {
  ...shared,
  name: 'gsm_plus_mini',
  title: 'GSM-Plus, 300 seed problems',
  source: 'lm-evaluation-harness 0.4.13, tasks/gsm_plus/gsm_plus_mini.yaml; 5-shot from the same rows',
  variantOf: 'gsm_plus',
  test: { dataset: 'qintongli/GSM-Plus', split: 'testmini', files: 'data/testmini-*.jsonl' },
  size: 2400,
};
