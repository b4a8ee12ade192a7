/**
 * MBPP (Austin et al. 2021, arXiv 2108.07732): write a Python function from one sentence and three tests, 3-shot.
 * A row: {task_id: 11, text, code, test_list: [3 asserts], test_setup_code, challenge_test_list}.
 * MBPP+ (Liu et al. 2023, arXiv 2305.01210): 378 of the problems, repaired, with about 35 times as many tests.
 * A row: {task_id: 2, prompt, code, test_imports, test_list: [3 or more asserts], test}.
 */
import { isPythonTarget, type PythonTarget, pythonFault, scorePython } from '../scoring/python-program.ts';
import type { GenerateItem, HubBenchmark, Row, ScoreOptions } from './benchmark.ts';
import { ONE_ANSWER, PLUS_FLAWS, PLUS_SECONDS, scorePlus } from './humaneval.ts';
import { buildPrompt, loneItem } from './prompt.ts';
import { integerOf, textOf, textsOf } from './rows.ts';

/**
 * The examples in front of every question: problems 2, 3 and 4 of the dataset's `prompt` split, as written in
 * lm-evaluation-harness's tasks/mbpp/utils.py, line ends included. MBPP+ asks problems 2, 3 and 4 themselves.
 */
const SHOTS = [
  {
    text: 'Write a function to find the similar elements from the given two tuple lists.',
    code: 'def similar_elements(test_tup1, test_tup2):\r\n  res = tuple(set(test_tup1) & set(test_tup2))\r\n  return (res) ',
    tests: [
      'assert similar_elements((3, 4, 5, 6),(5, 7, 4, 10)) == (4, 5)',
      'assert similar_elements((1, 2, 3, 4),(5, 4, 3, 7)) == (3, 4)',
      'assert similar_elements((11, 12, 14, 13),(17, 15, 14, 13)) == (13, 14)',
    ],
  },
  {
    text: 'Write a python function to identify non-prime numbers.',
    code: 'import math\r\ndef is_not_prime(n):\r\n    result = False\r\n    for i in range(2,int(math.sqrt(n)) + 1):\r\n        if n % i == 0:\r\n            result = True\r\n    return result',
    tests: [
      'assert is_not_prime(2) == False',
      'assert is_not_prime(10) == True',
      'assert is_not_prime(35) == True',
    ],
  },
  {
    text: 'Write a function to find the largest integers from a given list of numbers using heap queue algorithm.',
    code: 'import heapq as hq\r\ndef heap_queue_largest(nums,n):\r\n  largest_nums = hq.nlargest(n, nums)\r\n  return largest_nums',
    tests: [
      'assert heap_queue_largest( [25, 35, 22, 85, 14, 65, 75, 22, 58],3)==[85, 75, 65] ',
      'assert heap_queue_largest( [25, 35, 22, 85, 14, 65, 75, 22, 58],2)==[85, 75] ',
      'assert heap_queue_largest( [25, 35, 22, 85, 14, 65, 75, 22, 58],5)==[85, 75, 65, 58, 35]',
    ],
  },
] as const;

function question(text: string, tests: readonly string[]): string {
  return `You are an expert Python programmer, and here is your task: ${text} Your code should pass these tests:\n\n${tests.slice(0, 3).join('\n')}\n[BEGIN]\n`;
}

const shots = SHOTS.map(({ text, code, tests }) => ({
  question: question(text, tests),
  answer: `${code}\n[DONE]`,
}));

const common = {
  domain: 'code',
  abilities: ['synthesis'],
  clusterKey: 'item',
  kind: 'generate',
  paper: 'Austin et al. 2021, arXiv 2108.07732',
  family: 'mbpp',
  chance: 0,
  metric: 'pass@1',
  goldShape: { text: '{test, full_test?} with texts', fits: isPythonTarget, fault: pythonFault },
  score: (output: string, item: GenerateItem, options?: ScoreOptions) =>
    scorePython(output, item.gold, options),
} as const;

function itemOf(row: Row, index: number, text: string, gold: PythonTarget): GenerateItem {
  const asked = question(text, textsOf(row, 'test_list'));
  return {
    ...loneItem(
      `mbpp/${integerOf(row, 'task_id')}`,
      index,
      buildPrompt({ shots, question: asked, delimiter: '' }),
    ),
    stop: ['[DONE]'],
    maxTokens: 256,
    gold,
  };
}

export const mbpp: HubBenchmark = {
  ...common,
  name: 'mbpp',
  title: 'MBPP',
  why: 'A program is written from one sentence and judged by running it.',
  flaws: [
    {
      kind: 'artefacts',
      text: 'The three tests of a problem are in its prompt, so a program can be written for them alone; MBPP+ tests more.',
    },
    {
      kind: 'labels',
      text: 'Some problems are ambiguous or have wrong tests; the authors checked 427 by hand, the sanitized version.',
      source: 'Austin et al. 2021, arXiv 2108.07732',
    },
    {
      kind: 'ceiling',
      text: 'lm-evaluation-harness leaves out the code that prepares the tests, so problem 367 cannot be solved there; the corrected reading runs it.',
    },
    {
      kind: 'form',
      text: 'A model asked through its chat template writes words and fences around its code, which the compatible reading counts as wrong (lm-evaluation-harness#2990).',
    },
    { kind: 'contamination', text: 'Public since 2021 and widely leaked into training data.' },
    ONE_ANSWER,
  ],
  licence: 'CC BY 4.0',
  source: 'lm-evaluation-harness 0.4.13, tasks/mbpp/mbpp.yaml; 3-shot, greedy, pass@1',
  test: {
    dataset: 'google-research-datasets/mbpp',
    config: 'full',
    split: 'test',
    files: 'full/test-*.parquet',
  },
  size: 500,
  items: (test) =>
    test.map((row, index) => {
      const tests = textsOf(row, 'test_list').slice(0, 3).join('\n');
      const setup = textOf(row, 'test_setup_code');
      return itemOf(row, index, textOf(row, 'text'), {
        test: tests,
        ...(setup ? { full_test: `${setup}\n${tests}` } : {}),
      });
    }),
};

export const mbppPlus: HubBenchmark = {
  ...common,
  name: 'mbpp_plus',
  paper: 'Liu et al. 2023, arXiv 2305.01210',
  title: 'MBPP+',
  why: 'The programs of MBPP, judged by tests that few wrong programs pass.',
  flaws: [
    {
      kind: 'form',
      text: 'lm-evaluation-harness builds the target from the first three asserts and never runs the tests that make it MBPP+; the compatible reading does the same, the corrected one runs them all.',
    },
    { kind: 'overlap', text: 'Three of the problems (2, 3 and 4) are the examples of the prompt.' },
    ...PLUS_FLAWS,
    ONE_ANSWER,
    {
      kind: 'contamination',
      text: 'The problems are those of MBPP, which are widely leaked into training data.',
    },
  ],
  licence: 'Apache-2.0',
  source:
    'lm-evaluation-harness 0.4.13, tasks/mbpp/mbpp_plus.yaml; 3-shot, greedy, pass@1; the tests and 60 s as in evalplus',
  test: { dataset: 'evalplus/mbppplus', split: 'test', files: 'data/test-*.parquet' },
  size: 378,
  score: scorePlus,
  items: (test) =>
    test.map((row, index) =>
      itemOf(row, index, textOf(row, 'prompt'), {
        test: textsOf(row, 'test_list').slice(0, 3).join('\n'),
        full_test: [...textsOf(row, 'test_imports'), textOf(row, 'test')].join('\n'),
        seconds: PLUS_SECONDS,
      }),
    ),
};
