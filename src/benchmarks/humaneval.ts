/**
 * HumanEval (Chen et al. 2021, arXiv 2107.03374): complete a Python function so that its hidden tests pass.
 * A row: {task_id: 'HumanEval/0', prompt, canonical_solution, test: 'def check(candidate): ...', entry_point}.
 */
import { isPythonTarget, scorePython } from '../scoring/python-program.ts';
import type { GenerateItem, HubBenchmark, Row } from './benchmark.ts';
import { buildPrompt, loneItem } from './prompt.ts';
import { textOf } from './rows.ts';

export const humaneval: HubBenchmark = {
  name: 'humaneval',
  title: 'HumanEval',
  domain: 'code',
  abilities: ['synthesis'],
  why: 'A program is written and judged by running it.',
  flaws: [
    {
      kind: 'labels',
      text: 'Few tests per problem (7.7 on average): wrong programs pass; HumanEval+ has about 80 times as many.',
      source: 'EvalPlus, Liu et al. 2023, arXiv 2305.01210',
    },
    {
      kind: 'resolution',
      text: '164 items cannot resolve small effects: the 95 % interval at one half is 7.7 points wide to each side.',
    },
    { kind: 'contamination', text: 'Widely leaked into training data.' },
  ],
  clusterKey: 'item',
  kind: 'generate',
  paper: 'Chen et al. 2021, arXiv 2107.03374',
  family: 'humaneval',
  chance: 0,
  licence: 'MIT',
  source: 'lm-evaluation-harness 0.4.13, tasks/humaneval/humaneval.yaml; 0-shot, greedy, pass@1',
  test: {
    dataset: 'openai/openai_humaneval',
    config: 'openai_humaneval',
    split: 'test',
    files: 'openai_humaneval/test-*.parquet',
  },
  size: 164,
  metric: 'pass@1',
  items: (test: readonly Row[]): GenerateItem[] =>
    test.map((row, index) => {
      const id = textOf(row, 'task_id');
      const code = textOf(row, 'prompt');
      const prompt = buildPrompt({ question: code });
      return {
        ...loneItem(id, index, prompt),
        stop: ['\nclass', '\ndef', '\n#', '\nif', '\nprint'],
        maxTokens: 1024,
        gold: { prompt: code, test: textOf(row, 'test'), entry_point: textOf(row, 'entry_point') },
      };
    }),
  goldShape: { text: '{prompt, test, entry_point} with texts, as in the dataset', fits: isPythonTarget },
  score: (output, item, options) => scorePython(output, item.gold, options),
};
