/**
 * Sub-tasks of BIG-Bench Hard (Suzgun et al. 2022, arXiv 2210.09261) with three worked examples each, one of every
 * kind of answer: true or false, a letter, a number, a list of words. A row: {input, target}.
 */
import { type BbhAnswer, scoreBbh } from '../../scoring/bbh.ts';
import type { GenerateItem, HubBenchmark, Row } from '../benchmark.ts';
import { hashId, uniqueIds } from '../item-id.ts';
import { buildPrompt, loneItem } from '../prompt.ts';
import { textOf } from '../rows.ts';
import type { AnswerKind } from '../vocabulary.ts';
import { BBH_SHOTS, type BbhTask } from './shots.table.ts';

interface SubTask {
  readonly task: BbhTask;
  readonly title: string;
  readonly ability: string;
  readonly answer: BbhAnswer;
  readonly chance: number;
  readonly why: string;
  readonly flaws: readonly string[];
}

const ANSWERS: Readonly<Record<BbhAnswer, AnswerKind>> = {
  boolean: 'yes-no',
  letter: 'letter',
  number: 'number',
  words: 'words',
};

const head = (input: string): string => `Q: ${input}\nA: Let's think step by step.\n`;

function subTask(of: SubTask): HubBenchmark {
  const { description, shots } = BBH_SHOTS[of.task];
  return {
    name: `bbh_cot_fewshot_${of.task}`,
    title: `BIG-Bench Hard: ${of.title}`,
    domain: 'symbolic',
    abilities: [of.ability],
    why: of.why,
    flaws: [
      ...of.flaws,
      {
        kind: 'form',
        text: 'The compatible metric takes the answer up to the last character but one, so "the answer is X" at the very end loses a character.',
      },
      { kind: 'form', text: 'Generation stops at every capital Q.' },
    ],
    clusterKey: 'item',
    kind: 'generate',
    format: 'worked',
    answer: ANSWERS[of.answer],
    paper: 'Suzgun et al. 2022, arXiv 2210.09261',
    chance: of.chance,
    licence: 'MIT',
    source: 'lm-evaluation-harness 0.4.13, tasks/bbh/cot_fewshot; 3 worked examples of the authors',
    test: { dataset: 'SaylorTwift/bbh', config: of.task, split: 'test', files: `${of.task}/test-*.parquet` },
    size: 250,
    metric: 'exact_match',
    items: (test: readonly Row[]): GenerateItem[] => {
      const ids = uniqueIds(test.map((row) => hashId(textOf(row, 'input'))));
      return test.map((row, index) => {
        const prompt = buildPrompt({
          description,
          shots: shots.map((shot) => ({ question: head(shot.input), answer: shot.target })),
          question: head(textOf(row, 'input')),
          delimiter: '',
        });
        return {
          ...loneItem(ids[index]!, index, prompt),
          stop: ['</s>', 'Q', '\n\n'],
          maxTokens: 1024,
          gold: textOf(row, 'target'),
        };
      });
    },
    score: (output, item, options) =>
      scoreBbh(of.answer, output, String(item.gold), {
        ...(options?.ending ? { ending: options.ending } : {}),
        question: item.prompt.slice(item.prompt.lastIndexOf('\nQ: ') + 1),
      }),
  };
}

export const bbhBooleanExpressions: HubBenchmark = subTask({
  task: 'boolean_expressions',
  title: 'boolean expressions',
  ability: 'boolean-evaluation',
  answer: 'boolean',
  chance: 0.5,
  why: 'A formula of "and", "or", "not" is evaluated by precedence: a pure procedure on symbols.',
  flaws: [],
});

export const bbhDateUnderstanding: HubBenchmark = subTask({
  task: 'date_understanding',
  title: 'date understanding',
  ability: 'date-arithmetic',
  answer: 'letter',
  chance: 1 / 6,
  why: 'Moving about in the calendar by stated rules; little knowledge, many exact steps.',
  flaws: ['Four to six options an item, so chance is between 1/6 and 1/4.'],
});

export const bbhObjectCounting: HubBenchmark = subTask({
  task: 'object_counting',
  title: 'object counting',
  ability: 'counting',
  answer: 'number',
  chance: 0,
  why: 'Classify the items of a list and count them: an algorithm carried out in words.',
  flaws: ['Counting is near arithmetic: part of a gain here may be the trained domain itself.'],
});

export const bbhWordSorting: HubBenchmark = subTask({
  task: 'word_sorting',
  title: 'word sorting',
  ability: 'ordering',
  answer: 'words',
  chance: 0,
  why: 'Sorting by a rule, letter by letter: an algorithm on strings.',
  flaws: ['Two to twenty words: difficulty varies much.'],
});
