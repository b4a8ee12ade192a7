/** The rows that a receipt names, as a table of text. */
import { count, counted } from '../../text/counts.ts';
import { NAMED_KINDS, type NamedKind, type NamedRow, type NamedRows } from './named-rows.ts';
import type { ReceiptTable } from './receipt-table.ts';
import { DROP_WORDS } from './row-account.ts';
import { shortText } from './short-text.ts';

/** Rows of a kind that are shown; the receipt has more of them. */
const SHOWN = 3;

/** `sources`: receipts of an earlier version name no rows. */
export function namedRowTable(
  sources: readonly { readonly name: string; readonly named?: NamedRows }[],
): ReceiptTable {
  return {
    part: 'named',
    title: 'Rows left out, cut or short of answers, the first ones of those looked at',
    head: ['Source', 'Row', 'Where', 'Why'],
    rows: sources.flatMap(({ name, named = {} }) =>
      NAMED_KINDS.flatMap((kind) =>
        (named[kind] ?? [])
          .slice(0, SHOWN)
          .map((row) => [name, count(row.row), placeText(row), whyText(kind, row)]),
      ),
    ),
  };
}

function placeText({ file, line }: NamedRow): string {
  return line === undefined ? file : `${file}:${line}`;
}

function whyText(kind: NamedKind, { why, tokens = 0, answers = 0 }: NamedRow): string {
  if (kind === 'overlong') return `${DROP_WORDS[kind]}: ${counted(tokens, 'token')}`;
  if (kind === 'truncated') return `cut at the length of a packed row: ${counted(tokens, 'token')}`;
  if (kind === 'overlong-answer')
    return `${counted(answers, 'answer')} left out: too long with the conversation before, up to ${counted(tokens, 'token')}`;
  return shortText(why ?? DROP_WORDS[kind]);
}
