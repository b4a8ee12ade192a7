/** The items of a benchmark: from the hub, or made. */
import type { Benchmark, DatasetSplit, Item } from '../benchmarks/benchmark.ts';
import { readRows } from '../data/sources/read-rows.ts';
import { MissingData } from '../errors.ts';
import type { HubOptions } from '../platform/hub.ts';

/**
 * The first `limit` items (all without a limit) in the benchmark's own order. Throws MissingData when the data are not
 * there, and when rows that were asked for are missing: a score over a part must not pass for the whole, and few-shot
 * examples drawn from a part are other examples.
 */
export async function loadItems(
  benchmark: Benchmark,
  limit?: number,
  hub: HubOptions = {},
): Promise<readonly Item[]> {
  if ('make' in benchmark) return benchmark.make(limit ?? benchmark.size);
  const test = await readRows(benchmark.test, hub);
  const asked = Math.min(limit ?? benchmark.size, benchmark.size);
  if (limit === undefined ? test.length !== asked : test.length < asked) {
    throw incomplete(benchmark.name, benchmark.size, 'items', benchmark.test, test.length);
  }
  const shots = benchmark.shots ? await readRows(benchmark.shots, hub) : [];
  if (limit === undefined && benchmark.shots && shots.length !== benchmark.shots.rows) {
    throw incomplete(benchmark.name, benchmark.shots.rows, 'rows of examples', benchmark.shots, shots.length);
  }
  // Benchmarks build their items row by row in order, so the first rows give the first items.
  return benchmark.items(test.slice(0, limit), shots);
}

function incomplete(
  name: string,
  size: number,
  what: string,
  split: DatasetSplit,
  found: number,
): MissingData {
  return new MissingData(`${name} has ${size} ${what}, but the copy of ${split.dataset} has ${found}.`, {
    remedy: 'Complete the copy, or evaluate the first items that it has with --limit.',
  });
}
