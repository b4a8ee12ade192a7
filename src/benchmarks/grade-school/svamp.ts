/**
 * SVAMP (Patel et al. 2021, arXiv 2103.07191): one-step word problems, varied so that word statistics do not solve
 * them. A row: {ID: 'chal-777', Body, Question, Equation, Answer: '145.0', Type, question_concat}.
 */
import type { HubBenchmark, Row } from '../benchmark.ts';
import { textOf } from '../rows.ts';
import { wordProblems, workedShots } from './word-problem.ts';

/** A full stop is set after the story where it lacks one. */
function problem(row: Row): string {
  const body = textOf(row, 'Body').trim();
  return `${body.endsWith('.') ? body : `${body}.`} ${textOf(row, 'Question').trim()}`;
}

const ask = (text: string): string => `Question: ${text}\nAnswer:`;

export const svamp: HubBenchmark = {
  ...wordProblems({
    ask: (row) => ask(problem(row)),
    gold: (row) => answerOf(row),
    id: (row) => textOf(row, 'ID'),
    fixedShots: workedShots(ask, ({ reasoning, answer }) => `${reasoning} The answer is ${answer}.`),
    stop: ['Question:', '</s>', '<|im_end|>', '<|endoftext|>'],
    style: 'stated-or-last',
  }),
  name: 'svamp',
  title: 'SVAMP',
  domain: 'mathematical',
  abilities: ['word-problems', 'arithmetic'],
  why: 'One step of arithmetic in a story with facts that are not needed: choosing the operation is the work.',
  abilityReasons: {
    'word-problems': 'Which of the facts are needed, and for which operation, is read out of a story.',
    arithmetic: 'One operation is carried out, two at most.',
  },
  flaws: [
    { kind: 'ceiling', text: "Easy for today's models: near the ceiling a difference says little." },
    {
      kind: 'set-up',
      text: "The published set has 1,000 problems; the hub's copy splits it 700 to 300, and the 300 are used here.",
    },
    {
      kind: 'resolution',
      text: 'Problems are variations of 100 ASDiv seeds, which the data do not name: items count as independent here and are not quite, so intervals are a little too narrow.',
    },
  ],
  clusterKey: 'item',
  chance: 0,
  licence: 'MIT',
  paper: 'Patel et al. 2021, arXiv 2103.07191',
  family: 'asdiv',
  source:
    'QwenLM/Qwen2.5-Math, evaluation (prompt type cot): 8 worked examples of Wei et al., the stated or last number; examples here stand a blank line apart, there two',
  test: { dataset: 'ChilleD/SVAMP', split: 'test', files: 'data/test-*.parquet' },
  size: 300,
};

/** "145.0" is shown as 145. */
function answerOf(row: Row): string {
  const value = row['Answer'];
  const text = typeof value === 'number' ? String(value) : textOf(row, 'Answer');
  return text.replace(/\.0$/, '');
}
