/** An order of packed rows in which every beginning holds about the sources' proportions of the whole. */
import { sumOf } from '../sum-of.ts';

/**
 * Orders rows: next comes the one after which the amounts given are nearest (least squares) to the proportions of all
 * rows together; equal ones in their order. `amounts`: of each row what it holds of each source, all of one length.
 * Returns the rows' indexes. Packing puts long examples together with what fills up the rest, so rows as they are packed
 * differ in their sources from first to last.
 */
export function evenOrder(amounts: readonly (readonly number[])[]): number[] {
  const sources = amounts[0]?.length ?? 0;
  const totals = Array.from({ length: sources }, (_, source) => sumOf(amounts.map((row) => row[source]!)));
  const whole = sumOf(totals);
  const given = totals.map(() => 0);
  const left = new Set(amounts.keys());
  const order: number[] = [];
  while (left.size > 0) {
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (const row of left) {
      const after = given.map((amount, source) => amount + amounts[row]![source]!);
      const all = sumOf(after);
      const distance = sumOf(after.map((amount, source) => (amount - (all * totals[source]!) / whole) ** 2));
      if (distance < least) {
        least = distance;
        best = row;
      }
    }
    left.delete(best);
    order.push(best);
    for (const [source, amount] of amounts[best]!.entries()) given[source]! += amount;
  }
  return order;
}
