import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBenchmark } from '../benchmarks/select.ts';
import { MissingData } from '../errors.ts';
import { loadBenchmarks } from './load-benchmarks.ts';

const folder = mkdtempSync(join(tmpdir(), 'hub-'));
const hub = { env: { CARRYOVER_HUB: folder } };
const find = (...names: string[]) => names.map(findBenchmark);

beforeAll(() => {
  // Three of AIME's thirty problems, and nothing else.
  mkdirSync(join(folder, 'datasets/math-ai/aime25'), { recursive: true });
  const rows = [1, 2, 3].map((n) =>
    JSON.stringify({ problem: `Problem ${n}`, answer: String(n), id: `${n}` }),
  );
  writeFileSync(join(folder, 'datasets/math-ai/aime25/test.jsonl'), `${rows.join('\n')}\n`);
});
afterAll(() => rmSync(folder, { recursive: true }));

const failure = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(MissingData);
  return String(error).replaceAll(folder, 'HUB');
};

describe('benchmarks without their data', () => {
  it('are told all at once, each with its files on the hub', async () => {
    const asked = find('proc/arithmetic', 'gpqa', 'gsm_symbolic', 'gsm_symbolic_p1', 'aime25');
    expect(await failure(loadBenchmarks(asked, { hub }))).toMatchInlineSnapshot(`
      "The data of 4 of 5 benchmarks are missing:
        gpqa_diamond_zeroshot: The dataset Idavidrein/gpqa is not in the local mirror: looked for HUB/datasets/Idavidrein/gpqa.
          On the hub: https://huggingface.co/datasets/Idavidrein/gpqa, gpqa_diamond.csv (accept its terms there and set HF_TOKEN).
        gsm_symbolic, gsm_symbolic_p1: The dataset apple/GSM-Symbolic is not in the local mirror: looked for HUB/datasets/apple/GSM-Symbolic.
          On the hub: https://huggingface.co/datasets/apple/GSM-Symbolic, main/test.jsonl; https://huggingface.co/datasets/apple/GSM-Symbolic, p1/test.jsonl.
        aime25: aime25 has 30 items, but the copy of math-ai/aime25 has 3.
          On the hub: https://huggingface.co/datasets/math-ai/aime25, test.jsonl.
        With CARRYOVER_HUB set, files go to datasets/ID/PATH below it, as on the hub; without it they are fetched. Or leave them out, named in the results: --skip-missing."
    `);
    expect(await failure(loadBenchmarks(find('gpqa', 'proc/arithmetic'), { hub }))).toMatchInlineSnapshot(`
      "gpqa_diamond_zeroshot: The dataset Idavidrein/gpqa is not in the local mirror: looked for HUB/datasets/Idavidrein/gpqa.
        Check the id, copy the dataset into the mirror, or unset CARRYOVER_HUB to fetch it from the hub. On the hub: https://huggingface.co/datasets/Idavidrein/gpqa, gpqa_diamond.csv (accept its terms there and set HF_TOKEN). Or leave it out, named in the results: --skip-missing."
    `);
  });

  it('are left out by name when told to, unless nothing is left', async () => {
    const asked = find('gpqa', 'proc/arithmetic', 'aime25');
    const { loaded, skipped } = await loadBenchmarks(asked, { hub, limit: 7, skipMissing: true });
    expect(loaded.map(({ benchmark, items }) => [benchmark.name, items.length])).toEqual([
      ['proc/arithmetic', 7],
    ]);
    // Three problems are no seven, and must not pass for them.
    expect(skipped).toEqual({
      gpqa_diamond_zeroshot: 'no whole copy of Idavidrein/gpqa gpqa_diamond.csv',
      aime25: 'no whole copy of math-ai/aime25 test.jsonl',
    });
    const three = await loadBenchmarks(asked, { hub, limit: 3, skipMissing: true });
    expect(Object.keys(three.skipped)).toEqual(['gpqa_diamond_zeroshot']);
    expect(await failure(loadBenchmarks(find('gpqa'), { hub, skipMissing: true }))).toContain(
      'gpqa_diamond_zeroshot: The dataset Idavidrein/gpqa is not in the local mirror',
    );
  });
});
