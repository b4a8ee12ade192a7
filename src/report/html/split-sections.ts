import { difficultyCurves } from '../charts/difficulty-curves.ts';
import { forestPlot } from '../charts/forest-plot.ts';
import type { Report } from '../report.ts';
import {
  FIT_NOTE,
  fitTable,
  GAP_NOTE,
  gapRemarks,
  gapTable,
  LEVEL_NOTE,
  levelTable,
  overfitSentences,
  pairNote,
  pairSentence,
  pairTable,
} from '../split-text.ts';
import { SEEN_NOTE, seenTable } from '../training-text.ts';
import { bothWidths, safe, section, sentences } from './markup.ts';
import { difficultyData, gapForest } from './split-charts.ts';
import { note, textTable as table } from './text-table.ts';

/** Changes on variants against changes on test items. Empty when no variant was evaluated beside its test items. */
export function overfittingSection(report: Report): string {
  const { gaps, untold, fitGaps } = report.overfitting;
  if (gaps.length + untold.length === 0) return '';
  const seen = seenTable(report);
  const remarks = gapRemarks(report);
  const figure = bothWidths(
    (width) => forestPlot(gapForest(report), { width }),
    `How much more each arm changed on the split than on the test items of the same tasks, with its 95 % interval. Shaded: gaps below ${(100 * report.rules.smallestEffect).toFixed(0)} points. ▲ more, ▼ less, = no difference shown, ? cannot tell, † biased by a floor. Held equal: ${report.matched.sentence}`,
  );
  const fit =
    fitGaps.length > 0
      ? `<h3>Fit gap</h3>${table('Fit gap, in points', fitTable(report))}${note(FIT_NOTE)}`
      : '';
  return section(
    'overfitting',
    'Overfitting',
    report.overfitting.arms.length > 0 ? sentences(overfitSentences(report), '') : '',
    ...(gaps.length > 0
      ? [
          figure,
          `<details><summary>The numbers</summary>${table('Changes against base by split, in points', gapTable(report))}</details>${note(GAP_NOTE)}`,
        ]
      : []),
    remarks.length > 0 ? sentences(remarks, '') : '',
    seen
      ? `<details><summary>Items of which the arm saw the training problem</summary>${table('Items of which the arm saw the training problem', seen)}${note(SEEN_NOTE)}</details>`
      : '',
    fit,
  );
}

/** Empty when no sample says its level. */
export function difficultySection(report: Report): string {
  if (report.difficulty.length === 0) return '';
  const figure = bothWidths(
    (width) => difficultyCurves(difficultyData(report), { width }),
    `Score by level with its 95 % interval. ${LEVEL_NOTE} Held equal: ${report.matched.sentence}`,
  );
  return section(
    'difficulty',
    'Score by difficulty',
    figure,
    `<details><summary>The numbers</summary>${table('Score by level of difficulty, % (95 % interval)', levelTable(report))}</details>`,
  );
}

/** Empty when no two arms are to be told apart. */
export function pairSection(report: Report): string {
  if (report.pairs.length === 0) return '';
  const parts = report.pairs.map(
    (pair) =>
      `<p><b>${safe(pairSentence(pair))}</b></p>${table(`${pair.second} against ${pair.first}, in points`, pairTable(pair))}${note(pairNote(pair))}`,
  );
  return section('pairs', 'Two arms told apart', ...parts);
}
