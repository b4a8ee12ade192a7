import { expect, it } from 'vitest';
import type { HubBenchmark } from '../benchmarks/benchmark.ts';
import { findBenchmark } from '../benchmarks/select.ts';
import { MissingData } from '../errors.ts';
import { itemsOfRows, loadItems } from './load-items.ts';

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

it('counts the items of a benchmark, not the rows, where a file of several is cut short', () => {
  const biology = findBenchmark('mmlu_pro_biology') as HubBenchmark;
  const row = (category: string, question: string) => ({
    ...{ question_id: 1, question, options: ['yes', 'no'], answer: 'A', answer_index: 0, cot_content: '' },
    ...{ category, src: 'made' },
  });
  const rows = [row('math', 'm'), row('biology', 'b1'), row('law', 'l'), row('biology', 'b2')];
  const shots = [row('biology', 'example')];
  const found = (limit: number) => itemsOfRows(biology, rows, shots, limit).map(({ index }) => index);
  expect(found(1)).toHaveLength(1);
  expect(found(2)).toHaveLength(2);
  expect(() => found(3)).toThrow(MissingData);
});
