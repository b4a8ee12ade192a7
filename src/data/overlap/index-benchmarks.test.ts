import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Benchmark } from '../../benchmarks/benchmark.ts';
import { resolveBenchmark } from '../../benchmarks/own/resolve.ts';
import { MissingData } from '../../errors.ts';
import { indexBenchmarks } from './index-benchmarks.ts';
import { DEFAULT_ACTIONS } from './layers.ts';

const folder = mkdtempSync(join(tmpdir(), 'carryover-index-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('counts up to the items that there are, whatever benchmarks are said to have', async () => {
  const rows = ['How far is it?', 'How long is it?'].map((question) =>
    JSON.stringify({ question, answer: '3' }),
  );
  writeFileSync(join(folder, 'items.jsonl'), rows.join('\n'));
  const file = join(folder, 'far.yaml');
  writeFileSync(
    file,
    'name: far\ndomain: mathematical\nabilities: [arithmetic]\nwhy: Far.\ndata: { file: items.jsonl }\nprompt: "{{question}}"\nanswer: "{{answer}}"\nscore: number\n',
  );
  const far = await resolveBenchmark(file);
  if (!('make' in far)) throw new Error('a benchmark of a file has its items at hand');
  const gone: Benchmark = {
    ...far,
    name: 'gone',
    size: 50,
    make: () => {
      throw new MissingData('Its data are not here.');
    },
  };
  const seen: number[][] = [];
  const index = await indexBenchmarks([{ ...far, size: 7 }, gone, far], {
    actions: DEFAULT_ACTIONS,
    tolerant: true,
    onProgress: (done, total) => seen.push([done, total]),
  });
  expect([index.items, index.leftOut.map(({ benchmark }) => benchmark)]).toEqual([4, ['gone']]);
  expect(seen).toEqual([
    [0, 59],
    [2, 54],
    [2, 4],
    [4, 4],
  ]);
});
