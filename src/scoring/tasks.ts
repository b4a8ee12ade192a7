/** What can be scored without a model: an output against a target, by the name of a task. */
import type { Benchmark, GenerateItem, ScoreOptions } from '../benchmarks/benchmark.ts';
import { BENCHMARKS } from '../benchmarks/index.ts';
import { membersOf } from '../benchmarks/names.ts';
import { goldShapeOf, PROCEDURAL_BENCHMARKS } from '../benchmarks/procedural.ts';
import { UserError } from '../errors.ts';
import { GENERATORS } from '../procedural/index.ts';
import { askedLayout } from '../procedural/layout.ts';
import { nearest } from '../text/nearest.ts';
import { scoreMath } from './math/score-math.ts';
import { isProblemTarget, type ProblemTarget, scoreProblem } from './procedural.ts';
import { pythonFault, scorePython } from './python-program.ts';
import type { Score } from './score.ts';

export interface ScoringTask {
  readonly name: string;
  /** Name of the headline metric: the corrected reading's `value`. */
  readonly metric: string;
  /** What `target` holds, for people. */
  readonly target: string;
  /** Answers are programs that are run, so that their time can be limited. */
  readonly runsPrograms?: boolean;
  /** What is wrong with a target, as a sentence; null when answers can be scored by it. Runs no program. */
  readonly fault: (target: unknown) => string | null | Promise<string | null>;
  /** Only for targets without a fault. */
  readonly score: (output: string, target: unknown, options: ScoreOptions) => Score | Promise<Score>;
}

const math: ScoringTask = {
  name: 'math',
  metric: 'exact_match',
  target: 'an answer in LaTeX or plain text, or a solution with the answer in \\boxed{}',
  fault: (target) => textFaultOf(target) ?? unreadable(scoreMath('', String(target))),
  score: (output, target, { ending }) => scoreMath(output, String(target), ending),
};

const python: ScoringTask = {
  name: 'python',
  metric: 'pass@1',
  runsPrograms: true,
  target: '{prompt?, test, entry_point?}: the output continues prompt; test raises when it fails',
  fault: pythonFault,
  score: scorePython,
};

/** By name: the general tasks, then every benchmark with generated answers. Procedural ones come beside. */
export const SCORING_TASKS: Readonly<Record<string, ScoringTask>> = {
  math,
  python,
  ...Object.fromEntries(
    Object.values(BENCHMARKS).flatMap((one) =>
      one.score && !Object.hasOwn(PROCEDURAL_BENCHMARKS, one.name) ? [[one.name, fromBenchmark(one)]] : [],
    ),
  ),
};

/** Families whose members are too many to be listed everywhere. */
const FAMILIES: readonly (readonly [prefix: string, member: string])[] = [
  ['bbh_cot_fewshot_', 'TASK'],
  ['mmlu_pro_', 'SUBJECT'],
];

/** For people: without other set-ups of the same items, families under one name. */
export const SCORING_TASK_NAMES: readonly string[] = [
  ...new Set(
    Object.keys(SCORING_TASKS).flatMap((name) => {
      const benchmark = BENCHMARKS[name];
      if (benchmark !== undefined && 'variantOf' in benchmark) return [];
      const family = FAMILIES.find(([prefix]) => name.startsWith(prefix));
      return [family ? family.join('') : name];
    }),
  ),
  'proc/NAME',
];

/**
 * `given`: a task's name, or another name of one benchmark. Throws UserError with the nearest name, with the benchmarks
 * where the name stands for several, or why a benchmark cannot be scored from outputs.
 */
