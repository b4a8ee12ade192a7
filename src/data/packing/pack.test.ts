import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { permutation } from '../selection/random.ts';
import { planBatches, plannedPlaces } from './batch-plan.ts';
import { evenOrder } from './even-order.ts';
import { divideSchedule, packBestFit, packSchedule, rowLengthFor } from './pack.ts';
import type { RowList } from './row-list.ts';

const lengths = fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 1, maxLength: 400 });
const plain = (rows: RowList) => Array.from(rows, (row) => [...row]);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('packing', () => {
  test('places every example once, cuts none, overfills no row', () => {
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 8 }), (all, windowRows) => {
        const rows = plain(packSchedule(all, 64, { windowRows }));
        expect(rows.flat().sort((a, b) => a - b)).toEqual(all.map((_, index) => index));
        for (const row of rows) {
          expect(sum(row.map((index) => all[index]!))).toBeLessThanOrEqual(64);
          expect([...row].sort((a, b) => a - b)).toEqual(row);
        }
        expect(plain(packSchedule(all, 64, { windowRows }))).toEqual(rows);
      }),
    );
  });

  test('keeps the schedule: an example moves by less than a window, and never over a border', () => {
    const borders = fc.array(fc.nat(400), { maxLength: 4 }).map((all) => all.sort((a, b) => a - b));
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 8 }), borders, (all, windowRows, borders) => {
        const placed = plain(packSchedule(all, 64, { windowRows, borders })).flat();
        const before = (index: number) => sum(all.slice(0, index));
        let done = 0;
        for (const [place, index] of placed.entries()) {
          expect(Math.abs(before(index) - done)).toBeLessThan((windowRows + 1) * 64);
          for (const border of borders) expect(index < border).toBe(place < border);
          done += all[index]!;
        }
      }),
    );
  });

  test('needs no more rows than first-fit decreasing is proven to (11/9 of the optimum and 6/9)', () => {
    fc.assert(
      fc.property(lengths, (all) => {
        const rows = packBestFit(
          all.map((_, index) => index),
          all,
          64,
        );
        // The optimum is at least the sum, and at least the number of examples longer than half a row.
        const least = Math.max(Math.ceil(sum(all) / 64), all.filter((length) => length > 32).length);
        const free = rows.map((row) => 64 - sum(row.map((index) => all[index]!))).sort((a, b) => a - b);
        // Any two rows together are overfull, or they would have been one.
        if (free.length >= 2) expect(free.at(-1)! + free.at(-2)!).toBeLessThan(64);
        expect(rows.length).toBeLessThanOrEqual(2 * least);
      }),
    );
  });

  test('an example longer than a row is a defect', () => {
    expect(() => packBestFit([0], [65], 64)).toThrow(RangeError);
  });
});

describe('steps', () => {
  test('a fixed number of steps: all examples, in order, no step empty, shares nearly equal', () => {
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 40 }), (learns, steps) => {
        fc.pre(learns.length >= steps);
        const starts = divideSchedule(learns, steps);
        expect(starts).toHaveLength(steps + 1);
        expect([starts[0], starts[steps]]).toEqual([0, learns.length]);
        for (let step = 0; step < steps; step++) expect(starts[step + 1]!).toBeGreaterThan(starts[step]!);
        const most = Math.max(...learns);
        if (learns.length < 4 * steps || sum(learns) < 4 * most * steps) return;
        const shares = Array.from({ length: steps }, (_, step) =>
          sum(learns.slice(starts[step], starts[step + 1])),
        );
        for (const share of shares) expect(Math.abs(share - sum(learns) / steps)).toBeLessThanOrEqual(most);
      }),
    );
  });

  test('plans: rows within steps, the row length no longer than asked, padding saved', () => {
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 20 }), (all, steps) => {
        fc.pre(all.length >= steps);
        const examples = { lengths: all, learns: all, lists: all.map((_, at) => at % 2), borders: [] };
        const plan = planBatches(examples, { rowLength: 96, batches: { steps } });
        expect(plan.starts).toHaveLength(steps + 1);
        expect(
          plain(plan.rows)
            .flat()
            .sort((a, b) => a - b),
        ).toEqual(all.map((_, index) => index));
        expect(plan.rowLength).toBeLessThanOrEqual(96);
        for (const row of plain(plan.rows))
          expect(sum(row.map((index) => all[index]!))).toBeLessThanOrEqual(plan.rowLength);
        // Where looking at a row costs nothing, no length for all steps does with fewer places than a length for each.
        const wide = planBatches(examples, { rowLength: 96, batches: { steps } }, 1e9);
        const oneLength = rowLengthFor(Math.max(...all));
        const places = sum(
          wide.starts.slice(1).map((end, step) => {
            const run = plain(wide.rows).slice(wide.starts[step], end).flat();
            return packBestFit(run, all, oneLength).length * oneLength;
          }),
        );
        expect(plannedPlaces(wide, all)).toBeLessThanOrEqual(places);
        const perStep = planBatches(examples, { rowLength: 96, batches: { rowsPerStep: 3 } });
        expect(perStep.starts.at(-1)).toBe(perStep.rows.length);
        expect(perStep.starts).toHaveLength(Math.ceil(perStep.rows.length / 3) + 1);
      }),
    );
  });

  test('more steps than examples are refused with both numbers', () => {
    expect(() =>
      planBatches(
        { lengths: [2], learns: [1], lists: [0], borders: [] },
        { rowLength: 8, batches: { steps: 2 } },
      ),
    ).toThrow('2 optimizer steps are planned, but the data has 1 examples');
  });
});

test('rows of every window hold the sources evenly: each beginning is near the proportions of all', () => {
  const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 50 })), {
    minLength: 1,
    maxLength: 60,
  });
  fc.assert(
    fc.property(rows, (all) => {
      const order = evenOrder(all);
      expect([...order].sort((a, b) => a - b)).toEqual(all.map((_, index) => index));
      const given = [0, 0];
      const share = sum(all.map(([first]) => first)) / sum(all.flat());
      for (const index of order) {
        given[0]! += all[index]![0];
        given[1]! += all[index]![1];
        // A row of up to 100 may miss the line by itself; with two sources errors never add up.
        expect(Math.abs(given[0]! - share * sum(given))).toBeLessThanOrEqual(100);
      }
    }),
  );
});

test('permutations hold every number once, differ by seed and purpose, and are the same everywhere', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 300 }), fc.nat(), (count, seed) => {
      const order = permutation(count, seed, 'epoch 0');
      expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index));
    }),
  );
  expect([...permutation(8, 1, 'epoch 0')]).toMatchInlineSnapshot(`
    [
      5,
      3,
      4,
      7,
      2,
      0,
      1,
      6,
    ]
  `);
  expect(permutation(50, 1, 'epoch 0')).not.toEqual(permutation(50, 1, 'epoch 1'));
  expect(permutation(50, 1, 'epoch 0')).not.toEqual(permutation(50, 2, 'epoch 0'));
});
