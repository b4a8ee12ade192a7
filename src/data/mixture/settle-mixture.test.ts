import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundedShares } from './bounded-shares.ts';
import { meanShare, momentOf, shareBetween, wholeCourse } from './course.ts';
import { longestRun, settleMixture } from './settle-mixture.ts';

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const unit = fc.double({ min: 0, max: 1, noNaN: true });

describe('shares within bounds', () => {
  const source = fc.record({ weight: fc.oneof(fc.constant(0), unit), a: unit, b: unit });
  test('sum to 1, keep to the bounds, and are in proportion to the weights where none holds', () => {
    fc.assert(
      fc.property(fc.array(source, { minLength: 1, maxLength: 6 }), (sources) => {
        const weights = sources.map(({ weight }) => weight);
        const bounds = sources.map(({ a, b }) => ({ least: Math.min(a, b), most: Math.max(a, b) }));
        const shares = boundedShares(weights, bounds);
        const room = sum(bounds.map(({ least, most }, at) => (weights[at] === 0 ? least : most)));
        const floors = sum(bounds.map(({ least }) => least));
        if (floors > 1 + 1e-8 || room < 1 - 1e-8) {
          expect(shares).toBeUndefined();
          return;
        }
        if (floors > 1 - 1e-8 || room < 1 + 1e-8) return;
        expect(sum(shares!)).toBeCloseTo(1, 12);
        const scales: number[] = [];
        for (const [at, share] of shares!.entries()) {
          const { least, most } = bounds[at]!;
          expect(share).toBeGreaterThanOrEqual(least - 1e-7);
          expect(share).toBeLessThanOrEqual(most + 1e-7);
          if (weights[at] === 0) expect(share).toBeCloseTo(least, 6);
          if (weights[at]! > 1e-3 && share > least + 1e-6 && share < most - 1e-6)
            scales.push(share / weights[at]!);
        }
        for (const scale of scales) expect(scale / scales[0]!).toBeCloseTo(1, 5);
      }),
      { numRuns: 500 },
    );
  });

  test('a floor takes from all others in proportion, a cap gives to all others', () => {
    const free = { least: 0, most: 1 };
    expect(boundedShares([0.5, 0.3, 0.2], [free, free, { least: 0.6, most: 1 }])).toEqual([
      expect.closeTo(0.25, 12),
      expect.closeTo(0.15, 12),
      expect.closeTo(0.6, 12),
    ]);
    expect(boundedShares([0.5, 0.3, 0.2], [{ least: 0, most: 0.2 }, free, free])).toEqual([
      expect.closeTo(0.2, 12),
      expect.closeTo(0.48, 12),
      expect.closeTo(0.32, 12),
    ]);
  });
});

describe('what a mixture settles to', () => {
  test('temperature: tokens^(1/T); 1 is by size, large is even; the floor of the replay holds', () => {
    const sizes = { a: 1e6, b: 10_000 };
    const means = (rest: object) => settleMixture(rest, ['a', 'b'], sizes)!.means;
    expect(means({ temperature: 1 })['b']).toBeCloseTo(1 / 101, 9);
    expect(means({ temperature: 2 })['b']).toBeCloseTo(1 / 11, 9);
    expect(means({ temperature: 1e9 })['b']).toBeCloseTo(0.5, 6);
    expect(means({ temperature: 1, at_least: { b: 0.06 } })).toEqual({
      a: expect.closeTo(0.94, 12),
      b: expect.closeTo(0.06, 12),
    });
  });

  test('nothing said: as the epochs say, and a run of all of them is exactly all of them', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ size: fc.integer({ min: 1, max: 1e8 }), epochs: fc.integer({ min: 1, max: 9 }) }),
          {
            minLength: 1,
            maxLength: 6,
          },
        ),
        (sources) => {
          const names = sources.map((_, at) => `s${at}`);
          const of = (key: 'size' | 'epochs') =>
            Object.fromEntries(sources.map((one, at) => [`s${at}`, one[key]]));
          const mixture = { epochs: of('epochs') };
          const { means } = settleMixture(mixture, names, of('size'))!;
          expect(longestRun(mixture, means, of('size'))).toBe(
            sum(sources.map(({ size, epochs }) => size * epochs)),
          );
        },
      ),
    );
  });

  test('a schedule: its means, its bounds at every moment, and no course where the shares stay', () => {
    const schedule = [
      { at: 0.5, weights: { math: 1 } },
      { at: 1, weights: { math: 1, general: 1 } },
    ];
    const { means, course } = settleMixture({ schedule, at_least: { general: 0.06 } }, ['math', 'general'])!;
    // The line from 0 to a half is at the floor when 12 % of its way are done.
    expect(means['general']).toBeCloseTo(0.5 * 0.06 + 0.5 * (0.12 * 0.06 + 0.88 * ((0.06 + 0.5) / 2)), 9);
    expect(shareBetween(course!, 'general', 0.5, 0.55)).toBeCloseTo(0.06, 9);
    expect(shareBetween(course!, 'general', 0.7, 0.8)).toBeCloseTo(0.25, 9);
    for (let at = 0; at < 1; at += 0.05)
      expect(shareBetween(course!, 'general', at, at + 0.05)).toBeGreaterThanOrEqual(0.06 - 1e-12);
    const same = [0, 0.3, 1].map((at) => ({ at, weights: { math: 3, general: 1 } }));
    expect(settleMixture({ schedule: same }, ['math', 'general'])).toEqual({
      means: { general: expect.closeTo(0.25, 12), math: expect.closeTo(0.75, 12) },
    });
    expect(settleMixture({ weights: { math: 1 } }, ['math', 'general'])).toEqual({ means: { math: 1 } });
  });
});

test('moments: the inverse of what a source has given, at any course', () => {
  const thousandth = fc.nat(1000).map((n) => n / 1000);
  const part = fc.double({ min: 1e-6, max: 1, noNaN: true });
  const point = fc.record({
    at: thousandth,
    share: fc.oneof(fc.constantFrom(0, 1), thousandth),
  });
  fc.assert(
    fc.property(fc.array(point, { minLength: 1, maxLength: 6 }), part, part, (points, one, other) => {
      const course = wholeCourse(
        [...points].sort((a, b) => a.at - b.at).map(({ at, share }) => ({ at, shares: { a: share } })),
      );
      const whole = meanShare(course, 'a');
      fc.pre(whole > 1e-6);
      const moment = momentOf(course, 'a');
      const [early, late] = [Math.min(one, other), Math.max(one, other)];
      const at = moment(late);
      expect(at).toBeGreaterThanOrEqual(moment(early) - 1e-9);
      expect(at).toBeGreaterThanOrEqual(0);
      expect(at).toBeLessThanOrEqual(1);
      if (at > 0) expect(Math.abs(at * shareBetween(course, 'a', 0, at) - late * whole)).toBeLessThan(1e-9);
    }),
    { numRuns: 500 },
  );
});
