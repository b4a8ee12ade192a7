/**
 * StrategyQA (Geva et al. 2021, arXiv 2101.02235): yes-no questions whose steps are not told.
 * A row: {qid, term: 'Frost', description, question, answer: true, facts}.
 * The examples are those of Wei et al. 2022 (arXiv 2201.11903, table 25).
 */

import { scoreYesNo } from '../scoring/yes-no.ts';
import type { GenerateItem, HubBenchmark, Row } from './benchmark.ts';
import { uniqueIds } from './item-id.ts';
import { buildPrompt, loneItem } from './prompt.ts';
import { booleanOf, textOf } from './rows.ts';

const ask = (question: string): string => `Q: ${question}\nA:`;

const SHOTS: readonly (readonly [string, string])[] = [
  [
    'Do hamsters provide food for any animals?',
    'Hamsters are prey animals. Prey are food for predators. Thus, hamsters provide food for some animals. So the answer is yes.',
  ],
  [
    'Could Brooke Shields succeed at University of Pennsylvania?',
    'Brooke Shields went to Princeton University. Princeton University is about as academically rigorous as the University of Pennsylvania. Thus, Brooke Shields could also succeed at the University of Pennsylvania. So the answer is yes.',
  ],
  [
    "Yes or no: Hydrogen's atomic number squared exceeds number of Spice Girls?",
    "Hydrogen has an atomic number of 1. 1 squared is 1. There are 5 Spice Girls. Thus, Hydrogen's atomic number squared is less than 5. So the answer is no.",
  ],
  [
    'Yes or no: Is it common to see frost during some college commencements?',
    'College commencement ceremonies can happen in December, May, and June. December is in the winter, so there can be frost. Thus, there could be frost at some commencements. So the answer is yes.',
  ],
  [
    'Yes or no: Could a llama birth twice during War in Vietnam (1945-46)?',
    'The War in Vietnam was 6 months. The gestation period for a llama is 11 months, which is more than 6 months. Thus, a llama could not give birth twice during the War in Vietnam. So the answer is no.',
  ],
  [
    'Yes or no: Would a pear sink in water?',
    'The density of a pear is about 0.6g/cm^3, which is less than water. Objects less dense than water float. Thus, a pear would float. So the answer is no.',
  ],
];

export const strategyQa: HubBenchmark = {
  name: 'strategyqa',
  title: 'StrategyQA',
  domain: 'commonsense',
  abilities: ['world-knowledge', 'implicit-steps'],
  why: 'The facts are common and the steps are not told: a plan has to be found before anything can be inferred.',
  abilityReasons: {
    'world-knowledge': 'Each step takes a fact that has to be known.',
    'implicit-steps': 'The question does not say which facts it rests on.',
  },
  flaws: [
    {
      kind: 'placement',
      text: 'Needs encyclopaedic facts: a small model may lack them whatever it can reason.',
    },
    {
      kind: 'overlap',
      text: 'The six examples are questions of the data set; in the split known here three of them are among the items.',
    },
    {
      kind: 'artefacts',
      text: 'Yes or no: half of a guesser\'s answers are right, and always "no" scores 0.53.',
    },
    { kind: 'set-up', text: 'The test part of one 70 to 30 split: other papers ask all 2,290 questions.' },
    { kind: 'labels', text: 'Some references are disputed or have become wrong with time.' },
  ],
  clusterKey: 'the term that the question was written about',
  kind: 'generate',
  format: 'worked',
  answer: 'yes-no',
  paper: 'Geva et al. 2021, arXiv 2101.02235',
  chance: 0.5,
  licence: 'MIT',
  source: 'Wei et al. 2022, 6 worked examples; answers read as in kojima-takeshi188/zero_shot_cot, utils.py',
  test: { dataset: 'ChilleD/StrategyQA', split: 'test', files: 'data/test-*.parquet' },
  size: 687,
  metric: 'exact_match',
  items: (test: readonly Row[]): GenerateItem[] => {
    const ids = uniqueIds(test.map((row) => textOf(row, 'qid')));
    return test.map((row, index) => {
      const prompt = buildPrompt({
        shots: SHOTS.map(([question, answer]) => ({ question: ask(question), answer })),
        question: ask(textOf(row, 'question')),
      });
      return {
        ...loneItem(ids[index]!, index, prompt),
        cluster: textOf(row, 'term').toLowerCase(),
        stop: ['Q:', '</s>', '<|im_end|>'],
        maxTokens: 256,
        gold: booleanOf(row, 'answer') ? 'yes' : 'no',
      };
    });
  },
  score: (output, item, options) => scoreYesNo(output, String(item.gold), options?.ending),
};
