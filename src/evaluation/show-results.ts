/** The results of an evaluation for people: one line a benchmark with interval and outcome counts. */
import type { Benchmark } from '../benchmarks/benchmark.ts';
import { findBenchmark } from '../benchmarks/select.ts';
import { percent, percentRange } from '../report/number-text.ts';
import { OUTCOMES } from '../scoring/score.ts';
import { textTable } from '../text/text-table.ts';
import type { EvaluationResults } from './results.ts';

/**
 * A table of the headline metrics in percent, each with lm-evaluation-harness's reading of the same answers, then its
 * other readings where a number differs. `benchmarks`: what the registry does not know.
 */
export function showResults(results: EvaluationResults, benchmarks: readonly Benchmark[] = []): string {
  const find = (name: string): Benchmark =>
    benchmarks.find((one) => one.name === name) ?? findBenchmark(name);
  const all = Object.entries(results.benchmarks);
  const someCut = all.some(([, { cut_prompts: cut = 0 }]) => cut > 0);
  const rows = all.map(([name, summary]) => {
    const { n, answers_per_item: drawn = 1, cut_prompts: cut = 0, metrics, outcomes } = summary;
    const { metric, chance } = find(name);
    const headline = metrics[metric];
    const counts = OUTCOMES.filter((outcome) => outcomes[outcome] > 0);
    return [
      name,
      drawn > 1 ? `${n / drawn} x ${drawn}` : String(n),
      metric,
      headline ? percent(headline.value) : '-',
      headline ? percentRange(headline) : '-',
      summary.own ? '-' : harnessText(metrics, metric),
      percent(chance),
      ...(someCut ? [String(cut)] : []),
      counts.map((outcome) => `${outcomes[outcome]} ${outcome.replace('_', ' ')}`).join(', '),
    ];
  });
  const cutHead = someCut ? ['cut prompts'] : [];
  const head = ['benchmark', 'items', 'metric', 'score', '95 % interval', 'harness', 'chance', ...cutHead];
  const table = textTable([[...head, 'outcomes'], ...rows], new Set([1, 3, 5, 6, ...(someCut ? [7] : [])]));
  const apart = all.flatMap(([name, { metrics, own }]) =>
    own === undefined && isApart(metrics, find(name).metric) ? [name] : [],
  );
  const others = all.flatMap(([name, { metrics }]) => {
    const { metric } = find(name);
    const shown = [metrics[metric]?.value, harnessReading(metrics, metric)?.value];
    const more = Object.entries(metrics).filter(
      ([key, { value }]) => key.includes(',') && !shown.includes(value),
    );
    return more.length === 0
      ? []
      : [`  ${name}: ${more.map(([key, { value }]) => `${key} ${percent(value)}`).join('; ')}`];
  });
  return [
    `${table.join('\n')}\n\n${LEGEND}`,
    ...(apart.length > 0 ? [`Apart by more than the interval (!): ${apart.join(', ')}. ${APART}`] : []),
    ...(someCut ? [CUT] : []),
    ...groupLines(results),
    ...passLines(results),
    ...skippedLines(results),
    ...(others.length > 0 ? [`${OTHERS}\n${others.join('\n')}`] : []),
  ].join('\n\n');
}

const LEGEND = `In percent.
score: the headline, answers read as a careful person reads them.
harness: the same answers as lm-evaluation-harness reads them (or the benchmark's own code, where it has no such task),
to compare with published numbers. equal: the same number; !: outside the interval; -: it has no such reading.`;
const APART = 'What was read where: `readings` and `why` in the samples.';
const CUT =
  "Cut prompts lost their beginning, because the model's context is too short: their scores are those of other prompts.";
const OTHERS = "The harness's other readings and metrics of the same answers, in percent as well:";

type Metrics = EvaluationResults['benchmarks'][string]['metrics'];

/** lm-evaluation-harness's reading under the name of a metric, the first where it has several filters. */
function harnessReading(metrics: Metrics, metric: string): { filter: string; value: number } | undefined {
  const [first] = Object.entries(metrics).filter(([key]) => key.startsWith(`${metric},`));
  return first && { filter: first[0].slice(metric.length + 1), value: first[1].value };
}

/** `equal`, `31.2`, `31.2 (strict-match)`, with `!` where it lies outside the headline's interval; `-`: it has none. */
function harnessText(metrics: Metrics, metric: string): string {
  const theirs = harnessReading(metrics, metric);
  if (theirs === undefined) return '-';
  const filter = theirs.filter === 'none' ? '' : ` (${theirs.filter})`;
  if (theirs.value === metrics[metric]?.value) return `equal${filter}`;
  return `${isApart(metrics, metric) ? '! ' : ''}${percent(theirs.value)}${filter}`;
}

function isApart(metrics: Metrics, metric: string): boolean {
  const theirs = harnessReading(metrics, metric)?.value;
  const ours = metrics[metric];
  return theirs !== undefined && ours !== undefined && (theirs < ours.low || theirs > ours.high);
}

function skippedLines({ skipped = {} }: EvaluationResults): string[] {
  const lines = Object.entries(skipped).map(([name, why]) => `  ${name}: ${why}`);
  return lines.length === 0 ? [] : [`Skipped, so in no score:\n${lines.join('\n')}`];
}

/** pass@k of several answers to an item, with its intervals. */
function passLines({ benchmarks }: EvaluationResults): string[] {
  const lines = Object.entries(benchmarks).flatMap(([name, { answers_per_item: drawn, metrics }]) => {
    if (drawn === undefined) return [];
    const rates = Object.entries(metrics).filter(([key]) => /^pass@\d+$/.test(key));
    return rates.map(([key, rate]) => [`  ${name}`, key, percent(rate.value), percentRange(rate)]);
  });
  if (lines.length === 0) return [];
  return [`At least one of k drawn answers correct:\n${textTable(lines, new Set([2])).join('\n')}`];
}

/** Every group with the first metric that all of its members have, and lm-evaluation-harness's means of the same answers. */
function groupLines({ groups = {} }: EvaluationResults): string[] {
  const lines = Object.entries(groups).flatMap(([name, { n, metrics }]) => {
    const [first] = Object.entries(metrics);
    if (first === undefined) return [];
    const [metric, { value, low, high }] = first;
    const harness = Object.entries(metrics).filter(([key]) => key.includes(','));
    const theirs = harness.map(([key, mean]) => `${key} ${percent(mean.value)}`).join('; ');
    return [[`  ${name}`, String(n), metric, percent(value), `${percent(low)} to ${percent(high)}`, theirs]];
  });
  if (lines.length === 0) return [];
  return [`Groups, over all items of their members:\n${textTable(lines, new Set([1, 3])).join('\n')}`];
}
