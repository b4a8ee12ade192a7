/** The shapes that every statistic of this folder returns. All values are shares from 0 to 1 unless said otherwise. */

/** How an interval was made; printed beside it, because "95 %" alone says too little. */
export type IntervalMethod =
  /** Wilson's score interval: independent 0/1 values. */
  | 'wilson'
  /** Tango's score interval: independent pairs of 0/1 values. */
  | 'tango'
  /** Score interval for a mean on a bounded scale: independent values of any size, such as averages over seeds. */
  | 'score'
  /** Student's t over clusters of related items, with C - 1 degrees of freedom. */
  | 'clustered-t'
  /** Every cluster agreed, so the variance estimate is 0: a score interval that counts clusters as items. */
  | 'clusters-as-items'
  /** Combined from the intervals of independent parts (MOVER). */
  | 'combined'
  /** Student's t over test items and training seeds together. */
  | 'items-and-seeds'
  /** Percentiles of a seeded bootstrap. */
  | 'bootstrap';

/** An estimate with its standard error and 95 % interval (or the level the caller asked for). */
export interface Estimate {
  readonly value: number;
  /** Null where one observation gives no spread to estimate it from. */
  readonly stderr: number | null;
  readonly low: number;
  readonly high: number;
  readonly n: number;
  /** Number of clusters; equal to `n` when the items are independent. */
  readonly clusters: number;
  readonly method: IntervalMethod;
}

/** The level of every interval of a report unless a caller says otherwise. */
export const CONFIDENCE = 0.95;

/** An estimate without what an extension of it, such as a paired estimate's correlation, brings along. */
export function plainEstimate({ value, stderr, low, high, n, clusters, method }: Estimate): Estimate {
  return { value, stderr, low, high, n, clusters, method };
}
