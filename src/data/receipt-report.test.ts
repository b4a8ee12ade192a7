import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { receiptReport } from './receipt-report.ts';
import { receiptFacts, receiptTables } from './receipt-tables.ts';
import { FAULT_REASONS } from './row-fault.ts';
import type { DataReceipt, SourceReceipt } from './stage.ts';

const source: SourceReceipt = {
  name: 'math',
  source: 'openai/gsm8k main train',
  licence: 'MIT',
  format: 'question-answer',
  formatFrom: 'columns question, answer',
  files: [{ file: 'openai/gsm8k/main/train.parquet', bytes: 2_256_291, sha256: 'ab'.repeat(32) }],
  rows: 7473,
  dropped: {
    'empty-answer': 2,
    overlong: 31,
    'template-refuses': 0,
    'prompt-differs': 0,
    'answer-changed': 1,
    'no-stop': 0,
    'stop-cut': 0,
    misspelt: 0,
  },
  truncated: 0,
  cutAnswers: 0,
  examples: 389,
  epochs: 1,
  supervisedTokens: 50_000,
  tokens: 85_442,
  turns: 400,
  stopTurns: 392,
  straddled: 3,
  promptDiffers: 0,
  inserted: 5,
  rewritten: 8,
  from: 0,
  shared: [{ row: 12, supervised: 3, of: 80 }],
};
const receipt: DataReceipt = {
  version: 1,
  seed: 7,
  tokenizer: '5c628b361b30'.repeat(5),
  template: { name: 'chatml', sha256: '872be49dbb63'.repeat(5) },
  renderer: 2,
  trainOn: 'assistant',
  overlong: 'drop',
  rowLength: 1024,
  steps: 23,
  packedRows: 178,
  examples: 389,
  tokens: 85_442,
  supervisedTokens: 50_000,
  fill: 0.9899,
  sources: [source],
  lengths: [
    { upTo: 32, examples: 0 },
    { upTo: 64, examples: 89 },
    { upTo: 128, examples: 300 },
  ],
  packed: 'b5f4a722ebf7'.repeat(5),
};
const looked: DataReceipt = {
  ...receipt,
  duplicates: {
    dropped: { exact: 12, near: 3 },
    flagged: { near: 1 },
    hits: [
      { source: 'math', row: 9, kind: 'near', of: { source: 'math', row: 4 }, text: 'How many\n apples?' },
    ],
  },
  contamination: {
    against: ['gsm8k', 'minerva_math'],
    dropped: { exact: 2, ngram: 1 },
    flagged: { template: 4 },
    hits: [
      {
        source: 'math',
        row: 77,
        benchmark: 'gsm8k',
        item: 'test-12',
        layer: 'ngram',
        overlap: 0.62,
        text: `Janet's ducks lay 16 eggs ${'and so on '.repeat(30)}`,
        match: 'ducks lay 16 eggs per day',
      },
    ],
  },
};

describe('a receipt as text', () => {
  test('is the text that was looked at, with what was removed where somebody looked', async () => {
    const text = `${receiptReport('data-math-1', looked).join('\n')}\n`;
    await expect(text).toMatchFileSnapshot('../../test/golden/inspect/receipt.txt');
  });

  test('without duplicates and contamination it has the same lines but theirs', () => {
    const lines = receiptReport('data-math-1', receipt);
    const all = receiptReport('data-math-1', looked);
    expect(lines.length).toBeLessThan(all.length);
    expect(lines.filter((line) => !all.includes(line))).toEqual([]);
    expect(lines.join('\n')).not.toMatch(/duplicate|benchmark/i);
  });

  test('every number of rows that a source lost stands in it', () => {
    const numbers = fc.record({
      dropped: fc.constantFrom('empty-answer', 'overlong', ...FAULT_REASONS),
      rows: fc.integer({ min: 1, max: 9_999_999 }),
    });
    fc.assert(
      fc.property(numbers, ({ dropped, rows }) => {
        const lossy = { ...source, dropped: { ...source.dropped, [dropped]: rows } };
        const table = receiptTables({ ...receipt, sources: [lossy] }).find(({ title }) =>
          title.startsWith('Left out'),
        );
        const written = `${rows.toLocaleString('en-US')} row${rows === 1 ? '' : 's'}`;
        expect(table?.rows.map(([, number]) => number)).toContain(written);
      }),
    );
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
