/** What the data steps came to, as rows of text: the same in report.md and on the page. */
import { stopShare } from '../data/receipt-tables.ts';
import type { SourceReceipt } from '../data/stage.ts';
import { count } from '../text/counts.ts';
import type { Report } from './report.ts';
import type { TextTable } from './split-text.ts';

/** One row for each source of each data step. */
export function stageTable({ dataSteps }: Pick<Report, 'dataSteps'>): TextTable {
  return {
    head: [
      'Data step',
      'Arms',
      'Source',
      'Licence',
      'Rows',
      'Examples',
      'Supervised tokens',
      'Tokens',
      'Answers with a supervised stop',
      'Rows left out',
      'Rows cut',
    ],
    rows: dataSteps.flatMap(({ step, arms, receipt }) =>
      receipt.sources.map((source) => ({
        cells: [
          step,
          arms.join(', '),
          source.name,
          source.licence ?? 'not stated',
          count(source.rows),
          count(source.examples),
          count(source.supervisedTokens),
          count(source.tokens),
          stopShare([source]),
          count(leftOut(source)),
          count(source.truncated),
        ],
      })),
    ),
  };
}

function leftOut({ dropped }: SourceReceipt): number {
  return Object.values(dropped).reduce((sum, rows) => sum + rows, 0);
}

/** Every input file once. */
export function inputTable({ dataSteps }: Pick<Report, 'dataSteps'>): TextTable {
  const files = new Map(
    dataSteps
      .flatMap(({ receipt }) => receipt.sources)
      .flatMap((source) =>
        source.files.map((file) => [
          `${file.sha256} ${file.file}`,
          [source.name, file.file, source.licence ?? 'not stated', count(file.bytes), file.sha256],
        ]),
      ),
  );
  return {
    head: ['Source', 'File', 'Licence', 'Bytes', 'SHA-256'],
    rows: [...files.values()].map((cells) => ({ cells: cells as string[] })),
  };
}

export const STAGE_NOTE: string =
  'Rows are those of the source; what was left out or cut is counted over the rows that were looked at until the ' +
  'budget was reached. An answer with a supervised stop teaches the model to end.';
