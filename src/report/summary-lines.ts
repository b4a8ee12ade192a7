import { listed } from '../text/counts.ts';
import { seedsExplain } from './conclusions.ts';
import { signed } from './number-text.ts';
import type { DomainComparison, Report } from './report.ts';
import { pairSentence } from './split-text.ts';

/** One line each: what carried over, what was learned, what was forgotten, what cannot be told, overfit or not, two arms told apart. */
export function findingLines(report: Report): string[] {
  if (report.arms.every((arm) => arm.isBase)) return [];
  const reasoning = report.domainComparisons.filter((row) => row.role !== 'guards');
  const named = (rows: readonly DomainComparison[]) =>
    listed(
      rows.map((row) => {
        const luck = seedsExplain(row, report.seeds.length) ? ', which its few seeds could explain' : '';
        return `${row.arm} in ${row.domain} (${signed(row.difference.value)}${luck})`;
      }),
    );
  const losses = reasoning.filter((row) => row.verdict === 'loss');
  const gains = reasoning.filter((row) => row.verdict === 'gain');
  const carried = gains.filter((row) => row.role === 'transfer');
  const doubt = carried.filter((row) => row.trained === 'unknown').length;
  const learned = gains.filter((row) => row.role === 'source');
  const note =
    doubt > 0
      ? `; ${doubt === carried.length ? '' : `in ${doubt} of these `}whether it was trained there is unknown`
      : '';
  return [
    `Carried over: ${carried.length > 0 ? named(carried) + note : 'nothing that this run shows'}.`,
    `Learned where trained: ${learned.length > 0 ? named(learned) : 'nothing that this run shows'}.`,
    `Forgotten: ${forgotten(report, losses)}.`,
    ...uncorrectedFalls(report),
    `Cannot tell: ${open(report)}.`,
    ...(report.overfitting.arms.length > 0 ? [`Overfit: ${overfit(report)}.`] : []),
    ...report.pairs.map((pair) => `Told apart: ${pairSentence(pair)}`),
  ];
}

/** What was lost on the guards and in the reasoning domains, and for whom it is open. */
function forgotten(report: Report, losses: readonly DomainComparison[]): string {
  const lost = [
    ...report.forgetting
      .filter((row) => row.verdict === 'lost')
      .map((row) => `${row.arm} on the guards (${signed(row.guards?.value ?? 0)})`),
    ...losses.map((row) => `${row.arm} in ${row.domain} (${signed(row.difference.value)})`),
  ];
  const by = (verdict: string) =>
    report.forgetting.filter((row) => row.verdict === verdict).map((row) => row.arm);
  const [kept, unclear] = [by('kept'), by('cannot tell')];
  return [
    lost.length > 0 ? listed(lost) : 'nothing that this run shows',
    ...(kept.length > 0 ? [`kept by ${listed(kept)}`] : []),
    ...(unclear.length > 0 ? [`cannot tell on the guards for ${listed(unclear)}`] : []),
  ].join('; ');
}

/** Guards that fell for an arm beyond their interval, where no verdict speaks of it: worth a larger test, no finding. */
function uncorrectedFalls(report: Report): string[] {
  const guards = report.benchmarks.filter(({ domain, inDomain }) => domain === 'guards' && inDomain);
  const falls = guards.flatMap(({ name }) => {
    const rows = report.comparisons.filter((row) => row.benchmark === name && row.difference.high < 0);
    if (rows.length === 0) return [];
    const arms = rows.map((row) => `${row.arm} (${signed(row.difference.value)})`);
    return `${name} for ${listed(arms)}`;
  });
  return falls.length === 0
    ? []
    : [
        `Before any correction single guards fell: ${falls.join('; ')}. That is no finding, but worth more items.`,
      ];
}

/** Domains that are open, each with its arms. */
function open(report: Report): string {
  const rows = report.domainComparisons.filter(
    (row) => row.verdict === 'cannot tell' && row.domain !== 'guards',
  );
  if (rows.length === 0) return 'nothing in the reasoning domains';
  const trained = report.arms.length - 1;
  const domains = [...new Set(rows.map((row) => row.domain))].map((domain) => {
    const arms = rows.filter((row) => row.domain === domain).map((row) => row.arm);
    return arms.length === trained ? `${domain} (all arms)` : `${domain} (${arms.join(', ')})`;
  });
  return domains.join('; ');
}

function overfit(report: Report): string {
  const by = (verdict: string) =>
    report.overfitting.arms.filter((row) => row.verdict === verdict).map((row) => row.arm);
  const parts = ['overfit', 'no overfitting shown', 'cannot tell'].flatMap((verdict) => {
    const arms = by(verdict);
    if (arms.length === 0) return [];
    if (verdict === 'overfit') return listed(arms);
    return verdict === 'cannot tell' ? `cannot tell for ${listed(arms)}` : `not shown for ${listed(arms)}`;
  });
  return parts.join('; ');
}
