import type { DifficultyData } from '../charts/difficulty-curves.ts';
import type { ForestData } from '../charts/forest-plot.ts';
import { percent, percentRange, pValue, signed, signedRange } from '../number-text.ts';
import type { Report } from '../report.ts';
import type { GapVerdict } from '../report-splits.ts';
import { armMarks, stepsOfArm } from './chart-data.ts';
import { stepHref } from './markup.ts';

const GAP_MARKS: Readonly<Record<GapVerdict, string>> = {
  more: '▲',
  less: '▼',
  'no difference shown': '=',
  'cannot tell': '?',
};

/** Gaps between a split and the test items, by split. */
export function gapForest(report: Report): ForestData {
  const marks = armMarks(report);
  return {
    title: 'Change on each split against the change on test items',
    band: report.rules.smallestEffect,
    sides: ['less than on test items', 'more than on test items'],
    rows: report.overfitting.gaps.map((row) => ({
      group: row.split,
      arm: marks.get(row.arm) ?? { name: row.arm, index: 0 },
      ...row.gap,
      sign: GAP_MARKS[row.verdict],
      note: row.floor.length > 0 ? `${row.verdict} †` : row.verdict,
      strong: row.verdict === 'more' || row.verdict === 'less',
      about: `${row.arm}, ${row.split}: ${signed(row.onSplit.value)} points there and ${signed(row.onTest.value)} on test items, a gap of ${signed(row.gap.value)} (95 % interval ${signedRange(row.gap)}, corrected p ${pValue(row.adjustedP)}): ${row.verdict}. ${row.because}${row.floor.length > 0 ? ` Biased by a floor: ${row.floor.join(', ')}.` : ''}`,
      href: stepHref(stepsOfArm(report, row.arm)),
    })),
  };
}

/** One panel a domain, in the order of the report. */
export function difficultyData(report: Report): DifficultyData {
  const marks = armMarks(report);
  const domains = [...new Set(report.difficulty.map((row) => row.domain))];
  return {
    title: 'Score by level of difficulty',
    arms: [...marks.values()],
    panels: domains.map((domain) => {
      const rows = report.difficulty.filter((row) => row.domain === domain);
      const levels = [...new Set(rows.map((row) => row.level))];
      return {
        name: domain,
        levels,
        chance: levels.map((level) => rows.find((row) => row.level === level)?.chance ?? 0),
        lines: [...marks.values()].map((arm) => ({
          arm,
          href: stepHref(stepsOfArm(report, arm.name)),
          points: rows
            .filter((row) => row.arm === arm.name)
            .map(({ level, score, tasks }) => ({
              place: levels.indexOf(level),
              value: score.value,
              low: score.low,
              high: score.high,
              about: `${arm.name}, ${domain}, level ${level}: ${percent(score.value)} % (95 % interval ${percentRange(score)}, ${score.n} items of ${tasks.join(', ')})`,
            })),
        })),
      };
    }),
  };
}
