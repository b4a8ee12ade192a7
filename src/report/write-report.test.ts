import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { syntheticInput } from '../../test/synthetic-run.ts';
import { writeSyntheticRun } from '../../test/write-synthetic-run.ts';
import { UserError } from '../errors.ts';
import { readEvaluation } from './read-evaluation.ts';
import { writeReport } from './write-report.ts';

/** The synthetic run's own benchmarks, so that the test does not depend on which ones the registry has. */
const known = Object.fromEntries(syntheticInput().benchmarks);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carryover-report-'));
  await writeSyntheticRun(join(folder, 'run'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a run folder gets its three files; a second time gives the same bytes', async () => {
  const read = async () => {
    const { json, markdown, html } = await writeReport(join(folder, 'run'), known);
    return Promise.all([json, markdown, html].map((file) => readFile(file, 'utf8')));
  };
  const first = await read();
  expect(await read()).toEqual(first);
  expect(JSON.parse(first[0] as string)).toMatchObject({ version: 1, study: { name: 'synthetic' } });
  expect(first.join('')).not.toContain(folder);
});

/** The message of the error a call ends with, as the command line prints it. */
async function failure(run: Promise<unknown>): Promise<string> {
  const error = await run.then(
    () => null,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).toString().replaceAll(folder, 'DIR');
}

test('a folder that is no run', async () => {
  expect(await failure(writeReport(join(folder, 'nowhere')))).toMatchInlineSnapshot(`
    "DIR/nowhere: There is no such folder.
      Name the folder that "carryover run STUDY.yaml --out DIR" wrote."
  `);
});

test('a folder that holds something else', async () => {
  const other = join(folder, 'other');
  await mkdir(other);
  expect(await failure(writeReport(other))).toContain('This is no run folder: it holds no run-facts.json.');
});

test('a file that holds no samples is nobody’s to delete', async () => {
  const mine = join(folder, 'mine.jsonl');
  await writeFile(mine, '{"prompt":"x"}\n');
  expect(await failure(readEvaluation(mine))).toMatchInlineSnapshot(`
    "DIR/mine.jsonl:1: The sample has no "id".
      Name a samples file or a folder that "carryover eval --out" wrote, such as evaluations/base-1 of a run."
  `);
});

test('a run that is not finished', async () => {
  const run = join(folder, 'unfinished');
  await writeSyntheticRun(run);
  await rm(join(run, 'run-facts.json'));
  await writeFile(join(run, 'study.yaml'), 'name: x\n');
  expect(await failure(writeReport(run, known))).toMatchInlineSnapshot(`
    "DIR/unfinished: This run has not finished its evaluations, so there is nothing to report yet.
      Run the study again with the same --out; it goes on where it stopped."
  `);
});

test('samples that are cut off, not judged, or gone', async () => {
  const run = join(folder, 'broken');
  await writeSyntheticRun(run);
  const file = join(run, 'evaluations/mixed-0/samples/gsm8k.jsonl');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.slice(0, -40));
  expect(await failure(writeReport(run, known))).toMatchInlineSnapshot(`
    "DIR/broken/evaluations/mixed-0/samples/gsm8k.jsonl:24: This line is no JSON; the file may have been cut off.
      Delete the file and run again: only this benchmark is evaluated anew."
  `);
  await writeFile(file, text.replace('"outcome":"correct"', '"outcome":"maybe"'));
  expect(await failure(writeReport(run, known))).toMatchInlineSnapshot(`
    "DIR/broken/evaluations/mixed-0/samples/gsm8k.jsonl:1: Sample "gsm8k-0": "outcome" is "maybe", none of correct, wrong, no_answer, truncated, timeout, error.
      Delete the file and run again: only this benchmark is evaluated anew."
  `);
  await rm(file);
  expect(await failure(writeReport(run, known))).toMatchInlineSnapshot(`
    "evaluations/mixed-0/samples/gsm8k.jsonl: The samples are not there.
      Run the study again; it goes on where it stopped."
  `);
});
