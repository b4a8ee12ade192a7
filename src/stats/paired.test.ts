import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mcnemarExact } from './mcnemar.ts';
import { pairedDifference } from './paired.ts';
import { tangoInterval } from './tango.ts';

const ARM = [1, 0, 1, 1, 0, 0, 1, 0, 1, 1, 1, 0];
const BASE = [0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0, 0];
const CLUSTERS = ['a', 'a', 'a', 'b', 'b', 'c', 'd', 'd', 'e', 'e', 'e', 'e'];

// Reference: the multinomial likelihood maximised numerically under the constraint (scipy.optimize), then the score
// statistic inverted by brentq. 40/20/160 is the example of R's PropCIs::scoreci.mp.
test.each([
  [5, 1, 24, -0.041828034432656834, 0.37663749350867076],
  [0, 0, 24, -0.13797621140125732, 0.13797620467500027],
  [12, 3, 100, 0.015977141464340035, 0.17374284481147154],
  [40, 20, 160, 0.0308645333256567, 0.21806424358703017],
  [0, 8, 50, -0.2851421657941629, -0.07723678278613631],
  [1, 0, 30, -0.08396383951918601, 0.16670390991409387],
])("Tango's interval: %d gained, %d lost of %d", (gained, lost, n, low, high) => {
  const interval = tangoInterval(gained, lost, n);
  expect(Math.abs(interval.low - low)).toBeLessThan(1e-6);
  expect(Math.abs(interval.high - high)).toBeLessThan(1e-6);
});

// scipy 1.17.1: binomtest(gained, gained + lost, 0.5).pvalue
test.each([
  [0, 0, 1],
  [5, 1, 0.21875],
  [12, 3, 0.03515625],
  [6, 6, 1],
  [60, 40, 0.05688793364098089],
  [0, 8, 0.0078125],
])('exact McNemar: %d gained, %d lost', (gained, lost, p) =>
  expect(mcnemarExact(gained, lost)).toBeCloseTo(p, 12),
);

describe('pairedDifference', () => {
  test('standard error from item-level differences, correlation (numpy), interval by Tango', () => {
    const result = pairedDifference(BASE, ARM);
    expect(result.value).toBeCloseTo(0.25, 14);
    expect(result.stderr).toBeCloseTo(0.17943514064131835, 12);
    expect(result.correlation).toBeCloseTo(0.2390457218668787, 12);
    expect([result.low, result.high]).toEqual(Object.values(tangoInterval(4, 1, 12)));
  });

  test('clustered when clusters repeat', () => {
    const result = pairedDifference(BASE, ARM, CLUSTERS);
    expect(result.stderr).toBeCloseTo(0.1647019614671031, 12);
    expect(result.method).toBe('clustered-t');
    expect(result.high - result.low).toBeCloseTo(2 * 2.7764451051977934 * 0.1647019614671031, 9);
  });

  test('two models that agree on 24 items have not been shown equal', () => {
    const result = pairedDifference(new Array(24).fill(1), new Array(24).fill(1));
    expect(result).toMatchObject({ value: 0, stderr: 0, correlation: null });
    expect(result.high).toBeCloseTo(0.138, 3);
    expect(result.low).toBeCloseTo(-0.138, 3);
  });

  test('related items: a change makes neither end surer than no change at all', () => {
    const sizes = fc.record({
      clusters: fc.integer({ min: 2, max: 60 }),
      size: fc.integer({ min: 2, max: 5 }),
      changed: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(sizes, ({ clusters, size, changed }) => {
        const names = Array.from({ length: clusters * size }, (_, at) => String(Math.floor(at / size)));
        const base = names.map(() => 0);
        const arm = [...base];
        for (const at of changed) arm[at % arm.length] = 1;
        const none = pairedDifference(base, base, names);
        const some = pairedDifference(base, arm, names);
        expect(some.high).toBeGreaterThanOrEqual(Math.min(1, some.value + none.high) - 1e-9);
        expect(some.low).toBeLessThanOrEqual(some.value - none.high + 1e-9);
      }),
    );
  });

  test('unequal lengths are refused', () => {
    expect(() => pairedDifference([1], [1, 0])).toThrow(/1 scores of the base and 2 of the arm/);
  });

  test('swapping the two models mirrors the interval; order of items does not matter', () => {
    const pairs = fc.array(fc.tuple(fc.constantFrom(0, 1, 0.5), fc.constantFrom(0, 1)), {
      minLength: 2,
      maxLength: 60,
    });
    fc.assert(
      fc.property(pairs, fc.boolean(), (items, binary) => {
        const base = items.map(([b]) => (binary ? Math.round(b) : b));
        const arm = items.map(([, a]) => a);
        const there = pairedDifference(base, arm);
        const back = pairedDifference(arm, base);
        expect(back.low).toBeCloseTo(-there.high, 8);
        expect(back.high).toBeCloseTo(-there.low, 8);
        expect(there.low).toBeLessThanOrEqual(there.value + 1e-9);
        expect(there.high).toBeGreaterThanOrEqual(there.value - 1e-9);
        const reversed = pairedDifference([...base].reverse(), [...arm].reverse());
        expect(reversed.low).toBeCloseTo(there.low, 9);
      }),
    );
  });
});
