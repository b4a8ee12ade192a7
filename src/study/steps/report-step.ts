/** The report step: states what was done, then lets the report be built from that and the samples. */
import { join } from 'node:path';
import { resolveBenchmarks } from '../../benchmarks/own/resolve.ts';
import { writeAtomic } from '../../platform/files.ts';
import { writeReport } from '../../report/write-report.ts';
import { collectFacts } from '../collect-facts.ts';
import type { RunContext } from './run-context.ts';

export async function reportStep(context: RunContext): Promise<string> {
  const facts = await collectFacts(
    context.plan,
    context.runFolder,
    context.model,
    await resolveBenchmarks(context.plan.study.evaluation.benchmarks, context.baseFolder),
  );
  await writeAtomic(join(context.runFolder, 'run-facts.json'), `${JSON.stringify(facts, null, 2)}\n`);
  await writeReport(context.runFolder);
  return 'report.json, report.md, report/index.html';
}
