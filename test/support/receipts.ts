/** A receipt with something of everything, and the same with what was removed. */
import type { DataReceipt, SourceReceipt } from '../../src/data/stage.ts';

export const SOURCE_RECEIPT: SourceReceipt = {
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
  named: {
    'empty-answer': [
      { row: 17, file: 'openai/gsm8k/main/train.parquet' },
      { row: 3001, file: 'openai/gsm8k/main/train.parquet' },
    ],
    overlong: [5, 90, 91, 92].map((row) => ({
      row,
      file: 'openai/gsm8k/main/train.parquet',
      tokens: 1100 + row,
    })),
    'answer-changed': [
      {
        row: 4021,
        file: 'rows.jsonl',
        line: 4022,
        why: 'the template leaves out "a\nb\u001b[31m" of answer 1',
      },
    ],
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
export const RECEIPT: DataReceipt = {
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
  sources: [SOURCE_RECEIPT],
  lengths: [
    { upTo: 32, examples: 0 },
    { upTo: 64, examples: 89 },
    { upTo: 128, examples: 300 },
  ],
  packed: 'b5f4a722ebf7'.repeat(5),
};
export const LOOKED_RECEIPT: DataReceipt = {
  ...RECEIPT,
  sources: [
    {
      ...SOURCE_RECEIPT,
      dropped: { ...SOURCE_RECEIPT.dropped, duplicate: 15, contaminated: 3 },
      screen: {
        dedup: 'near',
        against: ['gsm8k', 'minerva_math'],
        duplicates: { exact: 12, near: 3, first: [{ row: 9, kept: 4 }] },
        contaminated: 3,
        flagged: 4,
        layers: { exact: 2, ngram13: 1, ngram8: 0, template: 4, near: 0 },
        benchmarks: { gsm8k: 6, minerva_math: 1 },
        hits: [
          {
            row: 77,
            benchmark: 'gsm8k',
            item: 'test-12',
            layer: 'ngram13',
            overlap: 0.62,
            text: `Janet's ducks lay\n16 eggs\u001b[31m ${'and so on '.repeat(30)}`,
            match: 'ducks lay 16 eggs per day',
          },
        ],
      },
    },
  ],
};
