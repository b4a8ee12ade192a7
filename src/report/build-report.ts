import { comparisonRow, scoreRow } from './benchmark-rows.ts';
import { answerOf, concludeFrom } from './conclusions.ts';
import { domainComparisons, domainScores, transferRows } from './domain-rows.ts';
import { baseArm, pairSamples } from './pair-samples.ts';
import type { Report, ReportArm, ReportBenchmark } from './report.ts';
import { addReportArms } from './report-arms.ts';
import type { ReportInput } from './report-input.ts';
import { RULES } from './rules.ts';
import { forgettingRows, formatRows, readingRows } from './stability-rows.ts';

/**
 * Makes the report of a run from its facts and stored samples. Pure: the same input gives the same report, and a
 * report can be made again at any time without a model.
 * @throws UserError when samples are missing, extra or doubled in an arm, or nothing could be scored.
 */
export function buildReport(input: ReportInput): Report {
  const { facts } = input;
  const arms = addReportArms(facts);
  const panels = pairSamples(input);
  const baseName = baseArm(facts.arms).name;
  const base = arms.find((arm) => arm.name === baseName) as ReportArm;
  const benchmarks: ReportBenchmark[] = panels.map(({ info, ids, clusters }) => ({
    name: info.name,
    title: info.title,
    domain: info.domain,
    chance: info.chance,
    metric: info.metric,
    items: ids.length,
    clusters: new Set(clusters).size,
  }));
  const scores = panels.flatMap((panel) => arms.map((arm) => scoreRow(panel, arm)));
  const compared = panels.flatMap((panel) =>
    arms.filter((arm) => arm !== base).map((arm) => comparisonRow(panel, arm, base)),
  );
  const comparisons = compared.map(({ row }) => row);
  const byDomain = domainScores(benchmarks, arms, scores);
  const domains = domainComparisons(benchmarks, arms, compared, byDomain, baseName);
  const findings = {
    version: 1 as const,
    study: facts.study,
    model: facts.model,
    seeds: facts.seeds,
    matched: facts.matched,
    training: facts.training,
    evaluation: facts.evaluation,
    rules: RULES,
    arms,
    benchmarks,
    scores,
    comparisons,
    domainScores: byDomain,
    domainComparisons: domains,
    transfer: transferRows(benchmarks, arms, compared, domains, baseName),
    forgetting: forgettingRows(arms, comparisons, domains, byDomain, baseName),
    format: formatRows(panels, arms, baseName),
    readings: readingRows(panels, arms),
    steps: facts.steps,
  };
  return { ...findings, answer: answerOf(findings), conclusions: concludeFrom(findings) };
}
