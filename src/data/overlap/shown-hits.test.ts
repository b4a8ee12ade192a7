import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { HitRecord } from './decontaminate-rows.ts';
import { ShownHits } from './shown-hits.ts';

const hit = (row: number, benchmark: string, text = 'said'): HitRecord => ({
  ...{ row, benchmark, item: `item ${row}`, layer: 'ngram13', overlap: 1, text, match: 'asked' },
});

it('shows hits of dropped rows before those of flagged ones, by row', () => {
  const hits = new ShownHits();
  hits.add('flagged', [hit(1, 'a')]);
  hits.add('dropped', [hit(2, 'b'), hit(2, 'a')]);
  hits.add('dropped', [hit(3, 'a')]);
  expect(hits.list().map(({ fate, row, benchmark }) => `${fate} ${row} ${benchmark}`)).toEqual([
    'dropped 2 a',
    'dropped 2 b',
    'dropped 3 a',
    'flagged 1 a',
  ]);
});

it('lets no benchmark crowd out another', () => {
  const hits = new ShownHits();
  for (let row = 1; row <= 1000; row++) hits.add('dropped', [hit(row, 'much')]);
  hits.add('dropped', [hit(1001, 'little'), hit(1001, 'less')]);
  const shown = hits.list();
  expect(shown).toHaveLength(50);
  expect(shown.slice(-3).map(({ row, benchmark }) => [row, benchmark])).toEqual([
    [48, 'much'],
    [1001, 'less'],
    [1001, 'little'],
  ]);
});

it('shows as many as there are up to 50, of each benchmark a fair share, the first rows of it', () => {
  const rows = fc.array(fc.record({ benchmark: fc.constantFrom('a', 'b', 'c'), dropped: fc.boolean() }), {
    maxLength: 200,
  });
  fc.assert(
    fc.property(rows, (all) => {
      const hits = new ShownHits();
      for (const [i, { benchmark, dropped }] of all.entries())
        hits.add(dropped ? 'dropped' : 'flagged', [hit(i + 1, benchmark)]);
      const shown = hits.list();
      expect(shown).toHaveLength(Math.min(50, all.length));
      const dropped = all.filter((one) => one.dropped).length;
      expect(shown.filter(({ fate }) => fate === 'dropped')).toHaveLength(Math.min(50, dropped));
      const of = (name: string) => ({
        there: all.filter((one) => one.dropped && one.benchmark === name).length,
        shown: shown.filter(({ fate, benchmark }) => fate === 'dropped' && benchmark === name).length,
      });
      const most = Math.max(...['a', 'b', 'c'].map((name) => of(name).shown));
      for (const name of ['a', 'b', 'c'])
        expect(of(name).shown).toBeGreaterThanOrEqual(Math.min(of(name).there, most - 1));
    }),
  );
});

it('cuts long texts', () => {
  const hits = new ShownHits();
  hits.add('flagged', [hit(1, 'a', 'x'.repeat(1000))]);
  expect(hits.list()[0]?.text).toBe(`${'x'.repeat(300)}…`);
});
