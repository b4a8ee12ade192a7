import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PythonRandom } from './python-random.ts';

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

const ZERO = {
  shuffled: [7, 8, 1, 5, 3, 4, 2, 0, 9, 6],
  five: [11, 18, 6, 16, 4],
  eight: [9, 4, 24, 3, 19, 8, 17, 22],
  bits: 103,
  below: [0, 635],
};
const LARGE = {
  shuffled: [0, 5, 2, 3, 6, 1, 8, 4, 7, 9],
  five: [12, 14, 18, 11, 7],
  eight: [26, 28, 14, 24, 19, 5, 4, 16],
  bits: 93,
  below: [0, 64],
};
const REALS = [0.8444218515250481, 0.05219198828260849, -1.0434089742005737, 4, 0.9654648863619172];
const LAST = [2, 1, 0, 3];

/** Every expected value was printed by CPython 3.11. */
describe('PythonRandom agrees with CPython', () => {
  it('in its raw output', () => {
    const random = new PythonRandom(1234);
    expect([1, 2, 3].map(() => random.getrandbits(32))).toEqual([4150886329, 3342196574, 1892932127]);
  });

  it('in real numbers, evenly and normally distributed', () => {
    const random = new PythonRandom(0);
    const drawn = [random.random(), random.gauss(), random.gauss(), random.randbelow(10), random.random()];
    // Sines and logarithms may differ in the last bit.
    drawn.forEach((value, i) => {
      expect(value).toBeCloseTo(REALS[i]!, 14);
    });
  });

  it('in samples from large populations (drawn with rejection)', () => {
    const random = new PythonRandom(1234);
    expect([1, 2, 3].map(() => random.sample(range(7473), 5))).toEqual([
      [6374, 3610, 957, 61, 742],
      [7462, 6610, 4769, 286, 5501],
      [5677, 687, 806, 6279, 2905],
    ]);
    const other = new PythonRandom(1234);
    expect([1, 2].map(() => other.sample(range(1119), 5))).toEqual([
      [902, 239, 15, 185, 71],
      [171, 201, 726, 484, 35],
    ]);
    expect(new PythonRandom(1234).sample(range(40398), 6)).toEqual([28883, 7657, 490, 5940, 38156, 2288]);
  });

  it('in shuffles and samples from small populations (a shrinking list), also for seeds over 32 bits', () => {
    const draw = (seed: number) => {
      const random = new PythonRandom(seed);
      const shuffled = range(10);
      random.shuffle(shuffled);
      return {
        shuffled,
        five: random.sample(range(20), 5),
        eight: random.sample(range(30), 8),
        bits: random.getrandbits(7),
        below: [random.randbelow(1), random.randbelow(1024)],
      };
    };
    expect(draw(0)).toEqual(ZERO);
    expect(draw(2 ** 40 + 7)).toEqual(LARGE);
  });

  it('after the state has been renewed twice', () => {
    const random = new PythonRandom(42);
    let last: number[] = [];
    for (let i = 0; i < 400; i++) last = random.sample(range(4), 4);
    expect(last).toEqual(LAST);
  });

  it('and samples are always different elements of the population', () => {
    fc.assert(
      fc.property(
        fc.nat(2 ** 31),
        fc.nat(200).chain((n) => fc.tuple(fc.constant(n), fc.nat(n))),
        (seed, [n, k]) => {
          const drawn = new PythonRandom(seed).sample(range(n), k);
          expect(new Set(drawn).size).toBe(k);
          expect(drawn.every((x) => x < n)).toBe(true);
        },
      ),
    );
  });
});
