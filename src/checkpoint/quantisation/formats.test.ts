/** Every storage format against the `gguf` Python package, bit for bit. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { HALF } from './floats.ts';
import { GGML_FORMATS } from './formats.ts';

const blocks = JSON.parse(
  readFileSync(new URL('../../../test/fixtures/quantisation/blocks.json', import.meta.url), 'utf8'),
) as Record<string, { type: number; bytes: string; values: string }>;

/** A copy whose buffer begins with its first byte. */
const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, 'base64'));

describe('dequantisation', () => {
  test.each(Object.entries(blocks))('%s', (name, { type, bytes, values }) => {
    const format = GGML_FORMATS.get(type)!;
    expect(format.name).toBe(name);
    const stored = fromBase64(bytes);
    const out = new Float32Array((stored.length / format.bytes) * format.weights);
    format.dequantise(stored, out);
    expect([...out]).toEqual([...new Float32Array(fromBase64(values).buffer)]);
  });

  test('every format is covered, F32 aside', () => {
    const covered = new Set(Object.keys(blocks));
    expect([...GGML_FORMATS.values()].map(({ name }) => name).filter((name) => !covered.has(name))).toEqual([
      'F32',
    ]);
  });

  test('half precision: known values', () => {
    expect([0x3c00, 0xc000, 0x7bff, 0x0001, 0x0400, 0x8000].map((bits) => HALF[bits])).toEqual([
      1,
      -2,
      65504,
      2 ** -24,
      2 ** -14,
      -0,
    ]);
    expect([HALF[0x7c00], HALF[0xfc00], HALF[0x7e00]]).toEqual([
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.NaN,
    ]);
  });
});
