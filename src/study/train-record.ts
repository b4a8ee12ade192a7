/** `train.json` of a train step: what each optimizer step did. Holds no times, so equal work gives equal bytes. */
import type { TrainStepReport } from '../engine/engine.ts';

export interface TrainRecord {
  readonly trainableParameters: number;
  /** In the order of the steps, every step of the stage exactly once. */
  readonly steps: readonly TrainStepReport[];
}

/**
 * The whole record of a stage from the reports of all starts: a step that was done twice (once before a kill, once
 * after it from the last checkpoint) counts as its last report.
 * @throws Error when a step is missing.
 */
export function completeRecord(
  reports: readonly TrainStepReport[],
  span: { readonly from: number; readonly to: number },
  trainableParameters: number,
): TrainRecord {
  const byStep = new Map(reports.map((report) => [report.step, report]));
  const steps: TrainStepReport[] = [];
  for (let step = span.from; step < span.to; step++) {
    const report = byStep.get(step);
    if (!report) throw new Error(`the record of optimizer step ${step} is missing`);
    steps.push(report);
  }
  return { trainableParameters, steps };
}
