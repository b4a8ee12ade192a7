/** What is reported about a benchmark: `results.json`. No times, hosts or speeds. */
import type { Benchmark, OwnBenchmark } from '../benchmarks/benchmark.ts';
import type { TemplateName } from '../checkpoint/templates/templates.ts';
import type { Domain } from '../domains/domains.ts';
import type { Sampling } from '../engine/engine.ts';
import { type Metrics, OUTCOMES, type Outcome, type Sample } from '../scoring/score.ts';
import { mean } from '../stats/moments.ts';
import { proportionInterval } from '../stats/proportion-interval.ts';
import { weightedProportion } from '../stats/weighted-proportion.ts';
import type { AskedTogether } from './asked-together.ts';
import { itemPasses } from './draws.ts';

export interface MetricSummary {
  readonly value: number;
  /** Null where a single item gives no spread. */
  readonly stderr: number | null;
  readonly low: number;
  readonly high: number;
}

export interface BenchmarkSummary {
  /** Answers asked for, those with outcome `error` included: one an item, or `answers_per_item`. */
  readonly n: number;
  /**
   * Answers to a prompt that lost its beginning because the model's context is too short: they are answers to another
   * prompt. Absent in results of older versions.
   */
  readonly cut_prompts?: number;
  /** Where several were drawn. */
  readonly answers_per_item?: number;
  readonly metrics: Readonly<Record<string, MetricSummary>>;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Of a benchmark from the user's own file: what nobody could look up later. */
  readonly own?: OwnFacts;
}

export interface OwnFacts {
  readonly title: string;
  readonly domain: Domain;
  readonly kind: Benchmark['kind'];
  readonly metric: string;
  readonly chance: number;
  /** Of the file and the rows that it reads. */
  readonly sha256: string;
}

export interface EvaluationResults {
  readonly model: string;
  readonly settings: {
    readonly fingerprint: string;
    readonly limit: number | null;
    /** Other limits, by benchmark or domain. */
    readonly limits?: Readonly<Record<string, number>>;
    readonly chat_template: boolean;
    /** A chat template by name that the model was opened with; absent: its own. */
    readonly template?: TemplateName;
    /** Where there is a template by name: the fingerprint that the model has without it. */
    readonly own_fingerprint?: string;
    /** Answers drawn for every item, and how; absent: one greedy answer. */
    readonly samples?: number;
    readonly sampling?: Sampling;
  };
  readonly benchmarks: Readonly<Record<string, BenchmarkSummary>>;
  /** Groups whose members are all among `benchmarks`; left out where there is none. */
  readonly groups?: Readonly<Record<string, BenchmarkSummary>>;
  /** Benchmarks that were asked for and left out for lack of data, each with the reason; absent where there is none. */
  readonly skipped?: Readonly<Record<string, string>>;
  /** The evaluations that these come from, newest first: a benchmark belongs to the first that names it. */
  readonly asked: readonly AskedTogether[];
}

/** What of a sample its summary takes. */
export type Judged = Pick<Sample, 'id' | 'item' | 'cluster' | 'outcome' | 'value' | 'readings' | 'weights'> &
  Partial<Pick<Sample, 'tokens'>>;

/**
 * Means over the items with an answer or none, but without those that ended as `error`: an outage says nothing about
 * the model. Metrics with a plain name (`acc`, `exact_match`) are the corrected reading, the headline first; those
 * with lm-evaluation-harness's key (`acc,none`, `exact_match,strict-match`) are its own. Standard errors are clustered
 * (n - 1) and the 95 % interval is Wilson's for independent 0/1 scores, else Student's t over the clusters
 * (`src/stats/proportion-interval.ts`). Where samples weigh a metric (IFEval's instructions), its mean is weighted.
 * Several answers to an item count as one value, their mean: every item weighs the same however many answers it has,
 * and the interval of a metric that counts right answers is that of `pass@1`. `pass@k` stands beside, over the items
 * all of whose answers could be judged.
 */
export function summarise(
  benchmark: Pick<Benchmark, 'metric'> | OwnBenchmark,
  samples: readonly Judged[],
): BenchmarkSummary {
  const judged = samples.filter((sample) => sample.outcome !== 'error');
  const items = itemsOf(judged);
  const clusters = items.map(([first]) => first!.cluster);
  const metrics: Record<string, MetricSummary> = {};
  const put = (name: string, of: (sample: Judged) => number | undefined): void => {
    if (judged.length === 0 || judged.some((sample) => of(sample) === undefined)) return;
    const bare = name.replace(/,.*/, '');
    const weights = items.map(([first]) => first!.weights?.[bare] ?? 1);
    const means = items.map((answers) => mean(answers.map((sample) => of(sample)!)));
    const { value, stderr, low, high } = weightedProportion(means, weights, clusters);
    metrics[name] = { value, stderr, low, high };
  };
  put(benchmark.metric, ({ value }) => value);
  for (const name of metricNames(judged, 'corrected')) {
    if (name === benchmark.metric) continue;
    put(name, ({ readings }) => readings.corrected[name]);
  }
  const compatible = metricNames(judged, 'compatible');
  for (const name of compatible) {
    // A bare name beside named filters repeats the first of them.
    if (compatible.some((other) => other.startsWith(`${name},`))) continue;
    put(name.includes(',') ? name : `${name},none`, ({ readings }) => readings.compatible[name]);
  }
  const passes = samples.some(({ item }) => item !== undefined) ? itemPasses(samples) : [];
  for (const k of passes[0]?.rates.keys() ?? []) {
    // The headline is the mean over the items' answers, which is pass@1 already.
    if (`pass@${k}` === benchmark.metric) continue;
    const rates = passes.map((one) => one.rates.get(k)!);
    const { value, stderr, low, high } = proportionInterval(
      rates,
      passes.map(({ cluster }) => cluster),
    );
    metrics[`pass@${k}`] = { value, stderr, low, high };
  }
  const drawn = samples.length / new Set(samples.map(({ item, id }) => item ?? id)).size;
  const outcomes = Object.fromEntries(
    OUTCOMES.map((outcome) => [outcome, samples.filter((sample) => sample.outcome === outcome).length]),
  ) as Record<Outcome, number>;
  const own = 'own' in benchmark ? { own: ownFacts(benchmark) } : {};
  const perItem = drawn > 1 ? { answers_per_item: drawn } : {};
  const cut = samples.filter(
    ({ tokens, outcome }) => tokens?.cut !== undefined && outcome !== 'error',
  ).length;
  return { n: samples.length, cut_prompts: cut, ...perItem, metrics, outcomes, ...own };
}

/** The answers of each item, in the order of the samples. An answer that is not one of several stands alone. */
function itemsOf(samples: readonly Judged[]): readonly (readonly Judged[])[] {
  const items = new Map<string, Judged[]>();
  const alone: Judged[][] = [];
  for (const sample of samples) {
    if (sample.item === undefined) {
      alone.push([sample]);
      continue;
    }
    const answers = items.get(sample.item);
    if (answers) answers.push(sample);
    else items.set(sample.item, [sample]);
  }
  return [...alone, ...items.values()];
}

function ownFacts({ title, domain, kind, metric, chance, own }: OwnBenchmark): OwnFacts {
  return { title, domain, kind, metric, chance, sha256: own.sha256 };
}

function metricNames(samples: readonly Judged[], reading: 'compatible' | 'corrected'): string[] {
  const names = samples.flatMap((sample): string[] =>
    Object.keys(sample.readings[reading] satisfies Metrics),
  );
  return [...new Set(names)];
}
