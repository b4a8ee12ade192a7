/** Two arms whose sources hold the same rows, from the study file to the report. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DataReceipt, SourceReceipt } from '../data/stage.ts';
import { runStudy } from './run-study.ts';

const hubBefore = process.env['CARRYOVER_HUB'];
let folder = '';
beforeAll(() => {
  process.env['CARRYOVER_HUB'] = resolve('test/fixtures/hub');
  folder = mkdtempSync(join(tmpdir(), 'carryover-shared-'));
});
afterAll(() => {
  if (hubBefore === undefined) delete process.env['CARRYOVER_HUB'];
  else process.env['CARRYOVER_HUB'] = hubBefore;
  rmSync(folder, { recursive: true, force: true });
});

const rows = (texts: readonly string[]): string =>
  texts
    .map((text) => `${JSON.stringify({ question: `What is ${text}?`, answer: `${text} it is` })}\n`)
    .join('');
const many = (what: string): string[] => Array.from({ length: 12 }, (_, i) => `${what} ${i}`);

/** Numbers of rows and provenance, by data step and source. */
function sourcesOf(run: string): Map<string, SourceReceipt> {
  const steps = readdirSync(join(run, 'steps')).filter((name) => name.startsWith('data-'));
  return new Map(
    steps.flatMap((step) => {
      const text = readFileSync(join(run, 'steps', step, 'receipt.json'), 'utf8');
      return (JSON.parse(text) as DataReceipt).sources.map((source): [string, SourceReceipt] => [
        `${step} ${source.name}`,
        source,
      ]);
    }),
  );
}

it('each arm gets of a source what the sources before it do not hold, whatever the arm draws from', async () => {
  writeFileSync(join(folder, 'zebra.jsonl'), rows(many('a sum')));
  writeFileSync(join(folder, 'ant.jsonl'), rows(['A SUM 3', ...many('a fact'), 'a sum 7', 'a fact 0']));
  const study = join(folder, 'study.yaml');
  writeFileSync(
    study,
    `name: shared
sources:
  zebra: { file: zebra.jsonl }
  ant: { file: ant.jsonl }
budget: { supervised_tokens: 60, max_epochs: 4 }
training: { learning_rate: 1e-3, steps: 2, max_length: 128 }
arms:
  - base
  - { name: alone, stages: [{ mix: { ant: 1 }, share: 1 }] }
  - { name: both, stages: [{ mix: { ant: 1, zebra: 1 }, share: 1 }] }
evaluation: { benchmarks: [winogrande], limit: 2 }
`,
  );
  const out = join(folder, 'run');
  const model = resolve('test/fixtures/models/llama');
  await runStudy({ study, model, out, json: true, resume: '' });
  const receipts = sourcesOf(out);
  expect([...receipts.keys()].sort()).toEqual([
    'data-alone-1-seed1 ant',
    'data-both-1-seed1 ant',
    'data-both-1-seed1 zebra',
  ]);
  const { screen, rows: read } = receipts.get('data-alone-1-seed1 ant')!;
  expect(read).toBe(15);
  expect(screen?.duplicates).toEqual({
    ...{ exact: 3, near: 0, across: { zebra: 2 } },
    first: [
      { row: 1, kept: 4, source: 'zebra' },
      { row: 14, kept: 8, source: 'zebra' },
      { row: 15, kept: 2, source: 'ant' },
    ],
  });
  expect(receipts.get('data-both-1-seed1 ant')!.screen).toEqual(screen);
  expect(receipts.get('data-both-1-seed1 zebra')!.screen?.duplicates).toMatchObject({ exact: 0, across: {} });
  const events = readFileSync(join(out, 'events.jsonl'), 'utf8');
  expect(events.match(/3 rows left out: repeats an earlier row \(2 of another source\)/g)).toHaveLength(2);
  const page = readFileSync(join(out, 'report/index.html'), 'utf8');
  expect(page).toContain('2 (zebra 2)');
});
