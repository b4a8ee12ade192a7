/** The items of a benchmark: from the hub, or made. */
import type { Benchmark, Item } from '../benchmarks/benchmark.ts';
import { readRows } from '../data/sources/read-rows.ts';
import { UserError } from '../errors.ts';
import type { HubOptions } from '../platform/hub.ts';

/**
 * The first `limit` items (all without a limit) in the benchmark's own order. Throws UserError when the data cannot
 * be had or, without a limit, when rows are missing: a score over a part must not pass for the whole.
 */
export async function loadItems(
  benchmark: Benchmark,
  limit?: number,
  hub: HubOptions = {},
): Promise<readonly Item[]> {
  if ('make' in benchmark) return benchmark.make(limit ?? benchmark.size);
  const test = await readRows(benchmark.test, hub);
  if (test.length !== benchmark.size && limit === undefined) {
    throw new UserError(
      `${benchmark.name} has ${benchmark.size} items, but the copy of ${benchmark.test.dataset} has ${test.length}.`,
      { remedy: 'Complete the copy, or evaluate its first items with --limit.' },
    );
  }
  const shots = benchmark.shots ? await readRows(benchmark.shots, hub) : [];
  // Benchmarks build their items row by row in order, so the first rows give the first items.
  return benchmark.items(test.slice(0, limit), shots);
}
