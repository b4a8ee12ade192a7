/**
 * GSM8K (Cobbe et al. 2021, arXiv 2110.14168): grade-school word problems with whole-number answers, 5-shot.
 * A row: {question, answer: 'rationale with <<16-3-4=9>> ... #### 18'}. The examples are drawn from the training split
 * exactly as lm-evaluation-harness draws them: one stream `Random(1234)`, advanced once per item in order.
 */
import { PythonRandom } from '../random/python-random.ts';
import { scoreGsm8k } from '../scoring/gsm8k.ts';
import type { GenerateItem, HubBenchmark, Row } from './benchmark.ts';
import { hashId, uniqueIds } from './item-id.ts';
import { buildPrompt, loneItem } from './prompt.ts';
import { textOf } from './rows.ts';

const SHOTS = 5;
/** lm-evaluation-harness's default few-shot seed. */
const SEED = 1234;

const question = (row: Row): string => `Question: ${textOf(row, 'question')}\nAnswer:`;

export const gsm8k: HubBenchmark = {
  name: 'gsm8k',
  title: 'GSM8K',
  domain: 'mathematical',
  abilities: ['arithmetic', 'word-problems'],
  why: 'Multi-step arithmetic told as a story: the kind of problem the training data of most studies teaches.',
  abilityReasons: {
    arithmetic: 'Two to eight steps of calculation, each with the result of the one before.',
    'word-problems': 'Every quantity and relation has to be read out of a story.',
  },
  flaws: [
    {
      kind: 'labels',
      text: 'About 2 % of the reference answers are wrong or ambiguous (GSM8K-Platinum relabels them).',
      source: 'Vendrow et al. 2025, arXiv 2502.03461',
    },
    {
      kind: 'contamination',
      text: 'Widely leaked into training data.',
      source: 'GSM1k, Zhang et al. 2024, arXiv 2405.00332',
    },
    'The compatible strict metric asks for the form "#### N", which only examples teach.',
  ],
  clusterKey: 'item',
  kind: 'generate',
  format: 'worked',
  paper: 'Cobbe et al. 2021, arXiv 2110.14168',
  family: 'gsm8k',
  chance: 0,
  licence: 'MIT',
  source: 'lm-evaluation-harness 0.4.13, tasks/gsm8k/gsm8k.yaml; 5-shot from train',
  test: { dataset: 'openai/gsm8k', config: 'main', split: 'test', files: 'main/test-*.parquet' },
  shots: {
    dataset: 'openai/gsm8k',
    config: 'main',
    split: 'train',
    files: 'main/train-*.parquet',
    rows: 7473,
  },
  size: 1319,
  metric: 'exact_match',
  items: (test: readonly Row[], train: readonly Row[]): GenerateItem[] => {
    const random = new PythonRandom(SEED);
    const ids = uniqueIds(test.map((row) => hashId(textOf(row, 'question'))));
    return test.map((row, index) => {
      const shots = random
        .sample(train, SHOTS)
        .map((shot) => ({ question: question(shot), answer: textOf(shot, 'answer') }));
      const prompt = buildPrompt({ shots, question: question(row) });
      return {
        ...loneItem(ids[index]!, index, prompt),
        stop: ['Question:', '</s>', '<|im_end|>'],
        maxTokens: 256,
        gold: textOf(row, 'answer'),
      };
    });
  },
  score: (output, item, options) => scoreGsm8k(output, String(item.gold), options?.ending),
};
