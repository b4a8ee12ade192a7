import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../stats/random.ts';
import { bandRecall, chooseBanding, jaccard, Sketcher, shinglesOf } from './sketch.ts';

const setOf = (values: readonly number[]): Uint32Array => Uint32Array.from(new Set(values)).sort();

describe('banding', () => {
  it('has at least the recall that was asked for, with at most 128 minima', () => {
    const share = fc.double({ min: 0.3, max: 0.95, noNaN: true });
    fc.assert(
      fc.property(share, fc.double({ min: 0.5, max: 0.95, noNaN: true }), (threshold, recall) => {
        const banding = chooseBanding(threshold, recall);
        expect(bandRecall(banding, threshold)).toBeGreaterThanOrEqual(recall - 1e-9);
        expect(banding.bands * banding.places).toBeLessThanOrEqual(128);
      }),
    );
  });

  it('takes the longest bands that do', () => {
    expect(chooseBanding(0.6, 0.95)).toEqual({ bands: 22, places: 4 });
    expect(chooseBanding(0.8, 0.95)).toEqual({ bands: 13, places: 7 });
  });

  it('lets pairs of sets meet as often as the formula says', () => {
    const banding = chooseBanding(0.6, 0.95);
    const sketcher = new Sketcher(banding);
    const random = randomStream('pairs');
    const pairs = 400;
    let met = 0;
    for (let pair = 0; pair < pairs; pair++) {
      // 30 common elements of 50 in all: a similarity of 0.6.
      const all = Array.from({ length: 50 }, () => random.bits());
      const [a, b] = [all.slice(0, 40), [...all.slice(0, 30), ...all.slice(40)]].map((set) => {
        return new Set(sketcher.bandKeys(sketcher.minima(setOf(set))));
      });
      if ([...a!].some((key) => b!.has(key))) met++;
    }
    // Four standard errors below the 0.951 that are expected.
    expect(met / pairs).toBeGreaterThan(bandRecall(banding, 0.6) - 0.044);
  });

  it('estimates the similarity by the share of equal minima', () => {
    const sketcher = new Sketcher({ bands: 64, places: 64 });
    const a = setOf(Array.from({ length: 300 }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 0));
    const b = setOf(Array.from({ length: 300 }, (_, i) => Math.imul(i + 100, 0x9e3779b1) >>> 0));
    const [left, right] = [sketcher.minima(a), sketcher.minima(b)];
    const equal = left.filter((minimum, i) => minimum === right[i]).length / left.length;
    // 4,096 minima: a standard error of 0.008.
    expect(Math.abs(equal - jaccard(a, b))).toBeLessThan(0.04);
  });
});

it('computes the similarity of sets', () => {
  const values = fc.array(fc.nat(20));
  fc.assert(
    fc.property(values, values, (left, right) => {
      const [a, b] = [new Set(left), new Set(right)];
      const both = [...a].filter((value) => b.has(value)).length;
      const either = new Set([...left, ...right]).size;
      expect(jaccard(setOf(left), setOf(right))).toBe(either === 0 ? 1 : both / either);
    }),
  );
});

it('cuts a text into runs of neighbouring words', () => {
  const words = Uint32Array.of(5, 6, 7, 5, 6);
  expect(shinglesOf(words, 1)).toEqual(Uint32Array.of(5, 6, 7));
  expect(shinglesOf(words, 2)).toHaveLength(3);
  expect(shinglesOf(words, 9)).toHaveLength(1);
  expect(shinglesOf(new Uint32Array(0), 3)).toHaveLength(0);
});
