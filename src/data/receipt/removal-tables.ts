/** Duplicates and contaminated rows of a receipt as tables of text. */
import { count } from '../../text/counts.ts';
import type { ScreenReceipt } from '../overlap/screen.ts';
import type { ReceiptTable } from './receipt-table.ts';
import { acrossRows } from './receipt-text.ts';
import { shortText } from './short-text.ts';

/** None where nobody looked. */
export function removalTables(
  sources: readonly { readonly name: string; readonly screen?: ScreenReceipt }[],
): ReceiptTable[] {
  const looked = sources.flatMap(({ name, screen }) => (screen ? [{ name, screen }] : []));
  return [
    {
      part: 'screen',
      title: 'Duplicates, and rows that hold an item of a benchmark',
      head: [
        'Source',
        'Looked for',
        'Exact duplicates',
        'Near duplicates',
        'Of these in sources before',
        'Contaminated, left out',
        'Found, kept',
      ],
      rows: looked.map(({ name, screen }) => [
        name,
        screen.against.length === 0 ? 'no benchmark' : screen.against.join(', '),
        count(screen.duplicates.exact),
        count(screen.duplicates.near),
        acrossText(screen.duplicates),
        count(screen.contaminated),
        count(screen.flagged),
      ]),
    },
    {
      part: 'found',
      title: 'Rows in which something was found, by layer and by benchmark',
      head: ['Source', 'By', 'Layer or benchmark', 'Rows'],
      rows: looked.flatMap(({ name, screen: { layers, benchmarks } }) =>
        // A benchmark of the user's own may have the name of a layer.
        Object.entries({ layer: layers, benchmark: benchmarks }).flatMap(([by, rowsOf]) =>
          Object.entries(rowsOf)
            .filter(([, rows]) => rows > 0)
            .map(([what, rows]) => [name, by, what, count(rows)]),
        ),
      ),
    },
    {
      part: 'duplicates',
      title: 'Duplicates left out, the first ones',
      head: ['Source', 'Row', 'Same as row', 'Of'],
      rows: looked.flatMap(({ name, screen }) =>
        screen.duplicates.first.map(({ row, kept, source }) => [
          name,
          count(row),
          count(kept),
          source ?? name,
        ]),
      ),
    },
    {
      part: 'hits',
      title: 'What was found: of rows left out first, of each benchmark in turn, with both texts',
      head: ['Source', 'Row', 'Left out', 'Item', 'Layer', 'Overlap', 'Text of the row', 'Match in the item'],
      rows: looked.flatMap(({ name, screen }) =>
        screen.hits.map(({ row, fate, benchmark, item, layer, overlap, text, match }) => [
          name,
          count(row),
          fate === undefined ? '' : fate === 'dropped' ? 'yes' : 'no',
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

/** `13 (math 12, code 1)`; nothing where no source was before. */
export function acrossText({ across = {} }: ScreenReceipt['duplicates']): string {
  const by = Object.entries(across);
  if (by.length === 0) return '';
  const each = by.filter(([, rows]) => rows > 0).map(([source, rows]) => `${source} ${count(rows)}`);
  return `${count(acrossRows(across))}${each.length > 0 ? ` (${each.join(', ')})` : ''}`;
}
