/**
 * llama.cpp's first block formats: 32 weights that share a half-precision scale d, and in the `_1` formats a
 * half-precision minimum m. Layouts as in ggml's `ggml-common.h`; the low nibbles of a block's bytes are weights
 * 0 to 15, the high ones 16 to 31; the fifth bits of Q5 are one 32-bit word, weight i at bit i.
 */
import type { BlockFormat } from './block-format.ts';
import { HALF } from './floats.ts';

/** w = d q, q signed bytes. Block: d (2), q (32). */
export const Q8_0: BlockFormat = {
  name: 'Q8_0',
  weights: 32,
  bytes: 34,
  dequantise(bytes, out) {
    const signed = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let at = 0, to = 0; to < out.length; at += 34, to += 32) {
      const d = HALF[bytes[at]! | (bytes[at + 1]! << 8)]!;
      for (let i = 0; i < 32; i++) out[to + i] = d * signed[at + 2 + i]!;
    }
  },
};

/** w = d (q - 8). Block: d (2), q (16). */
export const Q4_0: BlockFormat = {
  name: 'Q4_0',
  weights: 32,
  bytes: 18,
  dequantise(bytes, out) {
    for (let at = 0, to = 0; to < out.length; at += 18, to += 32) {
      const d = HALF[bytes[at]! | (bytes[at + 1]! << 8)]!;
      for (let i = 0; i < 16; i++) {
        const q = bytes[at + 2 + i]!;
        out[to + i] = d * ((q & 15) - 8);
        out[to + 16 + i] = d * ((q >> 4) - 8);
      }
    }
  },
};

/** w = d q + m. Block: d (2), m (2), q (16). */
export const Q4_1: BlockFormat = {
  name: 'Q4_1',
  weights: 32,
  bytes: 20,
  dequantise(bytes, out) {
    for (let at = 0, to = 0; to < out.length; at += 20, to += 32) {
      const d = HALF[bytes[at]! | (bytes[at + 1]! << 8)]!;
      const m = HALF[bytes[at + 2]! | (bytes[at + 3]! << 8)]!;
      for (let i = 0; i < 16; i++) {
        const q = bytes[at + 4 + i]!;
        out[to + i] = d * (q & 15) + m;
        out[to + 16 + i] = d * (q >> 4) + m;
      }
    }
  },
};

/** w = d (q - 16). Block: d (2), fifth bits (4), q (16). */
export const Q5_0: BlockFormat = {
  name: 'Q5_0',
  weights: 32,
  bytes: 22,
  dequantise(bytes, out) {
    for (let at = 0, to = 0; to < out.length; at += 22, to += 32) {
      const d = HALF[bytes[at]! | (bytes[at + 1]! << 8)]!;
      const low = bytes[at + 2]! | (bytes[at + 3]! << 8);
      const high = bytes[at + 4]! | (bytes[at + 5]! << 8);
      for (let i = 0; i < 16; i++) {
        const q = bytes[at + 6 + i]!;
        out[to + i] = d * (((q & 15) | (((low >> i) & 1) << 4)) - 16);
        out[to + 16 + i] = d * (((q >> 4) | (((high >> i) & 1) << 4)) - 16);
      }
    }
  },
};

/** w = d q + m. Block: d (2), m (2), fifth bits (4), q (16). */
export const Q5_1: BlockFormat = {
  name: 'Q5_1',
  weights: 32,
  bytes: 24,
  dequantise(bytes, out) {
    for (let at = 0, to = 0; to < out.length; at += 24, to += 32) {
      const d = HALF[bytes[at]! | (bytes[at + 1]! << 8)]!;
      const m = HALF[bytes[at + 2]! | (bytes[at + 3]! << 8)]!;
      const low = bytes[at + 4]! | (bytes[at + 5]! << 8);
      const high = bytes[at + 6]! | (bytes[at + 7]! << 8);
      for (let i = 0; i < 16; i++) {
        const q = bytes[at + 8 + i]!;
        out[to + i] = d * ((q & 15) | (((low >> i) & 1) << 4)) + m;
        out[to + 16 + i] = d * ((q >> 4) | (((high >> i) & 1) << 4)) + m;
      }
    }
  },
};
