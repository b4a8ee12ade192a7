import { markdownTable } from './markdown-table.ts';
import type { Report } from './report.ts';
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
  type TextTable,
} from './split-text.ts';
import { SEEN_NOTE, seenTable } from './training-text.ts';

/** Sections of report.md about variants, difficulty and pairs of arms; none where there is nothing to say. */
export function splitSections(report: Report): string[] {
  const { gaps, untold, fitGaps } = report.overfitting;
  const seen = seenTable(report);
  return [
    ...(gaps.length + untold.length > 0
      ? [
          '## Overfitting',
          ...list(overfitSentences(report)),
          ...(gaps.length > 0 ? [table(gapTable(report)), GAP_NOTE] : []),
          ...list(gapRemarks(report)),
          ...(seen ? [table(seen), SEEN_NOTE] : []),
          ...(fitGaps.length > 0 ? [table(fitTable(report)), FIT_NOTE] : []),
        ]
      : []),
    ...(report.difficulty.length > 0
      ? ['## Score by difficulty', table(levelTable(report)), LEVEL_NOTE]
      : []),
    ...(report.pairs.length > 0 ? ['## Two arms told apart'] : []),
    ...report.pairs.flatMap((pair) => [pairSentence(pair), table(pairTable(pair)), pairNote(pair)]),
  ];
}

const table = ({ head, rows }: TextTable) =>
  markdownTable(
    head,
    rows.map(({ cells }) => cells),
  );

const list = (sentences: readonly string[]) =>
  sentences.length > 0 ? [sentences.map((sentence) => `- ${sentence}`).join('\n')] : [];
