import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { carryover } from '../../test/support/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'carryover-score-ifeval-'));

describe('carryover score --task ifeval', () => {
  it("adds the original's verdicts, strict and loose, and each instruction's own", async () => {
    const target = {
      prompt: 'Write without commas and with a title.',
      instruction_id_list: ['punctuation:no_comma', 'detectable_format:title'],
      kwargs: [{}, { num_words: null }],
    };
    const input = join(folder, 'in.jsonl');
    const out = join(folder, 'out.jsonl');
    writeFileSync(input, JSON.stringify({ id: 'a', output: 'Well, here:\n<<Title>>', target }));
    const run = await carryover('score', '--task', 'ifeval', '--in', input, '--out', out);
    expect([run.code, run.error]).toEqual([0, '']);
    const row = JSON.parse(readFileSync(out, 'utf8')) as Record<string, unknown>;
    expect(row).toMatchObject({ value: 0, outcome: 'wrong', strict: [false, true], loose: [true, true] });
    expect(row['instructions']).toMatchObject([
      { id: 'punctuation:no_comma', corrected: { strict: false, loose: true }, why: '1 commas' },
      { id: 'detectable_format:title', why: 'titled "Title"' },
    ]);
  });

  it('points at a target that is none', async () => {
    const input = join(folder, 'bad.jsonl');
    writeFileSync(
      input,
      JSON.stringify({ id: 'a', output: 'x', target: { instruction_id_list: ['no:such'] } }),
    );
    const run = await carryover(
      'score',
      '--task',
      'ifeval',
      '--in',
      input,
      '--out',
      join(folder, 'bad-out.jsonl'),
    );
    expect(run.code).toBe(2);
    expect(run.error.replaceAll(folder, '.')).toMatchInlineSnapshot(`
      "./bad.jsonl:1: "target" has no "kwargs".
        "target" is {prompt?, instruction_id_list, kwargs} as in google/IFEval.
      "
    `);
  });
});
