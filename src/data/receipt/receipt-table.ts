/** A part of a receipt as text. */
export interface ReceiptTable {
  /** What it shows, whatever its title says. */
  readonly part:
    | 'sources'
    | 'account'
    | 'answers'
    | 'named'
    | 'screen'
    | 'found'
    | 'duplicates'
    | 'hits'
    | 'lengths'
    | 'files';
  readonly title: string;
  readonly head: readonly string[];
  /** As many cells as the head has. */
  readonly rows: readonly (readonly string[])[];
}
