import { expect, test } from 'vitest';
import { keptLines, progressLine } from './progress-view.ts';

test('what is done, how fast, and how long it will take; bytes as people count them', () => {
  const first = { at: 1000, done: 0 };
  expect([
    progressLine({ done: 50, total: 200, unit: 'rows', note: 'out.jsonl' }, first, 11_000),
    progressLine({ done: 4, ahead: 6, total: 40, unit: 'items' }, first, 3000),
    progressLine({ done: 2e9, total: 5e9, unit: 'bytes', note: '9 rows' }, first, 11_000),
    progressLine({ done: 31_300, total: 62_600, unit: 'rows' }, first, 11_000),
    progressLine({ done: 5, total: 200, unit: 'rows' }, null, 11_000),
  ]).toMatchInlineSnapshot(`
    [
      "50 of 200 rows  5.00 rows/s  30 s left  out.jsonl",
      "4 of 40 items (6 more in work)  5.00 items/s  6 s left",
      "2000 of 5000 MB  200 MB/s  15 s left  9 rows",
      "31300 of 62600 rows  3,130 rows/s  10 s left",
      "5 of 200 rows",
    ]
  `);
});

test('what earlier starts have left is said before the model is asked', () => {
  expect(keptLines({ kept: 0, elsewhere: 0, total: 2800 })).toEqual([]);
  expect([
    ...keptLines({ kept: 1152, elsewhere: 0, total: 2800 }),
    ...keptLines({ kept: 2800, elsewhere: 0, total: 2800 }),
    ...keptLines({ kept: 0, elsewhere: 20, total: 50 }),
  ]).toMatchInlineSnapshot(`
    [
      "1,152 answers of 2,800 are here already.",
      "All 2,800 answers are here already: the model is asked nothing.",
      "20 items are asked again although the folder has answers: they were computed beside other items or under other settings (another --limit, other benchmarks), and what is computed together can change an answer.",
    ]
  `);
});
