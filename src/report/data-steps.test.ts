import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LOOKED_RECEIPT, RECEIPT, SOURCE_RECEIPT } from '../../test/support/receipts.ts';
import { syntheticInput } from '../../test/synthetic-run.ts';
import { writeSyntheticRun } from '../../test/write-synthetic-run.ts';
import type { ShownDocument } from '../data/inspect/shown-row.ts';
import { writeSampleRows } from '../data/sample-rows.ts';
import type { StepFacts } from '../study/run-facts.ts';
import { buildReport } from './build-report.ts';
import { stageSection } from './html/stage-sections.ts';
import type { ReportInput } from './report-input.ts';
import { reportMarkdown } from './report-markdown.ts';
import { writeReport } from './write-report.ts';

/** The synthetic run with a data step that two arms share, one of its own, and one that nobody used. */
function input(): ReportInput {
  const plain = syntheticInput({ limit: 24 });
  const data = (id: string): StepFacts => ({
    id,
    kind: 'data',
    label: `Data of ${id}`,
    fingerprint: 'f00d',
    needs: [],
    folder: `steps/${id}`,
  });
  const uses: Readonly<Record<string, readonly string[]>> = {
    'train:math-only-0': ['data-math'],
    'train:mixed-0': ['data-math', 'data-mixed'],
  };
  const steps = [
    ...['data-math', 'data-mixed', 'data-left'].map(data),
    ...plain.facts.steps.map((step) => ({ ...step, needs: [...step.needs, ...(uses[step.id] ?? [])] })),
  ];
  const receipts = new Map([
    ['data-math', RECEIPT],
    ['data-mixed', LOOKED_RECEIPT],
  ]);
  return { ...plain, facts: { ...plain.facts, steps }, receipts };
}

const row = (number: number, text: string): ShownDocument => ({
  source: 'math',
  row: number,
  epoch: 1,
  length: 2,
  tokens: [
    { id: 1, text, role: 'user', supervised: false, special: false },
    { id: 2, text: '<|end|>', role: 'stop', supervised: true, special: true },
  ],
});

describe('data steps in a report', () => {
  test('each with its receipt and the arms that rest on it; steps without a receipt are left out', () => {
    const { dataSteps } = buildReport(input());
    expect(dataSteps.map(({ step, arms }) => [step, arms])).toEqual([
      ['data-math', ['math-only', 'mixed']],
      ['data-mixed', ['mixed']],
    ]);
    expect(dataSteps[0]?.receipt).toEqual(RECEIPT);
  });

  test('a run without receipts has no such section', () => {
    const report = buildReport(syntheticInput({ limit: 24 }));
    expect(report.dataSteps).toEqual([]);
    expect(stageSection(report, new Map())).toBe('');
    expect(reportMarkdown(report)).not.toContain('What became of every row');
  });

  test('the page tells of drops, hits with both texts, licences, hashes and lengths', () => {
    const html = stageSection(buildReport(input()), new Map());
    for (const said of [
      'left out: the template leaves out or changes the text of an answer',
      'ducks lay 16 eggs per day',
      'gsm8k test-12',
      'left out: holds an item of a benchmark',
      'MIT',
      SOURCE_RECEIPT.files[0]!.sha256,
      'the chat template chatml (872be49dbb63)',
      'class="chart lengths"',
      'Trained on by math-only, mixed.',
    ])
      expect(html).toContain(said);
    expect(html.match(/<caption>Duplicates, and/g)).toHaveLength(1);
    expect(html).not.toContain('token-row');
  });

  test('rows are shown as trained, each once, and cannot become markup', () => {
    const rows = new Map([
      ['data-math', [row(3, '<img src=x>'), row(4, 'two')]],
      ['data-mixed', [row(4, 'two'), row(5, 'three')]],
    ]);
    const html = stageSection(buildReport(input()), rows);
    expect([...html.matchAll(/<h3>math row (\d)<\/h3>/g)].map(([, number]) => number)).toEqual([
      '3',
      '4',
      '5',
    ]);
    expect(html).not.toContain('<img');
    expect(html).toContain('stop ✓');
  });

  test('report.md has the rows of every step and every input file once', () => {
    const text = reportMarkdown(buildReport(input()));
    expect(text).toContain(
      '| data-math | math-only, mixed | math | MIT | 7,473 | 380 | 0 | 7,059 | 34 | 2 an answer is empty; 31 longer than a packed row may be; 1 the template leaves out or changes the text of an answer | 389 | 50,000 | 85,442 | 98.0 % | 0 |',
    );
    expect(text.match(/train\.parquet/g)).toHaveLength(1);
  });

  test('report.md and the page say what was looked for, what was left out, and of which earlier source', () => {
    const report = buildReport(input());
    const text = reportMarkdown(report);
    expect(text).toContain('| data-math | math | no |  |  |  | none |  |  |');
    expect(text).toContain(
      '| data-mixed | math | near | 12 | 3 | 2 (code 2) | gsm8k, minerva_math | 3 | 4 |',
    );
    const summary = stageSection(report, new Map()).split('<details>')[0];
    for (const said of ['What was looked for in every source', '2 (code 2)', 'gsm8k, minerva_math'])
      expect(summary).toContain(said);
  });

  test('two files of equal bytes are two', () => {
    const [file] = SOURCE_RECEIPT.files;
    const copy = { ...SOURCE_RECEIPT, files: [{ ...file!, file: 'copy.parquet' }] };
    const plain = input();
    const receipts = new Map([...plain.receipts!, ['data-left', { ...RECEIPT, sources: [copy] }]]);
    const text = reportMarkdown(buildReport({ ...plain, receipts }));
    expect(text.match(/(train|copy)\.parquet/g)).toEqual(['train.parquet', 'copy.parquet']);
  });

  test('a file that two sources read is named with both', () => {
    const part = { ...RECEIPT, sources: [{ ...SOURCE_RECEIPT, name: 'part of math' }] };
    const plain = input();
    const receipts = new Map([...plain.receipts!, ['data-left', part]]);
    const text = reportMarkdown(buildReport({ ...plain, receipts }));
    expect(text).toMatch(/\| math, part of math +\| openai\/gsm8k\/main\/train\.parquet/);
    expect(text.match(/train\.parquet/g)).toHaveLength(1);
  });
});

test('receipts and rows are read from the folders of the run; those of an earlier version are left out', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'receipts-'));
  await writeSyntheticRun(folder, { limit: 24 });
  await writeFile(join(folder, 'run-facts.json'), JSON.stringify(input().facts));
  for (const [id, receipt] of [
    ['data-math', RECEIPT],
    ['data-mixed', { ...RECEIPT, trainOn: undefined }],
  ] as const) {
    await mkdir(join(folder, 'steps', id), { recursive: true });
    await writeFile(join(folder, 'steps', id, 'receipt.json'), JSON.stringify(receipt));
  }
  await writeSampleRows(join(folder, 'steps', 'data-math'), [row(3, 'hello')]);
  const { report, html } = await writeReport(folder, Object.fromEntries(input().benchmarks));
  expect(report.dataSteps.map(({ step }) => step)).toEqual(['data-math']);
  expect(await readFile(html, 'utf8')).toContain('>hello</i>');
});
