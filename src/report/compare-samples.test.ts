import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { syntheticInput } from '../../test/synthetic-run.ts';
import { writeSyntheticRun } from '../../test/write-synthetic-run.ts';
import { readText, writeAtomic } from '../platform/files.ts';
import { buildReport } from './build-report.ts';
import { compareSamples, comparisonText } from './compare-samples.ts';
import { readEvaluation } from './read-evaluation.ts';

let run: string;
beforeAll(async () => {
  run = await mkdtemp(join(tmpdir(), 'carryover-compare-'));
  await writeSyntheticRun(run);
});
afterAll(() => rm(run, { recursive: true, force: true }));

const evaluation = (arm: string) => readEvaluation(join(run, 'evaluations', `${arm}-0`));

test('the same numbers as the report of the run', async () => {
  const rows = compareSamples(await evaluation('base'), await evaluation('mixed'));
  expect(rows).toHaveLength(10);
  const report = buildReport(syntheticInput());
  for (const row of rows) {
    const same = report.comparisons.find((c) => c.arm === 'mixed' && c.benchmark === row.benchmark);
    expect(row.difference).toEqual(same?.difference);
    expect(row.test).toBe(same?.test);
    if (row.test === 'mcnemar') expect(row.p).toBe(same?.p);
  }
});

test('two samples files, as printed', async () => {
  const file = (arm: string) => readEvaluation(join(run, `evaluations/${arm}-0/samples/gsm8k.jsonl`));
  const rows = compareSamples(await file('base'), await file('mixed'));
  expect(comparisonText(rows, 'base', 'mixed')).toMatchInlineSnapshot(`
    "A: base
    B: mixed

    benchmark   n     A     B  B − A  95 % interval      p  p (Holm)  won  lost  could show  corrected
    gsm8k      24  16.7  37.5  +20.8  +4.2 to +40.5  0.063     0.063    5     0        30.9       30.9

    Points of score, paired by item; "could show" is the smallest difference that these items show four times in five,
    "corrected" the same with the correction for the number of benchmarks compared."
  `);
});

test('says so when the two were not prompted alike', async () => {
  const base = await evaluation('base');
  const gsm8k = base.benchmarks.get('gsm8k') ?? [];
  const other = gsm8k.map((sample, i) => (i < 3 ? { ...sample, prompt_sha256: 'chat' } : sample));
  const rows = compareSamples(base, { name: 'chat', benchmarks: new Map([['gsm8k', other]]) });
  expect(rows[0]?.promptsDiffer).toBe(3);
  expect(comparisonText(rows, 'A', 'B')).toMatch(/A and B were prompted with other texts on gsm8k\.$/);
});

test('items that do not match, and nothing in common, are errors', async () => {
  const base = await evaluation('base');
  const gsm8k = base.benchmarks.get('gsm8k') ?? [];
  const short = { name: 'short', benchmarks: new Map([['gsm8k', gsm8k.slice(1)]]) };
  expect(() => compareSamples(base, short)).toThrow('Sample "gsm8k-0" of "gsm8k" is missing in short.');
  expect(() => compareSamples(short, base)).toThrow('Sample "gsm8k-0" of "gsm8k" is missing in short.');
  const other = { name: 'other', benchmarks: new Map([['arc_challenge', gsm8k]]) };
  expect(() => compareSamples(short, other)).toThrow('no benchmark in common');
  await expect(readEvaluation(join(run, 'nowhere'))).rejects.toThrow('no such file or folder');
  await expect(readEvaluation(join(run, 'evaluations'))).rejects.toThrow('holds no samples');
});

test('samples of which it cannot be told whose they are', async () => {
  const folder = join(run, 'doubtful');
  const lines = (await readText(join(run, 'evaluations/base-0/samples/gsm8k.jsonl'))).split('\n');
  await writeAtomic(join(folder, 'gsm8k.jsonl'), lines.join('\n'));
  await writeAtomic(join(folder, 'gsm8k-old.jsonl'), lines.join('\n'));
  await expect(readEvaluation(folder)).rejects.toThrow('a second file with samples of gsm8k');
  const both = join(folder, 'both.jsonl');
  await writeAtomic(both, `${lines[0]}\n${lines[1]?.replace('"gsm8k"', '"math"')}\n`);
  await expect(readEvaluation(both)).rejects.toThrow('holds samples of gsm8k and of math');
  await writeAtomic(both, '\n');
  await expect(readEvaluation(both)).rejects.toThrow('holds no samples');
});
