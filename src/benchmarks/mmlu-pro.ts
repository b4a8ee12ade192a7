/**
 * MMLU-Pro (Wang et al. 2024, arXiv 2406.01574): harder questions of 14 subjects with up to ten options, answered in
 * writing after five worked examples of the subject. One benchmark a subject.
 * A row: {question_id, question, options, answer: 'I', answer_index, cot_content: "A: Let's think step by step. ...",
 * category: 'business', src}. Test and examples of all subjects stand in one file each.
 */
import type { Domain } from '../domains/domains.ts';
import { scoreMmluPro } from '../scoring/mmlu-pro.ts';
import { pythonStrip } from '../text/python-text.ts';
import type { GenerateItem, HubBenchmark, Row } from './benchmark.ts';
import { buildPrompt, LETTERS, loneItem } from './prompt.ts';
import { integerOf, textOf, textsOf } from './rows.ts';
import type { Flaw } from './vocabulary.ts';

const DUPLICATES: Flaw = {
  kind: 'overlap',
  text: 'The authors know of 159 questions that occur twice in health and law, and keep them.',
  source: 'the data set card of TIGER-Lab/MMLU-Pro, 10 July 2024',
};

const SCIENCE = 'Science at college level: facts and laws applied to a case, with calculation.';
const TECHNICAL = 'Technical knowledge applied to a case, often with calculation.';
const HEALTH =
  'Medicine and care as their examinations ask for it, which teaching mathematics should leave untouched: a sign of forgetting.';
const PROFESSION =
  'What a profession has to know; teaching mathematics should leave it untouched: a sign of forgetting.';
const KNOWLEDGE = 'Knowledge that teaching mathematics should leave untouched: a sign of forgetting.';
const CALCULATION =
  'Much of it is calculation in the words of the subject: kept out of the transfer domains, a guard here.';
const MATH =
  'School and college mathematics: left in "science" it would leak the trained domain into the transfer result.';

/** Why the mathematics of MMLU-Pro asks for each of its abilities: 846 items are MMLU's, 344 TheoremQA's, 161 SciBench's. */
const MATH_ABILITIES = {
  algebra: 'Equations, functions and expressions of school mathematics.',
  'higher-mathematics': 'University mathematics of MMLU, and the theorems of TheoremQA applied.',
  'probability-statistics': 'Statistics of MMLU and of SciBench.',
} as const;

/** Category, domain, abilities, published number of test items, mean of 1 / options, reason. */
const SUBJECTS: readonly (readonly [string, Domain, readonly string[], number, number, string])[] = [
  ['biology', 'scientific', ['natural-science'], 717, 0.1108, SCIENCE],
  ['business', 'guards', ['professional-knowledge'], 789, 0.1025, CALCULATION],
  ['chemistry', 'scientific', ['natural-science'], 1132, 0.104, SCIENCE],
  ['computer science', 'scientific', ['applied-science'], 410, 0.1174, TECHNICAL],
  ['economics', 'guards', ['general-knowledge'], 844, 0.12, KNOWLEDGE],
  ['engineering', 'scientific', ['applied-science'], 969, 0.11, TECHNICAL],
  ['health', 'guards', ['professional-knowledge'], 818, 0.119, HEALTH],
  ['history', 'guards', ['general-knowledge'], 381, 0.1189, KNOWLEDGE],
  ['law', 'guards', ['professional-knowledge'], 1101, 0.1149, PROFESSION],
  ['math', 'mathematical', Object.keys(MATH_ABILITIES), 1351, 0.1042, MATH],
  ['other', 'guards', ['general-knowledge'], 924, 0.1172, KNOWLEDGE],
  ['philosophy', 'guards', ['general-knowledge'], 499, 0.1265, KNOWLEDGE],
  ['physics', 'scientific', ['natural-science'], 1299, 0.1016, SCIENCE],
  ['psychology', 'guards', ['general-knowledge'], 798, 0.1085, KNOWLEDGE],
];

