import { join } from 'node:path';
import { readShownReceipt } from '../data/receipt/read-receipt.ts';
import { readSampleRows } from '../data/sample-rows.ts';
import type { DataReceipt } from '../data/stage.ts';
import { UserError } from '../errors.ts';
import { exists, readText } from '../platform/files.ts';
import type { Sample } from '../scoring/score.ts';
import type { RunFacts } from '../study/run-facts.ts';
import type { StageRows } from './html/stage-sections.ts';
import { parseSamples } from './parse-samples.ts';
import type { BenchmarkInfo, ReportInput } from './report-input.ts';

/**
 * Reads what a report is made from out of a run folder.
 * @throws UserError when the folder is no run, the run has not evaluated yet, or a samples file is missing or broken.
 */
export async function readRun(
  folder: string,
  known: Readonly<Record<string, BenchmarkInfo>>,
): Promise<ReportInput> {
  const facts = await readFacts(folder);
  const samples = new Map<string, Map<string, readonly Sample[]>>();
  for (const evaluation of new Set(facts.arms.flatMap((arm) => arm.runs.map((run) => run.evaluation)))) {
    const byBenchmark = new Map<string, readonly Sample[]>();
    for (const benchmark of facts.evaluation.benchmarks) {
      const file = `${evaluation}/samples/${benchmark}.jsonl`;
      if (await exists(join(folder, file)))
        byBenchmark.set(benchmark, parseSamples(await readText(join(folder, file)), join(folder, file)));
    }
    samples.set(evaluation, byBenchmark);
  }
  return {
    facts,
    samples,
    receipts: await readReceipts(folder, facts),
    benchmarks: new Map(Object.entries({ ...known, ...facts.evaluation.own })),
  };
}

/** A receipt that an earlier version wrote says less than a report shows: it is left out. */
async function readReceipts(folder: string, { steps }: RunFacts): Promise<Map<string, DataReceipt>> {
  const receipts = new Map<string, DataReceipt>();
  for (const step of steps.filter(({ kind }) => kind === 'data')) {
    const own = join(folder, step.folder);
    if (!(await exists(join(own, 'receipt.json')))) continue;
    const receipt = await readShownReceipt(own);
    if (receipt !== undefined) receipts.set(step.id, receipt);
  }
  return receipts;
}

/** Rows to show of every data step, by its id. */
export async function readStageRows(folder: string, { steps }: RunFacts): Promise<StageRows> {
  const data = steps.filter(({ kind }) => kind === 'data');
  return new Map(
    await Promise.all(
      data.map(async (step) => [step.id, await readSampleRows(join(folder, step.folder))] as const),
    ),
  );
}

async function readFacts(folder: string): Promise<RunFacts> {
  const file = join(folder, 'run-facts.json');
  if (!(await exists(file))) {
    const started = await exists(join(folder, 'study.yaml'));
    throw new UserError(
      started
        ? 'This run has not finished its evaluations, so there is nothing to report yet.'
        : (await exists(folder))
          ? 'This is no run folder: it holds no run-facts.json.'
          : 'There is no such folder.',
      {
        place: { file: folder },
        remedy: started
          ? 'Run the study again with the same --out; it goes on where it stopped.'
          : 'Name the folder that "carryover run STUDY.yaml --out DIR" wrote.',
      },
    );
  }
  let facts: RunFacts;
  try {
    facts = JSON.parse(await readText(file)) as RunFacts;
  } catch (cause) {
    throw new UserError('This file is no JSON.', {
      place: { file },
      remedy: 'Run the study again; it writes the file anew.',
      cause,
    });
  }
  if (facts.version !== 1)
    throw new UserError(`These run facts are of version ${JSON.stringify(facts.version)}, not 1.`, {
      place: { file },
      remedy: 'Make the report with the version of Carryover that made the run.',
    });
  return facts;
}
