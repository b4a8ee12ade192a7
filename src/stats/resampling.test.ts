import { describe, expect, test } from 'vitest';
import { bootstrapMacroAverages, percentileInterval } from './bootstrap.ts';
import { clusteredStandardError } from './clusters.ts';
import { macroAverage } from './macro-average.ts';
import { mcnemarExact } from './mcnemar.ts';
import { pairedDifference } from './paired.ts';
import { randomStream } from './random.ts';
import { signFlipTest } from './sign-flip.ts';
import { transferIndex } from './transfer-index.ts';

/** `n` differences with the given numbers of gains and losses, each item its own cluster. */
function stratum(gained: number, lost: number, n: number, prefix = 'i') {
  const values = Array.from({ length: n }, (_, i) => (i < gained ? 1 : i < gained + lost ? -1 : 0));
  return { values, clusters: values.map((_, i) => `${prefix}${i}`) };
}

describe('paired cluster bootstrap', () => {
  test('a seed gives the same values; their spread is the clustered standard error', () => {
    const values = Array.from({ length: 200 }, (_, i) => [1, 0, 0, -1, 1, 0, 0, 0][i % 8] as number);
    const clusters = values.map((_, i) => `c${Math.floor(i / 4)}`);
    const drawn = bootstrapMacroAverages([{ values, clusters }], randomStream(7), 4000);
    expect(drawn).toEqual(bootstrapMacroAverages([{ values, clusters }], randomStream(7), 4000));
    const mean = drawn.reduce((a, b) => a + b) / drawn.length;
    const spread = Math.sqrt(drawn.reduce((a, b) => a + (b - mean) ** 2, 0) / drawn.length);
    expect(mean).toBeCloseTo(values.reduce((a, b) => a + b) / 200, 2);
    expect(spread / (clusteredStandardError(values, clusters) as number)).toBeCloseTo(1, 1);
  });

  test('percentiles interpolate like numpy.percentile', () => {
    const { low, high } = percentileInterval(Float64Array.of(5, 1, 4, 2, 3), 0.9);
    expect([low, high]).toEqual([1.2, expect.closeTo(4.8, 12)]);
  });

  test('the macro-average weighs benchmarks, not items', () => {
    const drawn = bootstrapMacroAverages([stratum(10, 0, 10), stratum(0, 0, 1000)], randomStream(1), 50);
    expect([...drawn].every((v) => v === 0.5)).toBe(true);
  });
});

test('combined interval: by hand, and close to the bootstrap where there is much data', () => {
  const a = pairedDifference(...unzip(stratum(60, 30, 400).values));
  const b = pairedDifference(...unzip(stratum(20, 40, 300).values));
  const combined = macroAverage([a, b]);
  expect(combined.value).toBeCloseTo((a.value + b.value) / 2, 14);
  expect(combined.low).toBeCloseTo(combined.value - Math.hypot(a.value - a.low, b.value - b.low) / 2, 14);
  const drawn = percentileInterval(
    bootstrapMacroAverages([stratum(60, 30, 400), stratum(20, 40, 300)], randomStream(3), 4000),
  );
  expect(combined.low).toBeCloseTo(drawn.low, 2);
  expect(combined.high).toBeCloseTo(drawn.high, 2);
  expect(macroAverage([a])).toBe(a);
});

describe('sign-flip test', () => {
  test.each([
    [12, 3],
    [8, 0],
    [6, 6],
    [60, 40],
  ])('with one benchmark of independent items it is the exact McNemar test: %d and %d', (gained, lost) => {
    const p = signFlipTest([stratum(gained, lost, 200)], randomStream('p'), 40_000);
    expect(p).toBeCloseTo(mcnemarExact(gained, lost), 2);
  });

  test('related items count once: 12 gains in 3 clusters prove little', () => {
    const { values } = stratum(12, 0, 12);
    const clusters = values.map((_, i) => `c${i % 3}`);
    expect(signFlipTest([{ values, clusters }], randomStream(1))).toBeCloseTo(0.25, 1);
  });

  test('no difference anywhere gives 1', () => {
    expect(signFlipTest([stratum(0, 0, 5)], randomStream(1))).toBe(1);
  });
});

describe('Transfer index', () => {
  const part = (gained: number, lost: number, n: number, baseScore: number) => ({
    ...stratum(gained, lost, n),
    baseScore,
  });

  test('ratio of mean relative gains, with an interval around it', () => {
    const index = transferIndex([part(90, 10, 400, 0.4)], [part(40, 20, 400, 0.5)], randomStream(5));
    // (0.05 / 0.5) / (0.2 / 0.4) = 0.2
    expect(index.value).toBeCloseTo(20, 10);
    expect(index.low).toBeLessThan(20);
    expect(index.high).toBeGreaterThan(20);
    expect(index.refused).toBeNull();
  });

  test('refused when the gain in mathematics may be 0, and when a base score is 0', () => {
    const unsure = transferIndex([part(10, 8, 100, 0.4)], [part(40, 20, 400, 0.5)], randomStream(5));
    expect(unsure).toMatchObject({ value: null, low: null });
    expect(unsure.refused).toMatch(/contains 0/);
    const floor = transferIndex([part(90, 0, 100, 0)], [part(40, 20, 400, 0.5)], randomStream(5));
    expect(floor.refused).toMatch(/scores 0/);
  });
});

/** Base and arm scores that have these differences. */
function unzip(differences: readonly number[]): [number[], number[]] {
  return [differences.map((d) => (d === -1 ? 1 : 0)), differences.map((d) => (d === 1 ? 1 : 0))];
}
