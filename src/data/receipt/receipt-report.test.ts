import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  LOOKED_RECEIPT as looked,
  RECEIPT as receipt,
  SOURCE_RECEIPT as source,
} from '../../../test/support/receipts.ts';
import { FAULT_REASONS } from '../render/row-fault.ts';
import { receiptReport } from './receipt-report.ts';
import { receiptFacts, receiptTables } from './receipt-tables.ts';
import { removalTables } from './removal-tables.ts';
import { accountOf, DROP_WORDS } from './row-account.ts';

describe('a receipt as text', () => {
  test('is the text that was looked at, with what was removed where somebody looked', async () => {
    const text = `${receiptReport('data-math-1', looked).join('\n')}\n`;
    await expect(text).toMatchFileSnapshot('../../test/golden/inspect/receipt.txt');
  });

  test('without duplicates and contamination it has the same lines but theirs', () => {
    const lines = receiptReport('data-math-1', receipt);
    const all = receiptReport('data-math-1', looked);
    expect(lines.length).toBeLessThan(all.length);
    expect(lines.filter((line) => !all.includes(line)).map((line) => line.trim())).toEqual([
      'Duplicates     not looked for',
      'Contamination  not looked for',
      expect.stringMatching(/ 7,473 +7,059 +7,439 +389 +1 +0.051 /),
      'math    7,059  not looked at: there were enough supervised tokens without them',
    ]);
    expect(lines.slice(10).join('\n')).not.toMatch(/duplicate|benchmark/i);
    expect(all.join('\n')).not.toContain('\u001b');
  });

  test('every number of rows that a source lost stands in it', () => {
    const numbers = fc.record({
      dropped: fc.constantFrom('empty-answer', 'overlong', ...FAULT_REASONS),
      rows: fc.integer({ min: 1, max: 9_999_999 }),
    });
    fc.assert(
      fc.property(numbers, ({ dropped, rows }) => {
        const lossy = { ...source, dropped: { ...source.dropped, [dropped]: rows } };
        const table = receiptTables({ ...receipt, sources: [lossy] }).find(({ part }) => part === 'account');
        expect(table?.rows).toContainEqual([
          'math',
          rows.toLocaleString('en-US'),
          `left out: ${DROP_WORDS[dropped]}`,
        ]);
      }),
    );
  });

  test.each([
    ['as it is', receipt],
    ['with duplicates', looked],
  ])('the account %s sums to the rows of the source', (_, { sources }) => {
    for (const one of sources) {
      const rows = accountOf(one).reduce((sum, { rows }) => sum + rows, 0);
      expect(rows).toBe(one.rows);
    }
  });

  test('a receipt of an earlier version names no rows and has every other table', () => {
    const { named: _, kept: __, passes: ___, ...earlier } = source;
    const titles = (sources: typeof receipt.sources) =>
      receiptTables({ ...receipt, sources }).map(({ title }) => title);
    expect(titles([source]).filter((title) => !titles([earlier]).includes(title))).toEqual([
      'Rows left out, cut or short of answers, the first ones of those looked at',
    ]);
  });

  test('tables have as many cells as their heads', () => {
    for (const { head, rows } of receiptTables(looked))
      for (const row of rows) expect(row).toHaveLength(head.length);
    expect(receiptFacts(receipt)).toContainEqual([
      'Stops',
      '392 of 400 answers end in a supervised stop token',
    ]);
  });
});

test('plain texts have no template and no answers', () => {
  const [one] = receipt.sources;
  const text = { ...one!, format: 'text', turns: 10, stopTurns: 10 };
  const facts = (sources: (typeof receipt)['sources']): Record<string, string> =>
    Object.fromEntries(receiptFacts({ ...receipt, sources }));
  expect(facts([text])).toMatchObject({
    'Rendered with': 'no template: texts as they are, with an end-of-text token, renderer 2',
    Supervision: 'the whole of every text is trained on',
    Stops: '10 of 10 texts end in a supervised stop token',
  });
  expect(facts([text, one!])).toMatchObject({
    'Rendered with': 'the chat template chatml (872be49dbb63); plain texts with no template, renderer 2',
    Supervision: 'every answer is trained on, and the whole of every plain text',
    Stops: '402 of 410 answers and texts end in a supervised stop token',
  });
});

test('benchmarks whose data could not be had are named as not looked for', () => {
  const [one] = looked.sources;
  const sources = [{ ...one!, screen: { ...one!.screen!, notHad: ['gpqa', 'musr'] } }];
  expect(receiptFacts({ ...looked, sources })).toContainEqual([
    'Contamination',
    'items of gsm8k and minerva_math looked for; NOT looked for, because their data cannot be had here: gpqa and musr',
  ]);
});

test('a benchmark of the user’s own may be called as a layer is: both have their line', () => {
  const [one] = looked.sources;
  const screen = {
    ...one!.screen!,
    benchmarks: { near: 6, exact: 1 },
    layers: { ...one!.screen!.layers, exact: 2 },
  };
  const found = removalTables([{ name: 'math', screen }]).find(({ part }) => part === 'found');
  expect(found?.rows).toEqual([
    ['math', 'layer', 'exact', '2'],
    ['math', 'layer', 'ngram13', '1'],
    ['math', 'layer', 'template', '4'],
    ['math', 'benchmark', 'near', '6'],
    ['math', 'benchmark', 'exact', '1'],
  ]);
});
