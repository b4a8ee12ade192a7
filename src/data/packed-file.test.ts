import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planBatches } from './batch-plan.ts';
import { openPacked, type PlacedExample, packedFiles, writePacked } from './packed-file.ts';

const LENGTH = 48;

/** Examples whose tokens no other example has, so that a lost or a mixed one shows. */
const examples = fc
  .array(fc.record({ tokens: fc.integer({ min: 2, max: LENGTH }), list: fc.nat(2), share: fc.nat(9) }), {
    minLength: 1,
    maxLength: 80,
  })
  .map((all) =>
    all.map(({ tokens, list, share }, number): PlacedExample => {
      const learns = 1 + Math.floor(((tokens - 1) * share) / 10);
      return {
        row: number + 1,
        ids: Int32Array.from({ length: tokens }, (_, index) => number * LENGTH + index),
        supervised: Uint8Array.from({ length: tokens }, (_, index) => Number(index >= tokens - learns)),
        learns,
        list,
        epoch: 0,
        at: number / all.length,
      };
    }),
  );

const batches = fc.oneof(
  fc.record({ rowsPerStep: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ steps: fc.integer({ min: 1, max: 4 }) }),
);

test('packing loses no token and mixes no rows: every segment is one example, with its mask and its own positions', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'carryover-packed-'));
  await fc.assert(
    fc.asyncProperty(examples, batches, async (all, batches) => {
      fc.pre(!('steps' in batches) || batches.steps <= all.length);
      const plan = planBatches(all, { rowLength: LENGTH, batches });
      await writePacked(folder, packedFiles(all, plan, ['a', 'b', 'c']));
      const data = await openPacked(folder);
      const found: [number[], number[]][] = [];
      for (let step = 0; step < data.steps; step++) {
        for (const { ids, positions, segments, supervised } of await data.batch(step)) {
          for (const segment of new Set(segments)) {
            const places = [...segments.keys()].filter((place) => segments[place] === segment);
            const own = (values: ArrayLike<number>): number[] => places.map((place) => values[place]!);
            if (segment === -1) expect(own(supervised).includes(1)).toBe(false);
            else {
              expect(own(positions)).toEqual(places.map((_, index) => index));
              found.push([own(ids), own(supervised)]);
            }
          }
        }
      }
      await data.close();
      found.sort(([a], [b]) => a[0]! - b[0]!);
      expect(found).toEqual(all.map(({ ids, supervised }) => [[...ids], [...supervised]]));
    }),
    { numRuns: 40 },
  );
  await rm(folder, { recursive: true, force: true });
});
