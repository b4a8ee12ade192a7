/**
 * MATH (Hendrycks et al. 2021, arXiv 2103.03874): 5,000 competition problems of seven subjects, and the uniform sample
 * of 500 of them that Lightman et al. 2023 (arXiv 2305.20050) set apart.
 * A row: {problem, level: 'Level 5', type: 'Algebra', solution: '... $\boxed{24}$ ...'}; MATH-500 has {problem,
 * solution, answer, subject, level, unique_id}.
 */
import { type CompetitionStyle, scoreCompetition } from '../../scoring/competition.ts';
import type { GenerateItem, HubBenchmark, Row } from '../benchmark.ts';
import { hashId, uniqueIds } from '../item-id.ts';
import { buildPrompt, loneItem } from '../prompt.ts';
import { textOf } from '../rows.ts';
import type { Flaw } from '../vocabulary.ts';
import { MINERVA_SHOTS } from './minerva-shots.table.ts';

interface Setup {
  readonly style: CompetitionStyle;
  readonly title: string;
  readonly ask: (problem: string) => string;
  readonly shots: readonly { readonly question: string; readonly answer: string }[];
  readonly source: string;
  readonly flaws: readonly Flaw[];
}

const minervaAsk = (problem: string): string => `Problem:\n${problem}\n\nSolution:`;

const SETUPS: Readonly<Record<'minerva_math' | 'hendrycks_math', Setup>> = {
  minerva_math: {
    style: 'minerva',
    title: '',
    ask: minervaAsk,
    shots: MINERVA_SHOTS.map(({ problem, solution }) => ({
      question: minervaAsk(problem),
      answer: solution,
    })),
    source: 'tasks/minerva_math; 4 fixed worked examples',
    flaws: [
      {
        kind: 'form',
        text: 'The compatible reading needs "Final Answer: The final answer is X. I hope it is correct." in full: a model that leaves the last sentence out always fails.',
      },
      {
        kind: 'set-up',
        text: "The compatible reading decides equality with this tool's own mathematics where the harness asks SymPy; its second metric, math_verify, is not computed.",
      },
    ],
  },
  hendrycks_math: {
    style: 'hendrycks',
    title: ', nothing shown',
    ask: (problem) => `Problem: ${problem}\nAnswer:`,
    shots: [],
    source: 'tasks/hendrycks_math; 0-shot',
    flaws: [
      {
        kind: 'form',
        text: 'The compatible reading compares texts between the first and the last dollar sign, or the whole output: "\\[\\boxed{42}\\]" is wrong, and nearly every worked solution is.',
      },
    ],
  },
};

interface Subject {
  /** What lm-evaluation-harness calls it. */
  readonly task: string;
  readonly config: string;
  readonly words: string;
  readonly size: number;
  readonly abilities: readonly string[];
  /** Where there are several. */
  readonly reasons?: Readonly<Record<string, string>>;
}

const SUBJECTS: readonly Subject[] = [
  { task: 'algebra', config: 'algebra', words: 'algebra', size: 1187, abilities: ['algebra'] },
  {
    task: 'counting_and_prob',
    config: 'counting_and_probability',
    words: 'counting and probability',
    size: 474,
    abilities: ['probability-statistics'],
  },
  { task: 'geometry', config: 'geometry', words: 'geometry', size: 479, abilities: ['geometry'] },
  {
    task: 'intermediate_algebra',
    config: 'intermediate_algebra',
    words: 'intermediate algebra',
    size: 903,
    abilities: ['algebra'],
  },
  {
    task: 'num_theory',
    config: 'number_theory',
    words: 'number theory',
    size: 540,
    abilities: ['number-theory'],
  },
  {
    task: 'prealgebra',
    config: 'prealgebra',
    words: 'prealgebra',
    size: 871,
    abilities: ['arithmetic', 'word-problems'],
    reasons: {
      arithmetic: 'Fractions, percentages, powers and means are worked out.',
      'word-problems': 'Many of the problems tell a situation.',
    },
  },
  {
    task: 'precalc',
    config: 'precalculus',
    words: 'precalculus',
    size: 546,
    abilities: ['algebra', 'geometry'],
    reasons: {
      algebra: 'Trigonometric and complex expressions are changed and solved for.',
      geometry: 'Vectors, matrices as movements, and coordinates in space.',
    },
  },
];

