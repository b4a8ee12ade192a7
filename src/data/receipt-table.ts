/** A part of a receipt as text. */
export interface ReceiptTable {
  readonly title: string;
  readonly head: readonly string[];
  /** As many cells as the head has. */
  readonly rows: readonly (readonly string[])[];
}
