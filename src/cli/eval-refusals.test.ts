import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { carryover } from '../../test/support/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'carryover-eval-'));
const plain = (text: string): string => text.replaceAll(folder, '.');

describe('carryover eval', () => {
  it('keeps the results of one model from those of another', async () => {
    const hub = process.env['CARRYOVER_HUB'];
    process.env['CARRYOVER_HUB'] = 'test/fixtures/hub';
    const out = join(folder, 'evaluated');
    const evaluate = (model: string) => {
      const args = ['--model', `test/fixtures/models/${model}`, '--benchmarks', 'winogrande'];
      return carryover('eval', ...args, '--limit', '2', '--out', out, '--json');
    };
    try {
      const first = await evaluate('llama');
      expect([first.code, first.error]).toEqual([0, '']);
      expect(JSON.parse(first.out)).toMatchObject({ model: 'llama', benchmarks: { winogrande: { n: 2 } } });
      const samples = readFileSync(join(out, 'samples', 'winogrande.jsonl'), 'utf8');
      const other = await evaluate('qwen2');
      expect(other.code).toBe(2);
      expect(other.error).toContain('holds the results of another model (llama)');
      expect(readFileSync(join(out, 'samples', 'winogrande.jsonl'), 'utf8')).toBe(samples);
      expect((await evaluate('llama')).out).toBe(first.out);
    } finally {
      if (hub === undefined) delete process.env['CARRYOVER_HUB'];
      else process.env['CARRYOVER_HUB'] = hub;
    }
  });

  it('refuses a misspelt benchmark and a folder it cannot write before any work', async () => {
    const model = join(folder, 'none.gguf');
    const misspelt = await carryover('eval', '--model', model, '--benchmarks', 'winogrand');
    expect([misspelt.code, misspelt.error]).toEqual([
      2,
      'There is no benchmark named "winogrand".\n  Did you mean winogrande? `carryover benchmarks` lists all.\n',
    ]);
    const blocker = join(folder, 'a-file');
    writeFileSync(blocker, 'x');
    const out = join(blocker, 'results');
    const blocked = await carryover('eval', '--model', model, '--benchmarks', 'winogrande', '--out', out);
    expect([blocked.code, plain(blocked.error)]).toMatchInlineSnapshot(`
      [
        2,
        "--out ./a-file/results: ./a-file is a file, not a folder
        Choose another folder.
      ",
      ]
    `);
    const limit = await carryover('eval', '--model', model, '--benchmarks', 'winogrande', '--limit', '0');
    expect([limit.code, limit.error]).toEqual([2, '--limit 0: not a whole number of at least 1\n']);
  });
});
