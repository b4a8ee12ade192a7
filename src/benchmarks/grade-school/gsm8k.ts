/**
 * GSM8K (Cobbe et al. 2021, arXiv 2110.14168): grade-school word problems with whole-number answers, and GSM8K-Platinum
 * (Vendrow et al. 2025, arXiv 2502.03461), its test half with wrong and ambiguous problems mended or taken out.
 * A row: {question, answer: 'rationale with <<16-3-4=9>> ... #### 18'}.
 */
import type { HubBenchmark, Row } from '../benchmark.ts';
import { textOf } from '../rows.ts';
import type { Flaw } from '../vocabulary.ts';
import {
  drawnShots,
  STOP_CHAT,
  STOP_Q,
  STOP_QUESTION,
  type WordProblem,
  wordProblems,
  workedShots,
} from './word-problem.ts';

const SHOTS = 5;

export const question = (row: Row): string => `Question: ${textOf(row, 'question')}\nAnswer:`;
/** The final number alone: what the set-ups with fixed examples compare with. */
const final = (row: Row): string => textOf(row, 'answer').split('####').at(-1)!.trim();

const stepByStep = (row: Row): string => `Q: ${textOf(row, 'question')}\nA: Let's think step by step.`;
const llama = (text: string): string =>
  `Given the following problem, reason and give a final answer to the problem.\nProblem: ${text}\nYour response should end with "The final answer is [answer]" where [answer] is the response to the problem.\n`;

interface Setup {
  readonly suffix: string;
  readonly title: string;
  readonly source: string;
  readonly flaws: readonly Flaw[];
  readonly of: WordProblem;
}

const SETUPS: readonly Setup[] = [
  {
    suffix: '',
    title: '',
    source: 'gsm8k.yaml; 5-shot',
    flaws: [
      {
        kind: 'form',
        text: 'The compatible strict metric asks for the form "#### N", which only examples teach.',
      },
    ],
    of: {
      ask: question,
      gold: (row) => textOf(row, 'answer'),
      shots: (test, pool) =>
        drawnShots(test, pool.length > 0 ? pool : test, SHOTS, (row) => ({
          question: question(row),
          answer: textOf(row, 'answer'),
        })),
      stop: STOP_QUESTION,
      style: 'hashes',
    },
  },
  {
    suffix: '_cot',
    title: ', with the examples of Wei et al.',
    source: 'gsm8k-cot.yaml; 8 fixed worked examples',
    flaws: [
      {
        kind: 'form',
        text: 'The compatible strict metric needs one more character after the number: "The answer is 18" at the very end is read as 1.',
      },
    ],
    of: {
      ask: (row) => `Q: ${textOf(row, 'question')}\nA:`,
      gold: final,
      fixedShots: workedShots(
        (text) => `Q: ${text}\nA:`,
        ({ reasoning, answer }) => `${reasoning} The answer is ${answer}.`,
      ),
      stop: STOP_Q,
      style: 'answer-is',
    },
  },
  {
    suffix: '_cot_zeroshot',
    title: ', thought through without examples',
    source: 'gsm8k-cot-zeroshot.yaml; 0-shot with "Let\'s think step by step."',
    flaws: [
      {
        kind: 'form',
        text: 'Nothing says how to state the answer: the compatible strict metric finds "The answer is N." by chance.',
      },
    ],
    of: { ask: stepByStep, gold: (row) => textOf(row, 'answer'), stop: STOP_Q, style: 'answer-is' },
  },
  {
    suffix: '_cot_llama',
    title: ', in the form of the Llama evaluations',
    source: 'gsm8k-cot-llama.yaml; 8 fixed worked examples, meant for a chat template with examples as turns',
    flaws: [
      {
        kind: 'form',
        text: 'Without a chat template the examples follow each other with nothing in between.',
      },
    ],
    of: {
      ask: (row) => llama(textOf(row, 'question')),
      gold: final,
      fixedShots: workedShots(llama, ({ reasoning, answer }) => `${reasoning} The final answer is ${answer}`),
      delimiter: '',
      stop: STOP_CHAT,
      style: 'final-answer',
    },
  },
];

const shared = {
  domain: 'mathematical',
  abilities: ['arithmetic', 'word-problems'],
  abilityReasons: {
    arithmetic: 'Two to eight steps of calculation, each with the result of the one before.',
    'word-problems': 'Every quantity and relation has to be read out of a story.',
  },
  clusterKey: 'item',
  family: 'gsm8k',
  chance: 0,
} as const;

const TEST = { dataset: 'openai/gsm8k', config: 'main', split: 'test', files: 'main/test-*.parquet' };

const GSM8K: readonly HubBenchmark[] = SETUPS.map(({ suffix, title, source, flaws, of }) => ({
  ...shared,
  ...wordProblems(of),
  name: `gsm8k${suffix}`,
  title: `GSM8K${title}`,
  why: 'Multi-step arithmetic told as a story: the kind of problem the training data of most studies teaches.',
  flaws: [
    {
      kind: 'labels',
      text: 'GSM8K-Platinum took out 110 of the 1,319 problems as ambiguous or badly written, and corrected some references.',
      source: 'Vendrow et al. 2025, arXiv 2502.03461',
    },
    {
      kind: 'contamination',
      text: 'Widely leaked into training data.',
      source: 'GSM1k, Zhang et al. 2024, arXiv 2405.00332',
    },
    ...flaws,
  ],
  paper: 'Cobbe et al. 2021, arXiv 2110.14168',
  licence: 'MIT',
  source: `lm-evaluation-harness 0.4.13, tasks/gsm8k/${source}${of.shots ? ' from train' : ''}`,
  ...(suffix === '' ? {} : { variantOf: 'gsm8k' }),
  test: TEST,
  ...(of.shots ? { shots: { ...TEST, split: 'train', files: 'main/train-*.parquet', rows: 7473 } } : {}),
  size: 1319,
}));

const PLATINUM: readonly HubBenchmark[] = SETUPS.slice(0, 3).map(({ suffix, title, source, flaws, of }) => ({
  ...shared,
  ...wordProblems(of),
  name: `gsm8k_platinum${suffix}`,
  title: `GSM8K-Platinum${title}`,
  why: 'GSM8K without its faulty problems: a wrong answer here is a mistake of the model, not of the label.',
  flaws: [
    { kind: 'overlap', text: 'All of its problems are in GSM8K: do not count both.' },
    { kind: 'contamination', text: 'Widely leaked into training data, as GSM8K is.' },
    ...flaws,
  ],
  paper: 'Vendrow et al. 2025, arXiv 2502.03461',
  licence: 'MIT',
  source: `lm-evaluation-harness 0.4.13, tasks/gsm8k_platinum (as ${source}${of.shots ? ' from the test half itself' : ''})`,
  variantOf: suffix === '' ? 'gsm8k' : 'gsm8k_platinum',
  test: {
    dataset: 'madrylab/gsm8k-platinum',
    config: 'main',
    split: 'test',
    files: 'main/test-*.parquet',
  },
  size: 1209,
}));

/** By name. */
export const GRADE_SCHOOL_GSM8K: Readonly<Record<string, HubBenchmark>> = Object.fromEntries(
  [...GSM8K, ...PLATINUM].map((one) => [one.name, one]),
);
