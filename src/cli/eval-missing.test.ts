import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { carryover } from '../../test/support/run-cli.ts';
import type { EvaluationResults } from '../evaluation/results.ts';

const folder = mkdtempSync(join(tmpdir(), 'missing-'));
const out = join(folder, 'out');
beforeAll(() => {
  mkdirSync(join(folder, 'hub'));
  vi.stubEnv('CARRYOVER_HUB', join(folder, 'hub'));
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const ask = (benchmarks: string, ...more: string[]) =>
  carryover(
    ...['eval', '--model', 'builtin:seedling', '--benchmarks', benchmarks, '--limit', '2', '--out', out],
    ...more,
  );
const results = () => JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) as EvaluationResults;

it('names what it skips in the table, and in results.json beside earlier results', async () => {
  const refused = await ask('gpqa,svamp,proc/last_letters');
  expect([refused.code, refused.error]).toEqual([
    2,
    expect.stringContaining('The data of 2 of 3 benchmarks'),
  ]);

  const first = await ask('gpqa,proc/last_letters', '--skip-missing');
  expect(first.code).toBe(0);
  expect(first.out).toContain(
    'Skipped, so in no score:\n  gpqa_diamond_zeroshot: no whole copy of Idavidrein/gpqa',
  );
  expect(Object.keys(results().benchmarks)).toEqual(['proc/last_letters']);

  const second = await ask('svamp,proc/sorting', '--skip-missing', '--json');
  expect(Object.keys((JSON.parse(second.out) as EvaluationResults).skipped ?? {})).toEqual(['svamp']);
  expect(Object.keys(results().skipped ?? {})).toEqual(['gpqa_diamond_zeroshot', 'svamp']);

  await ask('proc/navigation');
  expect(Object.keys(results().benchmarks).sort()).toEqual([
    'proc/last_letters',
    'proc/navigation',
    'proc/sorting',
  ]);
  expect(Object.keys(results().skipped ?? {})).toHaveLength(2);
}, 60_000);
