/**
 * HumanEval (Chen et al. 2021, arXiv 2107.03374): complete a Python function so that its hidden tests pass.
 * A row: {task_id: 'HumanEval/0', prompt, canonical_solution, test: 'def check(candidate): ...', entry_point}.
 * HumanEval+ (Liu et al. 2023, arXiv 2305.01210) has the same problems, corrected, with about 80 times as many tests.
 */
import { isPythonTarget, type PythonTarget, pythonFault, scorePython } from '../scoring/python-program.ts';
import type { Score } from '../scoring/score.ts';
import { textFault } from '../scoring/target-fault.ts';
import type { GenerateItem, HubBenchmark, Row, ScoreOptions } from './benchmark.ts';
import { buildPrompt, loneItem } from './prompt.ts';
import { textOf } from './rows.ts';
import { withoutUnjudged } from './unjudged-programs.ts';
import type { Flaw } from './vocabulary.ts';

/** Seconds for a problem of HumanEval+ or MBPP+, as in evalplus; lm-evaluation-harness gives 3. */
export const PLUS_SECONDS = 60;

/** What both sets of EvalPlus have. */
export const PLUS_FLAWS: readonly Flaw[] = [
  {
    kind: 'set-up',
    text: 'A problem has 60 s here, as in evalplus, where lm-evaluation-harness gives 3: its tests are long, and the sandbox runs Python several times slower than a processor does.',
  },
  {
    kind: 'set-up',
    text: 'The tests import numpy for a comparison of floats; the sandbox has a stand-in for it. A solution that needs more of numpy ends as an error.',
  },
  {
    kind: 'labels',
    text: 'The solution of HumanEval/32 fails its own test everywhere, those of mbpp/590 and mbpp/596 in the sandbox (C library, 32 bits): failing answers to these end as an error. Those of mbpp/255 (512 MB) and mbpp/599 (60 s, 40 s in CPython) reach a limit and end as timeout.',
  },
];

/** How pass@k is had, whose k papers choose above 1. */
export const ONE_ANSWER: Flaw = {
  kind: 'set-up',
  text: 'One greedy answer is asked for, so pass@1 only: eval --samples 10 --temperature 0.2 draws several and gives pass@k.',
};

/** Targets of others, as `carryover score` gets them, do not name the seconds. */
export async function scorePlus(
  output: string,
  { id, gold }: GenerateItem,
  options?: ScoreOptions,
): Promise<Score> {
  const target = isPythonTarget(gold) ? { seconds: PLUS_SECONDS, ...gold } : gold;
  return withoutUnjudged(id, await scorePython(output, target, options));
}

const common = {
  domain: 'code',
  abilities: ['synthesis'],
  clusterKey: 'item',
  kind: 'generate',
  paper: 'Chen et al. 2021, arXiv 2107.03374',
  family: 'humaneval',
  chance: 0,
  size: 164,
  metric: 'pass@1',
  goldShape: {
    text: '{prompt, test, entry_point} with texts, as in the dataset',
    fits: (gold: unknown) => humanevalFault(gold) === null,
    fault: humanevalFault,
  },
  score: (output: string, item: GenerateItem, options?: ScoreOptions) =>
    scorePython(output, item.gold, options),
} as const;

function itemsOf(rows: readonly Row[], limit: { readonly seconds?: number }): GenerateItem[] {
  return rows.map((row, index) => {
    const code = textOf(row, 'prompt');
    return {
      ...loneItem(textOf(row, 'task_id'), index, buildPrompt({ question: code })),
      stop: ['\nclass', '\ndef', '\n#', '\nif', '\nprint'],
      maxTokens: 1024,
      gold: { prompt: code, test: textOf(row, 'test'), entry_point: textOf(row, 'entry_point'), ...limit },
    };
  });
}

export const humaneval: HubBenchmark = {
  ...common,
  name: 'humaneval',
  title: 'HumanEval',
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
    { kind: 'contamination', text: 'Public since 2021 and widely leaked into training data.' },
    ONE_ANSWER,
  ],
  licence: 'MIT',
  source: 'lm-evaluation-harness 0.4.13, tasks/humaneval/humaneval.yaml; 0-shot, greedy, pass@1',
  test: {
    dataset: 'openai/openai_humaneval',
    config: 'openai_humaneval',
    split: 'test',
    files: 'openai_humaneval/test-*.parquet',
  },
  items: (test) => itemsOf(test, {}),
};

export const humanevalPlus: HubBenchmark = {
  ...common,
  name: 'humaneval_plus',
  paper: 'Liu et al. 2023, arXiv 2305.01210',
  title: 'HumanEval+',
  why: 'The programs of HumanEval, judged by tests that few wrong programs pass.',
  flaws: [
    {
      kind: 'resolution',
      text: '164 items cannot resolve small effects: the 95 % interval at one half is 7.7 points wide to each side.',
    },
    {
      kind: 'contamination',
      text: 'The problems are those of HumanEval, which are widely leaked into training data.',
    },
    ...PLUS_FLAWS,
    ONE_ANSWER,
  ],
  licence: 'Apache-2.0',
  source:
    'lm-evaluation-harness 0.4.13, tasks/humaneval/humaneval_plus.yaml; 0-shot, greedy, pass@1; 60 s as in evalplus',
  test: { dataset: 'evalplus/humanevalplus', split: 'test', files: 'data/test-*.parquet' },
  items: (test) => itemsOf(test, { seconds: PLUS_SECONDS }),
  score: scorePlus,
};

/** Its tests define `check` and call it nowhere: without a name to check, every program would pass. */
function humanevalFault(gold: unknown): string | null {
  return pythonFault(gold) ?? textFault('entry_point', (gold as PythonTarget).entry_point, { needed: true });
}
