/** A receipt as text for the terminal. */
import { textTable } from '../../text/text-table.ts';
import type { DataReceipt } from '../stage.ts';
import type { ReceiptTable } from './receipt-table.ts';
import { type ReceiptHints, receiptFacts, receiptTables } from './receipt-tables.ts';

/** Lines of the whole receipt. `title`: the step's id, or the source. */
export function receiptReport(title: string, receipt: DataReceipt, hints?: ReceiptHints): string[] {
  return [
    title,
    ...textTable(receiptFacts(receipt, hints)).map((line) => `  ${line}`),
    ...receiptTables(receipt).flatMap(tableLines),
  ];
}

/** Columns of numbers end below each other. */
function tableLines({ title, head, rows }: ReceiptTable): string[] {
  const right = new Set(
    [...head.keys()].filter((column) => rows.every((row) => /^[\d.,]+( %)?$/.test(row[column] ?? ''))),
  );
  return ['', title, ...textTable([head, ...rows], right).map((line) => `  ${line}`)];
}