const FLAWS: readonly Flaw[] = [
  {
    kind: 'contamination',
    text: 'Leaked into training data widely; its training half is in most mathematical data sets.',
  },
  {
    kind: 'form',
    text: 'Answers have many written forms: text metrics of different tools differ by tens of points.',
  },
  {
    kind: 'set-up',
    text: "256 tokens, the harness's default, cut long solutions: look at the share of answers that were cut.",
  },
];

/** Why the whole and its sample ask for each ability: MATH has seven subjects. */
const ABILITIES = {
  algebra: 'Algebra, intermediate algebra and precalculus are half of the problems.',
  'number-theory': 'One of the seven subjects.',
  geometry: 'One of the seven subjects, and much of precalculus.',
  'probability-statistics': 'The subject counting and probability.',
  arithmetic: 'The subject prealgebra.',
} as const;

type Name = keyof typeof SETUPS;

function items({ ask, shots }: Setup, test: readonly Row[]): GenerateItem[] {
  const ids = uniqueIds(
    test.map((row) =>
      typeof row['unique_id'] === 'string' ? row['unique_id'] : hashId(textOf(row, 'problem')),
    ),
  );
  return test.map((row, index) => ({
    ...loneItem(ids[index]!, index, buildPrompt({ shots, question: ask(textOf(row, 'problem')) })),
    stop: ['Problem:'],
    maxTokens: 256,
    gold: textOf(row, 'solution'),
  }));
}

function shared(name: Name): Omit<HubBenchmark, 'name' | 'title' | 'test' | 'size' | 'abilities' | 'why'> {
  const setup = SETUPS[name];
  return {
    domain: 'mathematical',
    flaws: [...setup.flaws, ...FLAWS],
    clusterKey: 'item',
    kind: 'generate',
    format: 'worked',
    answer: 'expression',
    paper: 'Hendrycks et al. 2021, arXiv 2103.03874',
    family: 'math',
    chance: 0,
    licence: 'MIT',
    source: `lm-evaluation-harness 0.4.13, ${setup.source}`,
    metric: 'exact_match',
    items: (test) => items(setup, test),
    score: (output, item, options) =>
      scoreCompetition(setup.style, output, String(item.gold), options?.ending),
  };
}

const WHY = 'Competition problems that need a plan of several steps and exact symbolic work.';

function family(name: Name): HubBenchmark[] {
  const { title } = SETUPS[name];
  const base = shared(name);
  const primary = name === 'minerva_math';
  const whole: HubBenchmark = {
    ...base,
    ...(primary ? {} : { variantOf: 'minerva_math' }),
    name,
    title: `MATH${title}`,
    abilities: Object.keys(ABILITIES),
    abilityReasons: ABILITIES,
    why: WHY,
    test: { dataset: 'EleutherAI/hendrycks_math', split: 'test', files: '*/test-*.parquet' },
    size: 5000,
  };
  const subjects = SUBJECTS.map(
    ({ task, config, words, size, abilities, reasons }): HubBenchmark => ({
      ...base,
      variantOf: name,
      name: `${name}_${task}`,
      title: `MATH ${words}${title}`,
      abilities,
      ...(reasons ? { abilityReasons: reasons } : {}),
      why: WHY,
      test: {
        dataset: 'EleutherAI/hendrycks_math',
        config,
        split: 'test',
        files: `${config}/test-*.parquet`,
      },
      size,
    }),
  );
  const sample: HubBenchmark = {
    ...base,
    variantOf: name,
    name: `${name}500`,
    title: `MATH-500${title}`,
    abilities: whole.abilities,
    abilityReasons: ABILITIES,
    why: WHY,
    flaws: [
      { kind: 'overlap', text: '500 of the 5,000 problems of MATH: do not count both.' },
      ...base.flaws,
    ],
    test: { dataset: 'HuggingFaceH4/MATH-500', split: 'test', files: 'test.jsonl' },
    size: 500,
  };
  return [whole, ...subjects, sample];
}

/** By name: the whole, its subjects, its sample of 500, in two set-ups. */
export const COMPETITION_MATH: Readonly<Record<string, HubBenchmark>> = Object.fromEntries(
  [...family('minerva_math'), ...family('hendrycks_math')].map((one) => [one.name, one]),
);
