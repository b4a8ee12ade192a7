/** What a run saw in training, from real prepared data. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byteLevelTokenizer } from '../../test/support/tiny-tokenizer.ts';
import { findBenchmark } from '../benchmarks/select.ts';
import { prepareStage } from '../data/prepare-stage.ts';
import type { SourceSpec } from '../data/source-spec.ts';
import { pretrainedTasks } from '../pretraining/pretrained-tasks.ts';
import { sourceFacts, taskFacts } from './source-facts.ts';
import { trainedItemsFinder } from './trained-items.ts';

const SUMS: SourceSpec = { procedural: ['arithmetic'], rows: 24, layout: 'worked' };
const BENCHMARKS = ['proc/arithmetic', 'proc/arithmetic@perturbed', 'proc/arithmetic@train', 'gsm8k'];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-trained-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function prepared(
  name: string,
  sources: Record<string, SourceSpec>,
  parts?: { source: string; from: number; tokens: number }[],
) {
  const { tokenizer } = byteLevelTokenizer(['<|im_start|>', '<|im_end|>']);
  const spec = { sources, seed: 1, rowLength: 512, batches: { rowsPerStep: 4 }, ...(parts && { parts }) };
  await prepareStage(spec, { tokenizer, chatTemplate: undefined, folder: join(folder, name) });
  return join(folder, name);
}

describe('trained items', () => {
  test('all rows of a source: the first items, whose parents are the first training problems', async () => {
    const data = await prepared('all', { sums: SUMS });
    const found = await trainedItemsFinder({ benchmarks: BENCHMARKS, limit: 40 }, { sums: SUMS }).of([data]);
    expect(Object.keys(found ?? {})).toEqual(['proc/arithmetic@perturbed', 'proc/arithmetic@train']);
    for (const name of Object.keys(found ?? {})) {
      const benchmark = findBenchmark(name);
      const items = 'make' in benchmark ? benchmark.make(40) : [];
      const ids = new Set(found?.[name]);
      expect(ids.size).toBeGreaterThan(15);
      expect(ids.size).toBeLessThan(40);
      // Beyond the rows of the source no item is seen, unless a problem was drawn twice.
      expect(items.slice(0, 16).every(({ id }) => ids.has(id))).toBe(true);
    }
  });

  test('a part of the rows: as many fewer items; stages add up; another seed gives none', async () => {
    const half = await prepared('half', { sums: SUMS }, [{ source: 'sums', from: 0, tokens: 400 }]);
    const rest = await prepared('rest', { sums: SUMS }, [{ source: 'sums', from: 400, tokens: 1100 }]);
    const finder = trainedItemsFinder(
      { benchmarks: ['proc/arithmetic@perturbed'], limits: { 'proc/arithmetic@perturbed': 24 } },
      { sums: SUMS },
    );
    const count = async (...data: string[]) =>
      (await finder.of(data))?.['proc/arithmetic@perturbed']?.length ?? -1;
    expect(await count(half)).toBeGreaterThan(0);
    expect(await count(half)).toBeLessThan(await count(half, rest));
    expect(await count()).toBe(0);
    const other = { sums: { ...SUMS, seed: 9, levels: [4] } };
    const data = await prepared('other', other);
    const found = await trainedItemsFinder(
      { benchmarks: ['proc/arithmetic@perturbed'], limits: { 'proc/arithmetic@perturbed': 24 } },
      other,
    ).of([data]);
    expect(found?.['proc/arithmetic@perturbed']).toEqual([]);
  });

  test('a file of the user’s own may hold any problem, so nothing can be told', async () => {
    const data = await prepared('file', { sums: SUMS });
    const finder = trainedItemsFinder({ benchmarks: BENCHMARKS, limit: 8 }, { sums: { file: 'rows.jsonl' } });
    expect(await finder.of([data])).toBeUndefined();
  });
});

test('what sources hold is known exactly, by the name of a benchmark’s dataset, or not at all', () => {
  expect(sourceFacts({ procedural: ['arithmetic', 'deduction'], rows: 40, levels: [1] })).toEqual({
    title: 'procedural train, level 1, seed 0, 40 rows',
    domains: ['mathematical', 'logical'],
    tasks: [
      { name: 'arithmetic', domain: 'mathematical' },
      { name: 'deduction', domain: 'logical' },
    ],
  });
  expect(sourceFacts({ dataset: 'openai/gsm8k', config: 'main' })).toEqual({
    title: 'openai/gsm8k main train',
    domains: ['mathematical'],
    tasks: [],
  });
  expect(sourceFacts({ dataset: 'tatsu-lab/alpaca' }).domains).toBeNull();
  expect(sourceFacts({ dataset: 'tatsu-lab/alpaca', files: 'data/*.parquet' }).title).toBe(
    'tatsu-lab/alpaca data/*.parquet',
  );
  expect(sourceFacts({ file: '/home/me/rows.jsonl' })).toEqual({
    title: 'rows.jsonl',
    domains: null,
    tasks: [],
  });
});

test('the model in the box says which tasks it was pretrained on; other models say nothing', async () => {
  const tasks = taskFacts((await pretrainedTasks('builtin:seedling')) ?? []);
  expect(tasks).toContainEqual({ name: 'arithmetic', domain: 'mathematical' });
  expect(new Set(tasks.map(({ domain }) => domain)).size).toBe(7);
  expect(await pretrainedTasks('test/fixtures/models/llama')).toBeNull();
  expect(await pretrainedTasks('HuggingFaceTB/SmolLM2-135M-Instruct')).toBeNull();
  expect(taskFacts(['no_such_task', 'toString'])).toEqual([]);
});
