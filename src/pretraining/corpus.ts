/**
 * The text that a model is pretrained on, document by document: each is a pure function of the corpus and its number,
 * so a run resumes by a number alone and no corpus lies on the disk. Two kinds: problems of procedural tasks (split
 * train) with their solutions, and facts of the made-up world told as sentences.
 */
import type { Generator } from '../procedural/generator.ts';
import { FACTS, factText } from '../procedural/guards/world.ts';
import { textOf } from '../procedural/layout.ts';
import { drawProblem } from '../procedural/split.ts';
import { type RandomStream, randomStream } from '../stats/random.ts';

/** One kind of document and how much of the corpus it makes. */
export type CorpusPart =
  | {
      readonly weight: number;
      readonly tasks: readonly Generator[];
      /** Share of these problems that are told with their solution, instead of the corpus's. */
      readonly worked?: number;
    }
  | { readonly weight: number; readonly facts: 'world' };

export interface Corpus {
  /** Decides the problems and their order. */
  readonly seed: number;
  /** Weights are shares of documents, in any unit. */
  readonly parts: readonly CorpusPart[];
  /** Share of the problems of `generate` tasks that are told with their solution, of `choice` tasks likewise. */
  readonly worked: { readonly generate: number; readonly choice: number };
  /** How often a task's first trained level comes, its second and so on; further ones as often as the last named. */
  readonly levels: readonly number[];
}

/** The tasks whose problems are in it, each once. */
export function tasksOf({ parts }: Pick<Corpus, 'parts'>): readonly Generator[] {
  return [...new Set(parts.flatMap((part) => ('tasks' in part ? part.tasks : [])))];
}

/** Facts in a document of the world at most. */
const MOST_FACTS = 6;

/** Document number `index`, from 0. Without a line break at its end. */
export function documentAt(corpus: Corpus, index: number): string {
  const random = randomStream(`corpus/${corpus.seed}/${index}`);
  const part = pick(corpus.parts, ({ weight }) => weight, random.uniform());
  return 'facts' in part ? worldText(random) : problemText(corpus, part, index, random);
}

/** The item at a place `at`, 0 to 1, of all weights side by side. */
function pick<T>(items: readonly T[], weightOf: (item: T, index: number) => number, at: number): T {
  let left = at * items.reduce((sum, item, index) => sum + weightOf(item, index), 0);
  for (const [index, item] of items.entries()) {
    left -= weightOf(item, index);
    if (left < 0) return item;
  }
  return items.at(-1)!;
}

function problemText(
  corpus: Corpus,
  { tasks, worked }: Extract<CorpusPart, { tasks: unknown }>,
  index: number,
  random: RandomStream,
): string {
  const task = tasks[random.below(tasks.length)]!;
  const { levels } = corpus;
  const level = pick(task.levels, (_, at) => levels[Math.min(at, levels.length - 1)]!, random.uniform());
  const problem = drawProblem(task, { split: 'train', seed: corpus.seed, index, level });
  return textOf(problem, random.uniform() < (worked ?? corpus.worked[task.kind]) ? 'worked' : 'direct');
}

/** One to six facts: half of these texts tell of one subject, the others of several. */
function worldText(random: RandomStream): string {
  const facts = random.below(2) === 0 ? aboutOne(random) : FACTS;
  const count = Math.min(facts.length, 1 + random.below(MOST_FACTS));
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(random.below(facts.length));
  return [...chosen].map((at) => factText(facts[at]!)).join(' ');
}

function aboutOne(random: RandomStream): typeof FACTS {
  const { subject } = FACTS[random.below(FACTS.length)]!;
  return FACTS.filter((fact) => fact.subject === subject);
}
