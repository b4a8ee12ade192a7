/** Float32 values as the bytes of a stored type, rounded to the nearest, ties to even, as PyTorch does. */

export type WrittenType = 'F32' | 'BF16' | 'F16';

/** Refuses to write what is not finite, or too large for the type; `name` is for that message. */
export function narrow(values: Float32Array<ArrayBuffer>, dtype: WrittenType, name: string): Uint8Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  for (let i = 0; i < bits.length; i++) {
    if ((bits[i]! & 0x7f800000) === 0x7f800000) {
      throw new Error(`${name}: element ${i} is ${values[i]}; a model with such weights is not written`);
    }
  }
  if (dtype === 'F32') return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const out = new Uint16Array(values.length);
  const limit = dtype === 'BF16' ? 0x7f80 : 0x7c00;
  for (let i = 0; i < bits.length; i++) {
    const half = dtype === 'BF16' ? toBf16(bits[i]!) : toF16(bits[i]!);
    if ((half & 0x7fff) >= limit)
      throw new Error(`${name}: element ${i}, ${values[i]}, is too large for ${dtype}`);
    out[i] = half;
  }
  return new Uint8Array(out.buffer);
}

function toBf16(bits: number): number {
  return (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
}

function toF16(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 255) - 127 + 15;
  const fraction = bits & 0x7fffff;
  if (exponent >= 31) return sign | 0x7c00;
  // Subnormal halves have no leading one; a shift of 25 and more leaves nothing.
  const [whole, shift] =
    exponent > 0 ? [(exponent << 23) | fraction, 13] : [0x800000 | fraction, 14 - exponent];
  if (shift > 24) return sign;
  const down = whole >>> shift;
  const rest = whole & ((1 << shift) - 1);
  const middle = 1 << (shift - 1);
  return sign | (down + (rest > middle || (rest === middle && down & 1) ? 1 : 0));
}
