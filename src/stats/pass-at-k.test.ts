import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passAtK } from './pass-at-k.ts';

describe('pass@k', () => {
  it('is the share of k-subsets with a right sample, counted one by one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), fc.nat(), fc.nat(), (n, a, b) => {
        const c = a % (n + 1);
        const k = 1 + (b % n);
        let subsets = 0;
        let hits = 0;
        for (let set = 0; set < 2 ** n; set++) {
          const members = [...Array(n).keys()].filter((i) => set & (1 << i));
          if (members.length !== k) continue;
          subsets += 1;
          if (members.some((i) => i < c)) hits += 1;
        }
        expect(passAtK(n, c, k)).toBeCloseTo(hits / subsets, 12);
      }),
    );
  });

  it('equals the exact fractions', () => {
    // 1 - C(190,10)/C(200,10) and 1 - C(100,100)/C(200,100), by Python's fractions and math.comb.
    expect(passAtK(200, 10, 10)).toBeCloseTo(0.4085478660814171, 12);
    expect(passAtK(5, 2, 1)).toBeCloseTo(0.4, 15);
    expect(passAtK(5, 2, 2)).toBeCloseTo(0.7, 15);
    expect(passAtK(2000, 1, 1000)).toBeCloseTo(0.5, 12);
  });

  it('is 0 without a right sample and 1 when too few are wrong', () => {
    expect([passAtK(10, 0, 10), passAtK(10, 1, 10), passAtK(10, 6, 5)]).toEqual([0, 1, 1]);
  });

  it('refuses fewer samples than k', () => {
    expect(() => passAtK(3, 1, 5)).toThrow(RangeError);
    expect(() => passAtK(3, 4, 1)).toThrow(RangeError);
  });
});
