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

/** Every input file once, with all sources that it is of. */
export function inputTable({ dataSteps }: Pick<Report, 'dataSteps'>): TextTable {
  const files = new Map<string, { readonly names: Set<string>; readonly cells: readonly string[] }>();
  for (const { name, licence, files: own } of dataSteps.flatMap(({ receipt }) => receipt.sources)) {
    for (const { file, bytes, sha256 } of own) {
      const cells = [file, licence ?? 'not stated', count(bytes), sha256];
      const known = files.get(`${sha256} ${file}`) ?? { names: new Set(), cells };
      known.names.add(name);
      files.set(`${sha256} ${file}`, known);
    }
  }
  return {
    head: ['Source', 'File', 'Licence', 'Bytes', 'SHA-256'],
    rows: [...files.values()].map(({ names, cells }) => ({ cells: [[...names].join(', '), ...cells] })),
  };
}

export const STAGE_NOTE: string =
  'Rows are those of the source, of which each was looked at for an empty answer, a duplicate and items of benchmarks. ' +
  'What is too long, faulty or cut, and answers, are counted over the rows that were drawn until the budget was ' +
  'reached. An answer with a supervised stop teaches the model to end.';
