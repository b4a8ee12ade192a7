/**
 * The keys and values of the tokens seen so far: one array per layer and kind, [rows, kvHeads, slots, headDim].
 * Slot i of a row belongs to the token at index i of that row, so padding never moves anything. onnxruntime reads and
 * writes the arrays where they are.
 */
import type { ModelConfig } from '../../../checkpoint/checkpoint.ts';
import type { HostTensor } from '../../../platform/onnxruntime.ts';
import { cacheNames } from './inference-graph.ts';
import { refuseWithoutRoom } from './room.ts';

type Shape = Pick<ModelConfig, 'layers' | 'kvHeads' | 'headDim'>;

/**
 * Bytes of the cache of one unit of work. A constant and not the free memory, because units, and with them the last
 * bits of results, must not depend on the machine's state.
 */
export const CACHE_BUDGET: number = 2 * 2 ** 30;

/** Tokens of all rows together that a unit's cache may hold. */
export function cacheTokens(config: Shape): number {
  return Math.floor(CACHE_BUDGET / cacheBytesPerToken(config));
}

/** Bytes that one token of one row takes in the cache. */
export function cacheBytesPerToken({ layers, kvHeads, headDim }: Shape): number {
  return 2 * layers * kvHeads * headDim * Float32Array.BYTES_PER_ELEMENT;
}

const CACHE = 'the cache of keys and values';

export class KvCache {
  readonly #config: Shape;
  #arrays: Float32Array<ArrayBuffer>[];
  rows: number;
  slots: number;

  constructor(config: Shape, rows: number, slots: number) {
    this.#config = config;
    this.rows = rows;
    this.slots = slots;
    refuseWithoutRoom(CACHE, 2 * config.layers * this.#elements() * Float32Array.BYTES_PER_ELEMENT);
    this.#arrays = Array.from({ length: 2 * config.layers }, () => new Float32Array(this.#elements()));
  }

  #elements(): number {
    return this.rows * this.#rowElements();
  }

  #bytes(elements: number): number {
    return this.#arrays.length * elements * Float32Array.BYTES_PER_ELEMENT;
  }

  #rowElements(): number {
    return this.#config.kvHeads * this.slots * this.#config.headDim;
  }

  /**
   * Gives the cache another size; what it held is void. Arrays that are large enough are kept. Throws UserError when
   * the memory does not suffice.
   */
  reshape(rows: number, slots: number): void {
    this.rows = rows;
    this.slots = slots;
    const need = this.#elements();
    if (need > (this.#arrays[0]?.length ?? 0)) refuseWithoutRoom(CACHE, this.#bytes(need));
    this.#arrays = this.#arrays.map((old) => (old.length >= need ? old : new Float32Array(need)));
  }

  /** More slots for every row; the first `used` slots keep their content. */
  grow(slots: number, used: number): void {
    const { kvHeads, headDim } = this.#config;
    const segments = this.rows * kvHeads;
    const [from, to] = [this.slots * headDim, slots * headDim];
    this.slots = slots;
    const need = this.#elements();
    const held = this.#arrays[0]!.length;
    if (need > held) refuseWithoutRoom(CACHE, this.#bytes(need - held));
    // One array after the other, so that only one of them exists twice at a time.
    for (let at = 0; at < this.#arrays.length; at++) {
      const old = this.#arrays[at]!;
      // Rows that left have made room as a rule. From the end, as every segment moves towards it.
      const fresh = need > held ? new Float32Array(need) : old;
      for (let segment = segments - 1; segment >= 0; segment--) {
        const [start, end] = [segment * from, segment * from + used * headDim];
        if (fresh === old) old.copyWithin(segment * to, start, end);
        else fresh.set(old.subarray(start, end), segment * to);
      }
      this.#arrays[at] = fresh;
    }
  }

  /** Row `from` takes the place of row `to`. */
  moveRow(from: number, to: number): void {
    const size = this.#rowElements();
    for (const array of this.#arrays) array.copyWithin(to * size, from * size, (from + 1) * size);
  }

  /** Copies the first `length` slots of `source`'s only row into the same slots of every row. */
  fillPrefix(source: KvCache, length: number): void {
    const { kvHeads, headDim } = this.#config;
    this.#arrays.forEach((array, at) => {
      const from = source.#arrays[at]!;
      for (let segment = 0; segment < this.rows * kvHeads; segment++) {
        const start = (segment % kvHeads) * source.slots * headDim;
        array.set(from.subarray(start, start + length * headDim), segment * this.slots * headDim);
      }
    });
  }

  /** The tensors of rows `from` (inclusive) to `to` (exclusive), by their input names. Views, not copies. */
  tensors(from: number, to: number): Record<string, HostTensor> {
    const { layers, kvHeads, headDim } = this.#config;
    const size = this.#rowElements();
    const shape = [to - from, kvHeads, this.slots, headDim];
    const tensors: Record<string, HostTensor> = {};
    for (let layer = 0; layer < layers; layer++) {
      const { key, value } = cacheNames(layer);
      const view = (at: number) => this.#arrays[at]!.subarray(from * size, to * size);
      tensors[key] = { dtype: 'f32', shape, data: view(2 * layer) };
      tensors[value] = { dtype: 'f32', shape, data: view(2 * layer + 1) };
    }
    return tensors;
  }
}