export function findScoringTask(given: string): ScoringTask {
  if (Object.hasOwn(SCORING_TASKS, given)) return SCORING_TASKS[given]!;
  const all = `Tasks: ${SCORING_TASK_NAMES.join(', ')}.`;
  const members = membersOf(given) ?? [];
  if (members.length > 1) {
    throw new UserError(`"${given}" stands for ${members.length} benchmarks; one is scored at a time.`, {
      remedy: `Name one of them, such as ${members[0]}.`,
    });
  }
  const [name = given] = members;
  if (Object.hasOwn(SCORING_TASKS, name)) return SCORING_TASKS[name]!;
  const benchmark = Object.hasOwn(BENCHMARKS, name) ? BENCHMARKS[name] : undefined;
  if (benchmark && 'generated' in benchmark && Object.hasOwn(PROCEDURAL_BENCHMARKS, name))
    return fromGenerator(benchmark, benchmark.generated.generator);
  if (benchmark) {
    throw new UserError(
      `${name} is scored from the log-likelihoods of its choices, not from written answers.`,
      {
        remedy: `Ask a model with "carryover eval --benchmarks ${name}". ${all}`,
      },
    );
  }
  const near = nearest(name, [...Object.keys(SCORING_TASKS), ...Object.keys(PROCEDURAL_BENCHMARKS)]);
  throw new UserError(`There is no scoring task "${name}".`, {
    remedy: near ? `Did you mean ${near}? ${all}` : all,
  });
}

/** Written answers to problems with choices are scored, too: whoever lets a model write out its solution needs that. */
function fromGenerator({ name }: Benchmark, task: string): ScoringTask {
  const generator = GENERATORS[task]!;
  const { text } = goldShapeOf(generator);
  return {
    name,
    metric: 'exact_match',
    target: text,
    fault: (given) => {
      const target = plainTarget(given);
      if (!isProblemTarget(generator, target)) return `"target" is not ${text}.`;
      const answer = typeof target === 'string' ? target : target.answer;
      if (answer.trim() === '') return 'The answer of "target" is empty.';
      // Its own answer is judged by all of the problem that another's would be.
      return unreadable(scoreProblem(generator, target, `Answer: ${answer}`, askedLayout(generator)));
    },
    score: (output, given, { ending }) => {
      const target = plainTarget(given) as ProblemTarget;
      const score = scoreProblem(generator, target, output, askedLayout(generator), ending);
      if (score.outcome === 'error') throw new UserError(score.why);
      return score;
    },
  };
}

function fromBenchmark(benchmark: Benchmark): ScoringTask {
  const { goldShape } = benchmark;
  const score = (output: string, gold: unknown, options?: ScoreOptions): Score | Promise<Score> =>
    benchmark.score!(output, { ...NO_ITEM, gold }, options);
  return {
    name: benchmark.name,
    metric: benchmark.metric,
    target: goldShape?.text ?? 'what the dataset gives as the answer',
    // Written answers of this domain are code or are put into code; choices are never scored here.
    runsPrograms: benchmark.domain === 'code',
    fault: async (target) => {
      if (goldShape === undefined) return textFaultOf(target) ?? unreadable(await score('', String(target)));
      return (
        goldShape.fault?.(target) ?? (goldShape.fits(target) ? null : `"target" is not ${goldShape.text}.`)
      );
    },
    score: (output, target, options) => score(output, goldShape ? target : String(target), options),
  };
}

/** An answer from a file belongs to no item. */
const NO_ITEM: Omit<GenerateItem, 'gold'> = {
  kind: 'generate',
  id: '',
  index: 0,
  cluster: '',
  prompt: '',
  messages: [],
  stop: [],
  maxTokens: 0,
};

/** A text goes wrong as `error` only where the reference itself cannot be read, whatever the output. */
function unreadable({ outcome, why }: Score): string | null {
  return outcome === 'error' ? why : null;
}

function textFaultOf(target: unknown): string | null {
  if (typeof target === 'number') return null;
  if (typeof target !== 'string') return '"target" is not a text.';
  return target.trim() === '' ? '"target" is empty.' : null;
}

const plainTarget = (given: unknown): unknown => (typeof given === 'number' ? String(given) : given);
