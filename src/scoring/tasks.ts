/** What can be scored without a model: an output against a target, by the name of a task. */
import type { Benchmark, GenerateItem, ScoreOptions } from '../benchmarks/benchmark.ts';
import { BENCHMARKS } from '../benchmarks/index.ts';
import { UserError } from '../errors.ts';
import { nearest } from '../text/nearest.ts';
import { scoreMath } from './math/score-math.ts';
import { isPythonTarget, scorePython } from './python-program.ts';
import type { Score } from './score.ts';

export interface ScoringTask {
  readonly name: string;
  /** What `target` holds, for people. */
  readonly target: string;
  readonly score: (output: string, target: unknown, options: ScoreOptions) => Score | Promise<Score>;
}

const math: ScoringTask = {
  name: 'math',
  target: 'an answer in LaTeX or plain text, or a solution with the answer in \\boxed{}',
  score: (output, target, { ending }) => scoreMath(output, textTarget(target), ending),
};

const python: ScoringTask = {
  name: 'python',
  target: '{prompt?, test, entry_point?}: the output continues prompt; test raises when it fails',
  score: (output, target, options) => {
    if (isPythonTarget(target)) return scorePython(output, target, options);
    throw new UserError('"target" is not {prompt?, test, entry_point?} with texts.');
  },
};

/** Every task by name: the general ones, then every benchmark with generated answers. */
export const SCORING_TASKS: Readonly<Record<string, ScoringTask>> = {
  math,
  python,
  ...Object.fromEntries(
    Object.values(BENCHMARKS).flatMap((one) => (one.score ? [[one.name, fromBenchmark(one)]] : [])),
  ),
};

/** Throws UserError with the nearest name, or why a benchmark cannot be scored from outputs. */
export function findScoringTask(name: string): ScoringTask {
  if (Object.hasOwn(SCORING_TASKS, name)) return SCORING_TASKS[name]!;
  const all = `Tasks: ${Object.keys(SCORING_TASKS).join(', ')}.`;
  if (Object.hasOwn(BENCHMARKS, name)) {
    throw new UserError(
      `${name} is scored from the log-likelihoods of its choices, not from written answers.`,
      {
        remedy: `Ask a model with "carryover eval --benchmarks ${name}". ${all}`,
      },
    );
  }
  const near = nearest(name, Object.keys(SCORING_TASKS));
  throw new UserError(`There is no scoring task "${name}".`, {
    remedy: near ? `Did you mean ${near}? ${all}` : all,
  });
}

function fromBenchmark(benchmark: Benchmark): ScoringTask {
  const { goldShape } = benchmark;
  return {
    name: benchmark.name,
    target: goldShape?.text ?? 'what the dataset gives as the answer',
    score: async (output, target, options) => {
      if (goldShape && !goldShape.fits(target)) {
        throw new UserError(`"target" is not ${goldShape.text}.`);
      }
      const item: GenerateItem = {
        kind: 'generate',
        id: '',
        index: 0,
        cluster: '',
        prompt: '',
        messages: [],
        stop: [],
        maxTokens: 0,
        gold: goldShape ? target : textTarget(target),
      };
      const score = await benchmark.score!(output, item, options);
      // A text goes wrong only where the reference itself cannot be read; programs may fail in more ways.
      if (score.outcome === 'error' && !goldShape) throw new UserError(score.why);
      return score;
    },
  };
}

function textTarget(target: unknown): string {
  if (typeof target === 'string') return target;
  if (typeof target === 'number') return String(target);
  throw new UserError('"target" is not a text.');
}
