/** What became of every row: the receipts of the data steps, with a few rows as they were trained. */
import type { ShownDocument } from '../../data/inspect/shown-row.ts';
import type { ReceiptTable } from '../../data/receipt/receipt-table.ts';
import { receiptFacts, receiptTables } from '../../data/receipt/receipt-tables.ts';
import { count, counted } from '../../text/counts.ts';
import { lengthBars } from '../charts/length-bars.ts';
import type { ReportDataStep } from '../data-steps.ts';
import type { Report } from '../report.ts';
import { SCREENING_NOTE, screeningTable } from '../screening-text.ts';
import { inputTable, STAGE_NOTE, stageTable } from '../stage-text.ts';
import { bothWidths, safe, section, stepAnchor } from './markup.ts';
import { note, textTable } from './text-table.ts';
import { tokenLegend, tokenView } from './token-view.ts';

/** Rows to show, by the id of their data step. */
export type StageRows = ReadonlyMap<string, readonly ShownDocument[]>;

/** Empty for a run whose receipts are not at hand. */
export function stageSection(report: Report, rows: StageRows): string {
  if (report.dataSteps.length === 0) return '';
  const shown = firstShown(report.dataSteps, rows);
  const all = [...shown.values()].flat();
  const legend =
    all.length === 0 ? '' : tokenLegend(all.map((document) => ({ documents: [document], padding: 0 })));
  return section(
    'data-receipts',
    'What became of every row',
    textTable('Rows and supervised tokens of every data step, source by source', stageTable(report)),
    note(STAGE_NOTE),
    textTable('What was looked for in every source', screeningTable(report)),
    note(SCREENING_NOTE),
    textTable('Input files', inputTable(report)),
    legend === '' ? '' : `<details><summary>How to read rows of tokens</summary>${legend}</details>`,
    ...report.dataSteps.map((step) => stageDetails(step, shown.get(step.step) ?? [])),
  );
}

function stageDetails(
  { step, label, arms, receipt }: ReportDataStep,
  rows: readonly ShownDocument[],
): string {
  const facts = receiptFacts(receipt).map(
    ([term, text]) => `<div><dt>${safe(term)}</dt><dd>${safe(text)}</dd></div>`,
  );
  const lengths = bothWidths(
    (width) => lengthBars({ title: `Lengths of the examples of ${step}`, bins: receipt.lengths }, { width }),
    `Examples of ${step} by their length in tokens.`,
  );
  const used = arms.length === 0 ? '' : ` Trained on by ${arms.join(', ')}.`;
  const views = rows.map((row) =>
    tokenView({ documents: [row], padding: 0 }, `${row.source} row ${count(row.row)}`),
  );
  const sample =
    views.length === 0
      ? ''
      : `<h3>${counted(views.length, 'row')} of this step, as trained</h3>${views.join('')}`;
  return `<details><summary>${safe(step)}: ${safe(label)}</summary><p>The step is <a href="#${stepAnchor(step)}">${safe(step)}</a>.${safe(used)}</p><dl>${facts.join('')}</dl>${lengths}${receiptTables(
    receipt,
  )
    .filter(isOwn)
    .map((table) => receiptTable(step, table))
    .join('')}${sample}</details>`;
}

/** The figure shows the lengths, and the section's head the files. */
const isOwn = ({ part }: ReceiptTable): boolean => part !== 'lengths' && part !== 'files';

function receiptTable(step: string, { title, head, rows }: ReceiptTable): string {
  return textTable(`${title} (${step})`, { head, rows: rows.map((cells) => ({ cells })) });
}

/** Steps of other seeds and arms draw rows that were shown before: each is shown once. */
function firstShown(steps: readonly ReportDataStep[], rows: StageRows): Map<string, ShownDocument[]> {
  const seen = new Set<string>();
  return new Map(
    steps.map(({ step }) => {
      const own = (rows.get(step) ?? []).filter(({ source, row, length }) => {
        const key = `${source} ${row} ${length}`;
        if (seen.has(key)) return false;
        seen.add(key);
        return true;
      });
      return [step, own];
    }),
  );
}
