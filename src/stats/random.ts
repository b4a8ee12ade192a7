/**
 * A seeded stream of uniform numbers: xoshiro128** (Blackman and Vigna, "Scrambled linear pseudorandom number
 * generators", 2018, https://prng.di.unimi.it/xoshiro128starstar.c). Chosen because it needs 32-bit arithmetic only,
 * which JavaScript does exactly, and passes BigCrush. Statistics must be repeatable, so nothing else draws here.
 */
export interface RandomStream {
  /** The next 32 random bits as an unsigned integer. */
  bits(): number;
  /** A uniform number in [0, 1) with 32 bits of resolution. */
  uniform(): number;
  /** A uniform integer in [0, n), without the bias of a plain remainder. `n` from 1 to 2^32. */
  below(n: number): number;
}

const rotate = (x: number, k: number): number => (x << k) | (x >>> (32 - k));

/**
 * Fills the state from one 32-bit word with splitmix32 (the 32-bit member of Steele, Lea and Flood's SplitMix
 * family, constants of MurmurHash3's finaliser), as the authors of xoshiro advise: never seed it with raw small numbers.
 */
function spread(seed: number): [number, number, number, number] {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return z ^ (z >>> 16);
  };
  return [next(), next(), next(), next()];
}

/** FNV-1a over the UTF-16 units: a text such as `mixed/logical` names a stream of its own. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

/** The stream of a seed: a 32-bit integer or any text. The same seed gives the same numbers on every machine. */
export function randomStream(seed: number | string): RandomStream {
  return fromState(spread(typeof seed === 'string' ? hashText(seed) : seed));
}

/** The stream that starts in a given state of four 32-bit words, not all zero. */
export function fromState(state: readonly [number, number, number, number]): RandomStream {
  let [a, b, c, d] = state;
  let [lastN, limit] = [1, 2 ** 32];
  const bits = () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotate(d, 11);
    return result;
  };
  return {
    bits,
    uniform: () => bits() / 2 ** 32,
    below: (n) => {
      // n blocks of equal size; the incomplete rest of 2^32 is rejected. A long run of equal
      // n, as in a bootstrap, computes that block's size once.
      if (n !== lastN) {
        lastN = n;
        limit = 2 ** 32 - (2 ** 32 % n);
      }
      let drawn = bits();
      while (drawn >= limit) drawn = bits();
      return Math.floor(drawn / (limit / n));
    },
  };
}
