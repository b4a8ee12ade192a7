import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundedCourse, type WeightPoint } from './bounded-course.ts';
import { boundedShares } from './bounded-shares.ts';

const hundredth = fc.nat(100).map((n) => n / 100);

/** Two to four sources, one to four points, bounds that leave a way. */
const courses = fc.integer({ min: 2, max: 4 }).chain((sources) =>
  fc.record({
    points: fc
      .array(
        fc.record({
          at: hundredth,
          weights: fc
            .array(fc.oneof(fc.constant(0), hundredth), { minLength: sources, maxLength: sources })
            .filter((weights) => weights.some((weight) => weight > 0)),
        }),
        { minLength: 1, maxLength: 4 },
      )
      .map((points): WeightPoint[] =>
        points
          .sort((a, b) => a.at - b.at)
          .map(({ at, weights }) => {
            const sum = weights.reduce((total, weight) => total + weight, 0);
            return { at, weights: weights.map((weight) => weight / sum) };
          }),
      ),
    bounds: fc.array(
      fc.record({
        least: fc.nat(20).map((n) => n / 100),
        most: fc.integer({ min: 60, max: 100 }).map((n) => n / 100),
      }),
      { minLength: sources, maxLength: sources },
    ),
  }),
);

test('at every moment the shares are those of the weights there, within the bounds', () => {
  fc.assert(
    fc.property(courses, fc.double({ min: 0, max: 1, noNaN: true }), ({ points, bounds }, place) => {
      const course = boundedCourse(points, bounds);
      if (course === undefined) {
        expect(points.some(({ weights }) => boundedShares(weights, bounds) === undefined)).toBe(true);
        return;
      }
      const moments = course.map(({ at }) => at);
      expect(moments).toEqual([...moments].sort((a, b) => a - b));
      for (const [index, to] of course.entries()) {
        const from = course[index - 1];
        if (from === undefined || to.at - from.at <= 2 ** -30) continue;
        const at = from.at + place * (to.at - from.at);
        const next = points.findIndex((point) => point.at >= to.at);
        const [before, after] = [points[next - 1]!, points[next]!];
        if (before === undefined) continue;
        const way = (at - before.at) / (after.at - before.at);
        const weights = before.weights.map((weight, one) => weight + way * (after.weights[one]! - weight));
        const wanted = boundedShares(weights, bounds)!;
        for (const [source, share] of wanted.entries()) {
          const [start, end] = [from.shares[source]!, to.shares[source]!];
          const shown = start + ((at - from.at) / (to.at - from.at)) * (end - start);
          expect(Math.abs(shown - share)).toBeLessThan(1e-5);
          expect(shown).toBeGreaterThanOrEqual(bounds[source]!.least - 1e-7);
          expect(shown).toBeLessThanOrEqual(bounds[source]!.most + 1e-7);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('a floor holds where the line is below it, and the line elsewhere', () => {
  const free = { least: 0, most: 1 };
  const course = boundedCourse(
    [
      { at: 0.5, weights: [0, 1] },
      { at: 0.9, weights: [0.5, 0.5] },
    ],
    [{ least: 0.06, most: 1 }, free],
  )!;
  // The line is at 6 % when 0.048 of the run have gone by.
  const bend = course.find(({ at }) => at > 0.5 && at >= 0.548 - 1e-6)!;
  expect(bend.at).toBeCloseTo(0.548, 5);
  for (const { at, shares } of course) {
    expect(shares[0]).toBeCloseTo(Math.max(0.06, (at - 0.5) * 1.25), 5);
    expect(shares[0]! + shares[1]!).toBeCloseTo(1, 12);
  }
  expect(course.length).toBeLessThan(40);
});

test('without a bound that holds, the points are those of the schedule', () => {
  const points = [
    { at: 0, weights: [1, 0, 0] },
    { at: 0.4, weights: [0.2, 0.3, 0.5] },
    { at: 0.4, weights: [0, 0, 1] },
    { at: 1, weights: [0.5, 0.5, 0] },
  ];
  const free = { least: 0, most: 1 };
  const course = boundedCourse(points, [free, free, free])!;
  expect(course.map(({ at }) => at)).toEqual(points.map(({ at }) => at));
  for (const [index, { shares }] of course.entries())
    for (const [source, share] of shares.entries())
      expect(share).toBeCloseTo(points[index]!.weights[source]!, 12);
});
