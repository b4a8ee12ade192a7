/**
 * Procedural tasks as benchmarks, derived from the generators: a new generator is a benchmark at once. `proc/NAME` is
 * the split `test`; `proc/NAME@fresh`, `@perturbed`, `@harder` and `@train` are the others (`src/procedural/split.ts`).
 *
 * Each has 500 different items, the levels in turn, so that the first N are as hard as all. They are made from seed 0,
 * which is also the default of procedural training data: the parents of `@perturbed` and the items of `@train` are then
 * problems that a model was trained on.
 *
 * Nothing is shown first (0-shot). The solution is written and then the answer, which is read; only where a task is
 * answered at sight (`weighed`) the choices are weighed as continuations of `Answer:`. `src/procedural/layout.ts` has
 * the texts.
 */
import { drawBalanced } from '../procedural/balanced.ts';
import type { Generator } from '../procedural/generator.ts';
import { GENERATORS } from '../procedural/index.ts';
import { askedLayout, choicePairsOf, completionOf, promptOf, STOP } from '../procedural/layout.ts';
import type { Problem } from '../procedural/problem.ts';
import { problemId } from '../procedural/problem-id.ts';
import type { Split } from '../procedural/split.ts';
import { DEFAULT_SEED } from '../procedural/training-rows.ts';
import { isProblemTarget, type ProblemTarget, scoreProblem, targetOf } from '../scoring/procedural.ts';
import type { ProblemFacts } from '../scoring/score.ts';
import type { GeneratedBenchmark, Item } from './benchmark.ts';
import type { Flaw } from './vocabulary.ts';

const ITEMS = 500;

interface SplitWords {
  readonly title: string;
  readonly flaws: readonly Flaw[];
}

/** In the order in which they are named to people. */
const SPLIT_WORDS: Readonly<Record<Split, SplitWords>> = {
  test: { title: '', flaws: [] },
  fresh: {
    title: ', fresh items',
    flaws: [
      {
        kind: 'overlap',
        text: 'The same distribution as the split test: a difference between the two is noise, or overfitting.',
      },
    ],
  },
  perturbed: {
    title: ', perturbed training items',
    flaws: [
      {
        kind: 'scope',
        text: 'Its idle clause is a further difficulty: compare with @train and with the test split.',
      },
    ],
  },
  harder: {
    title: ', one level beyond training',
    flaws: [{ kind: 'scope', text: 'One level alone, so its score is no measure of the trained levels.' }],
  },
  train: {
    title: ', training items',
    flaws: [
      {
        kind: 'contamination',
        text: 'What models are trained on: a score here is no evidence of ability, only of fit. Seen in training only where the procedural training data have seed 0 and enough rows.',
      },
    ],
  },
};

/** `proc/NAME` for `test`, `proc/NAME@SPLIT` for the others. */
export function proceduralName(task: string, split: Split): string {
  return split === 'test' ? `proc/${task}` : `proc/${task}@${split}`;
}

/** The benchmarks of one task. */
export function splitNames(task: string): readonly string[] {
  return (Object.keys(SPLIT_WORDS) as Split[]).map((split) => proceduralName(task, split));
}

/** By name, the splits of one task side by side. */
export const PROCEDURAL_BENCHMARKS: Readonly<Record<string, GeneratedBenchmark>> = Object.fromEntries(
  Object.values(GENERATORS).flatMap((generator) =>
    (Object.keys(SPLIT_WORDS) as Split[]).map((split) => {
      const benchmark = benchmarkOf(generator, split);
      return [benchmark.name, benchmark];
    }),
  ),
);

function benchmarkOf(generator: Generator, split: Split): GeneratedBenchmark {
  const { domain, abilities, why } = generator;
  const layout = askedLayout(generator);
  const kind = layout === 'direct' ? 'choice' : 'generate';
  const { title, flaws } = SPLIT_WORDS[split];
  const worked = 'the solution is written before the answer';
  return {
    name: proceduralName(generator.name, split),
    title: `${generator.title}${title}`,
    domain,
    abilities,
    why,
    flaws: [
      {
        kind: 'scope',
        text: 'Made by rules: narrower than any text of people, so a score speaks for this form of the task.',
      },
      ...flaws,
    ],
    clusterKey: split === 'perturbed' ? 'the training problem that it was made from' : 'item',
    kind,
    format: kind === 'choice' ? 'choice-texts' : 'worked',
    chance: generator.chance,
    licence: 'Apache-2.0',
    source: `Carryover's own generator; 0-shot, ${kind === 'choice' ? 'choices are weighed as the answer' : worked}`,
    generated: { generator: generator.name, split, seed: DEFAULT_SEED },
    ...(split === 'test' ? {} : { variantOf: proceduralName(generator.name, 'test') }),
    size: ITEMS,
    metric: kind === 'choice' ? 'acc' : 'exact_match',
    make: (count) =>
      drawBalanced(generator, { split, seed: DEFAULT_SEED }, Math.min(count, ITEMS)).map((problem, index) =>
        itemOf(generator, problem, index),
      ),
    ...(kind === 'choice'
      ? {}
      : {
          goldShape: goldShapeOf(generator),
          score: (output, { gold }, options) =>
            scoreProblem(generator, gold as ProblemTarget, output, 'worked', options?.ending),
        }),
  };
}

/** What a target must be: the answer alone decides, unless the task has an `accepts` of its own. */
export function goldShapeOf(generator: Generator): NonNullable<GeneratedBenchmark['goldShape']> {
  const problem = 'a problem {answer, core}, as "carryover procedural sample --json" prints it';
  return {
    text: generator.accepts ? problem : `an answer as text, or ${problem}`,
    fits: (gold) => isProblemTarget(generator, gold),
  };
}

/** What a sample says about its problem. */
export function problemFacts({ generator, split, level, depth, surface, parent }: Problem): ProblemFacts {
  return { split, level, depth, surface, parent: parent === null ? null : problemId(generator, parent) };
}

function itemOf(generator: Generator, problem: Problem, index: number): Item {
  const id = problemId(generator.name, problem.key);
  const facts = problemFacts(problem);
  const base = { id, index, cluster: facts.parent ?? id, problem: facts };
  if (askedLayout(generator) === 'direct') {
    const { choices, answer } = problem;
    return {
      ...base,
      kind: 'choice',
      pairs: choicePairsOf(problem),
      choices,
      gold: choices.indexOf(answer),
    };
  }
  return {
    ...base,
    kind: 'generate',
    prompt: promptOf(problem, 'worked'),
    messages: [{ role: 'user', content: problem.question }],
    stop: STOP,
    maxTokens: roomFor(completionOf(problem, 'worked')),
    gold: targetOf(generator, problem),
  };
}

/**
 * Tokens that a worked answer may take: enough for the reference where a token is 1.5 characters on average. Small
 * tokenizers with one token a digit come near two; a tighter limit would cut right answers, a wider one would push long
 * questions out of a small model's context.
 */
function roomFor(completion: string): number {
  return 32 + Math.ceil(completion.length / 1.5);
}
