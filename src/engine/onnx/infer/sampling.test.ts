import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../stats/random.ts';
import type { Sampling } from '../../engine.ts';
import { sample } from './sampling.ts';

/** The definition, spelt out: probabilities after temperature, top-k and top-p. */
function distribution(logits: Float32Array, { temperature, topK, topP = 1 }: Sampling): number[] {
  const most = Math.max(...logits);
  const weights = [...logits].map((logit) => Math.exp((logit - most) / temperature));
  const order = [...weights.keys()].sort((a, b) => logits[b]! - logits[a]! || a - b).slice(0, topK);
  const total = order.reduce((sum, id) => sum + weights[id]!, 0);
  let reached = 0;
  const kept: number[] = [];
  for (const id of order) {
    if (kept.length > 0 && reached >= topP * total) break;
    kept.push(id);
    reached += weights[id]!;
  }
  return weights.map((weight, id) => (kept.includes(id) ? weight / reached : 0));
}

const LOGITS = Float32Array.from({ length: 60 }, (_, id) => 3 * Math.sin(7 * id) - id / 20);

describe('sample', () => {
  it.each<Sampling>([
    { temperature: 1 },
    { temperature: 0.5 },
    { temperature: 2, topK: 5 },
    { temperature: 1, topP: 0.7 },
    { temperature: 1.5, topK: 20, topP: 0.9 },
  ])('draws with the probabilities of its settings: %o', (sampling) => {
    const draws = 20_000;
    const random = randomStream('chi-square');
    const counts = new Array<number>(LOGITS.length).fill(0);
    for (let draw = 0; draw < draws; draw++) counts[sample(LOGITS, sampling, random)]!++;
    const expected = distribution(LOGITS, sampling).map((p) => p * draws);
    let statistic = 0;
    let cells = 0;
    let rare = { seen: 0, expected: 0 };
    expected.forEach((count, id) => {
      if (count === 0) expect(counts[id]).toBe(0);
      else if (count < 10) rare = { seen: rare.seen + counts[id]!, expected: rare.expected + count };
      else {
        statistic += (counts[id]! - count) ** 2 / count;
        cells++;
      }
    });
    if (rare.expected > 0) {
      statistic += (rare.seen - rare.expected) ** 2 / rare.expected;
      cells++;
    }
    // Chi-square with cells - 1 degrees of freedom: mean + 4.5 standard deviations.
    expect(statistic).toBeLessThan(cells - 1 + 4.5 * Math.sqrt(2 * (cells - 1)) + 1e-9);
  });

  it('is greedy at temperature 0 and with a single candidate', () => {
    const best = LOGITS.indexOf(Math.max(...LOGITS));
    expect(sample(LOGITS, { temperature: 0 }, randomStream(1))).toBe(best);
    expect(sample(LOGITS, { temperature: 3, topK: 1 }, randomStream(1))).toBe(best);
    expect(sample(LOGITS, { temperature: 1, topP: 1e-9 }, randomStream(1))).toBe(best);
  });

  it('never draws what top-k or top-p leave out', () => {
    fc.assert(
      fc.property(
        fc.float32Array({ minLength: 1, maxLength: 50, min: -30, max: 30, noNaN: true }),
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        fc.double({ min: 0.05, max: 5, noNaN: true }),
        fc.nat(),
        (logits, topK, topP, temperature, seed) => {
          const sampling = { temperature, topK, topP };
          const drawn = sample(logits, sampling, randomStream(`${seed}`));
          const p = distribution(logits, sampling)[drawn]!;
          // Where two candidates differ in the last bit only, either may be the last that fits.
          if (p === 0) {
            const looser = { ...sampling, topP: Math.min(1, topP + 1e-9) };
            expect(distribution(logits, looser)[drawn]).toBeGreaterThan(0);
          }
        },
      ),
    );
  });
});
