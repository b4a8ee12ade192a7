/** The order in which a stage on several sources sees their examples. */

/**
 * Merges lists of examples so that every beginning of the result is close to the sources' proportions of supervised
 * tokens: the next example comes from the list that is furthest behind its share. Each list keeps its order. With k
 * lists and examples of at most m supervised tokens, no list is ever more than m ahead or (k - 1) m behind.
 */
export function interleave<Item extends { readonly learns: number }>(
  lists: readonly (readonly Item[])[],
): { readonly list: number; readonly item: Item }[] {
  const totals = lists.map((list) => list.reduce((sum, item) => sum + item.learns, 0));
  const whole = totals.reduce((sum, total) => sum + total, 0);
  const taken = lists.map(() => 0);
  const next = lists.map(() => 0);
  const merged: { list: number; item: Item }[] = [];
  let sum = 0;
  for (;;) {
    let behind = -1;
    let most = Number.NEGATIVE_INFINITY;
    for (const [list, items] of lists.entries()) {
      if (next[list]! >= items.length) continue;
      const deficit = (totals[list]! / whole) * sum - taken[list]!;
      if (deficit > most) {
        most = deficit;
        behind = list;
      }
    }
    if (behind < 0) return merged;
    const item = lists[behind]![next[behind]!]!;
    next[behind]!++;
    taken[behind]! += item.learns;
    sum += item.learns;
    merged.push({ list: behind, item });
  }
}
