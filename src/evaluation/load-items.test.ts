import { expect, it } from 'vitest';
import { findBenchmark } from '../benchmarks/select.ts';
import { loadItems } from './load-items.ts';

const hub = process.env['CARRYOVER_HUB'];

it.skipIf(!hub)(
  'finds the items of a benchmark whose rows share a file with others (needs CARRYOVER_HUB)',
  async () => {
    const biology = findBenchmark('mmlu_pro_biology');
    const all = await loadItems(biology);
    expect(all).toHaveLength(717);
    expect(await loadItems(biology, 10)).toEqual(all.slice(0, 10));
  },
);
