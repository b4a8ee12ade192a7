import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { carryover } from '../../test/support/run-cli.ts';
import type { Sample } from '../scoring/score.ts';

/** A tiny model with a context of 128 tokens, too short for some problems and their answers. */
const MODEL = fileURLToPath(new URL('../../test/fixtures/models/llama', import.meta.url));
const newFolder = (): string => mkdtempSync(join(tmpdir(), 'carryover-eval-command-'));
const evaluation = (names: string, ...more: string[]) =>
  carryover('eval', '--model', MODEL, '--benchmarks', names, ...more);
const firstSample = (out: string, name: string): Sample =>
  JSON.parse(readFileSync(join(out, 'samples', `${name}.jsonl`), 'utf8').split('\n')[0]!);

/** Answers may take more tokens than the model's context holds. */
const LONG = `name: long
domain: mathematical
abilities: [arithmetic]
why: One addition.
data: { file: long.jsonl }
prompt: "{{text}}"
answer: "{{right}}"
score: number
max_tokens: 200
`;

describe('carryover eval', () => {
  it('warns on standard error of what the context cut, also beside --json', async () => {
    const { out, said } = await evaluation('proc/deduction', '--limit', '6', '--json');
    const { cut_prompts: cut } = JSON.parse(out).benchmarks['proc/deduction'];
    expect(cut).toBeGreaterThan(0);
    expect(said).toContain(`proc/deduction: ${cut} of 6 prompts did not fit into the model's context`);
  });

  it('ends with 1 and says how many items have no score', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'long.jsonl'), `${JSON.stringify({ text: 'so '.repeat(300), right: '4' })}\n`);
    writeFileSync(join(folder, 'long.yaml'), LONG);
    const { said, out, code } = await evaluation(join(folder, 'long.yaml'));
    expect(said).toContain('1 item could not be evaluated and is left out of the scores.');
    expect(said).toContain("the prompt leaves no room for an answer in the model's context of 128 tokens.");
    expect(out).toMatch(/long +1 +exact_match +- .* 1 error/);
    expect(code).toBe(1);
  });

  it('puts results with another limit aside and says where they are', async () => {
    const out = newFolder();
    await evaluation('proc/syllogisms', '--limit', '2', '--out', out);
    const { said } = await evaluation('proc/syllogisms', '--limit', '3', '--out', out);
    const [, folder] = /at most 2 items of each\) were in .*; they are now in (\S+)\./.exec(said)!;
    expect(JSON.parse(readFileSync(join(folder!, 'results.json'), 'utf8')).settings.limit).toBe(2);
    expect(firstSample(folder!, 'proc/syllogisms')).not.toHaveProperty('prompt');
  });

  it('writes prompts into the samples on request', async () => {
    const out = newFolder();
    await evaluation('proc/syllogisms', '--limit', '1', '--out', out, '--log-prompts');
    expect(firstSample(out, 'proc/syllogisms').prompt).toHaveLength(5);
  });
});
