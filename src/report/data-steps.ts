/** The data steps of a run, with their receipts and the arms that were trained on them. */
import type { DataReceipt } from '../data/stage.ts';
import type { StepFacts } from '../study/run-facts.ts';
import type { ReportArm } from './report.ts';

export interface ReportDataStep {
  readonly step: string;
  readonly label: string;
  /** Arms of which a run was trained on it, in the order of the study. */
  readonly arms: readonly string[];
  readonly receipt: DataReceipt;
}

/** In the order in which the steps ran. `receipts`: by the step's id; steps without one are left out. */
export function dataSteps(
  steps: readonly StepFacts[],
  arms: readonly Pick<ReportArm, 'name' | 'runs'>[],
  receipts: ReadonlyMap<string, DataReceipt>,
): ReportDataStep[] {
  const needs = new Map(steps.map((step) => [step.id, step.needs]));
  const restsOn = (id: string): readonly string[] => [id, ...(needs.get(id) ?? []).flatMap(restsOn)];
  const used = arms.map(({ name, runs }) => ({
    name,
    steps: new Set(runs.flatMap(({ step }) => (step === null ? [] : restsOn(step)))),
  }));
  return steps.flatMap(({ id, label }) => {
    const receipt = receipts.get(id);
    if (receipt === undefined) return [];
    const own = used.filter(({ steps }) => steps.has(id)).map(({ name }) => name);
    return [{ step: id, label, arms: own, receipt }];
  });
}