/** Of single subjects. */
const OWN_FLAWS: Readonly<Record<string, readonly Flaw[]>> = {
  'computer science': [{ kind: 'placement', text: 'Part of it is calculation, near the trained domain.' }],
  engineering: [{ kind: 'placement', text: 'Much of it is calculation, near the trained domain.' }],
  chemistry: [{ kind: 'placement', text: 'Much of it is calculation, near the trained domain.' }],
  physics: [{ kind: 'placement', text: 'Much of it is calculation, near the trained domain.' }],
  health: [DUPLICATES],
  law: [DUPLICATES],
};

const SHOTS = 5;

function ask(row: Row): string {
  const options = textsOf(row, 'options').slice(0, LETTERS.length);
  const lines = options.map((option, i) => `${LETTERS[i]}. ${pythonStrip(option)}\n`).join('');
  return `Question:\n${textOf(row, 'question')}\nOptions:\n${lines}Answer: Let's think step by step.`;
}

function items(category: string, test: readonly Row[], validation: readonly Row[]): GenerateItem[] {
  const own = (row: Row): boolean => textOf(row, 'category') === category;
  const shots = validation
    .filter(own)
    .slice(0, SHOTS)
    .map((row) => ({
      question: ask(row),
      answer: textOf(row, 'cot_content').replaceAll("A: Let's think step by step. ", ''),
    }));
  return test.filter(own).map((row, index) => {
    const prompt = buildPrompt({
      description: `The following are multiple choice questions (with answers) about ${category}. Think step by step and then finish your answer with "the answer is (X)" where X is the correct letter choice.\n`,
      shots,
      question: ask(row),
    });
    return {
      ...loneItem(`mmlu-pro-${integerOf(row, 'question_id')}`, index, prompt),
      stop: ['Question:'],
      maxTokens: 2048,
      gold: textOf(row, 'answer'),
    };
  });
}

function subject([category, domain, abilities, size, chance, why]: (typeof SUBJECTS)[number]): HubBenchmark {
  return {
    name: `mmlu_pro_${category.replaceAll(' ', '_')}`,
    title: `MMLU-Pro ${category}`,
    domain,
    abilities,
    ...(category === 'math' ? { abilityReasons: MATH_ABILITIES } : {}),
    why,
    flaws: [
      {
        kind: 'labels',
        text: 'Options beyond the original ones were written by a model; some are right, too, or absurd.',
      },
      {
        kind: 'contamination',
        text: '57 % of the items come from MMLU and a third from a web site of exercises, so training data hold them.',
      },
      {
        kind: 'set-up',
        text: "The authors' own script guesses at random where it reads no letter: its scores are higher than these.",
      },
      ...(OWN_FLAWS[category] ?? []),
      {
        kind: 'form',
        text: 'The compatible metric takes the first "answer is X", also where a later sentence corrects it.',
      },
    ],
    clusterKey: 'item',
    kind: 'generate',
    format: 'worked',
    answer: 'letter',
    paper: 'Wang et al. 2024, arXiv 2406.01574',
    family: 'cais/mmlu',
    chance,
    licence: 'MIT',
    source: 'lm-evaluation-harness 0.4.13, tasks/mmlu_pro; the first 5 worked examples of the subject',
    test: { dataset: 'TIGER-Lab/MMLU-Pro', split: 'test', files: 'data/test-*.parquet' },
    shots: {
      dataset: 'TIGER-Lab/MMLU-Pro',
      split: 'validation',
      files: 'data/validation-*.parquet',
      rows: 70,
    },
    size,
    metric: 'exact_match',
    items: (test, shots) => items(category, test, shots),
    score: (output, item, options) =>
      scoreMmluPro(output, { options: optionsOf(item.prompt), gold: String(item.gold) }, options?.ending),
  };
}

/** The options of the last question of a prompt. */
function optionsOf(prompt: string): string[] {
  const list = prompt.slice(prompt.lastIndexOf('\nOptions:\n') + 1);
  return [...list.matchAll(/^([A-J])\. (.*)$/gm)].map((match) => match[2]!);
}

/** One benchmark for each subject, by its full name. */
export const MMLU_PRO: Readonly<Record<string, HubBenchmark>> = Object.fromEntries(
  SUBJECTS.map(subject).map((one) => [one.name, one]),
);
