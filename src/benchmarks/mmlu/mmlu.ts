/**
 * MMLU (Hendrycks et al. 2020, arXiv 2009.03300), one benchmark a subject, 0-shot as lm-evaluation-harness asks it
 * unless told otherwise, and with the customary five examples of the dev split as `mmlu_SUBJECT@5shot`. The choice is a
 * letter. A row: {question, subject: 'high_school_biology', choices: [4], answer: 0}.
 */
import type { Domain } from '../../domains/domains.ts';
import { pythonStrip } from '../../text/python-text.ts';
import type { ChoiceItem, HubBenchmark, Row } from '../benchmark.ts';
import { hashId, uniqueIds } from '../item-id.ts';
import { buildPrompt, choiceItem, LETTERS, letteredLines } from '../prompt.ts';
import { integerOf, textOf, textsOf } from '../rows.ts';
import type { Flaw } from '../vocabulary.ts';
import { ABILITY_REASONS, SUBJECTS, type SubjectKind } from './subjects.table.ts';

/** Where subjects of a kind stand, and why. */
const KINDS: Readonly<Record<SubjectKind, { domain: Domain; ability: string; why: string }>> = {
  math: {
    domain: 'mathematical',
    ability: 'algebra',
    why: 'Mathematics: left in "STEM" it would leak the trained domain into the transfer result.',
  },
  science: {
    domain: 'scientific',
    ability: 'natural-science',
    why: 'Facts and laws of the subject applied to a case, some with calculations.',
  },
  applied: {
    domain: 'scientific',
    ability: 'applied-science',
    why: 'Facts about machines, programs, data and networks. No program is written or run, so it is not code.',
  },
  knowledge: {
    domain: 'guards',
    ability: 'general-knowledge',
    why: 'General knowledge that teaching mathematics should leave untouched: a sign of forgetting.',
  },
  profession: {
    domain: 'guards',
    ability: 'professional-knowledge',
    why: 'What a profession has to know; teaching mathematics should leave it untouched: a sign of forgetting.',
  },
};

const near = (text: string): Flaw => ({ kind: 'placement', text });

/** What is known of single subjects beside what holds for all. */
const OWN_FLAWS: Readonly<Record<string, readonly Flaw[]>> = {
  virology: [
    {
      kind: 'labels',
      text: '57 % of the questions of a sample had errors.',
      source: 'MMLU-Redux, Gema et al. 2024, arXiv 2406.04127',
    },
  ],
  formal_logic: [
    near('Asks for logic, so a gain may be transfer; it counts as a guard with the humanities.'),
  ],
  logical_fallacies: [near('Near the logical domain, though mostly names of fallacies.')],
  econometrics: [near('Part of it is statistics, near the trained domain.')],
  professional_accounting: [near('Part of it is calculation, near the trained domain.')],
  moral_scenarios: [
    {
      kind: 'floor',
      text: 'Two scenes in one question with four combined answers: small models score at chance.',
    },
  ],
  machine_learning: [near('Part of it is statistics, near the trained domain.')],
};

/** Passages of the history subjects are quoted before the question; items about one passage share its beginning. */
const PASSAGE = 'This question refers to the following information.';

function clusterOf(question: string): string {
  return hashId(
    question.startsWith(PASSAGE) ? question.slice(PASSAGE.length, PASSAGE.length + 150) : question,
  );
}

const questionOf = (row: Row): string =>
  `${pythonStrip(textOf(row, 'question'))}\n${letteredLines(textsOf(row, 'choices'))}Answer:`;

function items(words: string, test: readonly Row[], dev: readonly Row[]): ChoiceItem[] {
  const ids = uniqueIds(test.map((row) => hashId(textOf(row, 'question'), ...textsOf(row, 'choices'))));
  const description = `The following are multiple choice questions (with answers) about ${words}.\n\n`;
  // The harness's sampler `first_n`: the same examples for every question, in the order of the split.
  const shots = dev.map((row) => ({ question: questionOf(row), answer: LETTERS[integerOf(row, 'answer')]! }));
  return test.map((row, index) =>
    choiceItem(
      {
        id: ids[index]!,
        index,
        cluster: clusterOf(textOf(row, 'question')),
        choices: [...LETTERS.slice(0, textsOf(row, 'choices').length)],
        gold: integerOf(row, 'answer'),
      },
      buildPrompt({ description, shots, question: questionOf(row) }),
    ),
  );
}

function subject([name, , kind, size, abilities]: (typeof SUBJECTS)[number]): HubBenchmark {
  const words = name.replaceAll('_', ' ');
  const { domain, ability, why } = KINDS[kind];
  const reasons = ABILITY_REASONS[name];
  return {
    name: `mmlu_${name}`,
    title: `MMLU ${words}`,
    domain,
    abilities: abilities ?? [ability],
    ...(reasons ? { abilityReasons: reasons } : {}),
    why,
    flaws: [
      {
        kind: 'labels',
        text: 'About 6.5 % of the items have errors (wrong references, unclear questions), some subjects many more.',
        source: 'MMLU-Redux, Gema et al. 2024, arXiv 2406.04127',
      },
      {
        kind: 'contamination',
        text: 'Models name a hidden wrong choice too often not to have read it.',
        source: 'Deng et al. 2023, arXiv 2311.09783',
      },
      { kind: 'form', text: 'The model has to name a letter: below some size it names a favourite one.' },
      ...(OWN_FLAWS[name] ?? []),
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
    items: (test) => items(words, test, []),
  };
}

const SHOTS = 5;

function fiveShot(zeroShot: HubBenchmark): HubBenchmark {
  const subject = zeroShot.test.config!;
  return {
    ...zeroShot,
    name: `${zeroShot.name}@5shot`,
    title: `${zeroShot.title}, 5-shot`,
    variantOf: zeroShot.name,
    source:
      'lm-evaluation-harness 0.4.13, tasks/mmlu/default with --num_fewshot 5; 5-shot, the dev split in its order',
    shots: {
      dataset: 'cais/mmlu',
      config: subject,
      split: 'dev',
      files: `${subject}/dev-*.parquet`,
      rows: SHOTS,
    },
    items: (test, dev) => items(subject.replaceAll('_', ' '), test, dev.slice(0, SHOTS)),
  };
}

const named = (list: readonly HubBenchmark[]): Readonly<Record<string, HubBenchmark>> =>
  Object.fromEntries(list.map((one) => [one.name, one]));

const ZERO_SHOT = SUBJECTS.map(subject);

/** One benchmark for each subject, by its full name, and its variant with five examples. */
export const MMLU: Readonly<Record<string, HubBenchmark>> = named(ZERO_SHOT);
export const MMLU_5_SHOT: Readonly<Record<string, HubBenchmark>> = named(ZERO_SHOT.map(fiveShot));
