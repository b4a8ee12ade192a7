/** A data step: selects, renders and packs the examples of one stage. */
import { prepareStage } from '../../data/prepare-stage.ts';
import { lossTexts, shareTexts, templateText } from '../../data/receipt/receipt-text.ts';
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
    onProgress: run.onProgress,
  });
  return [
    `${count(receipt.supervisedTokens)} supervised of ${count(receipt.tokens)} tokens, ` +
      `${count(receipt.examples)} examples in ${count(receipt.packedRows)} ${receipt.packedRows === 1 ? 'row' : 'rows'}`,
    ...(receipt.template.name === 'model' ? [] : [templateText(receipt)]),
    ...lossTexts(receipt.sources),
    ...shareTexts(receipt),
  ].join('; ');
}
