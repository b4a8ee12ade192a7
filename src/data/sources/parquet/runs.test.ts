import fc from 'fast-check';
import { readRleBitPackedHybrid } from 'hyparquet/src/encoding.js';
import { expect, test } from 'vitest';
import { checkRuns } from './runs.ts';

const number = (value: number): number[] =>
  value < 128 ? [value] : [(value & 127) | 128, ...number(value >>> 7)];

/** One value so many times, or groups of eight values packed. */
type Run = { readonly value: number; readonly times: number } | { readonly packed: readonly number[] };

function encode(runs: readonly Run[], width: number): { bytes: Uint8Array; values: number[] } {
  const bytes: number[] = [];
  const values: number[] = [];
  for (const run of runs) {
    if ('packed' in run) {
      values.push(...run.packed);
      bytes.push(...number(run.packed.length / 4 + 1));
      const bits = run.packed.flatMap((value) =>
        Array.from({ length: width }, (_, bit) => (value >> bit) & 1),
      );
      for (let at = 0; at < bits.length; at += 8)
        bytes.push(bits.slice(at, at + 8).reduce((byte, bit, index) => byte | (bit << index), 0));
    } else {
      values.push(...Array<number>(run.times).fill(run.value));
      bytes.push(...number(run.times * 2));
      for (let at = 0; at < width; at += 8) bytes.push((run.value >> at) & 255);
    }
  }
  return { bytes: Uint8Array.from(bytes), values };
}

const encoded = fc.integer({ min: 1, max: 13 }).chain((width) => {
  const value = fc.nat({ max: 2 ** width - 1 });
  const groups = fc
    .integer({ min: 1, max: 3 })
    .chain((length) => fc.array(value, { minLength: length * 8, maxLength: length * 8 }));
  const run: fc.Arbitrary<Run> = fc.oneof(
    fc.record({ value, times: fc.integer({ min: 1, max: 300 }) }),
    fc.record({ packed: groups }),
  );
  return fc.array(run, { minLength: 1, maxLength: 5 }).map((runs) => ({ width, ...encode(runs, width) }));
});

const all = (bytes: Uint8Array) => ({ start: 0, end: bytes.length });

test('counts what the decoder finds, of as many values as are asked for', () => {
  fc.assert(
    fc.property(encoded, fc.nat({ max: 7 }), fc.nat(), ({ width, bytes, values }, fewer, which) => {
      const count = Math.max(1, values.length - fewer);
      const wanted = values[which % values.length]!;
      const found = (): ReturnType<typeof checkRuns> =>
        checkRuns(bytes, all(bytes), { count, width, most: 2 ** width - 1, wanted });
      const kept = values.slice(0, count);
      try {
        expect(found()).toEqual({ equal: kept.filter((one) => one === wanted).length, first: values[0] });
      } catch (error) {
        // A run of one value must not hold more than is asked for, as packed ones may.
        expect(count).toBeLessThan(values.length);
        expect(String(error)).toContain('longer than the page');
      }
    }),
  );
});

test('what it lets through after a change of any byte, the decoder reads in bounds', () => {
  fc.assert(
    fc.property(encoded, fc.nat(), fc.integer({ min: 1, max: 255 }), ({ width, bytes, values }, at, mask) => {
      const changed = Uint8Array.from(bytes);
      changed[at % bytes.length]! ^= mask;
      const most = Math.max(...values);
      const count = values.length;
      let equal: number;
      try {
        equal = checkRuns(changed, all(changed), { count, width, most, wanted: most }).equal;
      } catch {
        return;
      }
      const output = new Array<number>(count);
      const view = new DataView(changed.buffer);
      readRleBitPackedHybrid({ view, offset: 0 }, width, output, changed.length);
      expect(output.length).toBe(count);
      expect(output.filter((value) => value === most).length).toBe(equal);
      expect(Math.max(...output)).toBeLessThanOrEqual(most);
    }),
  );
});

test('a run of two thousand million values is refused at once', () => {
  const bytes = Uint8Array.from([...number(0xfffffffe), 1]);
  const asked = { count: 8, width: 1, most: 1, wanted: 1 };
  expect(() => checkRuns(bytes, all(bytes), asked)).toThrow('longer than the page');
});
