/**
 * The American Invitational Mathematics Examination, 15 problems twice a year with answers from 0 to 999.
 * A row of 2024 (HuggingFaceH4/aime_2024): {id: 60, problem, solution, answer: '204', url, year}; of 2025
 * (math-ai/aime25): {problem, answer: '70', id}.
 */
import { scoreCompetition } from '../../scoring/competition.ts';
import type { GenerateItem, HubBenchmark, Row } from '../benchmark.ts';
import { hashId, uniqueIds } from '../item-id.ts';
import { buildPrompt, loneItem } from '../prompt.ts';
import { textOf } from '../rows.ts';
import type { Flaw } from '../vocabulary.ts';

function items(year: string, test: readonly Row[]): GenerateItem[] {
  const problemOf = (row: Row): string => textOf(row, 'Problem' in row ? 'Problem' : 'problem');
  const ids = uniqueIds(test.map((row) => `aime${year}-${hashId(problemOf(row))}`));
  return test.map((row, index) => {
    const prompt = buildPrompt({ question: `Question: ${problemOf(row)}\nAnswer:` });
    const answer = row['Answer' in row ? 'Answer' : 'answer'];
    return {
      ...loneItem(ids[index]!, index, prompt),
      stop: ['Question:', '</s>', '<|im_end|>', '<|eot_id|>'],
      maxTokens: 32768,
      gold: typeof answer === 'number' || typeof answer === 'bigint' ? String(answer) : textOf(row, 'answer'),
    };
  });
}

const ABILITIES = {
  algebra: 'Equations, polynomials and sequences are changed until the number falls out.',
  'number-theory': 'Remainders and divisors; every answer is a whole number.',
  geometry: 'Lengths and areas of figures that are told, not shown.',
  'probability-statistics': 'Numbers of arrangements and chances.',
} as const;

const shared = (year: string) =>
  ({
    domain: 'mathematical',
    abilities: Object.keys(ABILITIES),
    abilityReasons: ABILITIES,
    why: 'Problems that strong pupils need ten minutes for: long plans, no room for slips, an answer that cannot be guessed.',
    clusterKey: 'item',
    kind: 'generate',
    format: 'worked',
    answer: 'number',
    chance: 0.001,
    licence: 'not stated (problems of the Mathematical Association of America)',
    size: 30,
    metric: 'exact_match',
    items: (test: readonly Row[]) => items(year, test),
    score: (output, item, options) => scoreCompetition('aime', output, String(item.gold), options?.ending),
  }) satisfies Partial<HubBenchmark>;

const SMALL: readonly Flaw[] = [
  { kind: 'resolution', text: '30 problems: one more right answer is 3.3 points.' },
  { kind: 'floor', text: 'Small models score 0.' },
];

export const aime24: HubBenchmark = {
  ...shared('24'),
  name: 'aime24',
  title: 'AIME 2024',
  flaws: [
    ...SMALL,
    {
      kind: 'contamination',
      text: 'Public since February 2024 and discussed at length: newer models have seen it.',
    },
    {
      kind: 'set-up',
      text: 'The copy used here is HuggingFaceH4/aime_2024; the harness reads Maxwell-Jia/AIME_2024, whose LaTeX may differ in places.',
    },
    {
      kind: 'form',
      text: 'Seven references keep a leading zero ("073"), which the compatible metric compares as a text.',
    },
  ],
  source: 'lm-evaluation-harness 0.4.13, tasks/aime/aime24.yaml; 0-shot',
  test: { dataset: 'HuggingFaceH4/aime_2024', split: 'train', files: 'data/train-*.parquet' },
};

export const aime25: HubBenchmark = {
  ...shared('25'),
  name: 'aime25',
  title: 'AIME 2025',
  flaws: [
    ...SMALL,
    { kind: 'contamination', text: 'Public since February 2025: models made later may have seen it.' },
  ],
  source: 'lm-evaluation-harness 0.4.13, tasks/aime/aime25.yaml; 0-shot',
  test: { dataset: 'math-ai/aime25', split: 'test', files: 'test.jsonl' },
};
