import type { DataReceipt } from '../data/stage.ts';
import type { Domain } from '../domains/domains.ts';
import type { Sample } from '../scoring/score.ts';
import type { RunFacts } from '../study/run-facts.ts';

/** What a report must know of a benchmark; a `Benchmark` of the registry has all of it. */
export interface BenchmarkInfo {
  readonly name: string;
  readonly title: string;
  readonly domain: Domain;
  readonly chance: number;
  readonly metric: string;
  /** The benchmark that this one is a variant of: other items of the same task. */
  readonly variantOf?: string;
  /** Of a benchmark made from a seed: which of its task's splits it is. */
  readonly generated?: { readonly split: string };
}

/** Everything a report is made from: facts and stored samples, nothing else. */
export interface ReportInput {
  readonly facts: RunFacts;
  readonly benchmarks: ReadonlyMap<string, BenchmarkInfo>;
  /** Samples by evaluation folder (`evaluations/mixed-0`), then by benchmark. */
  readonly samples: ReadonlyMap<string, ReadonlyMap<string, readonly Sample[]>>;
  /** Receipts of data steps by the step's id, those that are at hand. */
  readonly receipts?: ReadonlyMap<string, DataReceipt>;
}
