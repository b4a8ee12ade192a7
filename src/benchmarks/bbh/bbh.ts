/**
 * BIG-Bench Hard (Suzgun et al. 2022, arXiv 2210.09261): 27 tasks, 6,511 items. A row: {input, target}. Each task in
 * three set-ups of lm-evaluation-harness: three worked examples of the authors, nothing shown, and nothing shown but
 * "Let's think step by step". The first is the benchmark, the others are variants of it.
 */
import { scoreBbh } from '../../scoring/bbh.ts';
import type { BbhAnswer, BbhSetup } from '../../scoring/bbh-compatible.ts';
import type { GenerateItem, HubBenchmark, Row } from '../benchmark.ts';
import { hashId, uniqueIds } from '../item-id.ts';
import { buildPrompt, loneItem } from '../prompt.ts';
import { textOf } from '../rows.ts';
import type { AnswerKind, Flaw } from '../vocabulary.ts';
import { BBH_SHOTS, type BbhTask } from './shots.ts';
import { BBH_TASKS } from './tasks.table.ts';

interface Setup {
  readonly title: string;
  /** What follows the question. */
  readonly tail: string;
  readonly shown: boolean;
  readonly stop: readonly string[];
  readonly maxTokens: number;
  readonly flaws: readonly Flaw[];
  readonly source: string;
}

const STOP = ['</s>', 'Q:', '<|im_end|>'];

const ANSWERS: Readonly<Record<BbhAnswer, AnswerKind>> = {
  boolean: 'yes-no',
  letter: 'letter',
  number: 'number',
  words: 'words',
  'yes-no': 'yes-no',
  plausible: 'yes-no',
  truth: 'yes-no',
  validity: 'yes-no',
  brackets: 'words',
};

const SETUPS: Readonly<Record<BbhSetup, Setup>> = {
  cot_fewshot: {
    title: '',
    tail: "\nA: Let's think step by step.\n",
    shown: true,
    stop: ['</s>', 'Q', '\n\n'],
    maxTokens: 1024,
    flaws: [
      {
        kind: 'form',
        text: 'The compatible metric takes the answer up to the last character but one, so "the answer is X" at the very end loses a character.',
      },
      { kind: 'form', text: 'Generation stops at every capital Q.' },
    ],
    source: '3 worked examples of the authors',
  },
  zeroshot: {
    title: ', answered at once',
    tail: '\nA:',
    shown: false,
    stop: STOP,
    maxTokens: 256,
    flaws: [
      {
        kind: 'form',
        text: 'The compatible strict metric compares the whole output, with the space that most models begin with: report flexible-extract.',
      },
    ],
    source: '0-shot',
  },
  cot_zeroshot: {
    title: ', thought through without examples',
    tail: "\nA: Let's think step by step.",
    shown: false,
    stop: STOP,
    maxTokens: 256,
    flaws: [
      {
        kind: 'form',
        text: '256 tokens are few for a solution: look at the share of answers that were cut.',
      },
    ],
    source: '0-shot with "Let\'s think step by step."',
  },
};

const DIRECT_FLAW: Flaw = {
  kind: 'form',
  text: 'The compatible metric takes the first match of its pattern anywhere: "No, it is true" is read as No.',
};

function benchmarkOf(task: BbhTask, name: BbhSetup): HubBenchmark {
  const { description, shots } = BBH_SHOTS[task];
  const facts = BBH_TASKS[task];
  const { title, abilities, abilityReasons, answer, chance, why, flaws = [], size = 250, story } = facts;
  const setup = SETUPS[name];
  const ask = (input: string): string => `Q: ${input}${setup.tail}`;
  return {
    name: `bbh_${name}_${task}`,
    title: `BIG-Bench Hard: ${title}${setup.title}`,
    domain: 'symbolic',
    abilities,
    ...(abilityReasons ? { abilityReasons } : {}),
    why,
    flaws: [...flaws, ...setup.flaws, ...(name === 'zeroshot' ? [DIRECT_FLAW] : [])],
    clusterKey: story?.key ?? 'item',
    kind: 'generate',
    format: name === 'zeroshot' ? 'written' : 'worked',
    answer: ANSWERS[answer],
    paper: 'Suzgun et al. 2022, arXiv 2210.09261',
    chance,
    licence: 'MIT',
    source: `lm-evaluation-harness 0.4.13, tasks/bbh/${name}; ${setup.source}`,
    ...(name === 'cot_fewshot' ? {} : { variantOf: `bbh_cot_fewshot_${task}` }),
    test: { dataset: 'SaylorTwift/bbh', config: task, split: 'test', files: `${task}/test-*.parquet` },
    size,
    metric: 'exact_match',
    items: (test: readonly Row[]): GenerateItem[] => {
      const ids = uniqueIds(test.map((row) => hashId(textOf(row, 'input'))));
      return test.map((row, index) => {
        const input = textOf(row, 'input');
        const prompt = buildPrompt({
          description,
          shots: setup.shown ? shots.map((shot) => ({ question: ask(shot.input), answer: shot.target })) : [],
          question: ask(input),
          delimiter: '',
        });
        return {
          ...loneItem(ids[index]!, index, prompt),
          ...(story ? { cluster: hashId(story.of(input)) } : {}),
          stop: setup.stop,
          maxTokens: setup.maxTokens,
          gold: textOf(row, 'target'),
        };
      });
    },
    score: (output, item, options) =>
      scoreBbh(answer, output, String(item.gold), {
        ...(options?.ending ? { ending: options.ending } : {}),
        question: inputOf(item.prompt, setup.tail),
        setup: name,
      }),
  };
}

/** The row's `input`, as it stands at the end of a prompt. */
function inputOf(prompt: string, tail: string): string {
  const from = prompt.lastIndexOf('\nQ: ');
  return from < 0 ? '' : prompt.slice(from + '\nQ: '.length, prompt.length - tail.length);
}

const all = (setup: BbhSetup): [string, HubBenchmark][] =>
  (Object.keys(BBH_TASKS) as BbhTask[]).map((task) => {
    const benchmark = benchmarkOf(task, setup);
    return [benchmark.name, benchmark];
  });

/** By name, the set-up with worked examples first. */
export const BBH: Readonly<Record<string, HubBenchmark>> = Object.fromEntries([
  ...all('cot_fewshot'),
  ...all('zeroshot'),
  ...all('cot_zeroshot'),
]);
