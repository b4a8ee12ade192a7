import { count } from '../../text/counts.ts';
import { lossCurves } from '../charts/loss-curves.ts';
import { outcomeBars } from '../charts/outcome-bars.ts';
import { scorePlot } from '../charts/score-plot.ts';
import { comparisonNote, FORMAT_NOTE, READING_NOTE } from '../legends.ts';
import { percent, percentRange, pValue, signed, signedRange } from '../number-text.ts';
import type { Report } from '../report.ts';
import { benchmarkScores, lossLines, outcomesOfArms, stepsOfArm } from './chart-data.ts';
import { bothWidths, section, sortableTable, sourced } from './markup.ts';
import { note } from './text-table.ts';

export function scoreSection(report: Report): string {
  const figure = bothWidths(
    (width) => scorePlot(benchmarkScores(report), { width }),
    `Score of every arm with its 95 % interval. The dashed line is what guessing would score. Compare arms by the paired differences, not by whether these intervals overlap. Held equal: ${report.matched.sentence}`,
  );
  const table = sortableTable(
    'Difference to the base model by benchmark, in points',
    [
      'Benchmark',
      'Arm',
      'Score',
      'Difference',
      '95 % interval',
      'p',
      'n',
      'Won',
      'Lost',
      'Correlation',
      'Chance-corrected',
    ],
    report.comparisons.map((row) => {
      const score = report.scores.find((s) => s.benchmark === row.benchmark && s.arm === row.arm)?.score;
      const { value, correlation } = row.difference;
      return {
        arm: row.arm,
        cells: [
          row.benchmark,
          row.arm,
          { html: score ? percent(score.value) : '', order: score?.value ?? 0 },
          { html: sourced(report, signed(value), row.steps), order: value },
          { html: signedRange(row.difference), order: row.difference.low },
          { html: pValue(row.p).replace('<', '&lt;'), order: row.p },
          { html: count(row.difference.n), order: row.difference.n },
          { html: String(row.transitions.wrongToRight), order: row.transitions.wrongToRight },
          { html: String(row.transitions.rightToWrong), order: row.transitions.rightToWrong },
          {
            html: correlation === null ? 'none' : correlation.toFixed(2).replace('-', '−'),
            order: correlation ?? -2,
          },
          { html: signed(row.chanceCorrected), order: row.chanceCorrected },
        ],
      };
    }),
  );
  return section(
    'benchmarks',
    'Scores by benchmark',
    figure,
    `<details><summary>Differences by benchmark</summary>${table}${note(comparisonNote(report))}</details>`,
  );
}

export function formatSection(report: Report): string {
  if (!report.format.some((row) => row.readable)) return '';
  const figure = bothWidths(
    (width) =>
      outcomeBars({ title: 'Outcomes of generated answers', bars: outcomesOfArms(report) }, { width }),
    `What became of the generated answers. An answer that cannot be read, or was cut off, is no wrong answer. Held equal: ${report.matched.sentence}`,
  );
  const table = sortableTable(
    'Share of generated answers that could be read, %',
    ['Arm', 'Readable', '95 % interval', 'Against base', '95 % interval of the difference'],
    report.format.map((row) => ({
      arm: row.arm,
      cells: [
        row.arm,
        {
          html: row.readable ? sourced(report, percent(row.readable.value), stepsOfArm(report, row.arm)) : '',
          order: row.readable?.value ?? 0,
        },
        row.readable ? percentRange(row.readable) : '',
        { html: row.difference ? signed(row.difference.value) : '', order: row.difference?.value ?? 0 },
        row.difference ? signedRange(row.difference) : '',
      ],
    })),
  );
  return section('format', 'Answers that can be read', figure, table, note(FORMAT_NOTE), readings(report));
}

function readings(report: Report): string {
  const differing = report.readings.filter((row) => row.differs);
  if (differing.length === 0) return '';
  const table = sortableTable(
    'Where two readings of the same answers differ by more than their interval, %',
    ['Benchmark', 'Arm', 'As lm-evaluation-harness', 'As a careful reader', 'Difference', '95 % interval'],
    differing.map((row) => ({
      arm: row.arm,
      cells: [
        row.benchmark,
        row.arm,
        {
          html: sourced(report, percent(row.compatible), stepsOfArm(report, row.arm)),
          order: row.compatible,
        },
        { html: percent(row.corrected), order: row.corrected },
        { html: signed(row.difference.value), order: row.difference.value },
        signedRange(row.difference),
      ],
    })),
  );
  return `<h3>Two readings of an answer</h3>${table}${note(READING_NOTE)}`;
}

export function trainingSection(report: Report): string {
  const figure = bothWidths(
    (width) =>
      lossCurves(
        { title: 'Training loss', lines: lossLines(report) },
        { width, height: width > 500 ? 360 : 280 },
      ),
    `Mean loss of each optimizer step. ${report.training.sentence} Arms train on different data, so their losses do not compare as scores do.`,
  );
  return figure === '' ? '' : section('training', 'Training', figure);
}
