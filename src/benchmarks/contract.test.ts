/** What every benchmark of the hub with choices or code promises, on the real data (written answers: written-contract.test.ts). Needs CARRYOVER_HUB, a local mirror of the hub. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { answersFor } from '../../test/support/written-answers.ts';
import { readRows } from '../data/sources/read-rows.ts';
import { sha256 } from '../platform/files.ts';
import type { HubBenchmark, Item } from './benchmark.ts';
import { HUB_BENCHMARKS } from './index.ts';

const mirror = process.env['CARRYOVER_HUB'];
const fixture = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../test/fixtures/${name}`, import.meta.url), 'utf8')) as T;
/** Made with the real lm-evaluation-harness; the files' `about` says how. */
const first = fixture<{ tasks: Record<string, string[]> }>('lm-eval-prompts.json').tasks;
const all = fixture<{ tasks: Record<string, { n: number; prompts: string; gold: string }> }>(
  'lm-eval-prompts-all.json',
).tasks;

async function load(benchmark: HubBenchmark): Promise<readonly Item[]> {
  const shots = benchmark.shots ? await readRows(benchmark.shots) : [];
  return benchmark.items(await readRows(benchmark.test), shots);
}

describe.skipIf(!mirror)(`every benchmark, on the data of CARRYOVER_HUB${mirror ? '' : ' (not set)'}`, () => {
  for (const benchmark of Object.values(HUB_BENCHMARKS)) {
    if (answersFor(benchmark.name) === null) describeBenchmark(benchmark);
  }
});

function describeBenchmark(benchmark: HubBenchmark): void {
  describe(benchmark.name, () => {
    it('is complete, in order, with unique ids', async () => {
      const items = await load(benchmark);
      expect(items).toHaveLength(benchmark.size);
      expect(new Set(items.map((item) => item.id)).size).toBe(items.length);
      expect(items.map((item) => item.index)).toEqual(items.map((_, i) => i));
      expect(items.every((item) => item.kind === benchmark.kind && item.cluster !== '')).toBe(true);
      // Ids do not depend on the row's place.
      const rows = await readRows(benchmark.test);
      const shots = benchmark.shots ? await readRows(benchmark.shots) : [];
      expect(shots).toHaveLength(benchmark.shots?.rows ?? 0);
      expect(benchmark.items(rows.slice(3, 4), shots)[0]!.id).toBe(items[3]!.id);
    });

    const reference = all[benchmark.name];
    it.runIf(reference)('asks what lm-evaluation-harness asks, byte for byte, for every item', async () => {
      const items = await load(benchmark);
      const hashes = items.map((item) =>
        sha256(
          JSON.stringify(
            item.kind === 'choice'
              ? item.pairs.map((pair) => [pair.context, pair.continuation])
              : [[item.prompt, null]],
          ),
        ),
      );
      expect({ n: hashes.length, prompts: sha256(hashes.join('\n')) }).toEqual({
        n: reference!.n,
        prompts: reference!.prompts,
      });
      const letters = benchmark.name === 'commonsense_qa';
      const golds = items.map((item) => (letters ? 'ABCDE'[item.gold as number] : item.gold));
      expect(sha256(JSON.stringify(golds))).toBe(reference!.gold);
    });

    it.runIf(first[benchmark.name])('asks the same of its first items (second reference)', async () => {
      const items = (await load(benchmark)).slice(0, first[benchmark.name]!.length);
      const hashes = items.map((item) =>
        sha256(
          item.kind === 'choice'
            ? item.pairs.map((pair) => `${pair.context}\0${pair.continuation}`).join('\x01')
            : item.prompt,
        ),
      );
      expect(hashes).toEqual(first[benchmark.name]);
    });

    if (benchmark.kind === 'choice') {
      it('has one pair a choice and a reference among them', async () => {
        for (const item of await load(benchmark)) {
          if (item.kind !== 'choice') throw new Error('kind');
          expect(item.pairs.length).toBe(item.choices.length);
          expect(item.choices[item.gold]).toBeTypeOf('string');
        }
      });
    }
  });
}
