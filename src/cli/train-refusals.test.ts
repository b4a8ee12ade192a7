import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { carryover } from '../../test/support/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'carryover-train-'));

describe('carryover train', () => {
  it('refuses a training that would overwrite a model, or train nothing', async () => {
    const model = 'test/fixtures/models/llama';
    const train = (...more: string[]) =>
      carryover('train', '--model', model, '--data', 'rows.jsonl', ...more);
    const over = await train('--out', 'test/fixtures/models/qwen2');
    expect([over.code, over.error]).toMatchInlineSnapshot(`
      [
        2,
        "--out test/fixtures/models/qwen2 holds a model that carryover train did not write
        Name another folder: that model would be overwritten.
      ",
      ]
    `);
    for (const [flags, message] of [
      [['--steps', '4', '--batch', '2'], '--steps and --batch both say'],
      [['--no-merge'], '--no-merge has no effect without --lora'],
    ] as const) {
      const refused = await train('--out', join(folder, 'trained'), ...flags);
      expect([refused.code, refused.error.startsWith(message)]).toEqual([2, true]);
    }
    const nothing = await train('--out', join(folder, 'trained'), '--clip', '0');
    expect([nothing.code, nothing.error]).toMatchInlineSnapshot(`
      [
        2,
        "--clip 0 would train nothing
        Give a number above 0.
      ",
      ]
    `);
  });
});
