/** Groups of benchmarks in `results.json`: the mean over the items of all members, as lm-evaluation-harness reports it. */
import { GROUPS } from '../benchmarks/groups.ts';
import { OUTCOMES, type Outcome } from '../scoring/score.ts';
import { pooledMean } from '../stats/pooled-mean.ts';
import type { BenchmarkSummary, MetricSummary } from './results.ts';

/** The groups all of whose members are among `benchmarks`, by name. Metrics are those that every member has. */
export function groupSummaries(
  benchmarks: Readonly<Record<string, BenchmarkSummary>>,
): Readonly<Record<string, BenchmarkSummary>> {
  const complete = Object.entries(GROUPS).filter(([, members]) =>
    members.every((name) => Object.hasOwn(benchmarks, name)),
  );
  return Object.fromEntries(
    complete.map(([group, members]) => [group, summary(members.map((name) => benchmarks[name]!))]),
  );
}

function summary(members: readonly BenchmarkSummary[]): BenchmarkSummary {
  const count = (of: (member: BenchmarkSummary) => number): number =>
    members.reduce((sum, member) => sum + of(member), 0);
  const outcomes = Object.fromEntries(
    OUTCOMES.map((outcome) => [outcome, count((member) => member.outcomes[outcome])]),
  ) as Record<Outcome, number>;
  // A member all of whose items ended in errors has no metrics: the group then has none either.
  const shared = Object.keys(members[0]!.metrics).filter((name) =>
    members.every(({ metrics }) => Object.hasOwn(metrics, name)),
  );
  const metrics = shared.map((name): [string, MetricSummary] => [
    name,
    pooledMean(
      members.map(({ n, outcomes: its, metrics: { [name]: metric } }) => ({
        n: n - its.error,
        value: metric!.value,
        stderr: metric!.stderr,
      })),
    ),
  ]);
  const cut_prompts = count((member) => member.cut_prompts ?? 0);
  return { n: count(({ n }) => n), cut_prompts, metrics: Object.fromEntries(metrics), outcomes };
}
