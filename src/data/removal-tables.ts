/** Duplicates and contaminated rows of a receipt as tables of text. */
import { count } from '../text/counts.ts';
import { visible } from '../text/visible.ts';
import type { ReceiptTable } from './receipt-tables.ts';
import type { Removals } from './removals.ts';

/** Characters of each of the two texts of a hit. */
const LONGEST = 160;

/** None where nobody looked. */
export function removalTables({ duplicates, contamination }: Removals): ReceiptTable[] {
  const tables: ReceiptTable[] = [];
  if (duplicates) {
    tables.push(countTable('Duplicates', 'Kind', duplicates), {
      title: 'Duplicates with their texts',
      head: ['Row', 'Kind', 'Same as', 'Text'],
      rows: duplicates.hits.map((hit) => [
        `${hit.source} ${count(hit.row)}`,
        hit.kind,
        `${hit.of.source} ${count(hit.of.row)}`,
        shortened(hit.text),
      ]),
    });
  }
  if (contamination) {
    const names = contamination.against.join(', ');
    tables.push(
      countTable(`Rows that ask what a benchmark asks (looked for: ${names})`, 'Layer', contamination),
      {
        title: 'Contaminated rows with the matching texts',
        head: ['Row', 'Item', 'Layer', 'Overlap', 'Text of the row', 'Match in the item'],
        rows: contamination.hits.map((hit) => [
          `${hit.source} ${count(hit.row)}`,
          `${hit.benchmark} ${hit.item}`,
          hit.layer,
          `${(100 * hit.overlap).toFixed(0)} %`,
          shortened(hit.text),
          shortened(hit.match),
        ]),
      },
    );
  }
  return tables;
}

/** Zeros stay: that somebody looked and found nothing is worth a line. */
function countTable(
  title: string,
  what: string,
  {
    dropped,
    flagged = {},
  }: {
    readonly dropped: Readonly<Record<string, number>>;
    readonly flagged?: Readonly<Record<string, number>>;
  },
): ReceiptTable {
  const kinds = [...new Set([...Object.keys(dropped), ...Object.keys(flagged)])];
  return {
    title,
    head: [what, 'Left out', 'Marked and kept'],
    rows: kinds.map((kind) => [kind, count(dropped[kind] ?? 0), count(flagged[kind] ?? 0)]),
  };
}

function shortened(text: string): string {
  // What a file holds must do nothing to a terminal.
  const line = text.trim().split(/\s+/).map(visible).join(' ');
  return line.length > LONGEST ? `${line.slice(0, LONGEST)} …` : line;
}
