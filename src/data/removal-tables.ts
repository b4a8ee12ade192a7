/** Duplicates and contaminated rows of a receipt as tables of text. */
import { count } from '../text/counts.ts';
import type { ScreenReceipt } from './overlap/screen.ts';
import type { ReceiptTable } from './receipt-table.ts';
import { shortText } from './short-text.ts';

/** None where nobody looked. */
export function removalTables(
  sources: readonly { readonly name: string; readonly screen?: ScreenReceipt }[],
): ReceiptTable[] {
  const looked = sources.flatMap(({ name, screen }) => (screen ? [{ name, screen }] : []));
  return [
    {
      title: 'Duplicates, and rows that hold what a benchmark asks',
      head: [
        'Source',
        'Looked for',
        'Exact duplicates',
        'Near duplicates',
        'Contaminated, left out',
        'Found, kept',
      ],
      rows: looked.map(({ name, screen }) => [
        name,
        screen.against.length === 0 ? 'no benchmark' : screen.against.join(', '),
        count(screen.duplicates.exact),
        count(screen.duplicates.near),
        count(screen.contaminated),
        count(screen.flagged),
      ]),
    },
    {
      title: 'Rows in which something was found, by layer and by benchmark',
      head: ['Source', 'Layer or benchmark', 'Rows'],
      rows: looked.flatMap(({ name, screen: { layers, benchmarks } }) =>
        Object.entries({ ...layers, ...benchmarks })
          .filter(([, rows]) => rows > 0)
          .map(([what, rows]) => [name, what, count(rows)]),
      ),
    },
    {
      title: 'Duplicates left out, the first ones',
      head: ['Source', 'Row', 'Same as row'],
      rows: looked.flatMap(({ name, screen }) =>
        screen.duplicates.first.map(({ row, kept }) => [name, count(row), count(kept)]),
      ),
    },
    {
      title: 'What was found, the first ones with both texts',
      head: ['Source', 'Row', 'Item', 'Layer', 'Overlap', 'Text of the row', 'Match in the item'],
      rows: looked.flatMap(({ name, screen }) =>
        screen.hits.map(({ row, benchmark, item, layer, overlap, text, match }) => [
          name,
          count(row),
          `${benchmark} ${item}`,
          layer,
          `${(100 * overlap).toFixed(0)} %`,
          shortText(text),
          shortText(match),
        ]),
      ),
    },
  ];
}
