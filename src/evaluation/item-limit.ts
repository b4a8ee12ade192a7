/** How many items of each benchmark an evaluation asks. */
import type { Benchmark } from '../benchmarks/benchmark.ts';
import { DOMAINS } from '../domains/domains.ts';
import { counted, listed } from '../text/counts.ts';

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

/** `at most 24 items of each (mathematical: 100)`, without a common limit `at most 100 items of each in mathematical`; null when every item is asked. */
export function limitText(limit: number | null, limits: ItemLimits['limits'] = {}): string | null {
  const entries = Object.entries(limits);
  if (limit !== null) {
    const own = entries.map(([name, items]) => `${name}: ${items}`);
    return `at most ${counted(limit, 'item')} of each${own.length === 0 ? '' : ` (${own.join(', ')})`}`;
  }
  if (entries.length === 0) return null;
  const isDomain = (name: string) => DOMAINS.some((domain) => domain === name);
  const own = entries.map(
    ([name, items]) => `${counted(items, 'item')} of ${isDomain(name) ? 'each in ' : ''}${name}`,
  );
  return `at most ${listed(own)}`;
}
