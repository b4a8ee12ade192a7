/** The index of what is to be kept out of training data, from benchmarks by name or all that can be had. */
import type { Benchmark } from '../../benchmarks/benchmark.ts';
import { LISTED_BENCHMARKS } from '../../benchmarks/index.ts';
import { UserError } from '../../errors.ts';
import { sleep } from '../../platform/clock.ts';
import type { HubOptions } from '../../platform/hub.ts';
import { Decontaminator } from './decontaminator.ts';
import type { LayerActions } from './layers.ts';
import { itemTextLoader } from './load-item-texts.ts';

/**
 * Every published benchmark. Procedural tasks are none of them: their training and test problems are made so that they
 * cannot be the same. Of set-ups that share their items one stands for all.
 */
export const PUBLISHED: readonly Benchmark[] = LISTED_BENCHMARKS.filter((one) => 'test' in one);

export interface BenchmarkIndex {
  readonly index: Decontaminator;
  readonly benchmarks: readonly string[];
  readonly items: number;
  /** Benchmarks whose data could not be had: nothing is known of them. */
  readonly leftOut: readonly { readonly benchmark: string; readonly why: string }[];
}

export interface IndexOptions {
  readonly actions: LayerActions;
  /** What is missing is left out and named; otherwise it is an error. */
  readonly tolerant: boolean;
  /** A copy with a part of the rows is good enough: a study may ask a part as well. */
  readonly partial?: boolean;
  readonly hub?: HubOptions | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number, name: string) => void) | undefined;
}

/** When so many of the first benchmarks cannot be had, the hub itself cannot be reached. */
const HOPELESS = 3;

/** Throws UserError for a benchmark whose data cannot be had, unless `tolerant`; then when none of the first can. */
export async function indexBenchmarks(
  benchmarks: readonly Benchmark[],
  { actions, tolerant, partial, hub, signal, onProgress }: IndexOptions,
): Promise<BenchmarkIndex> {
  const index = new Decontaminator(actions);
  const load = itemTextLoader({ hub, partial });
  const leftOut: { benchmark: string; why: string }[] = [];
  const read: string[] = [];
  /** What benchmarks are said to have, until they are read: items that cannot be had are none. */
  let total = benchmarks.reduce((sum, one) => sum + one.size, 0);
  let done = 0;
  let items = 0;
  for (const benchmark of benchmarks) {
    onProgress?.(done, total, benchmark.name);
    await sleep(0, signal);
    const before = items;
    try {
      const texts = await load(benchmark);
      // Only in mathematics do other numbers make the same problem.
      index.add(benchmark.name, texts, { templates: benchmark.domain === 'mathematical' });
      items += texts.length;
      read.push(benchmark.name);
    } catch (error) {
      if (!tolerant || !(error instanceof UserError)) throw error;
      leftOut.push({ benchmark: benchmark.name, why: error.message });
      if (read.length === 0 && leftOut.length >= Math.min(HOPELESS, benchmarks.length)) throw error;
    }
    done = items;
    total += items - before - benchmark.size;
  }
  onProgress?.(total, total, '');
  return { index, benchmarks: read, items, leftOut };
}
