/** Several answers to every item, drawn at a temperature, and what they say: pass@k. */
import type { Benchmark, Item } from '../benchmarks/benchmark.ts';
import type { Sampling } from '../engine/engine.ts';
import { UserError } from '../errors.ts';
import type { Sample } from '../scoring/score.ts';
import { passAtK } from '../stats/pass-at-k.ts';

export interface Draws {
  /** Answers to every item, 1 or more. */
  readonly count: number;
  /** With a temperature above 0 unless one answer is asked for: greedy ones would be one and the same. */
  readonly sampling: Sampling;
}

/**
 * Throws UserError for several greedy answers, and for benchmarks judged by likelihood: they have nothing to draw.
 */
export function checkDraws({ count, sampling }: Draws, benchmarks: readonly Benchmark[]): void {
  if (count > 1 && sampling.temperature === 0)
    throw new UserError(`${count} answers without a temperature would be ${count} times the same`, {
      remedy: 'Add for example --temperature 0.8.',
    });
  const judged = benchmarks.filter(({ kind }) => kind === 'choice').map(({ name }) => name);
  if (judged.length > 0)
    throw new UserError(
      `No answers can be drawn in ${someOf(judged)}: ${judged.length === 1 ? 'it is' : 'they are'} scored by the log-probabilities of the given choices, and nothing is written`,
      { remedy: 'Leave out --samples and --temperature, or ask benchmarks with written answers.' },
    );
}

const someOf = (names: readonly string[]): string =>
  names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');

/**
 * Every item as often as answers are drawn for it, under ids of their own (`ID#1`, `ID#2`, ...): the engine draws by
 * id. All answers to an item stay in its cluster, so intervals do not take them for independent.
 */
export function drawnItems(items: readonly Item[], count: number): readonly Item[] {
  if (count === 1) return items;
  return items.flatMap((item) =>
    Array.from({ length: count }, (_, draw) => ({
      ...item,
      id: `${item.id}#${draw + 1}`,
      drawnFor: item.id,
    })),
  );
}

/** k of the pass@k that are reported for so many answers to an item: 1-2-5 steps and the number itself. */
export function passSteps(count: number): readonly number[] {
  const steps: number[] = [];
  for (let ten = 1; ten <= count; ten *= 10) steps.push(...[ten, 2 * ten, 5 * ten].filter((k) => k < count));
  return [...steps, count];
}

export interface ItemPass {
  readonly cluster: string;
  /** pass@k of the item by k. */
  readonly rates: ReadonlyMap<number, number>;
}

/**
 * pass@k of every item all of whose answers could be judged; an answer passes when its outcome is `correct`. An item
 * with an outcome `error` is left out: how many answers it has would depend on the outage. In the order of `samples`.
 * Items may have unequal numbers of answers: k goes up to the least, since fewer answers than k say nothing.
 */
export function itemPasses(
  samples: readonly Pick<Sample, 'id' | 'item' | 'outcome' | 'cluster'>[],
): readonly ItemPass[] {
  const items = new Map<string, (typeof samples)[number][]>();
  for (const sample of samples) {
    const item = sample.item ?? sample.id;
    const answers = items.get(item);
    if (answers) answers.push(sample);
    else items.set(item, [sample]);
  }
  const judged = [...items.values()].filter((answers) => answers.every(({ outcome }) => outcome !== 'error'));
  if (judged.length === 0) return [];
  const steps = passSteps(
    judged.reduce((least, { length }) => Math.min(least, length), Number.MAX_SAFE_INTEGER),
  );
  return judged.map((answers): ItemPass => {
    const right = answers.filter(({ outcome }) => outcome === 'correct').length;
    const rates = steps.map((k): [number, number] => [k, passAtK(answers.length, right, k)]);
    return { cluster: answers[0]!.cluster, rates: new Map(rates) };
  });
}
