/** The order in which a stage on several sources sees their examples. */

/** The moment of the stage, 0 to 1, at which a list has given the share `part` (0 to 1) of its supervised tokens. */
export type Moments = (list: number, part: number) => number;

/**
 * Merges lists of examples so that every beginning of the result is close to the proportions asked for: each example is
 * due at the moment at which its middle belongs, and comes in the order of these moments (equal ones in the order of the
 * lists). Each list keeps its order. Left out, `moment` spreads every list evenly over the whole. `at`: the moment, 0 to 1.
 *
 * An example's moment depends on its own list alone. When examples have at most m supervised tokens, a list is never
 * further than m / 2 from what it should have given at the moment reached; so with k lists in constant shares never
 * further than (k - 1) m / 2 from its share of all tokens given.
 */
export function interleave<Item extends { readonly learns: number }>(
  lists: readonly (readonly Item[])[],
  moment: Moments = (_, part) => part,
): { readonly list: number; readonly item: Item; readonly at: number }[] {
  const due = lists.flatMap((items, list) => {
    const total = items.reduce((sum, item) => sum + item.learns, 0);
    let given = 0;
    let at = 0;
    return items.map((item) => {
      // The last bit of a moment must not turn two examples of a list round.
      at = Math.max(at, moment(list, (given + item.learns / 2) / total));
      given += item.learns;
      return { list, item, at };
    });
  });
  // The sort is stable: equal moments stay in the order of the list.
  return due.sort((a, b) => a.at - b.at || a.list - b.list);
}
