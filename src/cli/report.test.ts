import { spawn } from 'node:child_process';
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
  expect(text).toMatch(/^Taught mathematics, math-only differs .*: this run cannot tell/);
  expect(text).toContain(`Report: ${join(folder, 'report', 'index.html')}`);
});

test('report --json prints the bytes of report.json', async () => {
  expect(await printed('report', folder, '--json')).toBe(await readFile(join(folder, 'report.json'), 'utf8'));
});

test('report --serve shows the page until it is told to end, and --port goes with it alone', async () => {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'test/carryover.ts', 'report', folder, '--serve', '--port', '0'],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const code = new Promise((done) => child.on('close', done));
  const url = await new Promise<string>((done) => {
    let said = '';
    child.stderr.on('data', (data: Buffer) => {
      said += data.toString();
      const found = said.match(/The report is at (\S+) \(Ctrl-C ends it\)\n/)?.[1];
      if (found) done(found);
    });
  });
  const page = await fetch(url);
  expect(await page.text()).toBe(await readFile(join(folder, 'report', 'index.html'), 'utf8'));
  child.kill('SIGINT');
  expect(await code).toBe(0);
  await expect(printed('report', folder, '--port', '8000')).rejects.toThrow(
    '--port has no effect without --serve',
  );
  await expect(printed('report', folder, '--json', '--serve')).rejects.toThrow('do not go together');
});

test('compare prints a table, or JSON for scripts', async () => {
  const pair = [join(folder, 'evaluations/base-0'), join(folder, 'evaluations/mixed-0')];
  expect(await printed('compare', ...pair)).toMatch(/^gsm8k +24 +16\.7 +37\.5 +\+20\.8/m);
  const { benchmarks } = JSON.parse(await printed('compare', ...pair, '--json'));
  expect(benchmarks).toHaveLength(10);
  expect(benchmarks[0]).toMatchObject({ benchmark: 'arc_challenge', difference: { n: 24 } });
});
