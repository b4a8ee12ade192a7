import { unreachable } from '../../errors.ts';
import type { StepRun } from '../run-plan.ts';
import { dataStep } from './data-step.ts';
import { evaluateStep } from './evaluate-step.ts';
import { reportStep } from './report-step.ts';
import type { RunContext } from './run-context.ts';
import { trainStep } from './train-step.ts';

/** Does the work of a step in this process and returns one line about it. */
export async function executeStep(run: StepRun, context: RunContext): Promise<string> {
  const { work } = run.step;
  switch (work.kind) {
    case 'data':
      return dataStep(run, work, context);
    case 'train':
      return trainStep(run, work, context);
    case 'evaluate':
      return evaluateStep(run, work, context);
    case 'report':
      return reportStep(context);
    default:
      return unreachable(work);
  }
}
