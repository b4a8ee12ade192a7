/** The items of a benchmark: from the hub, or made. */
import type { Benchmark, DatasetSplit, HubBenchmark, Item, Row } from '../benchmarks/benchmark.ts';
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
  const shots = benchmark.shots ? await readRows(benchmark.shots, hub) : [];
  return itemsOfRows(benchmark, test, shots, limit);
}

/** The same from rows that are already read. Throws UserError when rows that were asked for are missing. */
export function itemsOfRows(
  benchmark: HubBenchmark,
  test: readonly Row[],
  shots: readonly Row[],
  limit?: number,
): readonly Item[] {
  // The rows of several benchmarks may stand in one file: its benchmarks take their own, so all are built and counted.
  const shared = test.length > benchmark.size ? benchmark.items(test, shots) : undefined;
  const found = shared?.length ?? test.length;
  const asked = Math.min(limit ?? benchmark.size, benchmark.size);
  if (limit === undefined ? found !== asked : found < asked) {
    throw incomplete(benchmark.name, benchmark.size, 'items', benchmark.test, found);
  }
  if (limit === undefined && benchmark.shots && shots.length !== benchmark.shots.rows) {
    throw incomplete(benchmark.name, benchmark.shots.rows, 'rows of examples', benchmark.shots, shots.length);
  }
  if (shared) return shared.slice(0, asked);
  // Benchmarks build their items row by row in order, so the first rows give the first items.
  const first = benchmark.items(test.slice(0, limit), shots);
  if (first.length === asked) return first;
  // A file cut short, most of whose rows are other benchmarks'.
  const all = benchmark.items(test, shots);
  if (all.length < asked)
    throw incomplete(benchmark.name, benchmark.size, 'items', benchmark.test, all.length);
  return all.slice(0, asked);
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
