/** Accounts of rows that become several examples, cut by parts and used in two epochs: held against the packed rows. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { namedTemplate } from '../../test/support/chat-renders.ts';
import { byteLevelTokenizer } from '../../test/support/tiny-tokenizer.ts';
import { DEFAULT_ACTIONS } from './overlap/layers.ts';
import { openPacked, packedMembers } from './packing/packed-file.ts';
import { prepareStage } from './prepare-stage.ts';
import type { DataReceipt, StagePart, StageSpec } from './stage.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-example-accounts-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const { tokenizer } = byteLevelTokenizer(['<|im_start|>', '<|im_end|>']);
const STOP = tokenizer.tokenId('<|im_end|>')!;
/** Shows earlier answers without their thoughts, so that they have examples of their own. */
const chatTemplate = namedTemplate('qwen-thinking');

const turn = fc.record({ thinks: fc.boolean(), length: fc.integer({ min: 1, max: 9 }) });
const rows = fc.array(
  fc.record({ turns: fc.array(turn, { minLength: 1, maxLength: 3 }), repeats: fc.boolean() }),
  { minLength: 3, maxLength: 9 },
);
type Rows = Parameters<Parameters<typeof rows.map>[0]>[0];

/** The first row can be trained on whatever the others are, and some repeat it in both sources. */
function conversations(made: Rows, source: string): object[] {
  const first = { turns: [{ thinks: false, length: 3 }], repeats: true };
  return [first, ...made].map(({ turns, repeats }, at) => ({
    messages: (repeats ? first.turns : turns).flatMap(({ thinks, length }, index) => [
      { role: 'user', content: `q${index}` },
      {
        role: 'assistant',
        content: `${thinks ? '<think>\nt\n</think>\n\n' : ''}${repeats ? 'same' : source + at}${'x'.repeat(length)}`,
      },
    ]),
  }));
}

/** What the packed rows of a folder teach: places of learned tokens by source, row and epoch, and learned stops. */
async function taught(out: string) {
  const places: string[] = [];
  const stops: Record<string, number> = {};
  const data = await openPacked(out);
  for (let step = 0; step < data.steps; step++) {
    const packed = await data.batch(step);
    for (const [number, members] of (await packedMembers(out, step)).entries()) {
      const { ids, supervised } = packed[number]!;
      let from = 0;
      for (const { tokens, source, row, epoch } of members) {
        for (let at = from; at < from + tokens; at++) {
          if (supervised[at] !== 1) continue;
          places.push(`${source} ${row} ${epoch} ${ids.slice(from, at + 1).join()}`);
          if (ids[at] === STOP) stops[source] = (stops[source] ?? 0) + 1;
        }
        from += tokens;
      }
    }
  }
  await data.close();
  return { places, stops };
}

/** Whatever is taken: rows sum, and tokens and stops are those of the packed rows. */
async function prepared(spec: Omit<StageSpec, 'seed' | 'baseFolder'>, name: string) {
  const out = join(folder, name);
  const receipt = await prepareStage(
    { ...spec, seed: 5, baseFolder: folder },
    { tokenizer, chatTemplate, folder: out },
  );
  const { places, stops } = await taught(out);
  for (const { name, dropped, kept, rows, supervisedTokens, stopTurns } of receipt.sources) {
    const fates = [...Object.values(dropped), ...Object.values(kept!)];
    expect(fates.reduce((sum, one) => sum + one, 0)).toBe(rows);
    expect(supervisedTokens).toBe(places.filter((place) => place.startsWith(`${name} `)).length);
    expect(stopTurns).toBe(stops[name] ?? 0);
  }
  return { receipt, places };
}

test('two parts that follow each other teach every token of two epochs once, and say so', async () => {
  const seen = { expanded: 0, overlongAnswers: 0, shared: 0, duplicate: 0 };
  const look = ({ sources }: DataReceipt): void => {
    for (const { expanded, overlongAnswers, shared, dropped } of sources) {
      seen.expanded += expanded;
      seen.overlongAnswers += overlongAnswers;
      seen.shared += shared.length;
      seen.duplicate += dropped.duplicate ?? 0;
    }
  };
  await fc.assert(
    fc.asyncProperty(rows, rows, fc.integer({ min: 1, max: 19 }), async (one, two, twentieths) => {
      for (const [name, made] of Object.entries({ one, two })) {
        const own = conversations(made, name === 'one' ? 'u' : 'v');
        // Not a repeat of the other source's rows, so that some row is left.
        own.push({
          messages: [
            { role: 'user', content: 'q' },
            { role: 'assistant', content: `${name} alone` },
          ],
        });
        await writeFile(join(folder, `${name}.jsonl`), own.map((row) => `${JSON.stringify(row)}\n`).join(''));
      }
      const spec = (maxEpochs: number, parts?: readonly StagePart[]) => ({
        sources: { one: { file: 'one.jsonl', maxEpochs }, two: { file: 'two.jsonl', maxEpochs } },
        ...(parts ? { parts } : {}),
        rowLength: 110,
        batches: { rowsPerStep: 2 },
        screen: { dedup: 'exact', against: [], layers: DEFAULT_ACTIONS } as const,
      });
      const whole = await prepared(spec(1), 'whole');
      const ends = whole.receipt.sources.map(({ name, supervisedTokens }) => {
        const border = Math.ceil((2 * supervisedTokens * twentieths) / 20);
        return { source: name, border, end: 2 * supervisedTokens };
      });
      const before = await prepared(
        spec(
          2,
          ends.map(({ source, border }) => ({ source, from: 0, tokens: border })),
        ),
        'before',
      );
      const after = await prepared(
        spec(
          2,
          ends.map(({ source, border, end }) => ({ source, from: border, tokens: end - border })),
        ),
        'after',
      );
      const both = [...before.places, ...after.places];
      expect(new Set(both).size).toBe(both.length);
      expect(new Set(whole.places).size).toBe(whole.places.length);
      expect(both).toHaveLength(2 * whole.places.length);
      look(before.receipt);
      look(after.receipt);
    }),
    { numRuns: 20 },
  );
  // Nothing of this was idle.
  for (const number of Object.values(seen)) expect(number).toBeGreaterThan(0);
});
