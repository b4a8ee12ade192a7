/**
 * GSM-Symbolic (Mirzadeh et al. 2024, arXiv 2410.05229): 100 templates made from GSM8K test problems, 50 instances of
 * each with other names and numbers; P1 and P2 have one and two clauses more.
 * A row: {id, instance, question, answer: '... #### 18', original_id, original_question, original_answer, canary}.
 * Accuracy over the rows of one `instance` is one of 50 test sets; the authors report its mean and spread.
 */
import type { HubBenchmark, Row } from '../benchmark.ts';
import { integerOf, textOf } from '../rows.ts';
import { STOP_Q, STORY_ABILITIES, wordProblems, workedShots } from './word-problem.ts';

const ask = (text: string): string => `Q: ${text}\nA: Let's think step by step.`;

interface Part {
  readonly name: string;
  readonly title: string;
  readonly config: string;
  readonly size: number;
  readonly why: string;
}

const PARTS: readonly Part[] = [
  {
    name: 'gsm_symbolic',
    title: 'GSM-Symbolic',
    config: 'main',
    size: 5000,
    why: 'Problems of known form with fresh names and numbers: solving them cannot be remembering them.',
  },
  {
    name: 'gsm_symbolic_p1',
    title: 'GSM-Symbolic P1',
    config: 'p1',
    size: 5000,
    why: 'The same with one clause more: how far solving carries when a step is added.',
  },
  {
    name: 'gsm_symbolic_p2',
    title: 'GSM-Symbolic P2',
    config: 'p2',
    size: 2500,
    why: 'The same with two clauses more: how far solving carries when two steps are added.',
  },
];

/** By name. */
export const GSM_SYMBOLIC: Readonly<Record<string, HubBenchmark>> = Object.fromEntries(
  PARTS.map(({ name, title, config, size, why }): [string, HubBenchmark] => [
    name,
    {
      ...wordProblems({
        description:
          'As an expert problem solver, solve step by step the following mathematical questions.\n\n',
        ask: (row) => ask(textOf(row, 'question')),
        gold: (row) => textOf(row, 'answer'),
        id: (row) => `${name}-${template(row)}-${integerOf(row, 'instance')}`,
        cluster: (row) => `${name}-${template(row)}`,
        fixedShots: workedShots(
          ask,
          ({ reasoning, answer }) => `${reasoning} The final answer is ${answer}.`,
        ),
        stop: STOP_Q,
        style: 'last-number',
      }),
      name,
      title,
      domain: 'mathematical',
      abilities: ['arithmetic', 'word-problems'],
      why,
      abilityReasons: STORY_ABILITIES,
      flaws: [
        {
          kind: 'contamination',
          text: 'Templates come from GSM8K test problems, so their form has leaked even where the numbers have not.',
        },
        {
          kind: 'resolution',
          text: `${size / 50} templates make ${size} items: the clusters, not the items, are what there is of evidence.`,
        },
        {
          kind: 'items',
          text: 'Some templates give unreal quantities (half a person), which the authors did not all filter.',
        },
      ],
      clusterKey: 'the template',
      chance: 0,
      licence: 'CC BY-NC-ND 4.0',
      paper: 'Mirzadeh et al. 2024, arXiv 2410.05229',
      family: 'gsm8k',
      source:
        'apple/ml-gsm-symbolic, README: 8 worked examples of Wei et al., the last number of the output compared as a number',
      test: { dataset: 'apple/GSM-Symbolic', config, split: 'test', files: `${config}/test.jsonl` },
      size,
    },
  ]),
);

function template(row: Row): number {
  return integerOf(row, 'id');
}
