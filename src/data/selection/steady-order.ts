/**
 * Keeps a mixture to its shares where rows are long. Merging by moments (interleave.ts) is close to the best where a row
 * weighs little; two or three rows of 2,000 tokens at 50,000 are more than one per cent. Then the order is searched for
 * in a small window, and only up to where the shares hold without it.
 */
import { sumOf } from '../sum-of.ts';

/** Beginnings shorter than this are not held to the shares: single rows weigh too much in them. */
export const LONG_BEGINNING = 50_000;
/** How far the shares of a longer beginning may be off, of its supervised tokens. */
export const SHARE_LIMIT = 0.01;

/** `window`: no item moves by so many places; `width`: orders that are followed at once. */
interface Beam {
  readonly window: number;
  readonly width: number;
}
/** One after another, until the limit holds. */
const BEAMS: readonly Beam[] = [
  { window: 8, width: 32 },
  { window: 12, width: 128 },
  { window: 20, width: 512 },
];
const POWER = 8;
/** What the distance of a beginning that is not long weighs: shares should be even there too. */
const SHORT_WEIGHT = 0.05;

/** Items in an order, each with supervised tokens of some of the sources. */
export interface Amounts {
  readonly items: number;
  readonly sources: number;
  /** Adds an item's tokens, by source, to what is given. */
  readonly addTo: (given: number[], item: number) => void;
  /** Whether an item may come before an earlier one: not a row of an epoch before the epoch before has ended. */
  readonly mayPass: (later: number, earlier: number) => boolean;
}

/**
 * An order of the items, as their indexes: the one they have where every beginning of at least LONG_BEGINNING tokens is
 * within SHARE_LIMIT of the shares of the whole. Else the best that beam searches find, one with a wider window and more
 * orders after the other until one is within it: they prefer orders with the least sum of (distance / limit)^POWER over
 * all beginnings, so that large distances decide. That need not be within the limit: where all rows have 2,048 tokens, no
 * order is. The constants were measured (docs/LOG.md).
 */
export function steadyOrder(amounts: Amounts): Uint32Array {
  const plain = asTheyAre(amounts.items);
  if (amounts.sources < 2) return plain;
  const before = distances(amounts, plain);
  if (before.furthest <= SHARE_LIMIT) return plain;
  let best = { order: plain, furthest: before.furthest };
  for (const beam of BEAMS) {
    // A window behind the last item that breaks the limit, the order goes on as it was.
    const end = Math.min(amounts.items, before.last + 1 + beam.window);
    const order = plain.slice();
    order.set(search(amounts, end, before.shares, beam));
    const { furthest } = distances(amounts, order);
    if (furthest < best.furthest) best = { order, furthest };
    if (furthest <= SHARE_LIMIT) break;
  }
  return best.order;
}

/** The furthest that a share of a long beginning of items is off in their order, 0 to 1; null where none is long. */
export function furthestShare(amounts: Omit<Amounts, 'mayPass'>): number | null {
  const { furthest, tokens } = distances(amounts, asTheyAre(amounts.items));
  return tokens < LONG_BEGINNING ? null : furthest;
}

const asTheyAre = (items: number): Uint32Array => new Uint32Array(items).map((_, item) => item);

interface Distances {
  readonly tokens: number;
  /** Of each source, of all tokens. */
  readonly shares: readonly number[];
  /** The largest distance of a share in a long beginning, 0 to 1; 0 where none is long. */
  readonly furthest: number;
  /** Place of the last item after which it is over the limit, or -1. */
  readonly last: number;
}

function distances({ sources, addTo }: Pick<Amounts, 'sources' | 'addTo'>, order: Uint32Array): Distances {
  const totals = zeros(sources);
  for (const item of order) addTo(totals, item);
  const whole = sumOf(totals);
  const shares = totals.map((total) => total / whole);
  const given = zeros(sources);
  let furthest = 0;
  let last = -1;
  for (const [place, item] of order.entries()) {
    addTo(given, item);
    const tokens = sumOf(given);
    if (tokens < LONG_BEGINNING) continue;
    const off = distance(given, tokens, shares) / tokens;
    furthest = Math.max(furthest, off);
    if (off > SHARE_LIMIT) last = place;
  }
  return { tokens: whole, shares, furthest, last };
}

/** A beginning of an order: all items before `first`, and those of the `window` behind it whose bits are set. */
interface Beginning {
  readonly first: number;
  readonly window: number;
  readonly given: readonly number[];
  readonly tokens: number;
  readonly cost: number;
  /** The item that came last, and what was before it. */
  readonly item: number;
  readonly before: Beginning | null;
}

function search(
  { sources, addTo, mayPass }: Amounts,
  end: number,
  shares: readonly number[],
  { window, width }: Beam,
): number[] {
  const own = Array.from({ length: end }, (_, item) => {
    const given = zeros(sources);
    addTo(given, item);
    return given;
  });
  let beam: Beginning[] = [
    { first: 0, window: 0, given: zeros(sources), tokens: 0, cost: 0, item: -1, before: null },
  ];
  for (let place = 0; place < end; place++) {
    // Of orders of the same items only the cheapest can become the best.
    const best = new Map<number, Beginning>();
    for (const one of beam) {
      for (let at = 0; at < window && one.first + at < end; at++) {
        if ((one.window >> at) & 1 || !isFree(one, at, mayPass)) continue;
        const next = longer(one, at, own[one.first + at]!, shares);
        const key = next.first * 2 ** window + next.window;
        if (next.cost < (best.get(key)?.cost ?? Number.POSITIVE_INFINITY)) best.set(key, next);
      }
    }
    beam = [...best.values()]
      .sort((a, b) => a.cost - b.cost || a.first - b.first || a.window - b.window)
      .slice(0, width);
  }
  const order: number[] = [];
  for (let one: Beginning | null = beam[0]!; one !== null && one.before !== null; one = one.before)
    order.push(one.item);
  return order.reverse();
}

/** Whether the item `at` places behind the first one left may pass all that are left before it. */
function isFree({ first, window }: Beginning, at: number, mayPass: Amounts['mayPass']): boolean {
  for (let before = 0; before < at; before++)
    if (!((window >> before) & 1) && !mayPass(first + at, first + before)) return false;
  return true;
}

function longer(
  before: Beginning,
  at: number,
  amounts: readonly number[],
  shares: readonly number[],
): Beginning {
  const given = before.given.map((tokens, source) => tokens + amounts[source]!);
  const tokens = before.tokens + sumOf(amounts);
  const limit = SHARE_LIMIT * Math.max(tokens, LONG_BEGINNING);
  let { first, window } = before;
  window |= 1 << at;
  for (; window & 1; window >>= 1) first++;
  const weight = tokens < LONG_BEGINNING ? SHORT_WEIGHT : 1;
  const cost = before.cost + weight * (distance(given, tokens, shares) / limit) ** POWER;
  return { first, window, given, tokens, cost, item: before.first + at, before };
}

/** The most tokens that a source is away from its share of `tokens`. */
function distance(given: readonly number[], tokens: number, shares: readonly number[]): number {
  let most = 0;
  for (const [source, amount] of given.entries())
    most = Math.max(most, Math.abs(amount - shares[source]! * tokens));
  return most;
}

const zeros = (length: number): number[] => Array.from({ length }, () => 0);
