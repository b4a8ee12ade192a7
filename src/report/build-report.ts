import { pairRows } from './arm-pairs.ts';
import { armTraining } from './arm-training.ts';
import { type BenchmarkRole, benchmarkRoles, substitutesOf } from './benchmark-roles.ts';
import { comparisonRow, scoreRow } from './benchmark-rows.ts';
import { answerOf, concludeFrom } from './conclusions.ts';
import { dataSteps } from './data-steps.ts';
import { difficultyRows } from './difficulty-rows.ts';
import { chanceIn, domainComparisons, domainScores, domainsOf } from './domain-rows.ts';
import { baseArm, type Panel, pairSamples } from './pair-samples.ts';
import type { Report, ReportArm, ReportBenchmark } from './report.ts';
import { addReportArms } from './report-arms.ts';
import type { ReportInput } from './report-input.ts';
import { RULES } from './rules.ts';
import { seenIds, seenRows } from './seen-items.ts';
import { overfittingOf } from './split-gaps.ts';
import { forgettingRows, formatRows, readingRows } from './stability-rows.ts';
import { transferRows } from './transfer-rows.ts';

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
  const roles = benchmarkRoles(panels.map(({ info }) => info));
  const benchmarks = panels.map((panel) => benchmarkRow(panel, roles.get(panel.info.name) as BenchmarkRole));
  const scores = panels.flatMap((panel) => arms.map((arm) => scoreRow(panel, arm)));
  const compared = panels.flatMap((panel) =>
    arms.filter((arm) => arm !== base).map((arm) => comparisonRow(panel, arm, base)),
  );
  const inDomain = <Row extends { readonly benchmark: string }>(rows: readonly Row[]) =>
    rows.filter((row) => roles.get(row.benchmark)?.inDomain);
  const comparisons = compared.map(({ row }) => row);
  const byDomain = domainScores(benchmarks, arms, scores);
  const atChance = chanceIn(byDomain, baseName);
  const evaluated = domainsOf(benchmarks).map(({ domain }) => domain);
  const trainingData = armTraining(facts, arms, evaluated);
  const domains = domainComparisons(benchmarks, arms, compared, atChance, trainingData);
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
    trainingData,
    dataSteps: dataSteps(facts.steps, arms, input.receipts ?? new Map()),
    seenItems: seenRows(facts, benchmarks, arms),
    benchmarks,
    substitutes: substitutesOf(roles),
    scores,
    comparisons,
    domainScores: byDomain,
    domainComparisons: domains,
    transfer: transferRows(benchmarks, arms, compared, domains, trainingData, atChance),
    forgetting: forgettingRows(arms, inDomain(comparisons), benchmarks, domains, byDomain),
    format: formatRows(
      panels.filter(({ info }) => roles.get(info.name)?.inDomain),
      arms,
      baseName,
    ),
    readings: readingRows(panels, arms),
    overfitting: overfittingOf({ benchmarks, arms, panels, compared, scores, seen: seenIds(facts) }),
    difficulty: difficultyRows(panels, benchmarks, arms),
    pairs: pairRows(panels, benchmarks, arms, byDomain),
    steps: facts.steps,
  };
  return { ...findings, answer: answerOf(findings), conclusions: concludeFrom(findings) };
}

function benchmarkRow({ info, ids, clusters }: Panel, role: BenchmarkRole): ReportBenchmark {
  return {
    name: info.name,
    title: info.title,
    domain: info.domain,
    chance: info.chance,
    metric: info.metric,
    items: ids.length,
    clusters: new Set(clusters).size,
    variantOf: info.variantOf ?? null,
    split: role.split,
    inDomain: role.inDomain,
  };
}
