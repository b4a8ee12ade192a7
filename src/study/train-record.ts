/** `train.json` of a train step: what each optimizer step did. Holds no times, so equal work gives equal bytes. */
import type { TrainResult, TrainStepReport } from '../engine/engine.ts';

export interface TrainRecord {
  readonly trainableParameters: number;
  /** In the order of the steps, every step of the stage exactly once. */
  readonly steps: readonly TrainStepReport[];
}

/** @throws Error when the engine reported other steps than those it was asked for: the record would be a lie. */
export function trainRecord(
  { steps, trainableParameters }: TrainResult,
  span: { readonly from: number; readonly to: number },
): TrainRecord {
  const expected = Array.from({ length: span.to - span.from }, (_, index) => span.from + index);
  const reported = steps.map(({ step }) => step);
  if (reported.join() !== expected.join()) {
    throw new Error(
      `the engine reported the steps ${reported.join(', ')} instead of ${span.from} to ${span.to - 1}`,
    );
  }
  return { trainableParameters, steps };
}
