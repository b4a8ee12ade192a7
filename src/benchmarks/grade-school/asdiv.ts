/**
 * ASDiv (Miao et al. 2020, arXiv 2106.15772): word problems of English elementary schools of many types.
 * A row: {body, question, solution_type, answer: '9 (apples)', formula}.
 */
import type { HubBenchmark } from '../benchmark.ts';
import { hashId } from '../item-id.ts';
import { textOf } from '../rows.ts';
import { STOP_CHAT, STORY_ABILITIES, wordProblems, workedShots } from './word-problem.ts';

const ask = (body: string, question: string): string =>
  `Given the following problem, reason and give a final answer to the problem.\nProblem: ${body} ${question}\nYour response should end with "The final answer is [answer]" where [answer] is the response to the problem.\n`;

export const asdiv: HubBenchmark = {
  ...wordProblems({
    ask: (row) => ask(textOf(row, 'body'), textOf(row, 'question')),
    gold: (row) => textOf(row, 'answer').split(' (')[0]!,
    id: (row) => hashId(textOf(row, 'body'), textOf(row, 'question')),
    fixedShots: workedShots(
      (text) => ask('', text),
      ({ reasoning, answer }) => `${reasoning} The final answer is ${answer}`,
    ),
    stop: STOP_CHAT,
    style: 'final-answer',
  }),
  name: 'asdiv_cot_llama',
  title: 'ASDiv',
  domain: 'mathematical',
  abilities: ['word-problems', 'arithmetic'],
  why: 'Elementary word problems of many types: choosing the operation and carrying it out.',
  abilityReasons: STORY_ABILITIES,
  flaws: [
    {
      kind: 'ceiling',
      text: '146 of 2,305 references are names, times, ratios, fractions or lists, which the compatible number patterns cannot match, and one has two spaces before its unit, so that it is compared as "14 ": the ceiling is 93.6 %. The corrected reading counts them all.',
    },
    {
      kind: 'set-up',
      text: "The harness's older task asdiv weighs the answer by log-likelihood instead.",
    },
    {
      kind: 'ceiling',
      text: 'Easy for models that are good at mathematics: near the ceiling a difference says little.',
    },
  ],
  clusterKey: 'item',
  chance: 0,
  licence: 'CC BY-NC 4.0',
  paper: 'Miao et al. 2020, arXiv 2106.15772',
  family: 'asdiv',
  source: 'lm-evaluation-harness 0.4.13, tasks/asdiv/asdiv-cot-llama.yaml; 8 fixed worked examples',
  test: {
    dataset: 'EleutherAI/asdiv',
    config: 'asdiv',
    split: 'validation',
    files: 'asdiv/validation-*.parquet',
  },
  size: 2305,
};
