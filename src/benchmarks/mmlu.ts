/**
 * The high-school subjects of MMLU (Hendrycks et al. 2020, arXiv 2009.03300), one benchmark a subject. 0-shot as in
 * lm-evaluation-harness; the choice is a letter.
 * A row: {question, subject: 'high_school_biology', choices: [4], answer: 0}.
 */
import type { Domain } from '../domains/domains.ts';
import { pythonStrip } from '../text/python-text.ts';
import type { ChoiceItem, HubBenchmark, Row } from './benchmark.ts';
import { hashId, uniqueIds } from './item-id.ts';
import { buildPrompt, choicesAfter, LETTERS, letteredLines } from './prompt.ts';
import { integerOf, textOf, textsOf } from './rows.ts';

const MATH = 'School mathematics: left in "STEM" it would leak the trained domain into the transfer result.';
const SCIENCE = 'School science with calculations; needs facts and laws of the subject applied to a case.';
const COMPUTING = 'Facts about programs, data and networks. No program is written or run, so it is not code.';
const KNOWLEDGE = 'General knowledge that teaching mathematics should leave untouched: a sign of forgetting.';

/** Subject, domain, ability, published number of test items, reason. */
const SUBJECTS: readonly (readonly [string, Domain, string, number, string])[] = [
  ['high_school_biology', 'scientific', 'natural-science', 310, SCIENCE],
  ['high_school_chemistry', 'scientific', 'natural-science', 203, SCIENCE],
  ['high_school_computer_science', 'scientific', 'applied-science', 100, COMPUTING],
  ['high_school_european_history', 'guards', 'general-knowledge', 165, KNOWLEDGE],
  ['high_school_geography', 'guards', 'general-knowledge', 198, KNOWLEDGE],
  ['high_school_government_and_politics', 'guards', 'general-knowledge', 193, KNOWLEDGE],
  ['high_school_macroeconomics', 'guards', 'general-knowledge', 390, KNOWLEDGE],
  ['high_school_mathematics', 'mathematical', 'algebra', 270, MATH],
  ['high_school_microeconomics', 'guards', 'general-knowledge', 238, KNOWLEDGE],
  ['high_school_physics', 'scientific', 'natural-science', 151, SCIENCE],
  ['high_school_psychology', 'guards', 'general-knowledge', 545, KNOWLEDGE],
  ['high_school_statistics', 'mathematical', 'probability-statistics', 216, MATH],
  ['high_school_us_history', 'guards', 'general-knowledge', 204, KNOWLEDGE],
  ['high_school_world_history', 'guards', 'general-knowledge', 237, KNOWLEDGE],
];

/** Passages of the history subjects are quoted before the question; items about one passage share its beginning. */
const PASSAGE = 'This question refers to the following information.';

function clusterOf(question: string): string {
  return hashId(
    question.startsWith(PASSAGE) ? question.slice(PASSAGE.length, PASSAGE.length + 150) : question,
  );
}

function items(words: string, test: readonly Row[]): ChoiceItem[] {
  const ids = uniqueIds(test.map((row) => hashId(textOf(row, 'question'), ...textsOf(row, 'choices'))));
  return test.map((row, index) => {
    const question = textOf(row, 'question');
    const choices = textsOf(row, 'choices');
    const letters = [...LETTERS.slice(0, choices.length)];
    const prompt = buildPrompt({
      description: `The following are multiple choice questions (with answers) about ${words}.\n\n`,
      question: `${pythonStrip(question)}\n${letteredLines(choices)}Answer:`,
    });
    return {
      kind: 'choice',
      id: ids[index]!,
      index,
      cluster: clusterOf(question),
      pairs: choicesAfter(prompt, letters),
      choices: letters,
      gold: integerOf(row, 'answer'),
    };
  });
}

function subject([name, domain, ability, size, why]: (typeof SUBJECTS)[number]): HubBenchmark {
  const words = name.replaceAll('_', ' ');
  return {
    name: `mmlu_${name}`,
    title: `MMLU ${words}`,
    domain,
    abilities: [ability],
    why,
    flaws: [
      {
        kind: 'labels',
        text: 'Some reference answers are wrong, between subjects in very different numbers; 6.5 % of a sample over all.',
        source: 'MMLU-Redux, Gema et al. 2024, arXiv 2406.04127',
      },
      { kind: 'form', text: 'The model has to name a letter: below some size it names a favourite one.' },
    ],
    clusterKey: 'the quoted passage where there is one (history), else item',
    kind: 'choice',
    paper: 'Hendrycks et al. 2020, arXiv 2009.03300',
    chance: 0.25,
    licence: 'MIT',
    source: 'lm-evaluation-harness 0.4.13, tasks/mmlu/default; 0-shot (its default; 5-shot is customary)',
    test: { dataset: 'cais/mmlu', config: name, split: 'test', files: `${name}/test-*.parquet` },
    size,
    metric: 'acc',
    items: (test) => items(words, test),
  };
}

/** One benchmark for each subject, by its full name. */
export const MMLU_HIGH_SCHOOL: Readonly<Record<string, HubBenchmark>> = Object.fromEntries(
  SUBJECTS.map((row) => [`mmlu_${row[0]}`, subject(row)]),
);
