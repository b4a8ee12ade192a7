import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Course } from '../data/mixture/course.ts';
import { toldKnots } from './course-text.ts';
import { stagesText } from './mix-text.ts';

const two = (at: number, a: number) => ({ at, shares: { a, b: 1 - a } });

test('a constant mix, and no training', () => {
  expect(stagesText({ stages: [{ share: 1, mix: { a: 0.5, b: 0.5 } }] })).toBe('a 50 %, b 50 %');
  expect(stagesText({ stages: [] })).toBe('no training');
});

test('a schedule is told with its steps, its means as means, and its bounds', () => {
  const course = [two(0, 0.9), two(0.5, 0.9), two(0.5, 0), two(1, 0)];
  const bounds = { atLeast: { b: 0.1 }, atMost: { a: 0.9 } };
  const stages = [
    { share: 0.5, mix: { a: 0.45, b: 0.55 }, mixture: 'then', course, bounds },
    { share: 0.5, mix: { a: 1 } },
  ];
  expect(stagesText({ stages })).toBe(
    'a 45 %, b 55 % on average (mixture then: at 0 % of the stage a 90 %, b 10 %; at 50 % a 90 %, b 10 %; ' +
      'at 50 % a 0 %, b 100 %; at 100 % a 0 %, b 100 %; at least b 10 % at every moment; ' +
      'at most a 90 % at every moment) → a 100 %',
  );
});

test('bounds of a mixture whose shares stay', () => {
  const stages = [{ share: 1, mix: { a: 0.2, b: 0.8 }, mixture: 'even', bounds: { atLeast: { a: 0.2 } } }];
  expect(stagesText({ stages })).toBe('a 20 %, b 80 % (mixture even: at least a 20 % at every moment)');
});

describe('the knots that are told', () => {
  /** Share of `a` on the lines between knots, on the side of a step that ends there. */
  const shareAt = (course: Course, at: number): number => {
    const next = course.findIndex((knot, index) => index > 0 && knot.at >= at);
    const [from, to] = [course[next - 1]!, course[next]!];
    const way = to.at > from.at ? (at - from.at) / (to.at - from.at) : 0;
    return from.shares['a']! + way * (to.shares['a']! - from.shares['a']!);
  };

  test('hold every share to half a percent', () => {
    const middle = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 20 });
    fc.assert(
      fc.property(middle, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (ats, shares) => {
        const next = () => shares.next().value as number;
        const moments = [0, ...ats.sort((a, b) => a - b).map((at) => at / 100), 1];
        const course = moments.map((at) => two(at, next()));
        const told = toldKnots(course);
        for (const { at, shares: own } of course)
          expect(Math.abs(shareAt(told, at) - own['a']!)).toBeLessThanOrEqual(0.005 + 1e-12);
        expect(course).toEqual(expect.arrayContaining([...told]));
      }),
    );
  });

  test('are two of a straight line, however many knots it has', () => {
    const line = Array.from({ length: 101 }, (_, at) => two(at / 100, at / 100));
    expect(toldKnots(line)).toEqual([line[0], line[100]]);
  });
});
