import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openSpill } from './spill.ts';

test('whatever is kept is read back in any order, from memory and from the file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'carryover-spill-'));
  try {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 0, max: 500 }),
        fc.boolean(),
        (texts, memory, early) => {
          const spill = openSpill({ memory, folder });
          for (const [index, text] of texts.entries()) {
            spill.append(text);
            if (early) expect(spill.read(index >> 1)).toBe(texts[index >> 1]);
          }
          expect(spill.size).toBe(texts.length);
          for (const index of [...texts.keys()].reverse()) expect(spill.read(index)).toBe(texts[index]);
          spill.close();
        },
      ),
    );
    // Nothing is left that somebody would have to clean up, not even while it is in use.
    const spill = openSpill({ memory: 1, folder });
    spill.append('on the disk');
    expect(await readdir(folder)).toEqual([]);
    expect(spill.read(0)).toBe('on the disk');
    spill.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('thousands of texts on the disk: the places of all of them are known', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'carryover-spill-'));
  try {
    const texts = Array.from({ length: 5000 }, (_, index) => `${index} `.repeat(1 + (index % 7)));
    const spill = openSpill({ memory: 100, folder });
    for (const text of texts) spill.append(text);
    expect(texts.map((_, index) => spill.read(index))).toEqual(texts);
    spill.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('numbers that are none, and a folder that cannot be made', () => {
  const spill = openSpill();
  spill.append('one');
  expect(() => spill.read(1)).toThrow('piece 1 of 1');
  const nowhere = openSpill({ memory: 1, folder: '/dev/null/x' });
  expect(() => nowhere.append('ab')).toThrow(
    'The rows do not fit into memory and cannot be kept in /dev/null/x (ENOTDIR).',
  );
});
