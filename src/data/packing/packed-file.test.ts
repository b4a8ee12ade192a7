import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Example } from '../load-source.ts';
import { placeExamples } from '../selection/schedule.ts';
import { SelectionBuilder } from '../selection/selection.ts';
import type { Chosen } from '../selection/taken.ts';
import { planBatches } from './batch-plan.ts';
import { binChunks, indexText } from './packed-content.ts';
import { openPacked, packedExamples } from './packed-file.ts';

const LENGTH = 48;

/** Examples whose tokens no other example has, so that a lost or a mixed one shows; of each its source. */
const examples = fc
  .array(fc.record({ tokens: fc.integer({ min: 2, max: LENGTH }), list: fc.nat(2), share: fc.nat(9) }), {
    minLength: 1,
    maxLength: 80,
  })
  .map((all) =>
    all.map(({ tokens, list, share }, number): Example & { list: number } => {
      const learns = 1 + Math.floor(((tokens - 1) * share) / 10);
      return {
        row: number + 1,
        ids: Int32Array.from({ length: tokens }, (_, index) => number * LENGTH + index),
        supervised: Uint8Array.from({ length: tokens }, (_, index) => Number(index >= tokens - learns)),
        learns,
        list,
        ...{ answers: [], truncated: false, expanded: false, rewritten: 0, overlongAnswers: 0 },
      };
    }),
  );

/** All examples of each source, chosen in their order. */
function chosen(all: readonly (Example & { list: number })[]): Chosen[] {
  return ['a', 'b', 'c'].map((name, list) => {
    const selection = new SelectionBuilder({
      size: all.length,
      rowOf: (index) => all[index]!.row,
      examples: (index) => [all[index]!],
    });
    selection.beginEpoch();
    for (const [index, example] of all.entries())
      if (example.list === list) selection.add(index, 0, example, [0, example.learns]);
    return { source: { name }, selection: selection.build() };
  });
}

const batches = fc.oneof(
  fc.record({ rowsPerStep: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ steps: fc.integer({ min: 1, max: 4 }) }),
);

test('packing loses no token and mixes no rows: every segment is one example, with its mask and its own positions', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'carryover-packed-'));
  await fc.assert(
    fc.asyncProperty(examples, batches, async (all, batches) => {
      fc.pre(!('steps' in batches) || batches.steps <= all.length);
      const taken = chosen(all);
      const schedule = placeExamples(taken, undefined);
      const stage = { taken, schedule, plan: planBatches(schedule, { rowLength: LENGTH, batches }) };
      await writeFile(
        join(folder, 'packed.bin'),
        Buffer.concat(Array.from(binChunks(stage), ({ bytes }) => bytes)),
      );
      await writeFile(join(folder, 'packed.json'), [...indexText(stage)].join(''));
      const data = await openPacked(folder);
      const packed = await packedExamples(folder);
      expect(
        Array.from(packed.rows, (row, place) => [row, packed.lists[place]]).sort(([a], [b]) => a! - b!),
      ).toEqual(all.map(({ row, list }) => [row, list]));
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
