/** How many items of each benchmark an evaluation asks. */
import type { Benchmark } from '../benchmarks/benchmark.ts';
import { counted } from '../text/counts.ts';

export interface ItemLimits {
  /** Of each benchmark; all without it. */
  readonly limit?: number | undefined;
  /**
   * Instead of it, by the name of a benchmark or of a domain; a benchmark's own name comes first. A domain's number is for
   * the benchmarks that count in it: not for the other splits of a procedural task.
   */
  readonly limits?: Readonly<Record<string, number>> | undefined;
}

/** Items of this benchmark at most; undefined: all. */
export function itemLimit(
  { limit, limits = {} }: ItemLimits,
  benchmark: Pick<Benchmark, 'name' | 'domain'>,
): number | undefined {
  const { name, domain } = benchmark;
  return limits[name] ?? ('variantOf' in benchmark ? undefined : limits[domain]) ?? limit;
}

/** `at most 24 items of each (mathematical: 100)`; null when every item is asked. */
export function limitText(limit: number | null, limits: ItemLimits['limits'] = {}): string | null {
  const own = Object.entries(limits).map(([name, items]) => `${name}: ${items}`);
  if (limit === null) return own.length === 0 ? null : `at most so many items: ${own.join(', ')}`;
  return `at most ${counted(limit, 'item')} of each${own.length === 0 ? '' : ` (${own.join(', ')})`}`;
}
