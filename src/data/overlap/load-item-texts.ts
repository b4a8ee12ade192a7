/** The texts of whole benchmarks, with the rows that several of them share read once. */
import type { Benchmark, DatasetSplit, Row } from '../../benchmarks/benchmark.ts';
import { itemsOfRows } from '../../evaluation/load-items.ts';
import type { HubOptions } from '../../platform/hub.ts';
import { readRows } from '../sources/read-rows.ts';
import { type ItemText, itemTexts } from './item-texts.ts';

export type ItemTextLoader = (benchmark: Benchmark) => Promise<ItemText[]>;

export interface LoaderOptions {
  readonly hub?: HubOptions | undefined;
  /** Items of a copy that lacks some are taken, too. */
  readonly partial?: boolean | undefined;
}

/**
 * A loader that keeps the rows of the last split it read: the benchmarks of one file are best asked for one after
 * another. It throws the errors of `loadItems` (unless `partial`): a part of a benchmark must not pass for the whole.
 */
export function itemTextLoader({ hub = {}, partial = false }: LoaderOptions = {}): ItemTextLoader {
  const kept = new Map<string, { readonly key: string; readonly rows: Promise<Row[]> }>();
  const rowsOf = (role: string, split: DatasetSplit): Promise<Row[]> => {
    const key = `${split.dataset} ${split.files}`;
    const before = kept.get(role);
    if (before?.key === key) return before.rows;
    const rows = readRows(split, hub);
    kept.set(role, { key, rows });
    return rows;
  };
  return async (benchmark) => {
    if ('make' in benchmark) return itemTexts(benchmark, benchmark.make(benchmark.size), []);
    const test = await rowsOf('test', benchmark.test);
    const shots = benchmark.shots ? await rowsOf('shots', benchmark.shots) : [];
    const items = partial ? benchmark.items(test, shots) : itemsOfRows(benchmark, test, shots);
    return itemTexts(benchmark, items, items.length === test.length ? test : []);
  };
}
