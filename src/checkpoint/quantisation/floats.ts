/** Unquantised weights: F32, F16 and BF16, little-endian as every supported platform is. */
import type { BlockFormat } from './block-format.ts';

/** The 65,536 half-precision values (IEEE 754 binary16), by their bits. */
export const HALF: Float32Array = halfTable();

function halfTable(): Float32Array {
  const table = new Float32Array(1 << 16);
  for (let bits = 0; bits < table.length; bits++) {
    const exponent = (bits >> 10) & 31;
    const fraction = bits & 1023;
    const size =
      exponent === 0
        ? fraction * 2 ** -24
        : exponent === 31
          ? fraction === 0
            ? Number.POSITIVE_INFINITY
            : Number.NaN
          : (1 + fraction / 1024) * 2 ** (exponent - 15);
    table[bits] = bits & 0x8000 ? -size : size;
  }
  return table;
}

export const F32: BlockFormat = {
  name: 'F32',
  weights: 1,
  bytes: 4,
  dequantise(bytes, out) {
    out.set(new Float32Array(bytes.buffer, bytes.byteOffset, out.length));
  },
};

export const F16: BlockFormat = {
  name: 'F16',
  weights: 1,
  bytes: 2,
  dequantise(bytes, out) {
    const halves = new Uint16Array(bytes.buffer, bytes.byteOffset, out.length);
    for (let i = 0; i < out.length; i++) out[i] = HALF[halves[i]!]!;
  },
};

/** The upper half of a float32's bits. */
export const BF16: BlockFormat = {
  name: 'BF16',
  weights: 1,
  bytes: 2,
  dequantise(bytes, out) {
    const halves = new Uint16Array(bytes.buffer, bytes.byteOffset, out.length);
    const bits = new Uint32Array(out.buffer, out.byteOffset, out.length);
    for (let i = 0; i < bits.length; i++) bits[i] = halves[i]! << 16;
  },
};
