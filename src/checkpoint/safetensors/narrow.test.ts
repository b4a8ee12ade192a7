import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BF16, F16, HALF } from '../quantisation/floats.ts';
import { narrow } from './narrow.ts';

const finite = fc.float({ noNaN: true, noDefaultInfinity: true });

describe('rounding to 16 bits', () => {
  test('a value that the type can hold stays as it is', () => {
    const halves = HALF.filter((value) => Number.isFinite(value));
    const back = new Float32Array(halves.length);
    F16.dequantise(narrow(halves, 'F16', 'w') as Uint8Array<ArrayBuffer>, back);
    expect(back).toEqual(halves);
  });

  test('no neighbour is nearer, and a tie goes to the even one', () => {
    for (const [type, format, limit] of [
      ['F16', F16, 65504],
      ['BF16', BF16, 3e38],
    ] as const) {
      fc.assert(
        fc.property(finite, (value) => {
          fc.pre(Math.abs(value) < limit);
          const bits = new Uint16Array(narrow(Float32Array.of(value), type, 'w').buffer);
          const read = (word: number) => {
            const out = new Float32Array(1);
            format.dequantise(new Uint8Array(Uint16Array.of(word).buffer), out);
            return out[0]!;
          };
          const distance = Math.abs(read(bits[0]!) - value);
          for (const near of [bits[0]! - 1, bits[0]! + 1]) {
            const other = read(near & 0xffff);
            if (!Number.isFinite(other)) continue;
            const away = Math.abs(other - value);
            expect(away > distance || (away === distance && bits[0]! % 2 === 0)).toBe(true);
          }
        }),
      );
    }
  });

  test('what does not fit is refused, not written as infinity', () => {
    expect(() => narrow(Float32Array.of(0, 70000), 'F16', 'w')).toThrow(
      'w: element 1, 70000, is too large for F16',
    );
    expect(() => narrow(Float32Array.of(3.4e38), 'BF16', 'w')).toThrow('too large for BF16');
    for (const type of ['F32', 'BF16', 'F16'] as const) {
      expect(() => narrow(Float32Array.of(1, Number.NaN), type, 'w')).toThrow('w: element 1 is NaN');
    }
  });
});
