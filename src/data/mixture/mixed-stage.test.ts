import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { byteLevelTokenizer } from '../../../test/support/tiny-tokenizer.ts';
import { openPacked, packedExamples } from '../packing/packed-file.ts';
import { prepareStage, takeParts } from '../prepare-stage.ts';
import { placeExamples } from '../selection/schedule.ts';
import type { StageTools } from '../stage.ts';
import { type MixtureData, mixedStage } from './mixed-stage.ts';
import { mixtureFacts } from './mixture-facts.ts';
import { allSizes } from './source-sizes.ts';

const ROWS = { math: 90, general: 60, code: 25 };
const { tokenizer } = byteLevelTokenizer(['<|im_start|>', '<|im_end|>']);
const TOOLS: StageTools = { tokenizer, chatTemplate: undefined };
const SPEC = { rowLength: 256, batches: { rowsPerStep: 4 } };

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-mixture-'));
  for (const [name, rows] of Object.entries(ROWS)) {
    const lines = Array.from({ length: rows }, (_, index) =>
      JSON.stringify({
        question: `${name} ${index}`,
        answer: `${name[0]}${index} ${'x'.repeat((index * 7) % 41)}`,
      }),
    );
    await writeFile(join(folder, `${name}.jsonl`), `${lines.join('\n')}\n`);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const data = (mixture: MixtureData['mixture'], tokens?: number): MixtureData => ({
  sources: Object.fromEntries(Object.keys(ROWS).map((name) => [name, { file: `${name}.jsonl` }])),
  mixture,
  ...(tokens === undefined ? {} : { tokens }),
  baseFolder: folder,
});

/** The mixture's rows in their order, and what it comes to. */
async function mixed(asked: MixtureData, seed = 1) {
  const stage = await mixedStage(asked, SPEC, TOOLS);
  const taken = await takeParts({ ...stage, ...SPEC, seed }, TOOLS);
  const examples = placeExamples(taken, stage.course);
  const rows = Array.from(examples.lists, (list, place) => {
    const { source, selection } = taken[list]!;
    const item = examples.item(place);
    return { source: source.name, row: selection.row(item), epoch: selection.epoch(item) };
  });
  return { stage, rows, facts: mixtureFacts(taken, examples, stage.course) };
}

test('no row twice before its source’s epoch ends, whatever the mixture', async () => {
  const weight = fc.integer({ min: 1, max: 9 });
  const schedule = fc.tuple(weight, weight, weight, weight).map(([a, b, c, d]) => [
    { at: 0.2, weights: { math: a, general: b } },
    { at: 0.8, weights: { general: c, code: d } },
  ]);
  await fc.assert(
    fc.asyncProperty(schedule, fc.nat(1000), async (schedule, seed) => {
      const { rows, facts } = await mixed(data({ schedule, epochs: { math: 3, general: 3, code: 3 } }), seed);
      for (const [name, size] of Object.entries(ROWS)) {
        const own = rows.filter(({ source }) => source === name);
        for (let epoch = 0; epoch < 3; epoch++) {
          const before = own.slice(epoch * size, (epoch + 1) * size);
          expect(new Set(before.map(({ row }) => row)).size).toBe(before.length);
          for (const row of before) expect(row.epoch).toBe(epoch);
        }
      }
      expect(facts.rows).toBe(rows.length);
    }),
    { numRuns: 12 },
  );
});

test('nothing said: every row as often as the epochs say, and not one more', async () => {
  const { rows, facts } = await mixed(data({ epochs: { code: 3 } }));
  const times = (name: string) => rows.filter(({ source }) => source === name).length;
  expect([times('math'), times('general'), times('code')]).toEqual([90, 60, 75]);
  expect(facts.sources.map(({ name, epochs }) => [name, epochs])).toEqual([
    ['code', 3],
    ['general', 1],
    ['math', 1],
  ]);
});

test('weights without a number of tokens: as long as the scarcest source lasts', async () => {
  const sizes = await allSizes({ ...data({}), ...SPEC }, Object.keys(ROWS), TOOLS);
  const { facts } = await mixed(data({ weights: { math: 1, code: 1 }, at_least: { general: 0.1 } }));
  const code = facts.sources.find(({ name }) => name === 'code')!;
  expect(code.supervisedTokens).toBe(sizes['code']);
  expect(facts.sources.map(({ name, share }) => [name, share])).toEqual([
    ['code', expect.closeTo(0.45, 2)],
    ['general', expect.closeTo(0.1, 2)],
    ['math', expect.closeTo(0.45, 2)],
  ]);
});

test('temperature: the shares of the run are tokens^(1/T)', async () => {
  const sizes = await allSizes({ ...data({}), ...SPEC }, Object.keys(ROWS), TOOLS);
  const { facts } = await mixed(data({ temperature: 2 }, 600));
  const roots = Object.values(sizes).map(Math.sqrt);
  const whole = roots.reduce((sum, root) => sum + root, 0);
  for (const { name, supervisedTokens } of facts.sources)
    expect(Math.abs(supervisedTokens - (600 * Math.sqrt(sizes[name]!)) / whole)).toBeLessThan(1);
});

test('a source that cannot give its part says how many epochs would do', async () => {
  await expect(mixed(data({ weights: { code: 1 } }, 5000))).rejects.toThrow(
    /The source code cannot give 5,000 supervised tokens: it has \d+ in 25 rows, and one epoch may be used/,
  );
});

test('a step in the schedule is a border of the packed rows, and floors hold in every tenth of the run', async () => {
  const schedule = [
    { at: 0.5, weights: { math: 1 } },
    { at: 0.5, weights: { code: 1 } },
  ];
  const asked = data({ schedule, epochs: { code: 4 } }, 2000);
  const { stage, facts } = await mixed(asked);
  expect(facts.stretches.map(({ shares }) => Math.round(shares['math']! * 100))).toEqual([
    100, 100, 100, 100, 100, 0, 0, 0, 0, 0,
  ]);
  const out = join(folder, 'step');
  await prepareStage({ ...stage, ...SPEC, seed: 1 }, { ...TOOLS, folder: out });
  const { sources, lists } = await packedExamples(out);
  const order = Array.from(lists, (list) => sources[list]!);
  expect(order.lastIndexOf('math')).toBe(order.indexOf('code') - 1);
  const floor = await mixed(data({ schedule, epochs: { code: 4 }, at_least: { general: 0.2 } }, 2000));
  for (const { shares } of floor.facts.stretches) expect(shares['general']!).toBeGreaterThan(0.1);
});

test('the rows of a step are a function of seed and step: from any step on, alone or in any order', async () => {
  const { stage } = await mixed(data({ weights: { math: 2, general: 1, code: 1 } }, 1500));
  const out = join(folder, 'resume');
  await prepareStage({ ...stage, ...SPEC, seed: 5 }, { ...TOOLS, folder: out });
  const whole = await openPacked(out);
  const all = await Promise.all(Array.from({ length: whole.steps }, (_, step) => whole.batch(step)));
  await whole.close();
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: all.length - 1 }), async (from) => {
      // Prepared again, as a resumed run does, and read from the one integer that it kept.
      await prepareStage({ ...stage, ...SPEC, seed: 5 }, { ...TOOLS, folder: out });
      const resumed = await openPacked(out);
      for (let step = all.length - 1; step >= from; step--)
        expect(await resumed.batch(step)).toEqual(all[step]);
      await resumed.close();
    }),
    { numRuns: 5 },
  );
});
