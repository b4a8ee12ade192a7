/** The items of several benchmarks: what is missing is told of all of them at once, or left out by name. */
import type { Benchmark, DatasetSplit, Item } from '../benchmarks/benchmark.ts';
import { MissingData } from '../errors.ts';
import type { HubOptions } from '../platform/hub.ts';
import { counted } from '../text/counts.ts';
import { type ItemLimits, itemLimit } from './item-limit.ts';
import { loadItems } from './load-items.ts';

export interface LoadedBenchmarks {
  readonly loaded: readonly { readonly benchmark: Benchmark; readonly items: readonly Item[] }[];
  /** By the name of a benchmark that was left out: why, without paths of this machine. */
  readonly skipped: Readonly<Record<string, string>>;
}

/** A benchmark whose data are not there. */
interface Missing {
  readonly benchmark: Benchmark;
  readonly error: MissingData;
}

/**
 * `skipMissing`: leave out those whose data are not there or not whole. Throws MissingData that names every such
 * benchmark and how its data are had, without `skipMissing` or when nothing would be left; UserError for data that cannot
 * be had for another reason, such as a hub out of reach.
 */
export async function loadBenchmarks(
  benchmarks: readonly Benchmark[],
  options: ItemLimits & { readonly hub?: HubOptions | undefined; readonly skipMissing?: boolean | undefined },
): Promise<LoadedBenchmarks> {
  const loaded: LoadedBenchmarks['loaded'][number][] = [];
  const missing: Missing[] = [];
  for (const benchmark of benchmarks) {
    try {
      loaded.push({
        benchmark,
        items: await loadItems(benchmark, itemLimit(options, benchmark), options.hub),
      });
    } catch (error) {
      if (!(error instanceof MissingData)) throw error;
      missing.push({ benchmark, error });
    }
  }
  if (missing.length > 0 && (!options.skipMissing || loaded.length === 0))
    throw missingData(missing, benchmarks.length);
  return {
    loaded,
    skipped: Object.fromEntries(missing.map(({ benchmark }) => [benchmark.name, whyMissing(benchmark)])),
  };
}

const splitsOf = (benchmark: Benchmark): readonly DatasetSplit[] =>
  'test' in benchmark ? [benchmark.test, ...(benchmark.shots ? [benchmark.shots] : [])] : [];

const whyMissing = (benchmark: Benchmark): string =>
  `no whole copy of ${[...new Set(splitsOf(benchmark).map(({ dataset, files }) => `${dataset} ${files}`))].join(', ')}`;

/** One of them alone keeps its own words. */
function missingData(missing: readonly Missing[], asked: number): MissingData {
  const leave = missing.length < asked ? ' Or leave them out, named in the results: --skip-missing.' : '';
  if (missing.length === 1) {
    const [{ benchmark, error }] = missing as [Missing];
    return new MissingData(`${benchmark.name}: ${error.message}`, {
      remedy: `${error.remedy ?? ''} ${howToGet([benchmark])}${leave.replace('them', 'it')}`.trim(),
      cause: error,
    });
  }
  const lines = [...byReason(missing)].map(
    ([reason, all]) =>
      `  ${all.map(({ benchmark }) => benchmark.name).join(', ')}: ${reason}\n    ${howToGet(all.map(({ benchmark }) => benchmark))}`,
  );
  return new MissingData(
    `The data of ${missing.length} of ${counted(asked, 'benchmark')} are missing:\n${lines.join('\n')}`,
    {
      remedy: `With CARRYOVER_HUB set, files go to datasets/ID/PATH below it, as on the hub; without it they are fetched.${leave}`,
    },
  );
}

function byReason(missing: readonly Missing[]): ReadonlyMap<string, readonly Missing[]> {
  const found = new Map<string, Missing[]>();
  for (const one of missing) {
    const reason = one.error.message;
    found.set(reason, [...(found.get(reason) ?? []), one]);
  }
  return found;
}

/** Where the hub has the files, and what it asks for. */
function howToGet(benchmarks: readonly Benchmark[]): string {
  const places = benchmarks
    .flatMap(splitsOf)
    .map(
      ({ dataset, files, access }) =>
        `https://huggingface.co/datasets/${dataset}, ${files}${access === undefined ? '' : ` (${access})`}`,
    );
  return `On the hub: ${[...new Set(places)].join('; ')}.`;
}
