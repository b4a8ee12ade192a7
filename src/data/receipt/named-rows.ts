/** Rows that were left out or cut, by name: a number alone does not tell anybody which row to mend. */
import { cutText } from '../../text/cut-text.ts';
import type { DropReason } from '../formats/conversation.ts';
import type { FaultReason } from '../render/row-fault.ts';
import { FAULT_REASONS } from '../render/row-fault.ts';
import { receiptName } from '../sources/open-files.ts';
import type { SourceRow } from '../sources/row.ts';

export interface NamedRow {
  /** Number in the source, from 1. */
  readonly row: number;
  readonly file: string;
  /** Line of the file, from 1, where rows are lines. */
  readonly line?: number;
  /** Of faults: what is wrong with this very row. */
  readonly why?: string;
  /** Of rows that are too long: the tokens that the longest example has of those left out or cut. */
  readonly tokens?: number;
  /** Of rows that lose answers: how many. */
  readonly answers?: number;
}

/** What became of a row. */
export type NamedKind = DropReason | 'overlong' | 'truncated' | 'overlong-answer' | FaultReason;
export const NAMED_KINDS: readonly NamedKind[] = [
  'empty-answer',
  'empty-question',
  'overlong',
  'truncated',
  'overlong-answer',
  ...FAULT_REASONS,
];

/** Of each kind the rows with the lowest numbers. */
export type NamedRows = Partial<Record<NamedKind, readonly NamedRow[]>>;

/** Rows of a kind that are named, and characters of what is wrong with one. */
const MOST = 20;
const LONGEST = 300;

/** Notes a row. Rows are drawn in any order: the lowest numbers stay, so that equal drawings name equal rows. */
export function nameRow(
  rows: NamedRows,
  kind: NamedKind,
  { file, line }: SourceRow,
  row: number,
  details: { readonly why?: string; readonly tokens?: number; readonly answers?: number } = {},
): void {
  const known = rows[kind] ?? [];
  if (known.length === MOST && known.at(-1)!.row < row) return;
  const why = details.why === undefined ? {} : { why: cutText(details.why, LONGEST) };
  const place = { row, file: receiptName(file), ...(line === undefined ? {} : { line }) };
  rows[kind] = [...known, { ...place, ...details, ...why }].sort((a, b) => a.row - b.row).slice(0, MOST);
}

/** The kinds that there are, in their fixed order. */
export function namedRows(rows: NamedRows): NamedRows {
  return Object.fromEntries(NAMED_KINDS.flatMap((kind) => (rows[kind] ? [[kind, rows[kind]]] : [])));
}
