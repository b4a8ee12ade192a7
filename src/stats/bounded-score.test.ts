import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundedScoreInterval } from './bounded-score.ts';
import { mean, standardError } from './moments.ts';
import { pairedDifference } from './paired.ts';
import { randomStream } from './random.ts';
import { poolSeeds } from './seeds.ts';
import { studentQuantile } from './student-t.ts';
import { tangoInterval } from './tango.ts';
import { wilsonInterval } from './wilson.ts';

const PAIRS = { low: -1, high: 1 };
const many = <T>(n: number, f: (i: number) => T) => Array.from({ length: n }, (_, i) => f(i));
/** `n` differences: `gained` times 1, `lost` times -1, `half` times 1/2, else 0. */
const differences = (n: number, gained: number, lost: number, half = 0) =>
  many(n, (i) => (i < gained ? 1 : i < gained + lost ? -1 : i < gained + lost + half ? 0.5 : 0));

test.each([
  [24, 0, 0],
  [24, 5, 1],
  [100, 12, 3],
  [50, 0, 8],
  [30, 30, 0],
])('for %d pairs, %d gained and %d lost, it is Tango’s interval', (n, gained, lost) => {
  const own = boundedScoreInterval(differences(n, gained, lost), PAIRS);
  const tango = tangoInterval(gained, lost, n);
  expect(own.low).toBeCloseTo(tango.low, 9);
  expect(own.high).toBeCloseTo(tango.high, 9);
});

test.each([
  [0, 24],
  [7, 24],
  [100, 100],
])('for %d right of %d it is Wilson’s interval', (right, n) => {
  const values = many(n, (i) => (i < right ? 1 : 0));
  const [own, wilson] = [boundedScoreInterval(values, { low: 0, high: 1 }), wilsonInterval(right, n)];
  expect(own.low).toBeCloseTo(wilson.low, 9);
  expect(own.high).toBeCloseTo(wilson.high, 9);
});

// Reference: the multinomial likelihood over -1, -1/2, 0, 1/2, 1 maximised numerically under the constraint (scipy
// 1.17.1, SLSQP), then the score statistic inverted by brentq.
test.each([
  [[0, 0, 23, 1, 0], -0.1200173725998274, 0.1559350220687859],
  [[0, 2, 15, 3, 4], 0.023653257990867364, 0.38263723808773675],
  [[1, 4, 40, 9, 6], 0.023203850903000423, 0.23532239556837117],
  [[0, 0, 5, 10, 9], 0.3648710080543222, 0.7209459823194885],
])('averages of two seeds: %j', (counts, low, high) => {
  const values = counts.flatMap((times, k) => many(times, () => (k - 2) / 2));
  const own = boundedScoreInterval(values, PAIRS);
  expect(own.low).toBeCloseTo(low, 5);
  expect(own.high).toBeCloseTo(high, 5);
});

describe('seeds that disagree', () => {
  const width = (n: number, arms: readonly (readonly number[])[]) => {
    const { low, high } = pairedDifference(new Array(n).fill(0), poolSeeds(arms).items);
    return high - low;
  };

  test('one change in one of two seeds is no surer than no change at all', () => {
    const none = many(24, () => 0);
    const one = none.map((_, i) => (i === 0 ? 1 : 0));
    expect(width(24, [none, one])).toBeGreaterThan(width(24, [none, none]));
    expect(width(24, [none, one])).toBeLessThan(width(24, [one, one]));
  });

  test('no interval is narrower than that of as many items without a change, on either side', () => {
    const study = fc.integer({ min: 2, max: 40 }).chain((n) =>
      fc.array(fc.array(fc.constantFrom(0, 1), { minLength: n, maxLength: n }), {
        minLength: 1,
        maxLength: 4,
      }),
    );
    fc.assert(
      fc.property(study, (arms) => {
        const n = (arms[0] as number[]).length;
        const base = many(n, (i) => i % 2);
        const { value, low, high, method } = pairedDifference(base, poolSeeds(arms).items);
        fc.pre(method === 'score');
        const half = tangoInterval(0, 0, n).high;
        expect(value - low).toBeGreaterThan(Math.min(half, value + 1) - 1e-9);
        expect(high - value).toBeGreaterThan(Math.min(half, 1 - value) - 1e-9);
      }),
      { numRuns: 60 },
    );
  });

  test('where many items change, averaging over seeds still tells more than one seed', () => {
    const random = randomStream('many-changes');
    const arms = many(4, () => many(400, () => (random.uniform() < 0.4 ? 1 : 0)));
    expect(width(400, arms)).toBeLessThan(0.7 * width(400, arms.slice(0, 1)));
  });

  // 1,000 runs estimate a coverage of 95 % to within 1.4 points (two standard errors).
  test.each([
    [24, 2, 0.02, 0],
    [24, 2, 0.1, 0.1],
    [36, 2, 0.04, 0.02],
    [100, 3, 0.15, 0.05],
  ])(
    'of %d items and %d seeds, chances of %d to gain and %d to lose, it holds the truth',
    (n, seeds, gain, loss) => {
      const random = randomStream(`seeds-${n}-${seeds}-${gain}-${loss}`);
      let [held, heldByT] = [0, 0];
      for (let run = 0; run < 1000; run++) {
        const base = many(n, () => (random.uniform() < 0.5 ? 1 : 0));
        // An item is changed for all seeds or for each by chance, so that seeds agree in part.
        const items = base.map((before) => {
          const together = random.uniform() < 0.5;
          const common = random.uniform();
          const changed = many(seeds, () => {
            const u = together ? common : random.uniform();
            return before === 0 ? (u < 2 * gain ? 1 : 0) : u < 2 * loss ? 0 : 1;
          });
          return mean(changed);
        });
        const truth = gain - loss;
        const { low, high } = pairedDifference(base, items);
        if (low <= truth && truth <= high) held++;
        const own = items.map((after, i) => after - (base[i] as number));
        const half = studentQuantile(0.975, n - 1) * (standardError(own) as number);
        if (Math.abs(mean(own) - truth) <= half) heldByT++;
      }
      expect(held / 1000).toBeGreaterThan(0.93);
      // The reason for it: with a change in 50 items or less, the t interval often has no width at all.
      if (gain + loss < 0.03) expect(heldByT / 1000).toBeLessThan(0.7);
      // Where few items change it holds more than it says, as Tango’s does.
      if (gain + loss > 0.15) expect(held / 1000).toBeLessThan(0.98);
    },
  );
});

test('nothing beyond the scale passes', () => {
  expect(() => boundedScoreInterval([1.5], PAIRS)).toThrow(/outside -1 to 1/);
  expect(() => boundedScoreInterval([], PAIRS)).toThrow(/no values/);
});
