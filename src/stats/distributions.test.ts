import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { incompleteBeta, logGamma } from './incomplete-beta.ts';
import { normalQuantile } from './normal.ts';
import { studentCdf, studentQuantile } from './student-t.ts';

// Every reference value here is scipy 1.17.1's, computed once.
describe('special functions', () => {
  test.each([
    [0.1, 2.252712651734206],
    [0.5, 0.5723649429247],
    [1, 0],
    [3.3, 0.9870985778947343],
    [25, 54.78472939811232],
    [1320, 8162.037168722876],
  ])('logGamma(%d)', (x, expected) => {
    expect(Math.abs(logGamma(x) - expected)).toBeLessThan(1e-12 * Math.max(1, Math.abs(expected)));
  });

  test.each([
    [0.2, 0.5, 3, 0.733430296619931],
    [0.7, 12, 4.5, 0.37280697054452855],
    [0.01, 0.5, 500, 0.998472642120947],
    [0.999, 60, 0.5, 0.7295112414476738],
  ])('I_%d(%d, %d)', (x, a, b, expected) => {
    expect(incompleteBeta(x, a, b)).toBeCloseTo(expected, 12);
  });
});

describe('quantiles', () => {
  test.each([
    [0.975, 1.959963984540054],
    [0.8, 0.8416212335729143],
    [0.5, 0],
    [0.6, 0.2533471031357997],
    [0.001, -3.090232306167813],
    [1e-10, -6.361340902404056],
    [0.9999999, 5.199337582290661],
  ])('normal %d', (p, expected) => expect(normalQuantile(p)).toBeCloseTo(expected, 12));

  test.each([
    [0.975, 1, 12.706204736174694],
    [0.975, 4, 2.7764451051977934],
    [0.975, 23, 2.0686576104190486],
    [0.975, 99, 1.9842169515864174],
    [0.9, 7.5, 1.4052118464159533],
    [0.995, 2.5, 7.163728138948783],
    [0.9999, 3, 22.203742273205],
    [0.975, 1e6, 1.959966356814107],
  ])('Student %d with %d degrees of freedom', (p, df, expected) => {
    expect(Math.abs(studentQuantile(p, df) / expected - 1)).toBeLessThan(1e-10);
  });

  test.each([
    [2.5, 7, 0.9795038907071235],
    [-0.3, 2, 0.3962428304200888],
    [0.01, 40, 0.5039645015200276],
    [-8, 3.3, 0.001429860299080652],
  ])('Student distribution at %d with %d', (t, df, expected) =>
    expect(studentCdf(t, df)).toBeCloseTo(expected, 12),
  );

  test('quantile and distribution are inverse to each other', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.0001, max: 0.9999, noNaN: true }),
        fc.double({ min: 0.8, max: 500, noNaN: true }),
        (p, df) => Math.abs(studentCdf(studentQuantile(p, df), df) - p) < 1e-10,
      ),
    );
  });

  test('probabilities outside 0 to 1 are refused', () => {
    expect(() => normalQuantile(1)).toThrow(RangeError);
    expect(() => studentQuantile(0, 3)).toThrow(RangeError);
    expect(() => studentQuantile(0.5, 0)).toThrow(RangeError);
  });
});
