import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changesOf, exactDetectable, exactPower, fewestChanges } from './exact-power.ts';
import { mcnemarExact } from './mcnemar.ts';
import { pairedDifference } from './paired.ts';
import { detectableChange, detectableFromInterval } from './power.ts';
import { randomStream } from './random.ts';

const items = (gained: number, lost: number, n: number) => {
  const values = Array.from({ length: n }, (_, i) => (i < gained ? 1 : i < gained + lost ? -1 : 0));
  return { values, clusters: values.map((_, i) => String(i)) };
};

test('with fewer changed pairs than this, the exact test rejects nothing, and with as many it can', () => {
  expect(fewestChanges(0.05)).toBe(6);
  for (const comparisons of [1, 2, 5, 8, 20, 64]) {
    const alpha = 0.05 / comparisons;
    const fewest = fewestChanges(alpha);
    expect(mcnemarExact(fewest - 1, 0)).toBeGreaterThan(alpha);
    expect(mcnemarExact(fewest, 0)).toBeLessThanOrEqual(alpha);
  }
});

describe('power', () => {
  test('is the share of simulated studies that McNemar’s exact test rejects on the right side', () => {
    for (const [n, moving, net] of [
      [24, 0.35, 0.3],
      [100, 0.2, 0.12],
      [60, 0.15, 0.15],
    ] as const) {
      const random = randomStream(`power-${n}-${moving}`);
      let shown = 0;
      for (let study = 0; study < 4000; study++) {
        let [won, lost] = [0, 0];
        for (let i = 0; i < n; i++) {
          const at = random.uniform();
          if (at < (moving + net) / 2) won++;
          else if (at < moving) lost++;
        }
        if (won > lost && mcnemarExact(won, lost) <= 0.05) shown++;
      }
      // 4,000 studies know a share of 0.6 to 0.016 (two standard errors).
      expect(Math.abs(exactPower(n, moving, net, 0.05) - shown / 4000)).toBeLessThan(0.024);
    }
  });

  test('five pairs show nothing, whatever happens to them', () => {
    expect(exactPower(5, 1, 1, 0.05)).toBe(0);
    expect(exactPower(6, 1, 1, 0.05)).toBe(1);
    expect(exactDetectable(changesOf([items(5, 0, 5)]), 0.8, 0.05)).toBe(1);
  });

  test('grows with the effect and with the items, and falls with the correction', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 6, max: 300 }),
        fc.double({ min: 0.05, max: 0.6, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, moving, part) => {
          const net = moving * part;
          const power = exactPower(n, moving, net, 0.05);
          expect(power).toBeGreaterThanOrEqual(0);
          expect(power).toBeLessThanOrEqual(1 + 1e-9);
          // The sum leaves out numbers of changes that hold less than 10^-6.
          expect(exactPower(n, moving, moving, 0.05)).toBeGreaterThanOrEqual(power - 1e-5);
          expect(exactPower(n, moving, net, 0.01)).toBeLessThanOrEqual(power + 1e-5);
          expect(exactPower(4 * n, moving, moving, 0.05)).toBeGreaterThanOrEqual(
            exactPower(n, moving, moving, 0.05) - 1e-5,
          );
        },
      ),
    );
  });
});

describe('what could be shown', () => {
  test('is never less than the exact test allows: 2 changed of 24 promise 31 points, not 24', () => {
    const { values, clusters } = items(1, 1, 24);
    const base = values.map((d) => (d === -1 ? 1 : 0));
    const arm = values.map((d) => (d === 1 ? 1 : 0));
    const interval = pairedDifference(base, arm, clusters);
    const changes = changesOf([{ values, clusters }]);
    expect(detectableFromInterval(interval)).toBeCloseTo(0.243, 3);
    expect(detectableChange(interval, changes)).toBeCloseTo(0.309, 3);
    // A true gain of that size alone is seen with a power of 80 %, and one of a tenth less is not.
    const needed = exactDetectable(changes, 0.8, 0.05);
    expect(exactPower(24, needed, needed, 0.05)).toBeCloseTo(0.8, 3);
    expect(exactPower(24, 0.9 * needed, 0.9 * needed, 0.05)).toBeLessThan(0.75);
  });

  test('where many change, interval and exact test agree', () => {
    const changes = changesOf([items(300, 300, 3000)]);
    const { values } = items(300, 300, 3000);
    const interval = pairedDifference(
      values.map((d) => (d === -1 ? 1 : 0)),
      values.map((d) => (d === 1 ? 1 : 0)),
    );
    const ratio = exactDetectable(changes, 0.8, 0.05) / detectableFromInterval(interval);
    expect(ratio).toBeGreaterThan(0.98);
    expect(ratio).toBeLessThan(1.06);
  });

  test('counts clusters that cancel as unchanged, and strata by their weight', () => {
    const related = { values: [1, -1, 1, 0], clusters: ['a', 'a', 'b', 'b'] };
    expect(changesOf([related])).toEqual({ clusters: 2, changed: 1, weight: 1 / 4 });
    expect(changesOf([related, items(2, 0, 8)])).toEqual({
      clusters: 10,
      changed: 3,
      weight: (1 / 8 + 2 / 16) / 3,
    });
    expect(changesOf([items(0, 0, 8)])).toEqual({ clusters: 8, changed: 0, weight: 1 / 8 });
  });
});
