import { counted, listed } from '../text/counts.ts';
import { signed, signedRange } from './number-text.ts';
import type { DomainComparison, Report } from './report.ts';
import type { Trained } from './report-training.ts';
import { findingLines } from './summary-lines.ts';
import { pretrainingSentences } from './training-text.ts';
import { markOf } from './verdict-marks.ts';

const TRAINED_MARKS: Readonly<Record<Trained, string>> = { yes: ' *', no: '', unknown: ' ~' };

/** What `carryover run` and `carryover report` print at the end: the answer and a table of arms and domains. */
export function summariseReport(report: Report): string {
  const arms = report.arms.filter((arm) => !arm.isBase).map((arm) => arm.name);
  const domains = [...new Set(report.domainComparisons.map((row) => row.domain))];
  const cell = (row: DomainComparison | undefined) =>
    row
      ? `${signed(row.difference.value)} (${signedRange(row.difference)}) ${markOf(row)}${TRAINED_MARKS[row.trained]}`
      : '';
  const table = [
    ['', ...arms],
    ...domains.map((domain) => [
      domain,
      ...arms.map((arm) =>
        cell(report.domainComparisons.find((row) => row.domain === domain && row.arm === arm)),
      ),
    ]),
  ];
  const n = report.benchmarks.reduce((sum, benchmark) => sum + benchmark.items, 0);
  const errors = report.scores.reduce((sum, row) => sum + row.outcomes.error, 0);
  return [
    report.answer,
    '',
    ...(arms.length === 0
      ? []
      : [
          'Difference to the base model in points (95 % interval over items)',
          ...aligned(table),
          '',
          '▲ gain   ▼ loss   △ ▽ not after correction for all comparisons   = no difference shown   ? cannot tell',
          '* trained here   ~ unknown whether trained here',
          '',
          ...findingLines(report),
          ...pretrainingSentences(report),
        ]),
    `${counted(report.benchmarks.length, 'benchmark')}, ${counted(n, 'item')} for each arm; ${report.seeds.length === 1 ? 'one training seed: the noise of training is unknown' : `training seeds ${listed(report.seeds.map(String))}`}`,
    `Held equal: ${report.matched.sentence}`,
    ...(errors === 0
      ? []
      : [
          `${counted(errors, 'answer')} ended in an error: left out, not counted as wrong; the samples say why.`,
          'To ask for them anew, delete those files in evaluations/*/samples and run the study again.',
        ]),
  ].join('\n');
}

/** Pads columns to equal width; two spaces between them. Every character used is one column wide. */
function aligned(table: readonly (readonly string[])[]): string[] {
  const widths = (table[0] ?? []).map((_, c) => Math.max(...table.map((row) => [...(row[c] ?? '')].length)));
  return table.map((row) =>
    row
      .map((text, c) => text + ' '.repeat((widths[c] as number) - [...text].length))
      .join('  ')
      .trimEnd(),
  );
}
