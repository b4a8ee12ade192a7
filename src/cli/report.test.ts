import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { writeSyntheticRun } from '../../test/write-synthetic-run.ts';
import { buildProgram } from './main.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-cli-report-'));
  await writeSyntheticRun(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

/** What a command line prints to standard output. */
async function printed(...args: string[]): Promise<string> {
  const parts: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((text: string) => void parts.push(`${text}\n`));
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => parts.push(String(text)) > 0);
  await buildProgram().parseAsync(args, { from: 'user' });
  vi.restoreAllMocks();
  return parts.join('');
}

test('report prints the summary and where the page is', async () => {
  const text = await printed('report', folder);
  expect(text).toMatch(/^This run cannot tell/);
  expect(text).toContain(`Report: ${join(folder, 'report', 'index.html')}`);
});

test('report --json prints the bytes of report.json', async () => {
  expect(await printed('report', folder, '--json')).toBe(await readFile(join(folder, 'report.json'), 'utf8'));
});

test('compare prints a table, or JSON for scripts', async () => {
  const pair = [join(folder, 'evaluations/base-0'), join(folder, 'evaluations/mixed-0')];
  expect(await printed('compare', ...pair)).toMatch(/^gsm8k +24 +16\.7 +37\.5 +\+20\.8/m);
  const { benchmarks } = JSON.parse(await printed('compare', ...pair, '--json'));
  expect(benchmarks).toHaveLength(10);
  expect(benchmarks[0]).toMatchObject({ benchmark: 'arc_challenge', difference: { n: 24 } });
});
