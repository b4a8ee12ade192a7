/** What the data steps came to, as rows of text: the same in report.md and on the page. */
import { stopShare } from '../data/receipt/receipt-tables.ts';
import { leftOutRows, leftOutText } from '../data/receipt/row-account.ts';
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
      'Used',
      'Passed over',
      'Not looked at',
      'Left out',
      'Why left out',
      'Examples',
      'Supervised tokens',
      'Tokens',
      'Answers with a supervised stop',
      'Examples cut',
    ],
    rows: dataSteps.flatMap(({ step, arms, receipt }) =>
      receipt.sources.map((source) => ({
        cells: [
          step,
          arms.join(', '),
          source.name,
          source.licence ?? 'not stated',
          count(source.rows),
          ...keptCells(source),
          count(leftOutRows(source)),
          leftOutText(source),
          count(source.examples),
          count(source.supervisedTokens),
          count(source.tokens),
          stopShare([source]),
          count(source.truncated),
        ],
      })),
    ),
  };
}

/** Empty for receipts of earlier versions, which do not say it. */
function keptCells({ kept }: SourceReceipt): string[] {
  return [kept?.used, kept?.passedOver, kept?.notReached].map((rows) =>
    rows === undefined ? '' : count(rows),
  );
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
  'Every row of a source is used, passed over (earlier stages have used it), not looked at (there were enough ' +
  'supervised tokens without it) or left out, once. Every row was looked at for an empty answer, a duplicate and items ' +
  'of benchmarks, for what is too long or faulty only until there were enough tokens. Examples and answers are those ' +
  'of the step. An answer with a supervised stop teaches the model to end.';
