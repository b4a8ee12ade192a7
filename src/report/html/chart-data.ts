import type { ForestData } from '../charts/forest-plot.ts';
import type { GainPoint } from '../charts/gain-forgetting.ts';
import type { LossLine } from '../charts/loss-curves.ts';
import type { ArmMark } from '../charts/marks.ts';
import type { OutcomeBar } from '../charts/outcome-bars.ts';
import type { ScoreData } from '../charts/score-plot.ts';
import { percent, percentRange, pValue, signed, signedRange } from '../number-text.ts';
import type { Report } from '../report.ts';
import { TRAINED_WORDS, verdictWords } from '../training-text.ts';
import { VERDICT_MARKS } from '../verdict-marks.ts';
import { stepHref } from './markup.ts';

/** Every arm with the colour and shape it keeps in all figures. */
export function armMarks(report: Report): Map<string, ArmMark> {
  return new Map(report.arms.map(({ name }, index) => [name, { name, index }]));
}

const markOf = (marks: ReadonlyMap<string, ArmMark>, name: string) => marks.get(name) ?? { name, index: 0 };

/** The steps that evaluated an arm, last seed last. */
export function stepsOfArm(report: Report, name: string): string[] {
  const arm = report.arms.find((candidate) => candidate.name === name);
  return arm?.runs.flatMap((run) => run.step ?? []) ?? [];
}

export function domainForest(report: Report): ForestData {
  const marks = armMarks(report);
  return {
    title: 'Difference to the base model by domain',
    band: report.rules.smallestEffect,
    rows: report.domainComparisons.map((row) => ({
      group: row.domain,
      arm: markOf(marks, row.arm),
      ...row.difference,
      sign: VERDICT_MARKS[row.verdict],
      note: verdictWords(row),
      strong: row.verdict === 'gain' || row.verdict === 'loss',
      about: `${row.arm}, ${row.domain}: ${signed(row.difference.value)} points, 95 % interval ${signedRange(row.difference)}, corrected p ${pValue(row.adjustedP)}, ${row.difference.n} items, trained here: ${TRAINED_WORDS[row.trained].replace('trained here', 'yes')}: ${verdictWords(row)}. ${row.because}`,
      href: stepHref(stepsOfArm(report, row.arm)),
    })),
  };
}

export function benchmarkScores(report: Report): ScoreData {
  const marks = armMarks(report);
  return {
    title: 'Scores by benchmark',
    arms: [...marks.values()],
    groups: report.benchmarks.map((benchmark) => ({
      name: benchmark.title,
      detail: `${benchmark.domain}, n ${benchmark.items}, ${benchmark.metric}`,
      chance: benchmark.chance,
      dots: report.scores
        .filter((row) => row.benchmark === benchmark.name)
        .map((row) => ({
          arm: markOf(marks, row.arm),
          value: row.score.value,
          low: row.score.low,
          high: row.score.high,
          about: `${row.arm}, ${benchmark.title}: ${percent(row.score.value)} % (95 % interval ${percentRange(row.score)})`,
          href: stepHref(row.steps),
        })),
    })),
  };
}

export function lossLines(report: Report): LossLine[] {
  const marks = armMarks(report);
  return report.arms.flatMap((arm) =>
    arm.runs.map((run) => ({
      arm: markOf(marks, arm.name),
      seed: run.seed,
      losses: run.losses,
      href: run.step === null ? null : stepHref([run.step]),
    })),
  );
}

export function outcomesOfArms(report: Report): OutcomeBar[] {
  return report.format.map((row) => ({
    arm: row.arm,
    outcomes: row.outcomes,
    href: stepHref(stepsOfArm(report, row.arm)),
  }));
}

/** Transfer gain against the guards; without guards nothing can be drawn. */
export function gainPoints(report: Report): GainPoint[] {
  const marks = armMarks(report);
  return report.transfer.flatMap(({ arm, difference }) => {
    const kept = report.forgetting.find((row) => row.arm === arm)?.guards;
    if (!difference || !kept) return [];
    return {
      arm: markOf(marks, arm),
      gain: difference,
      kept,
      about: `${arm}: domains not trained on ${signed(difference.value)} points (${signedRange(difference)}), guards ${signed(kept.value)} (${signedRange(kept)})`,
      href: stepHref(stepsOfArm(report, arm)),
    };
  });
}
