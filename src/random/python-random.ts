/**
 * Python's `random.Random(seed)` for integer seeds: the Mersenne Twister MT19937 (Matsumoto and Nishimura 1998) and
 * CPython's rules for `getrandbits`, `randbelow`, `random`, `gauss`, `sample` and `shuffle` (Lib/random.py,
 * Modules/_randommodule.c).
 * Needed where another tool's draws have to be repeated exactly, such as lm-evaluation-harness's few-shot examples.
 */
const N = 624;
const M = 397;

export class PythonRandom {
  readonly #state = new Uint32Array(N);
  #index = N;
  #nextGauss: number | null = null;

  /** `seed`: a non-negative safe integer. CPython feeds its 32-bit digits, lowest first, to `init_by_array`. */
  constructor(seed: number) {
    if (!Number.isSafeInteger(seed) || seed < 0) throw new RangeError(`seed ${seed}: a whole number from 0`);
    const high = Math.floor(seed / 2 ** 32);
    this.#initByArray(high > 0 ? [seed >>> 0, high] : [seed >>> 0]);
  }

  /** A whole number from 0 to 2^bits - 1, for 1 to 32 bits: the top bits of one output. */
  getrandbits(bits: number): number {
    if (!Number.isInteger(bits) || bits < 1 || bits > 32) throw new RangeError(`bits ${bits}: from 1 to 32`);
    return this.#next() >>> (32 - bits);
  }

  /** A whole number from 0 to `limit` - 1, for limits up to 2^32 - 1. Draws again until the value fits. */
  randbelow(limit: number): number {
    if (!Number.isInteger(limit) || limit < 1 || limit >= 2 ** 32) throw new RangeError(`limit ${limit}`);
    const bits = 32 - Math.clz32(limit);
    let value = this.getrandbits(bits);
    while (value >= limit) value = this.getrandbits(bits);
    return value;
  }

  /** A number in [0, 1) with 53 random bits. */
  random(): number {
    return ((this.#next() >>> 5) * 2 ** 26 + (this.#next() >>> 6)) / 2 ** 53;
  }

  /** `gauss(0, 1)`: normally distributed, drawn in pairs (Box and Muller 1958). */
  gauss(): number {
    const kept = this.#nextGauss;
    if (kept !== null) {
      this.#nextGauss = null;
      return kept;
    }
    const angle = this.random() * 2 * Math.PI;
    const radius = Math.sqrt(-2 * Math.log(1 - this.random()));
    this.#nextGauss = Math.sin(angle) * radius;
    return Math.cos(angle) * radius;
  }

  /** `count` different elements in the order drawn. Throws RangeError when the population is smaller. */
  sample<T>(population: readonly T[], count: number): T[] {
    const size = population.length;
    if (!Number.isInteger(count) || count < 0 || count > size) {
      throw new RangeError(`a sample of ${count} from ${size}`);
    }
    // CPython takes a list or a set, whichever is smaller in its memory model; the draws differ.
    let setSize = 21;
    if (count > 5) setSize += 4 ** Math.ceil(Math.log(count * 3) / Math.log(4));
    if (size <= setSize) {
      const pool = [...population];
      return Array.from({ length: count }, (_, i) => {
        const at = this.randbelow(size - i);
        const chosen = pool[at] as T;
        pool[at] = pool[size - i - 1] as T;
        return chosen;
      });
    }
    const taken = new Set<number>();
    return Array.from({ length: count }, () => {
      let at = this.randbelow(size);
      while (taken.has(at)) at = this.randbelow(size);
      taken.add(at);
      return population[at] as T;
    });
  }

  /** Shuffles in place. */
  shuffle<T>(items: T[]): void {
    for (let i = items.length - 1; i > 0; i--) {
      const at = this.randbelow(i + 1);
      const kept = items[i] as T;
      items[i] = items[at] as T;
      items[at] = kept;
    }
  }

  #initByArray(key: readonly number[]): void {
    const state = this.#state;
    state[0] = 19650218;
    for (let i = 1; i < N; i++) {
      const previous = state[i - 1]! ^ (state[i - 1]! >>> 30);
      state[i] = Math.imul(1812433253, previous) + i;
    }
    let i = 1;
    let j = 0;
    for (let step = Math.max(N, key.length); step > 0; step--) {
      const previous = state[i - 1]! ^ (state[i - 1]! >>> 30);
      state[i] = (state[i]! ^ Math.imul(previous, 1664525)) + key[j]! + j;
      i++;
      j++;
      if (i >= N) {
        state[0] = state[N - 1]!;
        i = 1;
      }
      if (j >= key.length) j = 0;
    }
    for (let step = N - 1; step > 0; step--) {
      const previous = state[i - 1]! ^ (state[i - 1]! >>> 30);
      state[i] = (state[i]! ^ Math.imul(previous, 1566083941)) - i;
      i++;
      if (i >= N) {
        state[0] = state[N - 1]!;
        i = 1;
      }
    }
    state[0] = 0x80000000;
  }

  #next(): number {
    if (this.#index >= N) this.#twist();
    let y = this.#state[this.#index++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  #twist(): void {
    const state = this.#state;
    for (let i = 0; i < N; i++) {
      const y = (state[i]! & 0x80000000) | (state[(i + 1) % N]! & 0x7fffffff);
      state[i] = state[(i + M) % N]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.#index = 0;
  }
}
