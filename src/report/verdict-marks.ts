import type { DomainComparison, Verdict } from './report.ts';

/** Marks that need no colour: a terminal or a printer may have none. */
export const VERDICT_MARKS: Readonly<Record<Verdict, string>> = {
  gain: '▲',
  loss: '▼',
  'no difference shown': '=',
  'cannot tell': '?',
};

/** △ and ▽ where the interval alone excludes 0 and the correction for all comparisons takes the verdict back. */
export function markOf({
  verdict,
  difference,
}: {
  readonly verdict: Verdict;
  readonly difference: Pick<DomainComparison['difference'], 'low' | 'high'>;
}): string {
  if (verdict === 'gain' || verdict === 'loss') return VERDICT_MARKS[verdict];
  if (difference.low > 0) return '△';
  return difference.high < 0 ? '▽' : VERDICT_MARKS[verdict];
}
