/**
 * llama.cpp's K formats: super-blocks of 256 weights with quantised scales. Layouts as in ggml's `ggml-common.h`.
 *
 * Q4_K and Q5_K: eight groups of 32 weights, w = (d s) q - (dmin m) with six-bit s and m per group, packed into
 * twelve bytes: the first four bytes hold s of groups 0-3 in their low six bits, the next four m likewise; the last
 * four hold the low nibbles of groups 4-7 (s low, m high), whose upper two bits sit on top of the first eight bytes.
 */
import type { BlockFormat } from './block-format.ts';
import { HALF } from './floats.ts';

const scales = new Uint8Array(8);
const minima = new Uint8Array(8);

function unpackScales(bytes: Uint8Array, at: number): void {
  for (let i = 0; i < 4; i++) {
    const a = bytes[at + i]!;
    const b = bytes[at + 4 + i]!;
    const c = bytes[at + 8 + i]!;
    scales[i] = a & 63;
    minima[i] = b & 63;
    scales[i + 4] = (c & 15) | ((a >> 6) << 4);
    minima[i + 4] = (c >> 4) | ((b >> 6) << 4);
  }
}

/** Block: d (2), dmin (2), scales (12), q (128): each run of 32 bytes holds two groups, low nibbles first. */
export const Q4_K: BlockFormat = {
  name: 'Q4_K',
  weights: 256,
  bytes: 144,
  dequantise(bytes, out) {
    for (let at = 0, to = 0; to < out.length; at += 144, to += 256) {
      const d = HALF[bytes[at]! | (bytes[at + 1]! << 8)]!;
      const dmin = HALF[bytes[at + 2]! | (bytes[at + 3]! << 8)]!;
      unpackScales(bytes, at + 4);
      for (let pair = 0; pair < 4; pair++) {
        const s0 = d * scales[2 * pair]!;
        const m0 = dmin * minima[2 * pair]!;
        const s1 = d * scales[2 * pair + 1]!;
        const m1 = dmin * minima[2 * pair + 1]!;
        const from = at + 16 + 32 * pair;
        const base = to + 64 * pair;
        for (let i = 0; i < 32; i++) {
          const q = bytes[from + i]!;
          out[base + i] = s0 * (q & 15) - m0;
          out[base + 32 + i] = s1 * (q >> 4) - m1;
        }
      }
    }
  },
};

/** Block: d (2), dmin (2), scales (12), fifth bits (32): weight i of group g at bit g of byte i, q (128) as Q4_K. */
export const Q5_K: BlockFormat = {
  name: 'Q5_K',
  weights: 256,
  bytes: 176,
  dequantise(bytes, out) {
    for (let at = 0, to = 0; to < out.length; at += 176, to += 256) {
      const d = HALF[bytes[at]! | (bytes[at + 1]! << 8)]!;
      const dmin = HALF[bytes[at + 2]! | (bytes[at + 3]! << 8)]!;
      unpackScales(bytes, at + 4);
      for (let pair = 0; pair < 4; pair++) {
        const s0 = d * scales[2 * pair]!;
        const m0 = dmin * minima[2 * pair]!;
        const s1 = d * scales[2 * pair + 1]!;
        const m1 = dmin * minima[2 * pair + 1]!;
        const from = at + 48 + 32 * pair;
        const base = to + 64 * pair;
        for (let i = 0; i < 32; i++) {
          const q = bytes[from + i]!;
          const fifth = bytes[at + 16 + i]! >> (2 * pair);
          out[base + i] = s0 * ((q & 15) | ((fifth & 1) << 4)) - m0;
          out[base + 32 + i] = s1 * ((q >> 4) | ((fifth & 2) << 3)) - m1;
        }
      }
    }
  },
};

/**
 * w = (d s) (q - 32), sixteen groups of 16 weights with signed eight-bit scales.
 * Block: low nibbles (128), upper two bits (64), scales (16), d (2), in two halves of 128 weights.
 */
export const Q6_K: BlockFormat = {
  name: 'Q6_K',
  weights: 256,
  bytes: 210,
  dequantise(bytes, out) {
    const signed = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let at = 0, to = 0; to < out.length; at += 210, to += 256) {
      const d = HALF[bytes[at + 208]! | (bytes[at + 209]! << 8)]!;
      for (let half = 0; half < 2; half++) {
        const low = at + 64 * half;
        const high = at + 128 + 32 * half;
        const group = at + 192 + 8 * half;
        const base = to + 128 * half;
        for (let i = 0; i < 32; i++) {
          const g = group + (i >> 4);
          const a = bytes[low + i]!;
          const b = bytes[low + 32 + i]!;
          const h = bytes[high + i]!;
          out[base + i] = d * signed[g]! * (((a & 15) | ((h & 3) << 4)) - 32);
          out[base + 32 + i] = d * signed[g + 2]! * (((b & 15) | (((h >> 2) & 3) << 4)) - 32);
          out[base + 64 + i] = d * signed[g + 4]! * (((a >> 4) | (((h >> 4) & 3) << 4)) - 32);
          out[base + 96 + i] = d * signed[g + 6]! * (((b >> 4) | ((h >> 6) << 4)) - 32);
        }
      }
    }
  },
};
