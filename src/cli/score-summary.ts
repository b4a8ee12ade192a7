/** What `carryover score` says of all rows together: outcomes, every reading's mean with its interval, pass@k. */
import { type Judged, type MetricSummary, summarise } from '../evaluation/results.ts';
import { percent, percentRange } from '../report/number-text.ts';
import { OUTCOMES, type Outcome, type Score } from '../scoring/score.ts';
import type { ScoringTask } from '../scoring/tasks.ts';
import { counted } from '../text/counts.ts';
import { textTable } from '../text/text-table.ts';

/** A scored row: what problem it answers, and how that problem's reference reads. */
export interface ScoredRow {
  /** The row's `id` as text; without one the row's number, so that it stands alone. */
  readonly id: string;
  /** Equal for equal references: equal ids with unequal references are not answers to one problem. */
  readonly target: string;
  readonly score: Pick<Score, 'value' | 'outcome' | 'readings' | 'weights'>;
}

export interface ScoreSummary {
  readonly task: string;
  readonly n: number;
  /** Answers to each problem where rows share ids; problems may differ in how many they have. */
  readonly problems: number;
  /**
   * The corrected reading's mean over the problems, each with the mean of its answers that could be judged; null when
   * none could.
   */
  readonly value: number | null;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** As in results.json: plain names are the corrected reading, names with a comma lm-evaluation-harness's. */
  readonly metrics: Readonly<Record<string, MetricSummary>>;
  /** The first id that stands for two references; there is no pass@k then. */
  readonly ambiguous?: string;
}

/** Answers that share id and reference are one cluster for the intervals. */
export function summariseScores(
  { name, metric }: Pick<ScoringTask, 'name' | 'metric'>,
  rows: readonly ScoredRow[],
): ScoreSummary {
  const targets = new Map<string, string>();
  const ambiguous = rows.find(({ id, target }) => {
    const known = targets.get(id);
    targets.set(id, known ?? target);
    return known !== undefined && known !== target;
  })?.id;
  const problems = new Set(rows.map(({ id, target }) => `${id}\n${target}`)).size;
  const drawn = ambiguous === undefined && problems < rows.length;
  const judged = rows.map(
    ({ id, target, score }, index): Judged => ({
      ...score,
      id: `${id}#${index}`,
      cluster: `${id}\n${target}`,
      ...(drawn ? { item: id } : {}),
    }),
  );
  const { n, outcomes, metrics } = summarise({ metric }, judged);
  return {
    task: name,
    n,
    problems,
    value: metrics[metric]?.value ?? null,
    outcomes,
    metrics,
    ...(ambiguous === undefined ? {} : { ambiguous }),
  };
}

/** Lines for people. */
export function showScores({ n, problems, outcomes, metrics, ambiguous }: ScoreSummary): string {
  const counts = OUTCOMES.filter((outcome) => outcomes[outcome] > 0).map(
    (outcome) => `${outcomes[outcome]} ${outcome.replace('_', ' ')}`,
  );
  const to = problems < n ? ` to ${counted(problems, 'problem')}` : '';
  const lines = [`${counted(n, 'answer')}${to}: ${counts.join(', ')}`];
  const table = Object.entries(metrics).map(([key, metric]) => [
    `  ${key}`,
    percent(metric.value),
    percentRange(metric),
    readingOf(key),
  ]);
  if (table.length > 0)
    lines.push(...textTable([['  metric', 'score', '95 % interval', 'reading'], ...table], new Set([1])));
  if (table.length > 0) lines.push('  in percent');
  if (outcomes.error > 0)
    lines.push(
      n === outcomes.error
        ? 'No answer could be judged, so there is no score.'
        : `Over ${counted(n - outcomes.error, 'answer')}: ${outcomes.error} could not be judged (error) and ${outcomes.error === 1 ? 'is' : 'are'} left out.`,
    );
  if (ambiguous !== undefined)
    lines.push(
      `No pass@k: the id ${ambiguous} stands for different references. Rows that share id and target are answers to one problem.`,
    );
  return lines.join('\n');
}

function readingOf(key: string): string {
  if (/^pass@\d+$/.test(key) && key !== 'pass@1') return 'at least one of k answers correct';
  return key.includes(',') ? "lm-evaluation-harness's" : 'corrected';
}
