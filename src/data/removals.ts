/**
 * What a stage left out, or marked, because another row or a benchmark says it already. Both parts are absent in the
 * receipt of a stage in which nobody looked.
 */

/** Rows that say what an earlier one says. */
export interface DuplicateReceipt {
  /** Rows left out by kind, such as `exact` and `near`. */
  readonly dropped: Readonly<Record<string, number>>;
  /** Rows marked and kept, by kind. */
  readonly flagged?: Readonly<Record<string, number>>;
  /** The first of them, and the row that is kept in its place. */
  readonly hits: readonly DuplicateHit[];
}

export interface DuplicateHit {
  readonly source: string;
  readonly row: number;
  readonly kind: string;
  readonly of: { readonly source: string; readonly row: number };
  readonly text: string;
}

/** Rows that ask what an item of a benchmark asks. */
export interface ContaminationReceipt {
  /** Names of the benchmarks that were looked for. */
  readonly against: readonly string[];
  /** Rows left out by layer. */
  readonly dropped: Readonly<Record<string, number>>;
  /** Rows marked and kept, by layer. */
  readonly flagged?: Readonly<Record<string, number>>;
  readonly hits: readonly ContaminationHit[];
}

export interface ContaminationHit {
  readonly source: string;
  readonly row: number;
  readonly benchmark: string;
  readonly item: string;
  readonly layer: string;
  /** Share of the item that the row holds, 0 to 1. */
  readonly overlap: number;
  /** Of the row, and what it matches in the item. */
  readonly text: string;
  readonly match: string;
}

export interface Removals {
  readonly duplicates?: DuplicateReceipt;
  readonly contamination?: ContaminationReceipt;
}
