import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../stats/random.ts';
import { Parities, parityOf, parityWords } from './parity.ts';

const random = randomStream('parity');
const numbers = (count: number): number[] => Array.from({ length: count }, () => random.bits() & ~1);
const parity = (set: Iterable<number>): Uint32Array => parityOf(Uint32Array.from(new Set(set)));

/** Sets before it are there, so that places count. */
function mayDifferInFew(a: Uint32Array, b: Uint32Array, limit: number): boolean {
  const all = new Parities();
  for (const one of [parity(numbers(50)), a, parity([])]) all.add(one);
  return all.mayDifferInFew(1, b, limit);
}

describe('the parity of sets', () => {
  it('never says that sets differ in more elements than they do, whatever their sizes', () => {
    const set = fc.uniqueArray(fc.integer({ min: 0, max: 300 }), { maxLength: 200 });
    const pool = numbers(301);
    fc.assert(
      fc.property(set, set, (left, right) => {
        const [a, b] = [new Set(left), new Set(right)];
        const differ = left.filter((one) => !b.has(one)).length + right.filter((one) => !a.has(one)).length;
        const of = (all: readonly number[]) => parity(all.map((one) => pool[one]!));
        expect(mayDifferInFew(of(left), of(right), differ)).toBe(true);
      }),
    );
  });

  it('tells most sets apart that share three of four elements', () => {
    const shared = numbers(200);
    let told = 0;
    for (let pair = 0; pair < 200; pair++) {
      const [a, b] = [parity([...shared, ...numbers(60)]), parity([...shared, ...numbers(60)])];
      // At a similarity of 0.8 sets of 260 elements differ in 57 at most; these differ in 120.
      if (!mayDifferInFew(a, b, 57)) told++;
    }
    expect(told).toBeGreaterThan(190);
  });

  it('takes four bits an element at least', () => {
    expect([1, 8, 9, 260, 5000].map(parityWords)).toEqual([1, 1, 2, 64, 1024]);
  });
});
