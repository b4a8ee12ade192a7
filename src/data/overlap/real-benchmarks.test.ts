import { describe, expect, it } from 'vitest';
import { findBenchmark } from '../../benchmarks/select.ts';
import type { Decontaminator } from './decontaminator.ts';
import { indexBenchmarks } from './index-benchmarks.ts';
import { DEFAULT_ACTIONS, type Layer } from './layers.ts';
import { itemTextLoader } from './load-item-texts.ts';

const hub = process.env['CARRYOVER_HUB'];
const why = hub ? '' : ' (skipped: needs CARRYOVER_HUB)';

async function indexOf(name: string): Promise<Decontaminator> {
  const options = { actions: DEFAULT_ACTIONS, tolerant: false };
  return (await indexBenchmarks([findBenchmark(name)], options)).index;
}

/** The items of one benchmark as they are asked, choices and all, looked for in another: how many by the surest layer. */
async function lookFor(
  questions: string,
  within: string,
): Promise<Partial<Record<Layer | 'nothing', number>>> {
  const index = await indexOf(within);
  const found: Partial<Record<Layer | 'nothing', number>> = {};
  for (const {
    questions: [question = ''],
    choices,
  } of await itemTextLoader()(findBenchmark(questions))) {
    const [hit] = index.hits([{ side: 'question', text: `${question}\n${choices}` }]);
    const layer = hit?.layer ?? 'nothing';
    found[layer] = (found[layer] ?? 0) + 1;
  }
  return found;
}

describe.skipIf(!hub)(`benchmarks that are known to share their items${why}`, () => {
  it('MATH-500 is inside of MATH', async () => {
    expect(await lookFor('minerva_math500', 'minerva_math')).toEqual({ exact: 500 });
  });

  it('HumanEval is inside of HumanEval+, and the other way round', async () => {
    expect(await lookFor('humaneval', 'humaneval_plus')).toMatchInlineSnapshot(`
      {
        "exact": 163,
        "ngram13": 1,
      }
    `);
    expect(await lookFor('humaneval_plus', 'humaneval')).toMatchInlineSnapshot(`
      {
        "exact": 163,
        "ngram13": 1,
      }
    `);
  });

  it('the AQuA-RAT of AGIEval is the test half of AQuA-RAT', async () => {
    const index = await indexOf('agieval_aqua_rat');
    const { fileRows } = await import('../sources/read-rows.ts');
    const path = 'deepmind/aqua_rat/raw/test-00000-of-00001.parquet';
    const items = new Set<string>();
    let rows = 0;
    let missed = 0;
    for await (const { values } of fileRows({ local: `${hub}/datasets/${path}`, shown: path })) {
      rows++;
      const hits = index.hits([{ side: 'question', text: String(values['question']) }]);
      const copies = hits.filter(({ layer }) => DEFAULT_ACTIONS[layer] === 'drop');
      if (copies.length === 0) missed++;
      for (const { owners } of copies) for (const { item } of owners) items.add(item);
    }
    expect({ rows, missed, items: items.size }).toEqual({ rows: 254, missed: 0, items: 254 });
  });
});
