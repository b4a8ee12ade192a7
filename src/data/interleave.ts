/** The order in which a stage on several sources sees their examples. */
import { steadyOrder } from './steady-order.ts';

/** The moment of the stage, 0 to 1, at which a list has given the share `part` (0 to 1) of its supervised tokens. */
export type Moments = (list: number, part: number) => number;

/**
 * Merges lists of examples so that every beginning of the result is close to the proportions asked for: each example is
 * due at the moment at which its middle belongs, and comes in the order of these moments (equal ones in the order of the
 * lists), and each list keeps its order. Left out, `moment` spreads every list evenly over the whole; where long rows
 * would break the shares of a long beginning then, examples change places within a small window (`steadyOrder`). `at`:
 * the moment, 0 to 1.
 *
 * An example's moment depends on its own list alone. When examples have at most m supervised tokens, a list is never
 * further than m / 2 from what it should have given at the moment reached; so with k lists in constant shares never
 * further than (k - 1) m / 2 from its share of all tokens given.
 */
export function interleave<Item extends { readonly learns: number; readonly epoch?: number }>(
  lists: readonly (readonly Item[])[],
  moment?: Moments,
): { readonly list: number; readonly item: Item; readonly at: number }[] {
  const due = lists.flatMap((items, list) => {
    const total = items.reduce((sum, item) => sum + item.learns, 0);
    let given = 0;
    let at = 0;
    return items.map((item) => {
      // The last bit of a moment must not turn two examples of a list round.
      const part = (given + item.learns / 2) / total;
      at = Math.max(at, moment ? moment(list, part) : part);
      given += item.learns;
      return { list, item, at };
    });
  });
  // The sort is stable: equal moments stay in the order of the list.
  due.sort((a, b) => a.at - b.at || a.list - b.list);
  if (moment) return due;
  const order = steadyOrder({
    items: due.length,
    sources: lists.length,
    addTo: (given, place) => {
      const { list, item } = due[place]!;
      given[list]! += item.learns;
    },
    mayPass: (later, earlier) =>
      due[later]!.list !== due[earlier]!.list || due[later]!.item.epoch === due[earlier]!.item.epoch,
  });
  return order.map((place) => due[place]!);
}
