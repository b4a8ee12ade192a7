import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { interleave, type Moments } from './interleave.ts';
import { randomBits } from './random.ts';
import { furthestShare, LONG_BEGINNING, SHARE_LIMIT, steadyOrder } from './steady-order.ts';

interface Row {
  readonly list: number;
  readonly learns: number;
}

const amountsOf = (rows: readonly Row[], sources: number) => ({
  items: rows.length,
  sources,
  addTo: (given: number[], item: number) => {
    given[rows[item]!.list]! += rows[item]!.learns;
  },
  mayPass: () => true,
});

/** Lists of rows of `least` to `most` supervised tokens whose sums follow the weights. */
function lists(weights: readonly number[], tokens: number, least: number, most: number, seed: number) {
  const random = randomBits(seed, 'rows');
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => {
    const rows: { learns: number }[] = [];
    for (let left = Math.round((tokens * weight) / whole); left > 0; left -= rows.at(-1)!.learns)
      rows.push({ learns: Math.min(left, least + (random() % (most - least + 1))) });
    return rows;
  });
}

const mixes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 2, maxLength: 6 });

/** The rows in their order. `moment`: with moments of its own a stage keeps to them. */
function merged(all: readonly (readonly { learns: number; epoch?: number }[])[], moment?: Moments) {
  const columns = all.map((rows) => rows.map(({ learns }) => learns));
  const order = interleave(columns, moment, [], (list, item) => all[list]![item]!.epoch ?? 0);
  return Array.from(order.lists, (list, place) => ({ list, ...all[list]![order.item(place)]! }));
}
const plainly: Moments = (_, part) => part;
const furthest = (rows: readonly Row[], sources: number) => furthestShare(amountsOf(rows, sources))!;

describe('two to six sources, every beginning of at least 50,000 tokens', () => {
  test('rows of up to 800 supervised tokens are within 1 % of the shares asked for', () => {
    fc.assert(
      fc.property(mixes, fc.integer({ min: 1, max: 800 }), fc.nat(), (mix, most, seed) => {
        const all = lists(mix, 120_000, Math.ceil(most / 3), most, seed);
        expect(furthest(merged(all), mix.length)).toBeLessThanOrEqual(SHARE_LIMIT);
      }),
      { numRuns: 40 },
    );
  });

  test('rows of up to 2,048 are within 3 %, and mostly nearer than in the order of their moments', () => {
    let [nearer, over] = [0, 0];
    fc.assert(
      fc.property(mixes, fc.nat(), (mix, seed) => {
        const all = lists(mix, 120_000, 1, 2048, seed);
        const due = merged(all, plainly);
        const [before, after] = [furthest(due, mix.length), furthest(merged(all), mix.length)];
        expect(after).toBeLessThanOrEqual(before);
        expect(after).toBeLessThanOrEqual(0.03);
        over += Number(before > SHARE_LIMIT);
        nearer += Number(after < before);
      }),
      { numRuns: 30 },
    );
    expect(nearer).toBeGreaterThan(0.7 * over);
  });
});

test('an order within the limit stays as it is; another one moves no item by twenty places, and loses none', () => {
  fc.assert(
    fc.property(mixes, fc.constantFrom(200, 800, 2048), fc.nat(), (mix, most, seed) => {
      const rows = merged(lists(mix, 90_000, 1, most, seed), plainly);
      const amounts = amountsOf(rows, mix.length);
      const order = steadyOrder(amounts);
      expect([...order].sort((a, b) => a - b)).toEqual(rows.map((_, item) => item));
      for (const [place, item] of order.entries()) expect(Math.abs(place - item)).toBeLessThan(20);
      if (furthestShare(amounts)! <= SHARE_LIMIT) expect([...order]).toEqual(rows.map((_, item) => item));
      expect(steadyOrder(amounts)).toEqual(order);
    }),
    { numRuns: 30 },
  );
});

test('no row of an epoch comes before the epoch before has ended', () => {
  fc.assert(
    fc.property(mixes, fc.nat(), (mix, seed) => {
      const all = lists(mix, 60_000, 1, 2048, seed).map((rows) =>
        [0, 1].flatMap((epoch) => rows.map((row) => ({ ...row, epoch }))),
      );
      const order = merged(all);
      for (const list of all.keys()) {
        const epochs = order.filter((one) => one.list === list).map(({ epoch }) => epoch);
        expect(epochs).toEqual([...epochs].sort((a, b) => a! - b!));
      }
    }),
    { numRuns: 20 },
  );
});

test('where no order can hold, the order stays and says so: rows of 2,048 tokens from two equal sources', () => {
  const rows = Array.from({ length: 60 }, (_, at) => ({ list: at % 2, learns: 2048 }));
  const amounts = amountsOf(rows, 2);
  expect([...steadyOrder(amounts)]).toEqual(rows.map((_, at) => at));
  // Half a row at the first odd number of rows of at least 50,000 tokens.
  expect(furthestShare(amounts)).toBeCloseTo(1024 / (25 * 2048), 10);
  expect(furthestShare(amountsOf(rows.slice(0, LONG_BEGINNING / 2048 - 1), 2))).toBeNull();
});
