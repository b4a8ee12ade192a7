/**
 * CRUXEval (Gu et al. 2024, arXiv 2401.03065): given a short Python function, tell its output for an input, or find an
 * input for an output. 2-shot. A row: {code: 'def f(...): ...', input: '"ba", "nana"', output: '"banana"', id: 'sample_0'}.
 */
import { isCruxTarget, scoreCruxeval } from '../scoring/cruxeval.ts';
import type { GenerateItem, HubBenchmark, Row } from './benchmark.ts';
import { buildPrompt, loneItem } from './prompt.ts';
import { textOf } from './rows.ts';

type Asked = 'input' | 'output';

/** Descriptions and examples of lm-evaluation-harness 0.4.13, tasks/cruxeval; two texts there lack their quotes. */
const DESCRIPTIONS: Readonly<Record<Asked, string>> = {
  input:
    'You will be given a function f and an output in the form f(??) == output. Find any input such that executing f on the input leads to the given output. There may be multiple answers, but you should only output one. In [ANSWER] and [/ANSWER] tags, complete the assertion with one such input that will produce the output when executing the function.\n',
  output:
    'You are given a Python function and an assertion containing an input to the function. Complete the assertion with a literal (no unsimplified expressions, no function calls) containing the output when executing the provided code on the given input, even if the function is incorrect or incomplete. Do NOT output any extra information. Provide the full assertion with the correct output in [ANSWER] and [/ANSWER] tags, following the examples.\n',
};
const SHOTS: Readonly<Record<Asked, readonly Row[]>> = {
  input: [
    {
      code: 'def f(my_list):\n    count = 0\n    for i in my_list:\n        if len(i) % 2 == 0:\n            count += 1\n    return count',
      input: '["mq", "px", "zy"]',
      output: '3',
    },
    { code: 'def f(s1, s2):\n    return s1 + s2', input: '"ba", "nana"', output: 'banana' },
  ],
  output: [
    { code: 'def f(n):\n    return n', input: '17', output: '17' },
    { code: 'def f(s):\n    return s + "a"', input: 'x9j', output: 'x9ja' },
  ],
};

function question(row: Row, asked: Asked): string {
  const given = asked === 'output' ? `f(${textOf(row, 'input')}) == ??` : `f(??) == ${textOf(row, 'output')}`;
  return `[PYTHON]\n${textOf(row, 'code')}\nassert ${given}\n[/PYTHON]`;
}

const answer = (row: Row): string =>
  `\n[ANSWER]\nassert f(${textOf(row, 'input')}) == ${textOf(row, 'output')}\n[/ANSWER]`;

function cruxeval(asked: Asked): HubBenchmark {
  const shots = SHOTS[asked].map((row) => ({ question: question(row, asked), answer: answer(row) }));
  return {
    name: `cruxeval_${asked}`,
    title: asked === 'output' ? 'CRUXEval, output' : 'CRUXEval, input',
    domain: 'code',
    abilities: [asked === 'output' ? 'execution' : 'inversion'],
    why:
      asked === 'output'
        ? 'What a given program does is told step by step; nothing is written.'
        : 'A program is run backwards in the head: which input gives this output.',
    flaws: [
      {
        kind: 'set-up',
        text: 'lm-evaluation-harness draws 10 answers at temperature 0.2; here one greedy answer is asked for, unless eval is told --samples 10 --temperature 0.2.',
      },
      {
        kind: 'form',
        text:
          asked === 'output'
            ? 'lm-evaluation-harness strips the quotes from a predicted text, which turns every right text into an unknown name: counted wrong in the compatible reading. And a prediction that repeats the call is counted right there.'
            : "lm-evaluation-harness's example gives the output banana without its quotes.",
      },
      {
        kind: 'set-up',
        text: "The authors' script leaves answers that it cannot read out of the count; here they are no answer and count.",
      },
      {
        kind: 'scope',
        text: 'The functions were written by a language model and are short: no programs of people.',
        source: 'Gu et al. 2024, arXiv 2401.03065',
      },
    ],
    clusterKey: 'item',
    kind: 'generate',
    format: 'written',
    answer: 'value',
    paper: 'Gu et al. 2024, arXiv 2401.03065',
    chance: 0,
    licence: 'MIT',
    source: `lm-evaluation-harness 0.4.13, tasks/cruxeval/cruxeval_${asked}.yaml; 2-shot; one greedy answer; pass@1`,
    test: { dataset: 'cruxeval-org/cruxeval', split: 'test', files: 'test.jsonl' },
    size: 800,
    metric: 'pass@1',
    items: (test: readonly Row[]): GenerateItem[] =>
      test.map((row, index) => ({
        ...loneItem(
          textOf(row, 'id'),
          index,
          buildPrompt({ description: DESCRIPTIONS[asked], shots, question: question(row, asked) }),
        ),
        stop: ['[/ANSWER]', '</seed:think>[ANSWER]'],
        maxTokens: 1024,
        gold: { code: textOf(row, 'code'), input: textOf(row, 'input'), output: textOf(row, 'output') },
      })),
    goldShape: { text: '{code, input, output} with texts, as in the dataset', fits: isCruxTarget },
    score: (output, item, options) => scoreCruxeval(asked, output, item.gold, options),
  };
}

export const cruxevalInput: HubBenchmark = cruxeval('input');
export const cruxevalOutput: HubBenchmark = cruxeval('output');
