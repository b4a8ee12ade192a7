/**
 * What guessers score that read no problem: the evidence for a stated chance level, and the alarm when a task can be
 * answered by a shortcut. Guessers learn from `train` and are scored on `test`, so nothing is fitted to what it is
 * measured on.
 */
import { randomStream } from '../stats/random.ts';
import type { Generator } from './generator.ts';
import type { Problem } from './problem.ts';
import { pick } from './random-choice.ts';
import { drawProblem } from './split.ts';
import { acceptsAnswer } from './verify.ts';

/** A guesser may lie this much above the stated chance: the noise of the measurement, and small regularities. */
export const TOLERANCE = 0.03;

export interface AuditRow {
  readonly generator: string;
  readonly guesser: string;
  /** Share of problems answered rightly, 0 to 1. */
  readonly score: number;
  readonly chance: number;
  /** Whether it must stay within `TOLERANCE` of chance; the others are for information. */
  readonly binding: boolean;
  readonly within: boolean;
}

interface Guesser {
  readonly name: string;
  readonly binding: boolean;
  /** Null: it has nothing to say and takes a random option instead. */
  readonly guess: (problem: Problem, known: Known) => string | null;
}

/** What a guesser knows of the training problems. */
interface Known {
  readonly common: string;
  /** The most frequent answer for each level and wording. */
  readonly commonIn: ReadonlyMap<string, string>;
}

const GUESSERS: readonly Guesser[] = [
  { name: 'a random option', binding: true, guess: () => null },
  { name: 'most frequent answer', binding: true, guess: (_, { common }) => common },
  {
    name: 'most frequent answer for level and wording',
    binding: true,
    guess: (problem, { commonIn }) => commonIn.get(cellOf(problem)) ?? null,
  },
  {
    name: 'last number of the question',
    binding: true,
    guess: ({ question }) => /-?\d+(?!.*\d)/s.exec(question)?.[0] ?? null,
  },
  { name: 'first choice', binding: true, guess: ({ choices }) => choices[0] ?? null },
  { name: 'longest choice', binding: true, guess: ({ choices }) => extreme(choices, (text) => text.length) },
  {
    name: 'shortest choice',
    binding: true,
    guess: ({ choices }) => extreme(choices, (text) => -text.length),
  },
  { name: 'choice mentioned last', binding: false, guess: (problem) => mentioned(problem, 'last') },
  { name: 'choice mentioned first', binding: false, guess: (problem) => mentioned(problem, 'first') },
];

/** One row for each guesser that applies. `draws`: problems to learn from, and as many again to score. */
export function audit(generator: Generator, draws: number, seed = 0): AuditRow[] {
  const draw = (split: 'train' | 'test') =>
    Array.from({ length: draws }, (_, index) => drawProblem(generator, { split, seed, index }));
  const train = draw('train');
  const test = draw('test');
  const answers = train.map((problem) => problem.answer);
  const known = learn(train);
  const rows: AuditRow[] = [];
  for (const { name, binding, guess } of GUESSERS) {
    const isAboutChoices = name.includes('choice');
    if (isAboutChoices && generator.kind !== 'choice') continue;
    const random = randomStream(`audit/${generator.name}/${name}/${seed}`);
    let right = 0;
    for (const problem of test) {
      const options = problem.choices.length > 0 ? problem.choices : answers;
      const guessed = guess(problem, known);
      // A guess that is none of the choices cannot be given.
      const offered = guessed !== null && (problem.choices.length === 0 || problem.choices.includes(guessed));
      const stated = offered ? guessed : pick(random, options);
      if (acceptsAnswer(generator, problem.core, problem.answer, stated)) right++;
    }
    const score = right / draws;
    const { chance } = generator;
    const within = score <= chance + TOLERANCE;
    rows.push({ generator: generator.name, guesser: name, score, chance, binding, within });
  }
  return rows;
}

const cellOf = ({ level, surface }: Problem): string => `${level} ${surface}`;

function learn(train: readonly Problem[]): Known {
  const cells = new Map<string, string[]>();
  for (const problem of train) {
    const cell = cells.get(cellOf(problem));
    if (cell) cell.push(problem.answer);
    else cells.set(cellOf(problem), [problem.answer]);
  }
  return {
    common: mostFrequent(train.map((problem) => problem.answer)),
    commonIn: new Map([...cells].map(([cell, answers]) => [cell, mostFrequent(answers)])),
  };
}

function mostFrequent(answers: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

/** The choice with the largest value, or null when several share it: then it says nothing. */
function extreme(choices: readonly string[], value: (text: string) => number): string | null {
  const largest = Math.max(...choices.map(value));
  const found = choices.filter((choice) => value(choice) === largest);
  return found.length === 1 ? found[0]! : null;
}

function mentioned({ question, choices }: Problem, which: 'first' | 'last'): string | null {
  const places = choices
    .map((choice) => ({
      choice,
      at: which === 'last' ? question.lastIndexOf(choice) : question.indexOf(choice),
    }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at);
  return (which === 'last' ? places.at(-1) : places[0])?.choice ?? null;
}
