import { expect, test } from 'vitest';
import { KvCache } from './kv-cache.ts';

const config = { layers: 1, kvHeads: 2, headDim: 3 };

/** What a slot holds: a number that names its row, head and slot. */
const mark = (row: number, head: number, slot: number, unit: number) =>
  10000 * row + 1000 * head + 10 * slot + unit;

function marked(rows: number, slots: number): KvCache {
  const cache = new KvCache(config, rows, slots);
  for (const { data } of Object.values(cache.tensors(0, rows)))
    for (let at = 0; at < data.length; at++)
      (data as Float32Array)[at] = mark(
        Math.floor(at / (2 * slots * 3)),
        Math.floor(at / (slots * 3)) % 2,
        Math.floor(at / 3) % slots,
        at % 3,
      );
  return cache;
}

test.each([
  { rows: 5, left: 5, what: 'into new arrays' },
  { rows: 5, left: 2, what: 'in the room of rows that left' },
])('growing keeps every slot, $what', ({ rows, left }) => {
  const cache = marked(rows, 4);
  cache.rows = left;
  cache.grow(6, 4);
  for (const { shape, data } of Object.values(cache.tensors(0, left))) {
    expect(shape).toEqual([left, 2, 6, 3]);
    for (let row = 0; row < left; row++)
      for (let head = 0; head < 2; head++)
        for (let slot = 0; slot < 4; slot++)
          for (let unit = 0; unit < 3; unit++)
            expect(data[((row * 2 + head) * 6 + slot) * 3 + unit]).toBe(mark(row, head, slot, unit));
  }
});
