/** The results of an evaluation for people: one line a benchmark with interval and outcome counts. */
import type { Benchmark } from '../benchmarks/benchmark.ts';
import { findBenchmark } from '../benchmarks/select.ts';
import { percent, percentRange } from '../report/number-text.ts';
import { OUTCOMES } from '../scoring/score.ts';
import { textTable } from '../text/text-table.ts';
import type { EvaluationResults } from './results.ts';

/**
 * A table of the headline metrics in percent, then lm-evaluation-harness's own where a number differs. `benchmarks`: what the
 * registry does not know.
 */
export function showResults(results: EvaluationResults, benchmarks: readonly Benchmark[] = []): string {
  const find = (name: string): Benchmark =>
    benchmarks.find((one) => one.name === name) ?? findBenchmark(name);
  const rows = Object.entries(results.benchmarks).map(([name, summary]) => {
    const { n, answers_per_item: drawn = 1, metrics, outcomes } = summary;
    const { metric, chance } = find(name);
    const headline = metrics[metric];
    const counts = OUTCOMES.filter((outcome) => outcomes[outcome] > 0);
    return [
      name,
      drawn > 1 ? `${n / drawn} x ${drawn}` : String(n),
      metric,
      headline ? percent(headline.value) : '-',
      headline ? percentRange(headline) : '-',
      percent(chance),
      counts.map((outcome) => `${outcomes[outcome]} ${outcome.replace('_', ' ')}`).join(', '),
    ];
  });
  const head = ['benchmark', 'items', 'metric', 'score', '95 % interval', 'chance', 'outcomes'];
  const table = `${textTable([head, ...rows], new Set([1, 3, 5])).join('\n')}\n\nScores, intervals and chance in percent.`;
  const harness = Object.entries(results.benchmarks).flatMap(([name, { metrics }]) => {
    const headline = metrics[find(name).metric]?.value;
    const others = Object.entries(metrics).filter(
      ([key, { value }]) => key.includes(',') && value !== headline,
    );
    return others.length === 0
      ? []
      : [`  ${name}: ${others.map(([key, { value }]) => `${key} ${percent(value)}`).join('; ')}`];
  });
  const note =
    "lm-evaluation-harness's own readings and other metrics of the same answers, in percent as well:";
  const parts = [table, ...groupLines(results), ...passLines(results), ...skippedLines(results)];
  return [...parts, ...(harness.length > 0 ? [`${note}\n${harness.join('\n')}`] : [])].join('\n\n');
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
