/** The order in which a stage on several sources sees their examples. */
import { steadyOrder } from './steady-order.ts';

/** The moment of the stage, 0 to 1, at which a list has given the share `part` (0 to 1) of its supervised tokens. */
export type Moments = (list: number, part: number) => number;

/** Examples in their order: of each its list, and its number there, from 0. */
export interface Order {
  readonly length: number;
  readonly lists: Uint16Array;
  item(place: number): number;
  /** For each of the moments that were asked for the first example that is due then or later; `length` for none. */
  readonly borders: readonly number[];
}

/**
 * Merges lists of examples so that every beginning of the result is close to the proportions asked for: each example is
 * due at the moment at which its middle belongs, and comes in the order of these moments (equal ones in the order of the
 * lists), and each list keeps its order. `lists`: the supervised tokens of each example. Left out, `moment` spreads every
 * list evenly over the whole; where long rows would break the shares of a long beginning then, examples change places
 * within a small window (`steadyOrder`), those of one list within an epoch. `marks`: moments, 0 to 1, rising, whose place
 * in the order is wanted; they need `moment`. `epoch`: of an example of a list, from 0; left out, all are of one.
 *
 * An example's moment depends on its own list alone. When examples have at most m supervised tokens, a list is never
 * further than m / 2 from what it should have given at the moment reached; so with k lists in constant shares never
 * further than (k - 1) m / 2 from its share of all tokens given.
 */
export function interleave(
  lists: readonly ArrayLike<number>[],
  moment?: Moments,
  marks: readonly number[] = [],
  epoch: (list: number, item: number) => number = () => 0,
): Order {
  const length = lists.reduce((sum, list) => sum + list.length, 0);
  const order = new Uint16Array(length);
  // The order of a single list is its own.
  const items = lists.length > 1 ? new Uint32Array(length) : null;
  const borders: number[] = [];
  const queues = lists.map(
    (learns, list) => new Queue(learns, (part) => (moment ? moment(list, part) : part)),
  );
  for (let place = 0; place < length; place++) {
    let first = 0;
    for (let list = 1; list < queues.length; list++) if (queues[list]!.at < queues[first]!.at) first = list;
    const queue = queues[first]!;
    while (borders.length < marks.length && queue.at >= marks[borders.length]!) borders.push(place);
    // They are 0 already, and memory that is not written to takes up nothing: most stages have one source.
    if (first > 0) order[place] = first;
    if (items) items[place] = queue.next;
    queue.next++;
    queue.advance();
  }
  while (borders.length < marks.length) borders.push(length);
  if (items === null) return { length, lists: order, item: (place) => place, borders };
  if (moment) return { length, lists: order, item: (place) => items[place]!, borders };
  const steady = steadyOrder({
    items: length,
    sources: lists.length,
    addTo: (given, place) => {
      given[order[place]!]! += lists[order[place]!]![items[place]!]!;
    },
    mayPass: (later, earlier) =>
      order[later] !== order[earlier] ||
      epoch(order[later]!, items[later]!) === epoch(order[earlier]!, items[earlier]!),
  });
  return {
    length,
    lists: order.map((_, place) => order[steady[place]!]!),
    item: (place) => items[steady[place]!]!,
    borders,
  };
}

/** A list with the moment at which its next example is due; infinity behind the last one. */
class Queue {
  next = 0;
  at = 0;
  readonly #learns: ArrayLike<number>;
  readonly #moment: (part: number) => number;
  readonly #total: number;
  #given = 0;

  constructor(learns: ArrayLike<number>, moment: (part: number) => number) {
    this.#learns = learns;
    this.#moment = moment;
    let total = 0;
    for (let item = 0; item < learns.length; item++) total += learns[item]!;
    this.#total = total;
    this.advance();
  }

  advance(): void {
    const learns = this.#learns[this.next];
    // The last bit of a moment must not turn two examples of a list round.
    this.at =
      learns === undefined
        ? Number.POSITIVE_INFINITY
        : Math.max(this.at, this.#moment((this.#given + learns / 2) / this.#total));
    this.#given += learns ?? 0;
  }
}
