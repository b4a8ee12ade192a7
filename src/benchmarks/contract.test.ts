/**
 * What every benchmark of the hub with choices, code or instructions promises, on the real data (written answers are in
 * written-contract.test.ts). Needs CARRYOVER_HUB, a local mirror of the hub.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { breaking, FOLLOWING } from '../../test/support/ifeval-answers.ts';
import { answersFor } from '../../test/support/written-answers.ts';
import { readRows } from '../data/sources/read-rows.ts';
import { sha256 } from '../platform/files.ts';
import type { IfevalTarget } from '../scoring/ifeval/target.ts';
import type { DatasetSplit, GenerateItem, HubBenchmark, Item, Row } from './benchmark.ts';
import { HUB_BENCHMARKS } from './index.ts';

const mirror = process.env['CARRYOVER_HUB'];
const fixture = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../test/fixtures/${name}`, import.meta.url), 'utf8')) as T;
/** Made with the real lm-evaluation-harness; the files' `about` says how. */
const first = fixture<{ tasks: Record<string, string[]> }>('lm-eval-prompts.json').tasks;
const all = fixture<{ tasks: Record<string, { n: number; prompts: string; gold: string }> }>(
  'lm-eval-prompts-all.json',
).tasks;

const rowsOf = new Map<string, Promise<Row[]>>();
function read(split: DatasetSplit): Promise<Row[]> {
  const key = `${split.dataset}/${split.files}`;
  if (!rowsOf.has(key)) rowsOf.set(key, readRows(split));
  return rowsOf.get(key)!;
}

const itemsOf = new Map<string, Promise<readonly Item[]>>();
function load(benchmark: HubBenchmark): Promise<readonly Item[]> {
  const make = async () =>
    benchmark.items(await read(benchmark.test), benchmark.shots ? await read(benchmark.shots) : []);
  if (!itemsOf.has(benchmark.name)) itemsOf.set(benchmark.name, make());
  return itemsOf.get(benchmark.name)!;
}

/** Whether the mirror holds files of the split. Patterns have their `*` in the file's name. */
function held({ dataset, files }: DatasetSplit): boolean {
  const pattern = join(mirror ?? '', 'datasets', dataset, files);
  const [start = '', end = ''] = pattern.slice(dirname(pattern).length + 1).split('*');
  return (
    existsSync(dirname(pattern)) &&
    readdirSync(dirname(pattern)).some((name) => name.startsWith(start) && name.endsWith(end))
  );
}

/**
 * A right and a wrong output for each way of answering; code is in code.test.ts. Null where the
 * benchmark has no reference and no answer was written by hand.
 */
const ANSWERS: Readonly<Record<string, (item: GenerateItem) => { right: string | null; wrong: string }>> = {
  ifeval: (item) => ({ right: FOLLOWING[item.id] ?? null, wrong: breaking(item.gold as IfevalTarget) }),
};

describe.skipIf(!mirror)(`every benchmark, on the data of CARRYOVER_HUB${mirror ? '' : ' (not set)'}`, () => {
  for (const benchmark of Object.values(HUB_BENCHMARKS)) {
    if (answersFor(benchmark.name) === null) describeBenchmark(benchmark);
  }
});

function describeBenchmark(benchmark: HubBenchmark): void {
  const missing = [benchmark.test, ...(benchmark.shots ? [benchmark.shots] : [])].find(
    (split) => !held(split),
  );
  const why = missing ? ` (skipped: the mirror has no ${missing.dataset}/${missing.files})` : '';
  describe.skipIf(missing)(`${benchmark.name}${why}`, () => {
    it('is complete, in order, with unique ids', async () => {
      const items = await load(benchmark);
      expect(items).toHaveLength(benchmark.size);
      expect(new Set(items.map((item) => item.id)).size).toBe(items.length);
      expect(items.map((item) => item.index)).toEqual(items.map((_, i) => i));
      expect(items.every((item) => item.kind === benchmark.kind && item.cluster !== '')).toBe(true);
      // Ids do not depend on the row's place.
      const rows = await read(benchmark.test);
      const shots = benchmark.shots ? await read(benchmark.shots) : [];
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
    } else if (ANSWERS[benchmark.name]) {
      it('scores the reference 1, nothing as no answer, another answer as wrong', async () => {
        for (const item of (await load(benchmark)) as readonly GenerateItem[]) {
          const { right, wrong } = ANSWERS[benchmark.name]!(item);
          const label = `${item.id}: ${right}`;
          if (right !== null) {
            const score = await benchmark.score!(right, item);
            expect(score, label).toMatchObject({ value: 1, outcome: 'correct' });
          }
          expect(await benchmark.score!(wrong, item), label).toMatchObject({ value: 0, outcome: 'wrong' });
          expect(await benchmark.score!('', item)).toMatchObject({
            value: 0,
            outcome: 'no_answer',
            answer: null,
          });
        }
      });
    }
  });
}
