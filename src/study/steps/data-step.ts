/** A data step: selects, renders and packs the examples of one stage. */
import { prepareStage } from '../../data/prepare-stage.ts';
import type { DataReceipt } from '../../data/stage.ts';
import { count } from '../../text/counts.ts';
import type { DataWork } from '../plan.ts';
import type { StepRun } from '../run-plan.ts';
import { stageSpec } from '../stage-spec.ts';
import type { RunContext } from './run-context.ts';

export async function dataStep(run: StepRun, work: DataWork, context: RunContext): Promise<string> {
  const spec = stageSpec(context.plan.study, work, context.baseFolder);
  const receipt = await prepareStage(spec, {
    ...(await context.tools(work.model)),
    folder: run.folder,
    signal: run.signal,
    onProgress: ({ done, total, note }) => run.onProgress({ done, total, unit: 'tokens', note }),
  });
  return (
    `${count(receipt.supervisedTokens)} supervised of ${count(receipt.tokens)} tokens, ` +
    `${count(receipt.examples)} examples in ${count(receipt.packedRows)} ${receipt.packedRows === 1 ? 'row' : 'rows'}` +
    leftOut(receipt)
  );
}

/** What is missing from the sources, where anything is. */
function leftOut({ sources }: DataReceipt): string {
  const sum = (reason: 'duplicate' | 'contaminated'): number =>
    sources.reduce((all, { dropped }) => all + (dropped[reason] ?? 0), 0);
  const parts = [
    [sum('duplicate'), 'repeated others'],
    [sum('contaminated'), 'held items of the benchmarks'],
  ] as const;
  const said = parts.filter(([rows]) => rows > 0).map(([rows, why]) => `${count(rows)} rows ${why}`);
  return said.length > 0 ? `; left out: ${said.join(', ')}` : '';
}
